"""The pages of a filing's evidence: all of it (缺佐证 4 项 as a list with buttons), and one place with what lies there.

Whoever may read the filing may look at it; whoever fills it in may add and take down. Not here: files that arrive.
"""

from collections.abc import Sequence

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.evidence.standing import stand_of
from dialogs.localtime import said_day
from dialogs.orders import Carry, Doing, Order
from dialogs.private.doors import evidence_door
from dialogs.replies import Door, Made, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, page_of, show, turning, wrapped
from dialogs.store import evidence, journal
from scoring.evidence import Spot, spot_of
from scoring.wording import quoted
from templates import labels
from templates.exhibits import SUFFIXES
from templates.messages import message

GONE = "这份材料已经不在了。"
PAGE = 12  # places with a button on one page
SHORT = 16  # characters of a place on a button
MOST_SHOWN = 20  # files with buttons on the page of one place


def evidence_action(scene: Scene, argument: str) -> Outcome:
    """`evidence`: all of it; `evidence:2`: a further page; `evidence:indicator:staff`: one place."""
    about, _, place = argument.partition(":")
    if about.isdecimal() or not about:
        return show_all(scene, int(about or 0))
    return show_spot(scene, about, place)


def show_all(scene: Scene, page: int = 0, ack: str = "") -> Outcome:
    """Every place that wants evidence or has some: first what is missing."""
    stand = stand_of(scene)
    extra = [spot_of(scene.sheet, *key) for key in stand.counts if key not in {s.key for s in stand.wanted}]
    there = [*(s for s in stand.wanted if stand.counts.get(s.key)), *extra]
    listed = [*stand.missing, *there]
    shown, page, pages = page_of(listed, page, PAGE)
    text = message(
        "evidence/all",
        ack=ack,
        total=stand.total,
        missing=[_line(s) for s in shown if s in stand.missing],
        lacking=len(stand.missing),
        there=[{"title": s.title, "count": stand.counts[s.key]} for s in shown if s not in stand.missing],
        adding=scene.may(Action.EVIDENCE),
        elsewhere=scene.private,
        page=page + 1,
        pages=pages,
    )
    buttons = [(_label(s, stand.counts.get(s.key, 0)), _action(s)) for s in shown]
    turn = turning("evidence:", page, pages)
    rows: list[Row] = [*wrapped(buttons, 2), *([turn] if turn else [])]
    return _shown(scene, text, [*rows, _ways(scene)])


def show_spot(scene: Scene, about: str, place: str, ack: str = "", more: Row = ()) -> Outcome:
    """One place: what is wanted there, what lies there, and that files may be sent now."""
    assert scene.filing is not None
    spot = spot_of(scene.sheet, about, place)
    pieces = [p for p in scene.world.read(evidence.listed, scene.filing.id) if (p.about, p.place) == spot.key]
    coming = stand_of(scene).counts.get(spot.key, 0) - len(pieces)
    adding = scene.may(Action.EVIDENCE)
    text = message(
        "evidence/spot",
        ack=ack,
        title=spot.title,
        materials=spot.materials,
        files=[{"name": _titled(p), "size": _size(p.size), "day": said_day(p.at, scene.zone)} for p in pieces],
        coming=coming,
        adding=adding,
        elsewhere=scene.private,
    )
    looks = [(f"看 {n}", f"evidence_show:{p.id}") for n, p in enumerate(pieces[:MOST_SHOWN], 1)]
    takes = [(f"撤下 {n}", f"evidence_remove:{p.id}") for n, p in enumerate(pieces[:MOST_SHOWN], 1)] if adding else []
    rows = [*wrapped(looks, 5), *wrapped(takes, 4), more, [(labels.EVIDENCE_ALL, "evidence"), *_ways(scene)]]
    return _shown(scene, text, rows, spot, evidence_door(scene.filing.id, spot) if adding and scene.private else None)


def _shown(scene: Scene, text: str, rows: Sequence[Row], spot: Spot | None = None, door: Door | None = None) -> Outcome:
    pending = {"spot": list(spot.key)} if spot else {}
    return show(scene, text, rows, screen=Screen.EVIDENCE, item=scene.conversation.item, pending=pending, door=door)


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line."""
    spot = scene.conversation.pending.get("spot")
    return show_spot(scene, spot[0], spot[1], ack) if spot else show_all(scene, 0, ack)


def _of_here(scene: Scene, id: str) -> evidence.Piece | None:
    """A file of the filing in focus; one of another filing is none."""
    found = scene.world.read(evidence.piece, id)
    return found[1] if found and found[0] == scene.place.filing else None


def look(scene: Scene, id: str) -> Outcome:
    """A file itself, into the chat."""
    piece = _of_here(scene, id)
    if piece is None:
        return again(scene, GONE)
    spot = spot_of(scene.sheet, piece.about, piece.place)
    file = Made("exhibit", piece.id, f"{spot.title}：{_titled(piece)}")
    return Outcome(scene.conversation, (*answered_press(scene, "马上发"), file), scene.changes)


def remove(scene: Scene, id: str) -> Outcome:
    """撤下: at once, and one tap takes it back."""
    return _ordered(scene, id, take_down, "down")


def put_back(scene: Scene, id: str) -> Outcome:
    """The taking down taken back."""
    return _ordered(scene, id, bring_back, "up")


def _ordered(scene: Scene, id: str, carry: Carry, done: str) -> Outcome:
    if _of_here(scene, id) is None:
        return again(scene, GONE)
    order = Order(Action.EVIDENCE, scene.place, carry, {"place": scene.place, "id": id})
    after = f"evidence_now:{done}:{id}"
    return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,), after=after)


def now(scene: Scene, argument: str) -> Outcome:
    """The page after a file was taken down or put back, with what was done in its first line."""
    done, _, id = argument.partition(":")
    piece = _of_here(scene, id)
    if piece is None:
        return show_all(scene)
    if done == "up":
        return show_spot(scene, piece.about, piece.place, f"{quoted(_titled(piece))}放回来了。")
    back = [(labels.EVIDENCE_BACK, f"evidence_back:{id}")]
    return show_spot(scene, piece.about, piece.place, f"已撤下{quoted(_titled(piece))}。", back)


def take_down(doing: Doing, place: Place, id: str) -> Sequence[Reply] | None:
    """Carry 撤下 out; a second time changes nothing."""
    if evidence.remove(doing.c, id, place.filing, doing.at):
        journal.note(doing.c, doing.person, "evidence removed", place, {"evidence": id}, doing.at)
    return None


def bring_back(doing: Doing, place: Place, id: str) -> Sequence[Reply] | None:
    """Carry 放回去 out."""
    if evidence.put_back(doing.c, id, place.filing):
        journal.note(doing.c, doing.person, "evidence put back", place, {"evidence": id}, doing.at)
    return None


def _ways(scene: Scene) -> list[tuple[str, str]]:
    """Back to where one came from: the question, for whoever fills in; 目录 in any case."""
    item = scene.conversation.item
    if scene.may(Action.ANSWER) and scene.form is not None and item in scene.form.items:
        return [(f"回到第 {scene.form.numbers[item]} 题", f"jump:{item}"), (labels.CONTENTS, "contents")]
    return (
        [(labels.CONTINUE, "continue"), (labels.CONTENTS, "contents")]
        if scene.may(Action.ANSWER)
        else [(labels.BACK_TO_FILING, f"filing:{scene.place.filing}")]
    )


def _action(spot: Spot) -> str:
    return f"evidence:{spot.about}:{spot.place}"


def _label(spot: Spot, count: int) -> str:
    name = spot.title if len(spot.title) <= SHORT else spot.title[: SHORT - 1] + "…"
    return f"√ {name} {count}" if count else f"○ {name}"


def _line(spot: Spot) -> str:
    return spot.title + (f"（{'、'.join(spot.materials)}）" if spot.materials else "")


def _titled(piece: evidence.Piece) -> str:
    """What a file is called, with its kind where the name does not show it."""
    kind = SUFFIXES.get(piece.media_type, "")
    return piece.name if piece.name.lower().endswith(f".{kind}") else f"{piece.name}.{kind}"


def _size(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"
