"""Answers for the public: names and phone numbers taken out of every text, before anything is drafted.

    finding       who is named in a filing, and what looks like a number nobody should read
    masking       the answers without them
Not here: which filings are published, or the documents made of them.
"""

from scoring.publishing.finding import Names, names_in
from scoring.publishing.masking import Masked, masked

__all__ = ["Masked", "Names", "masked", "names_in"]
