"""Satisfaction surveys: made, answered by anybody once, closed, proposed."""
