"""Work asked for and stopped from the chat: one press begins it, its message tells how far it is and can stop it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.bureau.progress_pages import parts
from dialogs.bureau.working import kinds
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.rooms import Handler
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press
from dialogs.store import jobs, journal
from dialogs.store.jobs import RUNNING, WAITING
from templates.messages import message


def asking(kind: str, needs: Action) -> Handler:
    """The handler of a button that begins a kind of work about a county's year."""

    def handler(scene: Scene, argument: str) -> Outcome:
        county, year, _ = parts(scene, argument)
        return begun(scene, needs, county, year, kind, {})

    return handler


def begun(scene: Scene, needs: Action, county: str, year: int, kind: str, body: Mapping[str, Any]) -> Outcome:
    """The outcome that has it begun; the screen stays."""
    whole = {"county": county, "year": year, **body}
    order = Order(needs, Place(county), start, {"kind": kind, "body": whole})
    return Outcome(scene.conversation, answered_press(scene, "好的，这就办"), scene.changes, orders=(order,))


def start(doing: Doing, kind: str, body: Mapping[str, Any]) -> Sequence[Reply]:
    """Begin a piece of work, unless the same is under way for this person."""
    for job in jobs.open_of(doing.c, doing.person):
        if job.kind == kind and dict(job.body) == dict(body):
            return (Message(message("bureau/job_twice", title=kinds()[kind].title)),)
    id = (doing.office.new_id() + doing.office.new_id())[:12]
    jobs.add(doing.c, id, doing.person, doing.chat, kind, body, doing.at)
    told = {"job": id, "kind": kind} | {k: v for k, v in body.items() if k in ("year", "mode")}
    journal.note(doing.c, doing.person, "job", Place(str(body["county"])), told, doing.at)
    return ()


def stop(scene: Scene, job: str) -> Outcome:
    """停下, pressed on the message of a piece of work."""
    order = Order(Action.OWN, Place(), stopped, {"job": job})
    return Outcome(scene.conversation, answered_press(scene, "好的"), scene.changes, orders=(order,))


def stopped(doing: Doing, job: str) -> Sequence[Reply]:
    """Stop it, if it is this person's and still under way; its message says so."""
    found = jobs.job(doing.c, job)
    if found is None or found.person != doing.person or found.state not in (WAITING, RUNNING):
        return (Message("这件事已经办完或停下了。"),)
    jobs.cancel(doing.c, job, doing.at)
    jobs.set_buttons(doing.c, job, doing.person, [], doing.at)
    journal.note(doing.c, doing.person, "job stopped", Place(str(found.body["county"])), {"job": job}, doing.at)
    kept = "已经退回的不会收回。" if found.kind == "return" else ""
    _, sent = jobs.spoken(doing.c, found.spoken)
    return (Message(message("bureau/job_stopped", title=kinds()[found.kind].title, kept=kept), edits=sent),)
