"""`ziping chat`: fill a form at the keyboard, or from a pipe, one line per message."""

import sys
from argparse import Namespace

from bot.office import open_office
from bot.settings import settings
from bot.terminal import CHANNEL, CHAT, Desk, understand
from dialogs.office import Office
from dialogs.store import conversations, filings, people
from dialogs.store.engine import writing
from scoring.errors import ZipingError
from scoring.loading import forms_named, load
from scoring.textgate import clean


def run(arguments: Namespace) -> int:
    """Talk until the input ends."""
    chosen = settings()
    packs = (*arguments.packs, *chosen.pack_folders)
    forms = forms_named((arguments.form,) if arguments.form else chosen.form_ids, packs)
    office = open_office(chosen.database_url, {CHANNEL: understand}, forms, packs, chosen.zone, open_door=True)
    if arguments.unit:
        take_seat(office, clean(arguments.unit), forms[0], arguments.year, clean(arguments.project))
    desk = Desk(office, arguments.out, print)
    desk.says("/start")
    interactive = sys.stdin.isatty()
    if interactive:
        print("（直接打字回答；选按钮就打按钮上的字，或 #1、#2；Ctrl+D 离开，下次接着来）")
    for line in lines(interactive):
        if not interactive:
            print(f"\n> {line}\n")
        desk.says(line)
    return 0


def lines(interactive: bool) -> "list[str] | LineReader":
    """What is typed, without the line ends."""
    return LineReader() if interactive else [line.rstrip("\r\n") for line in sys.stdin]


class LineReader:
    """Lines from the keyboard with a prompt."""

    def __iter__(self) -> "LineReader":
        return self

    def __next__(self) -> str:
        try:
            return input("> ")
        except EOFError:
            print()
            raise StopIteration from None


def take_seat(office: Office, unit_name: str, form_id: str, year: int | None, project: str = "") -> None:
    """Put the person at the keyboard before the filing of this unit, year and project, creating what is new."""
    if not unit_name:
        raise ZipingError("单位名称是空的")
    form = load(form_id, office.packs, year)
    if (form.data.per == "project") is not bool(project):
        wanted = "一个项目填一份，请用 --project 写明项目名称" if not project else "是整个单位填一份，不用写 --project"
        raise ZipingError(f"{form.title}{wanted}")
    with writing(office.engine) as c:
        at = office.clock()
        person = people.person(c, CHANNEL, CHAT.partition(":")[2], at, office.new_id)
        unit = next((u.id for u in people.units_of(c, person) if u.name == unit_name), None)
        if unit is None:
            unit = office.new_id()
            people.add_unit(c, unit, unit_name, at)
            people.join(c, person, unit, "filler")
        filing = filings.open_filing(c, office.new_id(), unit, form, form.year, project, person, at)
        stored = conversations.load(c, CHAT)
        if stored is None or stored.filing_id != filing.id:
            from dialogs.conversation import Conversation

            conversations.save(c, CHAT, person, filing.id, Conversation().to_json(), at)
