"""Several people at one filing: whose part is whose, two answers to one question, a colleague asked, a successor.

    turns, around         whose part an item is and what is left of it (for reminders, too); what a person is called
    assigning, promises   parts given to persons, and the day they promised
    pages, turning        the page of 分工, the end of one's own part, and whose turn comes then
    meeting               two people at the same question: the second is shown the first's answer
    past, telling_history every change of an answer: who, when, from what to what, and why
    colleagues, replying  a question put to a colleague, and the reply that waits for the owner's word
    taking                the reply taken or not
    enquiries             what such a question shows of the filing
    succession, account   somebody takes over from somebody else, and what they find
    reusing               last year's text, sentence by sentence
    room, listening       the buttons, words and screens of all this
Not here: review (dialogs/review), reminders (dialogs/reminding).
"""
