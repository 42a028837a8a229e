"""Filings beside each other: one unit's department form, its projects, its declaration, last year's — no fact typed twice.

    declared                what a form says about the others of its pack
    cabinet                 the filings of a unit, each read with what arrives from the others
    arrivals                the answers that arrive; from facts, made fitting
    overlay, changes        what the filler keeps of their own over them, and where the two differ

Not here: where filings are stored, how a change is asked for, contradictions between filings (checks/beside.py).
"""
