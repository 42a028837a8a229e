"""Progress as files: the table and the picture, made when they leave for whoever may still see them."""

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.bureau.progress import Entry, Overview, Stage, overview_of
from dialogs.bureau.progress_pages import ALL, ORDER, part_of
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.store import people
from dialogs.store.engine import reading
from scoring.reading.dates import shown_date
from templates.county.progress_book import progress_book
from templates.county.progress_picture import progress_picture
from templates.county.standings import Bar, Line, Standings
from templates.package import file_name


def make_book(office: Office, key: str, person: str) -> Sheet:
    """The spreadsheet of `county.year.group`."""
    table = _asked_for(office, key, person)
    return Sheet(file_name(f"{table.title}_{table.day}.xlsx"), progress_book(table))


def make_picture(office: Office, key: str, person: str) -> Sheet:
    """The picture of `county.year.group`."""
    table = _asked_for(office, key, person)
    return Sheet(file_name(f"{table.title}_{table.day}.png"), progress_picture(table))


def _asked_for(office: Office, key: str, person: str) -> Standings:
    county, year, group = key.split(".", 2)
    with reading(office.engine) as c:
        if not people.rights_of(c, person).may(Action.PROGRESS, Place(county)):
            raise Withheld
        table = overview_of(c, county, int(year), office.clock(), office.zone)
    part, name = part_of(table, group if group != ALL else "")
    return standings(part, name)


def standings(table: Overview, group: str = "") -> Standings:
    """The table as it is printed: the county first, then its forms, then its groups."""
    bars = [_bar("全部", table)]
    if len(table.forms) > 1:
        bars += [_bar(title, table.only(form=form)) for form, title in table.forms.items()]
    if len(table.groups) > 1:
        bars += [_bar(name or "未分组", table.only(group=name)) for name in table.groups]
    title = f"{table.name}{table.year}年度绩效自评进度{f'（{group}）' if group else ''}"
    return Standings(title, shown_date(table.day), [str(s) for s in ORDER], [_line(e) for e in table.entries], bars)


def _bar(name: str, part: Overview) -> Bar:
    return Bar(name, [part.count(stage) for stage in ORDER], part.late)


def _line(e: Entry) -> Line:
    where = f"{e.section}　第 {e.number} 题　{e.item}" if e.item and e.stage in (Stage.AT_WORK, Stage.RETURNED) else ""
    since, due = (day.isoformat() if day else "" for day in (e.since, e.due))
    return Line(
        *(e.code, e.unit_name, e.group, e.title, e.project, str(e.stage), e.done, e.total, where, since, e.quiet, due, e.late)
    )
