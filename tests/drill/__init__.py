"""The drill of docs/operations.md, walked through by a program: what it prints is kept there.

python -m tests.drill            an old machine under load, its backup, an empty machine, and on to PostgreSQL
python -m tests.drill --quick    the same without making the program anew from a clone
"""
