"""Satisfaction surveys (满意度调查): by link or QR picture, anonymous, one answer a person, into the form as a proposal.

    questionnaires   what is asked and what its tallies come to; pure
    making           a filler makes one: questions, last day, least number
    pages, posters   its page: live tallies, the link; the picture
    carrying         the deeds: made, prolonged, closed, its result taken over
    responding       a respondent in the chat: one tap a question
    closing          the last day is over
    dates, notes     its last day as typed and said; what a check-up says about surveys
    goallines        a rate as the 实际完成值 of a line of goals; pure
    room             the buttons, words and links of all this

Not here: who may do what (access), or the rows (store/surveys.py).
"""
