"""Reminders: the pure parts, the three steps over a real store, and a simulated year of them."""
