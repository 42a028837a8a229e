"""The finance bureau's room: its buttons, what is typed and sent on its screens, the files it makes."""

from dialogs.access.permissions import Action
from dialogs.access.places import at
from dialogs.bureau import menu, progress_files, progress_pages
from dialogs.rooms import Entry, Room

ROOM = Room(
    actions={
        "bureau": Entry(Action.PROGRESS, menu.menu, at),
        "bu_progress": Entry(Action.PROGRESS, progress_pages.progress_page, at),
        "bu_list": Entry(Action.PROGRESS, progress_pages.list_page, at),
        "bu_groups": Entry(Action.PROGRESS, progress_pages.groups_page, at),
        "bu_progress_file": Entry(Action.PROGRESS, progress_pages.progress_file, at),
    },
    makes={"bureau_progress_xlsx": progress_files.make_book, "bureau_progress_png": progress_files.make_picture},
    home=menu.home,
)
