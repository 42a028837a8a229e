"""Who may do what where: rights, the one gate every action passes, and how people come and go.

    permissions, granting, rights   the tables of who may do what, and invite whom; what one person holds
    places, finding                 units and counties as buttons name them; one found among a hundred
    hats, wearing                   as what somebody speaks just now, and how that is changed
    strangers, refusing             a kind no
    codes, inviting, joining        invitations: made, sent, used
    me, members, naming             what somebody is known as; who belongs to a unit; what people and roles are called
    lookalikes                      names that look like another's
    leaving, forgetting, holdings   leaving or being taken out; being forgotten; everything held about a person
    units                           counties and units looked after
    room                            the buttons, screens, words and links of all this

Not here: what an action does.
"""
