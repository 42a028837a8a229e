"""待审核: what waits for this person — as reviewer of a unit or of those it supervises, or as administrator of a county."""

from dialogs.access.permissions import Role
from dialogs.conversation import Screen
from dialogs.editions import edition_of
from dialogs.localtime import said_day
from dialogs.review.showing import page, pages, saying, which
from dialogs.rooms import Home
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import answered_press, turning
from dialogs.store import submissions
from templates import labels
from templates.messages import message

PER_PAGE = 10


def found(scene: Scene) -> tuple[submissions.Waiting, ...]:
    """The filings that wait, the longest first; what somebody handed in themselves waits for somebody else."""
    units = tuple(sorted(u for u, roles in scene.rights.units.items() if Role.REVIEWER in roles))
    counties = tuple(sorted(c for c, roles in scene.rights.counties.items() if Role.ADMINISTRATOR in roles))
    if not units and not counties:
        return ()
    listed = scene.world.read(submissions.waiting, units, counties)
    return tuple(w for w in listed if w.person != scene.rights.person)


def home(scene: Scene) -> Home:
    """How many wait, on the start page."""
    count = len(found(scene))
    return Home((f"待审核 {count} 份。",), ([(f"{labels.WAITING} {count} 份", "rv_waiting:0")],)) if count else Home()


def waiting(scene: Scene, argument: str) -> Outcome:
    """The list, each with a button."""
    listed = found(scene)
    parts = pages([0] * len(listed), most=PER_PAGE)
    number = which(argument, len(parts))
    shown = [listed[n] for n in parts[number]]
    lines = [
        {
            "number": n + 1,
            "unit": w.unit,
            "project": w.project,
            "year": w.year,
            "round": w.round,
            "day": said_day(w.at, scene.zone),
        }
        | {"title": scene.world.read(edition_of, w.form_id, w.edition, w.year).title}
        for n, w in zip(parts[number], shown, strict=True)
    ]
    text = message("review/waiting", lines=lines, count=len(listed), page=number + 1, pages=len(parts))
    rows = [
        [(f"{n['number']}. {w.unit} {w.project}".strip()[:40], f"filing:{w.filing}")] for n, w in zip(lines, shown, strict=True)
    ]
    turn = turning("rv_waiting:", number, len(parts))
    below = [(labels.OTHER_FILING, "home")]
    return page(scene, text, [*rows, turn, below], f"rv_waiting:{number}", Screen.REVIEW_WAITING)


def hear(scene: Scene, text: str) -> Outcome:
    """One of the list by its number or a part of its unit's name; else the list once more."""
    listed = found(scene)
    if not listed:
        return waiting(scene, "")
    number = int(text) if text.isdecimal() and len(text) < 5 else 0
    meant = [w for n, w in enumerate(listed, 1) if n == number or (len(text) > 1 and text in f"{w.unit}{w.project}")]
    if len(meant) == 1:
        return Outcome(scene.conversation.elsewhere(), answered_press(scene), opening=Opening(filing=meant[0].filing))
    return waiting(saying(scene, f"没有第 {number} 份。" if number else "发序号，或点一份。"), "")
