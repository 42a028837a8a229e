"""Tables that are asked piece by piece: what is typed or tapped goes into the next open cell, or the chosen one.

hearing.py says what typed text means, cells.py stores it, lines.py changes, moves and removes lines, takeover.py brings
lines from elsewhere, tallies.py hears a questionnaire, orders.py knows the words that change a
table instead of answering it. Every cell is stored at once. Not here: which piece is asked and
how (dialogs/pieces.py).
"""
