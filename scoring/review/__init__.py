"""What a reviewer does to a score and sees of a text: 核查分 beside 自评分, and what a second round has changed.

    verified      points given by a reviewer, read as typed, and the scorecard that follows from them
    sentences     a text cut into sentences, and two texts compared sentence by sentence
    rows          two states of a table compared line by line, cell by cell
    record        what a review has come to, as documents print it

Not here: who may give points, and where they are kept (dialogs).
"""
