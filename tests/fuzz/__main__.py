"""`python -m tests.fuzz`: every proof by hostile input with its full amount."""

import sys

import tests.fuzz
from tests.soak.proofs import main

if __name__ == "__main__":
    sys.exit(main(tests.fuzz))
