"""Review: a filing handed in, looked at, returned or approved, and everything that is said and kept about it.

    room                       the buttons, screens and words of this package
    hindrances, submitting     what still hinders; handing in and taking back
    pages, cards, answers      what a reviewer (and everybody who only reads) sees
    changes, differences       what is new since the last round
    remarking, verifying       remarks and 核查分, as typed
    deciding, confirming       return, approve, reopen: the deeds (also for the command line), and their pages
    returned, above            what comes back to the filler
    dossier, snapshot, papers  what is read; what was handed in; the documents of it

Not here: what 核查分 does to a total (scoring/review), who may do what (access), where it is kept (store).
"""
