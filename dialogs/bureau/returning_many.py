"""Many filings returned with one remark: chosen from a list, previewed, returned one by one, each with its own result.

The deed itself is the reviewer's (dialogs/review); the gate is asked for every filing. Not here: the screens' frame.
"""

from collections.abc import Generator, Sequence
from typing import NamedTuple

from dialogs.access.permissions import Action, State
from dialogs.bureau.asking_work import begun
from dialogs.bureau.menu import read_overview
from dialogs.bureau.progress import Entry, Stage
from dialogs.bureau.progress_pages import parts
from dialogs.bureau.words import answer_to_preview
from dialogs.bureau.working import Finished, Steps
from dialogs.buttons import act
from dialogs.conversation import Screen
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.review.deciding import LONGEST, SHORTEST, return_filing
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, page_of, show, turning, wrapped
from dialogs.store import filings, people, submissions
from dialogs.store.engine import writing
from dialogs.store.errors import Conflict
from dialogs.store.submissions import RETURNED, Submission
from templates import labels
from templates.messages import message

PAGE = 8
CHOSEN = "√"


def choose(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """The filings that wait for their review, to be ticked: `county.year.page`."""
    county, year, rest = parts(scene, argument)
    waiting = _waiting(scene, county, year)
    if not waiting:
        text = message("bureau/return_none")
        return show(scene, text, [[(labels.BUREAU_BACK, f"bureau:c.{county}.{year}")]], screen=Screen.BUREAU)
    known = {e.filing for e in waiting}
    chosen = [id for id in scene.conversation.pending.get("chosen", []) if id in known]
    return _page(scene, f"c.{county}.{year}", waiting, chosen, int(rest[0]) if rest and rest[0].isdecimal() else 0, ack)


def tick(scene: Scene, argument: str) -> Outcome:
    """One filing ticked or not: `county.year.page.filing`; `all` and `none` for every one."""
    county, year, rest = parts(scene, argument)
    waiting = _waiting(scene, county, year)
    known = [e.filing for e in waiting]
    chosen = [id for id in scene.conversation.pending.get("chosen", []) if id in known]
    page, what = (*rest, "0", "")[:2] if len(rest) >= 2 else ("0", "")
    if what in ("all", "none"):
        chosen = known if what == "all" else []
    elif what in known:
        chosen = [id for id in chosen if id != what] if what in chosen else [*chosen, what]
    if not waiting:
        return choose(scene, argument)
    return _page(scene, f"c.{county}.{year}", waiting, chosen, int(page), "", edits=scene.event.message)


def _page(
    scene: Scene, here: str, waiting: Sequence[Entry], chosen: Sequence[str], page: int, ack: str, edits: int = 0
) -> Outcome:
    part, page, pages = page_of(waiting, page, PAGE)
    entries = [{"name": e.name, "title": e.title, "chosen": e.filing in chosen, "quiet": e.quiet} for e in part]
    text = message(
        "bureau/return_choose", entries=entries, count=len(chosen), total=len(waiting), page=page + 1, pages=pages, ack=ack
    )
    buttons = [
        (f"{CHOSEN if e.filing in chosen else ''}{n}", f"bu_return_tick:{here}.{page}.{e.filing}") for n, e in enumerate(part, 1)
    ]
    turn = turning(f"bu_return:{here}.", page, pages)
    rows: list[Row] = wrapped(buttons, 4)
    rows.append([("全选", f"bu_return_tick:{here}.{page}.all"), ("全不选", f"bu_return_tick:{here}.{page}.none")])
    rows += [turn] if turn else []
    if chosen:
        rows.append([(f"下一步：写意见（{len(chosen)} 份）", f"bu_return_write:{here}")])
    rows.append([(labels.BUREAU_BACK, f"bureau:{here}")])
    return show(scene, text, rows, screen=Screen.BUREAU, pending={"chosen": list(chosen), "here": here}, edits=edits)


def write(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """Asks for the remark."""
    chosen = list(scene.conversation.pending.get("chosen", []))
    if not chosen:
        return choose(scene, argument)
    text = message("bureau/return_write", count=len(chosen), ack=ack)
    pending = {"chosen": chosen, "here": argument}
    rows = [[(labels.CANCEL, f"bu_return:{argument}")]]
    return show(scene, text, rows, screen=Screen.RETURNING, pending=pending)


def hear(scene: Scene, text: str) -> Outcome:
    """The remark as typed: previewed before anything happens."""
    pending = scene.conversation.pending
    here, remark = str(pending.get("here", "")), " ".join(text.split())
    if pending.get("remark") and (button := answer_to_preview(text)) is not None:
        return act(scene, scene.conversation.actions[button])
    if not SHORTEST <= len(remark) <= LONGEST:
        return write(scene, here, f"意见要 {SHORTEST} 到 {LONGEST} 个字，收到 {len(remark)} 个字。")
    county, year, _ = parts(scene, here)
    chosen = set(pending.get("chosen", []))
    entries = [e for e in _waiting(scene, county, year) if e.filing in chosen]
    if not entries:
        return choose(scene, here, "刚才选的都已经不在待审核了。")
    names = [e.name for e in entries]
    said = message("bureau/return_preview", count=len(entries), names=names[:12], more=len(names) - 12, remark=remark)
    rows = [
        [(f"退回这 {len(entries)} 份", f"bu_return_do:{here}")],
        [(labels.BUREAU_REWRITE, f"bu_return_write:{here}"), (labels.CANCEL, f"bureau:{here}")],
    ]
    kept = {"chosen": [e.filing for e in entries], "here": here, "remark": remark}
    return show(scene, said, rows, screen=Screen.RETURNING, pending=kept)


def go(scene: Scene, argument: str) -> Outcome:
    """Return them: a piece of work that tells how far it is."""
    pending = scene.conversation.pending
    county, year, _ = parts(scene, argument)
    remark, chosen = str(pending.get("remark", "")), list(pending.get("chosen", []))
    if not remark or not chosen:
        return choose(scene, argument)
    return begun(scene, Action.ANNOUNCE, county, year, "return", {"filings": chosen, "remark": remark})


def _waiting(scene: Scene, county: str, year: int) -> list[Entry]:
    return read_overview(scene, county, year).only(Stage.SUBMITTED.name).by_urgency


class Result(NamedTuple):
    """What became of one filing: `why` it was not returned, empty when it was."""

    filing: str
    name: str
    why: str


def return_each(office: Office, person: str, chat: str, chosen: Sequence[str], remark: str, since: int) -> Steps:
    """Return one after another, and say what came of it. What this person returned `since` the work was asked for was
    returned by it, before it was begun once more."""
    results = yield from return_all(office, person, chat, chosen, remark, since=since)
    not_done = [f"{r.name}：{r.why}" for r in results if r.why]
    facts = {"done": len(results) - len(not_done), "not_done": not_done[:15], "more": len(not_done) - 15}
    return Finished(message("bureau/returned_many", remark=remark, **facts))


def return_all(
    office: Office, person: str, chat: str, chosen: Sequence[str], remark: str, *, gate: bool = True, since: int | None = None
) -> Generator[tuple[int, int], None, list[Result]]:
    """Return one after another, each in a transaction of its own. `gate`: whether this person's rights are asked for."""
    results: list[Result] = []
    for n, filing in enumerate(chosen, 1):
        results.append(_returned(office, person, chat, filing, remark, gate, since))
        yield n, len(chosen)
    return results


def _returned(office: Office, person: str, chat: str, filing: str, remark: str, gate: bool, since: int | None) -> Result:
    name = filing
    for _ in range(3):
        try:
            with writing(office.engine) as c:
                own = filings.filing(c, filing)
                if own is None:
                    return Result(filing, name, "找不到这份表")
                name = f"{own.unit_name} · {own.project}" if own.project else own.unit_name
                if own.place.state is not State.SUBMITTED:
                    ours = since is not None and _ours(submissions.of_filing(c, filing), person, since)
                    return Result(filing, name, "" if ours else "已经不在待审核了，没有动")
                if gate and not people.rights_of(c, person).may(Action.RETURN, own.place):
                    return Result(filing, name, "你不能退回这份表")
                decided = return_filing(Doing(c, office, person, office.clock(), None, chat), filing, remark)
                return Result(filing, name, "" if decided.done else decided.text)
        except Conflict:
            continue
    return Result(filing, name, "正有人在办这份表，没有动")


def _ours(rounds: Sequence[Submission], person: str, since: int) -> bool:
    """Whether the latest round was returned by this person since then."""
    last = rounds[-1] if rounds else None
    return last is not None and last.verdict == RETURNED and last.reviewer_id == person and (last.decided_at or 0) >= since
