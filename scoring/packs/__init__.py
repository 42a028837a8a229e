"""Packs on disk made into forms: which there are, their texts, the shapes these must have.

Not here: the packs themselves (forms/), mistakes that only show when the parts are seen together (lint/), loading one
complete or not at all (loading.py).
"""
