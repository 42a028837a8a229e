"""Satisfaction surveys (满意度调查): by link or QR picture, anonymous, one answer a person, into the form as a proposal.

    questionnaires   what is asked and what its tallies come to; pure
    making           a filler makes one: questions, last day, least number
    running          its page: live tallies, the link, the picture, closing it, taking the result over
    responding       a respondent in the chat: one tap a question
    closing          the last day is over

Not here: who may do what (access), or the rows (store/surveys.py).
"""
