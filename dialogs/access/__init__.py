"""Who may do what where: rights, the one gate every action passes, and how people come and go.

    permissions, rights    the table of who may do what, and what one person holds
Not here: what an action does.
"""
