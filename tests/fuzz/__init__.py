"""Hostile input in great numbers: one module per goal, made as those of tests/soak are."""
