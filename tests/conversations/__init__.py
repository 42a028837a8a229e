"""Whole filings held as conversations: one script a pack, played against a fresh store.

A script is what the filler types, a line a message (as bot/demo/hecheng-2020.txt); `# ` begins a comment. Its head
says what it needs and what must come out:

    @forms lieshan-2023                       forms on offer, as the setting FORMS
    @case lieshan-2023/project@ward.yaml 老字号   a filing that must end with the points of this case (and its project)

Every filing named must have been issued, without a gap, with the points of its case; every file must be sound.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
