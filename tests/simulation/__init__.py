"""The bot with everybody and everything around it simulated, from one seed: `python -m tests.simulation --seeds 10000`.

The real worker, delivery, conversation and store; clock, chance, ids, people, Telegram and the order of all steps are the
simulation's, and so is what goes wrong: a random half of all kinds of faults in each seed.

town.py, marks.py: the county every seed begins with, and how figures of its units are told apart.
persons.py, telegram.py, faults.py: who does what; updates and the Bot API; what goes wrong.
bench.py, world.py: what processes stand on; the simulator.
invariants.py, ending.py, twin.py: what must hold after every step; at the end; the log replayed.
running.py: many seeds. lint.py: the core reads no clock of its own. planted.py: bugs that must be noticed.
"""
