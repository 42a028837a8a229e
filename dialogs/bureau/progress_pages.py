"""Progress in the chat: the numbers first, then a list for each of them, page by page, each line a way to its filing."""

from collections.abc import Sequence
from datetime import date

from dialogs.access.places import rest_of, spot
from dialogs.bureau.menu import read_overview, year_of
from dialogs.bureau.progress import STUCK, Entry, Overview, Stage
from dialogs.calendar.typed_days import told_day
from dialogs.conversation import Screen
from dialogs.replies import Made
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, page_of, show, turning, wrapped
from scoring.reading.dates import shown_date
from templates import labels
from templates.messages import message

PAGE = 8
ORDER = (Stage.NEW, Stage.AT_WORK, Stage.READY, Stage.RETURNED, Stage.SUBMITTED, Stage.APPROVED)
TITLES = {"late": "逾期没交", "stuck": "停住不动", "open": "没交的", "": "全部", **{s.name: str(s) for s in Stage}}
ALL = "*"  # every group


def progress_page(scene: Scene, argument: str) -> Outcome:
    """The numbers, each with a button to its list. The argument: county, year, and the place of a group among the groups."""
    county, year, rest = parts(scene, argument)
    table, group = part_of(read_overview(scene, county, year), rest[0] if rest else ALL)
    stages = [(str(stage), table.count(stage)) for stage in ORDER if table.count(stage)]
    text = message(
        "bureau/progress",
        table=table,
        total=len(table.entries),
        stages=stages,
        day=shown_date(table.day),
        group=group,
        stuck_days=STUCK,
    )
    key = rest[0] if rest else ALL
    here = f"c.{county}.{year}.{key}"
    lists = [(f"{stage} {table.count(stage)}", f"bu_list:{here}.{stage.name}.0") for stage in ORDER if table.count(stage)]
    if table.stuck:
        lists.insert(0, (f"{labels.BUREAU_STUCK} {table.stuck}", f"bu_list:{here}.stuck.0"))
    if table.late:
        lists.insert(0, (f"{labels.BUREAU_LATE} {table.late}", f"bu_list:{here}.late.0"))
    tools = [(labels.BUREAU_TABLE, f"bu_progress_file:{here}.xlsx"), (labels.BUREAU_PICTURE, f"bu_progress_file:{here}.png")]
    groups = [(labels.BUREAU_GROUPS, f"bu_groups:c.{county}.{year}")] if key == ALL else []
    rows = [*wrapped(lists, 2), [*groups, *tools], [(labels.BUREAU_BACK, f"bureau:c.{county}.{year}")]]
    return show(scene, text, rows, screen=Screen.BUREAU)


def groups_page(scene: Scene, argument: str) -> Outcome:
    """How far each group and each form is."""
    county, year, _ = parts(scene, argument)
    table = read_overview(scene, county, year)
    groups = [(name or "未分组", table.only(group=name)) for name in table.groups]
    forms = [(title, table.only(form=form)) for form, title in table.forms.items()]
    text = message("bureau/groups", table=table, groups=groups, forms=forms)
    buttons = [(name, f"bu_progress:c.{county}.{year}.{n}") for n, (name, _) in enumerate(groups)]
    back = [(labels.BUREAU_BACK, f"bu_progress:c.{county}.{year}")]
    return show(scene, text, [*wrapped(buttons[:40], 3), back], screen=Screen.BUREAU)


def list_page(scene: Scene, argument: str) -> Outcome:
    """One of the lists: the latest and longest quiet first."""
    county, year, rest = parts(scene, argument)
    key, what, number = (*rest, ALL, "", "0")[:3] if len(rest) >= 3 else (ALL, "", "0")
    table, group = part_of(read_overview(scene, county, year), key)
    kept = table.only(what).by_urgency
    entries, page, pages = page_of(kept, int(number) if number.isdecimal() else 0, PAGE)
    text = message(
        "bureau/entries",
        title=TITLES.get(what, "") + (f"（{group}）" if group else ""),
        total=len(kept),
        page=page + 1,
        pages=pages,
        titled=len(table.forms) > 1,
        entries=[{"name": e.name, "title": e.title, "said": told(e, table.day)} for e in entries],
    )
    here = f"c.{county}.{year}.{key}"
    rows: list[Row] = wrapped([(str(n), f"filing:{e.filing}") for n, e in enumerate(entries, 1)], 4)
    turn = turning(f"bu_list:{here}.{what}.", page, pages)
    rows += [turn] if turn else []
    rows.append([(labels.BUREAU_PROGRESS, f"bu_progress:{here}"), (labels.BUREAU_BACK, f"bureau:c.{county}.{year}")])
    return show(scene, text, rows, screen=Screen.BUREAU)


def progress_file(scene: Scene, argument: str) -> Outcome:
    """The table as a spreadsheet, or as a picture."""
    county, year, rest = parts(scene, argument)
    key, kind = (*rest, "xlsx")[:2] if len(rest) >= 2 else (ALL, "xlsx")
    caption = f"{year}年度进度"
    file = Made(f"bureau_progress_{'png' if kind == 'png' else 'xlsx'}", f"{county}.{year}.{key}", caption)
    return Outcome(scene.conversation, (*answered_press(scene, "马上发"), file), scene.changes)


def told(e: Entry, today: date) -> str:
    """How one filing stands, in one line: 填到“资金”第 12 题，5 天没动，逾期 2 天."""
    words: list[str] = []
    if e.stage is Stage.NEW:
        words.append("还没有开始")
    elif e.stage is Stage.AT_WORK:
        at = f"，停在“{e.section}”第 {e.number} 题（{e.item}）" if e.item else ""
        words.append(f"填了 {e.done}/{e.total}{at}")
    else:
        words.append(str(e.stage))
    if e.stage in (Stage.AT_WORK, Stage.READY, Stage.RETURNED, Stage.SUBMITTED) and e.quiet:
        words.append(f"{e.quiet} 天没动" if e.stage is not Stage.SUBMITTED else f"等了 {e.quiet} 天")
    if e.late:
        words.append(f"逾期 {e.late} 天")
    elif e.due is not None and e.stage not in (Stage.SUBMITTED, Stage.APPROVED):
        words.append(f"{told_day(e.due, today)}截止")
    return "，".join(words)


def parts(scene: Scene, argument: str) -> tuple[str, int, Sequence[str]]:
    """County, year and what else a button's argument holds."""
    found = spot(scene, argument)
    assert found is not None  # the gate was asked at this place
    rest = rest_of(argument)
    county = found.place.county
    return county, year_of(scene, county, rest), rest.split(".")[1:]


def part_of(table: Overview, key: str) -> tuple[Overview, str]:
    """The group that a button means, by its place among the groups; all of it for ALL."""
    names = table.groups
    if not key.isdecimal() or int(key) >= len(names):
        return table, ""
    return table.only(group=names[int(key)]), names[int(key)] or "未分组"
