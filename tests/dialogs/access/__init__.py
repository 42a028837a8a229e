"""Tests of who may do what, and of how people come and go."""
