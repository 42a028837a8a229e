"""The conversation: a pure step from a scene and an event to an outcome, and the store behind it (store/).

    handling, staging, office        one event from inbox to outbox; the scene it meets
    interview, words, small_talk     what a message means
    opening, returning, renaming     before a filing is open, and when somebody comes back to it
    asking, ways, pieces, route      one question on the screen, and the way through the form
    days                             days as people say them
    answering, recording, changing   an answer taken, read back, changed with its bill, undone
    linewise, rowgroups/, pasting    tables, questionnaires, many answers at once
    buttons, tapping                 what a button means
    checkup, contents, explaining    the other screens
    issuing, outgoing                documents drafted, replies on their way out
    access/, rooms, world, orders    who may do what; the rooms beside the filling, what they read and want done

Not here: channels (bot/), the words of a message (templates/messages/).
"""
