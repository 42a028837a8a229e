"""Announcements in the chat: to whom, the words, a preview with the number of people, and how far it has come."""

import json
from collections.abc import Sequence

from dialogs.access.naming import role_name
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.bureau import announcing
from dialogs.bureau.announcing import ROLES, SCOPES
from dialogs.bureau.progress_pages import parts
from dialogs.bureau.words import answer_to_preview
from dialogs.buttons import act
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import announced, counties, overview
from scoring.textgate import clean
from templates import labels
from templates.messages import message

EVERYBODY = "*"


def page(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """To whom: `county.year.scope.roles.group`, each as a button that changes it."""
    county, year, rest = parts(scene, argument)
    scope, roles, group = _chosen(scene, county, rest)
    groups = _groups(scene, county)
    here = f"c.{county}.{year}"
    people = _recipients(scene, county, year, scope, roles, group)
    text = message(
        "bureau/announce",
        scope=SCOPES[scope],
        roles=[role_name(r) for r in roles],
        group=_named(group),
        count=len(people),
        ack=ack,
    )
    g = str(groups.index(group)) if group is not None else EVERYBODY
    r = _roles_key(roles)
    scopes = [key for key in SCOPES if key == "all" or year in scene.world.read(overview.years, county)]
    rows: list[Row] = wrapped(
        [(f"{'√ ' if key == scope else ''}{SCOPES[key]}", f"bu_announce:{here}.{key}.{r}.{g}") for key in scopes], 2
    )
    rows.append(
        [
            (f"{'√ ' if role in roles else ''}{role_name(role)}", f"bu_announce:{here}.{scope}.{_toggled(roles, role)}.{g}")
            for role in ROLES
        ]
    )
    if len(groups) > 1:
        every = [(f"{'√ ' if group is None else ''}各组", f"bu_announce:{here}.{scope}.{r}.{EVERYBODY}")]
        named = [
            (f"{'√ ' if group == name else ''}{_named(name)}", f"bu_announce:{here}.{scope}.{r}.{n}")
            for n, name in enumerate(groups[:11])
        ]
        rows += wrapped([*every, *named], 3)
    if people:
        rows.append([(f"写通知（{len(people)} 人）", f"bu_announce_write:{here}.{scope}.{r}.{g}")])
    rows += [[(_first_words(a.body), f"bu_announced:{here}.{a.key.rpartition(':')[2]}")] for a in _latest(scene, county)]
    rows.append([(labels.BUREAU_BACK, f"bureau:{here}")])
    edits = scene.event.message if ":" not in argument and scene.conversation.pending.get("announce") else 0
    return show(scene, text, rows, screen=Screen.BUREAU, pending={"announce": True}, edits=edits)


def write(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """Asks for the words."""
    county, year, rest = parts(scene, argument)
    scope, roles, group = _chosen(scene, county, rest)
    count = len(_recipients(scene, county, year, scope, roles, group))
    text = message("bureau/announce_write", count=count, ack=ack)
    rows = [[(labels.CANCEL, f"bu_announce:{argument}")]]
    return show(scene, text, rows, screen=Screen.ANNOUNCING, pending={"here": argument})


def hear(scene: Scene, text: str) -> Outcome:
    """The words as typed: previewed with the number of people."""
    here = str(scene.conversation.pending.get("here", ""))
    if scene.conversation.pending.get("text") and (button := answer_to_preview(text)) is not None:
        return act(scene, scene.conversation.actions[button])
    if wrong := announcing.wrong_text(text):
        return write(scene, here, wrong)
    county, year, rest = parts(scene, here)
    scope, roles, group = _chosen(scene, county, rest)
    people = _recipients(scene, county, year, scope, roles, group)
    if not people:
        return page(scene, here, "现在没有人符合，没有发。")
    words = _words(scene, county, text)
    said = message("bureau/announce_preview", count=len(people), text=words)
    rows = [
        [(f"{labels.BUREAU_SEND}（{len(people)} 人）", f"bu_announce_do:{here}")],
        [(labels.BUREAU_REWRITE, f"bu_announce_write:{here}"), (labels.CANCEL, f"bu_announce:{here}")],
    ]
    return show(scene, said, rows, screen=Screen.ANNOUNCING, pending={"here": here, "text": text, "id": scene.new_id()})


def send(scene: Scene, argument: str) -> Outcome:
    """Post it, to whom it goes at this moment."""
    pending = scene.conversation.pending
    text, id = str(pending.get("text", "")), str(pending.get("id", ""))
    county, year, rest = parts(scene, argument)
    if not text or not id:
        return page(scene, argument)
    scope, roles, group = _chosen(scene, county, rest)
    values = {"county": county, "year": year, "id": id, "text": _words(scene, county, text)}
    values |= {"scope": scope, "roles": [str(r) for r in roles], "group": group}
    order = Order(Action.ANNOUNCE, Place(county), post, values)
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=f"bu_announced:c.{county}.{year}.{id}")


def post(
    doing: Doing, county: str, year: int, id: str, text: str, scope: str, roles: Sequence[str], group: str | None
) -> Sequence[Reply]:
    """Carried out: to whom it goes is asked anew."""
    people = announcing.recipients(doing.c, county, year, doing.at, doing.office.zone, scope, roles, group)
    announcing.announce(doing, county, id, text, people)
    return ()


def report(scene: Scene, argument: str) -> Outcome:
    """How far an announcement has come."""
    county, year, rest = parts(scene, argument)
    id = rest[0] if rest else ""
    key = announcing.key_for(county, id)
    reach = scene.world.read(announced.reach, key)
    found = next((a for a in _latest(scene, county) if a.key == key), None)
    text = message("bureau/announced", reach=reach, text=json.loads(found.body)["text"] if found else "")
    here = f"c.{county}.{year}"
    waits = reach.waiting + reach.blocked
    rows = [[(f"{labels.BUREAU_WITHDRAW}（{waits} 人）", f"bu_withdraw:{here}.{id}")]] if waits else []
    rows += [[("刷新", f"bu_announced:{here}.{id}"), (labels.BUREAU_BACK, f"bureau:{here}")]]
    return show(scene, text, rows, screen=Screen.BUREAU)


def withdraw(scene: Scene, argument: str) -> Outcome:
    """Take back what waits."""
    county, year, rest = parts(scene, argument)
    id = rest[0] if rest else ""
    order = Order(Action.ANNOUNCE, Place(county), take_back, {"county": county, "id": id})
    after = f"bu_announced:c.{county}.{year}.{id}"
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=after)


def take_back(doing: Doing, county: str, id: str) -> Sequence[Reply]:
    """Carried out."""
    count, _ = announcing.withdraw(doing, county, id)
    return (Message(f"撤回了，{count} 个人不会收到。已经收到的撤不回来。" if count else "已经都发出去了，没有可撤的。"),)


def _words(scene: Scene, county: str, text: str) -> str:
    """What everybody reads: from whom, then the words."""
    known = scene.world.read(counties.county, county)
    return f"{known.name if known else ''}财政局通知\n\n{clean(text)}"


def _recipients(scene: Scene, county: str, year: int, scope: str, roles: Sequence[str], group: str | None) -> Sequence[str]:
    asked = (county, year, scene.event.at, scene.zone, scope, tuple(roles), group)
    return scene.world.read(announcing.recipients, *asked)


def _chosen(scene: Scene, county: str, rest: Sequence[str]) -> tuple[str, tuple[str, ...], str | None]:
    """Scope, roles and group from a button's argument; everybody who fills in where it says nothing."""
    scope, key, place = (*rest, "", "", EVERYBODY)[:3] if len(rest) >= 3 else ("all", "1", EVERYBODY)
    roles = tuple(str(role) for n, role in enumerate(ROLES) if key.isdecimal() and int(key) >> n & 1)
    groups = _groups(scene, county)
    group = groups[int(place)] if place.isdecimal() and int(place) < len(groups) else None
    return (scope if scope in SCOPES else "all"), roles, group


def _roles_key(roles: Sequence[str]) -> str:
    return str(sum(1 << n for n, role in enumerate(ROLES) if role in roles))


def _toggled(roles: Sequence[str], role: str) -> str:
    return _roles_key([r for r in roles if r != role] if role in roles else [*roles, role])


def _groups(scene: Scene, county: str) -> list[str]:
    return sorted({u.grouping for u in scene.world.read(counties.units_in, county)})


def _named(group: str | None) -> str:
    return "" if group is None else group or "未分组"


def _latest(scene: Scene, county: str) -> Sequence[announced.Announced]:
    return scene.world.read(announced.latest, f"announcement:{county}:")


def _first_words(body: str) -> str:
    words = str(json.loads(body)["text"]).partition("\n\n")[2].split("\n")[0]
    return f"发过：{words[:14]}{'…' if len(words) > 14 else ''}"
