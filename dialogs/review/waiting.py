"""待审核: what waits for this person — as reviewer of a unit or of those it supervises, or as administrator of a county."""

from dialogs.access.permissions import Role
from dialogs.editions import edition_of
from dialogs.review.showing import page, pages, turning, which
from dialogs.review.words import day
from dialogs.rooms import Home
from dialogs.scene import Outcome, Scene
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
    parts = [r[n : n + PER_PAGE] for r in pages([1] * len(listed), 10_000) for n in range(0, max(1, len(r)), PER_PAGE)]
    number = which(argument, len(parts))
    shown = [listed[n] for n in parts[number]]
    lines = [
        {"number": n + 1, "unit": w.unit, "project": w.project, "year": w.year, "round": w.round, "day": day(w.at, scene.zone)}
        | {"title": scene.world.read(edition_of, w.form_id, w.edition, w.year).title}
        for n, w in zip(parts[number], shown, strict=True)
    ]
    text = message("review/waiting", lines=lines, count=len(listed), page=number + 1, pages=len(parts))
    rows = [
        [(f"{n['number']}. {w.unit} {w.project}".strip()[:40], f"filing:{w.filing}")] for n, w in zip(lines, shown, strict=True)
    ]
    turn = turning("rv_waiting", number, len(parts), labels.PREVIOUS_PAGE, labels.NEXT_PAGE)
    return page(scene, text, [*rows, turn, [(labels.OTHER_FILING, "home")]], f"rv_waiting:{number}")
