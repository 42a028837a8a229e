"""Measurements, run by `make bench` and never by the tests. Figures that are compared come from the same run."""
