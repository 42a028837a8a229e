"""A county's whole year, simulated from one seed: invitations, filing, reminders, review, documents, summary.

Real conversations, real store, real forms; clock, chance, ids and phones are the simulation's. Two workers take turns and
die wherever a transaction begins or ends. `python -m tests.year --seed N` plays the full county of 120 units and 300
people twice and compares the logs; a smaller one is part of the test suite.
"""
