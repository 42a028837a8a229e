"""Review: a filing handed in, looked at, returned or approved, and everything that is said and kept about it.

    room, showing, ways, words the buttons, screens and words of this package, and how a page is shown
    hindrances, handing, submitting   what still hinders; handing in and taking back
    pages, cards, answers      what a reviewer (and everybody who only reads) sees
    changes, differences, newest   what is new since the last round, and the page of it
    remarking, remarktexts     remarks and 核查分, as typed; remarks as lines of the chat
    locked                     what a locked filing answers
    deciding, confirming       return, approve, reopen: the deeds (also for the command line), and their pages
    waiting                    what waits for a reviewer
    returned, above, replying  what comes back to the filler, and what they say to a remark
    dossier, snapshot, papers  what is read; what was handed in; the documents of it

Not here: what 核查分 does to a total (scoring/review), who may do what (access), where it is kept (store).
"""
