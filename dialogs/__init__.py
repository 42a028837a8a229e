"""The conversation: a pure step from a scene and an event to an outcome, and the store behind it (store/).

    handling, staging, office        one event from inbox to outbox; the scene it meets
    events, scene, conversation      what a person did; what a step sees and leaves; what is on the screen
    interview, words, small_talk     what a message means
    which_filing                     a word about a filing where none is open
    opening, returning, renaming     before a filing is open, and when somebody comes back to it
    asking, ways, pieces, route      one question on the screen, and the way through the form
    answering, recording, changing   an answer taken, read back, changed with its bill, undone
    arriving, reasons, lastyear      what comes from other filings, changed only with a reason; what was said last year
    linewise, rowgroups/, pasting    tables, questionnaires, many answers at once
    buttons, tapping, showing        what a button means, and how a step ends with live ones
    checkup, contents, explaining    the other screens
    issuing, replies, outgoing       documents issued, replies on their way out
    drawing_up                       the bytes of a document
    beating                          the sign of life of a worker beside others
    days, localtime                  days as people say them; moments where the units are
    telling, scores                  answers and scores as the chat says them
    catalogue, editions, packing     the forms on offer, the edition a filing was begun with, answers as small data
    examining, retracing             a whole store looked over; recorded totals follow from recorded answers

The rooms beside the filling, and how they join (one module `room` in each):

    rooms, world, orders, carrying   what a room brings, what it reads, what it wants done and how it is done
    access/                          who may do what where; how people come and go
    calendar/, reminding/            when what is due; what is said unasked
    together/, review/               several people at one filing; handed in, returned, approved
    evidence/, surveying/            files from the phone; satisfaction surveys
    bureau/                          what the finance bureau does for all units together
    private/                         personal data and files kept out of the messenger

Not here: channels (bot/), the words of a message (templates/messages/).
"""
