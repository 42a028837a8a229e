"""The store behind the conversation: everything that must survive the process, in SQLite or PostgreSQL.

One module per kind of thing kept; every function takes a connection inside a transaction of engine.py.
Only this package knows SQLAlchemy and Alembic.

    engine, statements, listed, errors   transactions; statements spelled once for both databases; what can be wrong
    schema, tables/, migrations/         the tables, and how a database is brought up to date
    backups, copying, addresses          a copy while in use; from one database to another; where stores are
    fingerprints, verifying, scored      what tables hold, what must hold; the totals that were recorded
    home, purging, retention             a store that was moved starts paused; deleted bytes gone for good; what is old goes
    leases, moments, setback, paces      several workers: who is alive, whose clock counts, one set back; how fast they may send
    inbox, outbox, conversations         updates in, replies out, where each chat stands between them
    filings, openings, changes           filings, their answers and history; many opened at once
    standing, overview, handed_in        how filings stand: one, a county's, those that were handed in
    documents, issued                    documents issued: of one filing, of a county
    people, members, personal            who belongs where; under which name; all that is held about one
    counties, invitations, handovers     counties and their units; who may come in; who takes over from whom
    links, named                         doors to the office's own server; names that messages may hold
    settings, office_settings            what people, counties and the office have set
    journal, sealing, sealed             who did what that is no answer; the seals over it and the history, and whether they hold
    deadlines, reminders, concerned      dates above the pack's; what is due, and whom it concerns
    notices, digests, sending, announced what is said unasked: posted, put together, on its way, taken back
    submissions, remarks, verified       the review: rounds, remarks, 核查分
    assignments, proposals               whose part is whose; what a colleague was asked
    evidence, files, surveys             files from the phone, kept once by content; surveys and their answers
    jobs                                 work that takes a while
    watching                             how the store is: what waits, what was set aside, who is alive
"""
