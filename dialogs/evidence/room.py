"""The evidence room: its buttons, its screen, its words."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.evidence import pages, receiving, showing
from dialogs.rooms import Entry, Room

ROOM = Room(
    actions={
        "evidence": Entry(Action.READ, pages.evidence_action),
        "evidence_show": Entry(Action.READ, pages.look),
        "evidence_remove": Entry(Action.EVIDENCE, pages.remove),
        "evidence_back": Entry(Action.EVIDENCE, pages.put_back),
        "evidence_now": Entry(Action.READ, pages.now),
        "evidence_which": Entry(Action.EVIDENCE, receiving.which),
        "evidence_sort": Entry(Action.EVIDENCE, receiving.sort),
    },
    receives={Screen.QUESTION: receiving.receive},  # and wherever no other room takes files (interview.py)
    again={Screen.EVIDENCE: receiving.show_again},
    makes={"exhibit": showing.make},
    words={"佐证": "evidence", "佐证材料": "evidence", "缺佐证": "evidence", "附件": "evidence"},
)
