"""Several people at one filing: whose part is whose, two answers to one question, a colleague asked, a successor.

    turns, around        whose part an item is, what is left of it, who a person is called
    assigning, promises  parts given to persons, and the day they promised
    parts                whose part is not done, for whoever reminds
    meeting              two people at the same question: the second is shown the first's answer
    telling_history      every change of an item: who, when, from what to what, and why
    colleagues, replying a question put to a colleague, and the reply that waits for the owner's word
    succession           somebody takes over from somebody else
    reusing              last year's narrative, sentence by sentence
    room                 the buttons, words and screens of all this
Not here: review (dialogs/review), reminders (dialogs/reminding).
"""
