"""`python -m tests.soak`: every long proof with its full amount."""

import sys

import tests.soak
from tests.soak.proofs import main

if __name__ == "__main__":
    sys.exit(main(tests.soak))
