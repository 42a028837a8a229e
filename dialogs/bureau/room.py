"""The finance bureau's room: its buttons, what is typed and sent on its screens, the files it makes."""

from collections.abc import Mapping
from typing import Any

from dialogs.access.permissions import Action
from dialogs.access.places import at
from dialogs.bureau import (
    announcing_pages,
    asking_work,
    import_pages,
    menu,
    output,
    progress_files,
    progress_pages,
    returning_many,
    slips,
    words,
)
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room, lost


def _here(pending: Mapping[str, Any]) -> str:
    """The county that a screen is about."""
    return str(pending.get("here") or f"c.{pending.get('county', '')}")


ROOM = Room(
    actions={
        "bureau": Entry(Action.PROGRESS, menu.menu, at),
        "bu_progress": Entry(Action.PROGRESS, progress_pages.progress_page, at),
        "bu_list": Entry(Action.PROGRESS, progress_pages.list_page, at),
        "bu_groups": Entry(Action.PROGRESS, progress_pages.groups_page, at),
        "bu_progress_file": Entry(Action.PROGRESS, progress_pages.progress_file, at),
        "bu_summary": Entry(Action.EXPORT, asking_work.asking("summary", Action.EXPORT), at),
        "bu_anomalies": Entry(Action.EXPORT, asking_work.asking("anomalies", Action.EXPORT), at),
        "bu_documents": Entry(Action.EXPORT, asking_work.asking("documents", Action.EXPORT), at),
        "bu_publish": Entry(Action.EXPORT, asking_work.asking("publish", Action.EXPORT), at),
        "bu_stop": Entry(Action.OWN, asking_work.stop),
        "bu_import": Entry(Action.IMPORT, import_pages.ask, at),
        "bu_import_do": Entry(Action.IMPORT, import_pages.go, at),
        "bu_import_no": Entry(Action.IMPORT, import_pages.refuse, at),
        "bu_slips": Entry(Action.IMPORT, import_pages.slips, at),
        "bu_slips_do": Entry(Action.IMPORT, import_pages.print_slips, at),
        "bu_return": Entry(Action.ANNOUNCE, returning_many.choose, at),
        "bu_return_tick": Entry(Action.ANNOUNCE, returning_many.tick, at),
        "bu_return_write": Entry(Action.ANNOUNCE, returning_many.write, at),
        "bu_return_do": Entry(Action.ANNOUNCE, returning_many.go, at),
        "bu_announce": Entry(Action.ANNOUNCE, announcing_pages.page, at),
        "bu_announce_write": Entry(Action.ANNOUNCE, announcing_pages.write, at),
        "bu_announce_do": Entry(Action.ANNOUNCE, announcing_pages.send, at),
        "bu_announced": Entry(Action.ANNOUNCE, announcing_pages.report, at),
        "bu_withdraw": Entry(Action.ANNOUNCE, announcing_pages.withdraw, at),
    },
    hears={
        Screen.ANNOUNCING: announcing_pages.hear,
        Screen.RETURNING: returning_many.hear,
        Screen.IMPORTING: import_pages.hear,
    },
    receives={Screen.IMPORTING: import_pages.receive},
    missing={
        Screen.ANNOUNCING: lost(Action.ANNOUNCE, _here),
        Screen.RETURNING: lost(Action.ANNOUNCE, _here),
        Screen.IMPORTING: lost(Action.IMPORT, _here),
    },
    makes={
        "bureau_progress_xlsx": progress_files.make_book,
        "bureau_progress_png": progress_files.make_picture,
        "bureau_output": output.make_output,
        "bureau_slips": slips.make_slips,
    },
    overhears=words.overhears,
    home=menu.home,
)
