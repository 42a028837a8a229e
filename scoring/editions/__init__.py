"""Editions: how one edition of a form differs from the next, and what becomes of a filing half done on the earlier one.

Not here: which edition a filing keeps (it is frozen with the filing), or how a filler is asked (dialogs/editions.py).
"""
