"""Work that takes a while, one piece after another: claimed, carried on step by step with its progress told in the chat,
ended with what came of it. Killed at any instant it is taken up again, or after some tries told failed.

A kind of work is a generator: it yields (done, total) between steps and returns what came of it. Not here: what each kind
does (kinds.py), or the task that runs this beside delivery (bot/jobs.py).
"""

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.office import Office
from dialogs.replies import Button, Made, Message, Reply, to_data
from dialogs.store import jobs, people
from dialogs.store.engine import reading, writing
from dialogs.store.jobs import Job
from scoring.errors import ZipingError
from templates import labels
from templates.messages import message

log = logging.getLogger(__name__)

EVERY = 4  # seconds between two words about how far it is
TRIES = 3  # times a job is begun before it is told failed
AGAIN = 20  # seconds before one that failed for a reason of ours is begun again
KEPT = 3 * 24 * 3600  # seconds for which what came of it can be sent again


class Stopped(Exception):
    """The work was stopped, or somebody else has taken it over."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that came of it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of it: what is said, files, more things to be sent, rows of (label, action)."""

    text: str
    files: Sequence[Output] = ()
    more: Sequence[Made] = ()
    rows: Sequence[Sequence[tuple[str, str]]] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


Steps = Generator[tuple[int, int], None, Finished]
Begin = Callable[[Office, Job], Steps]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: what it is called, what it needs, how it begins. `fetches`: it works on a file somebody sent."""

    title: str
    needs: Action
    begin: Begin
    fetches: bool = False


def claim(office: Office) -> Job | None:
    """The next piece of work, with its message in the chat."""
    now = office.clock()
    with writing(office.engine) as c:
        taken = jobs.claim(c, now, owner=office.worker)
        if taken is None:
            return None
        if taken.tries > TRIES:
            _end(c, taken, jobs.FAILED, Finished(message("bureau/job_failed", title=_title(taken))), now)
            return None
        if not taken.spoken:
            row = _speak(c, taken, _progress_text(taken), now)
            result = {**taken.result, "spoken": row}
            jobs.note(c, taken, result)
            taken = replace(taken, result=result)
    return taken


def wants_file(taken: Job) -> bool:
    """Whether a file has to be fetched before it begins."""
    return kinds()[taken.kind].fetches and "sha256" not in taken.result and "sha256" not in taken.body


def fetched(office: Office, taken: Job, content: bytes) -> Job:
    """Keep the file that a piece of work is about, now that the channel has fetched it."""
    digest = sha256(content).hexdigest()
    taken = replace(taken, result={**taken.result, "sha256": digest})
    with writing(office.engine) as c:
        jobs.keep(c, digest, content, "application/octet-stream", office.clock())
        jobs.note(c, taken, taken.result)
    return taken


def unfetched(office: Office, taken: Job, why: str) -> None:
    """The file cannot be fetched: told, and over."""
    _finish(office, taken, jobs.FAILED, Finished(f"{_title(taken)}：{why}"))


@dataclass
class _Hand:
    """The work at hand, with the claim as it is by now."""

    job: Job


def work(office: Office, taken: Job, stopping: Callable[[], bool] = lambda: False) -> None:
    """Carry a claimed piece of work on until it ends, is stopped, or the process is."""
    kind, hand = kinds()[taken.kind], _Hand(taken)
    try:
        with reading(office.engine) as c:
            allowed = people.rights_of(c, taken.person).may(kind.needs, Place(str(taken.body["county"])))
        if not allowed:
            _finish(office, taken, jobs.FAILED, Finished(message("bureau/job_denied", title=kind.title)))
            return
        finished = _through(office, hand, kind.begin(office, taken), stopping)
    except Stopped:
        return
    except ZipingError as told:
        _finish(office, hand.job, jobs.FAILED, Finished(f"{kind.title}：{told}"))
        return
    except Exception:  # a defect: tried again, and at last told
        log.exception("job %s (%s) failed", taken.id, taken.kind)
        _later(office, hand.job, AGAIN)
        return
    _finish(office, hand.job, jobs.DONE, finished)


def _through(office: Office, hand: _Hand, steps: Steps, stopping: Callable[[], bool]) -> Finished:
    """All steps, with a sign of life every few seconds."""
    told = office.clock()
    try:
        while True:
            try:
                done, total = next(steps)
            except StopIteration as ended:
                finished: Finished = ended.value
                return finished
            now = office.clock()
            if stopping():
                _later(office, hand.job, 0)
                raise Stopped
            if now - told >= EVERY:
                told = now
                hand.job = _beat(office, hand.job, done, total, now)
    finally:
        steps.close()


def _beat(office: Office, taken: Job, done: int, total: int, now: int) -> Job:
    with writing(office.engine) as c:
        until = jobs.beat(c, taken, done, total, now)
        if until is None:
            raise Stopped
        taken = replace(taken, lease=until, done=done, total=total)
        state, sent = jobs.spoken(c, int(taken.result.get("latest", taken.spoken)))
        _, first = jobs.spoken(c, taken.spoken)
        if first and (sent or state == "sent"):  # the word before has left: at most one waits
            row = _speak(c, taken, _progress_text(taken), now, edits=first)
            taken = replace(taken, result={**taken.result, "latest": row})
            jobs.note(c, taken, taken.result)
    return taken


def _later(office: Office, taken: Job, seconds: int) -> None:
    """Give it back, to be begun again."""
    now = office.clock()
    result = taken.result if seconds else {**taken.result, "tries": taken.tries - 1}  # a restart is nobody's failure
    with writing(office.engine) as c:
        jobs.end(c, taken, jobs.WAITING, result, now, now + seconds if seconds else 0)


def _finish(office: Office, taken: Job, how: str, finished: Finished) -> None:
    with writing(office.engine) as c:
        _end(c, taken, how, finished, office.clock())


def _end(c: Connection, taken: Job, how: str, finished: Finished, now: int) -> None:
    """Say what came of it, and keep its files for whoever wants them again."""
    told = []
    for file in finished.files:
        digest = sha256(file.content).hexdigest()
        jobs.keep(c, digest, file.content, "application/octet-stream", now)
        told.append({"sha256": digest, "name": file.name})
    if not jobs.end(c, taken, how, {"files": told, **finished.kept}, now):
        return
    _, first = jobs.spoken(c, taken.spoken)
    county, year = taken.body.get("county"), taken.body.get("year")
    back = [[(labels.BUREAU_BACK, f"bureau:c.{county}.{year}" if year else f"bureau:c.{county}")]] if county else []
    _speak(c, taken, finished.text, now, finished.rows or back, edits=first)
    replies: list[Reply] = [Made("bureau_output", f"{taken.id}.{n}", f["name"]) for n, f in enumerate(told)]
    for reply in (*replies, *finished.more):
        jobs.speak(c, taken.chat, *to_data(reply), now)


def _speak(
    c: Connection, taken: Job, text: str, now: int, rows: Sequence[Sequence[tuple[str, str]]] | None = None, edits: int = 0
) -> int:
    """The message of a job, with buttons that stay alive: 停下 while it is under way, what follows when it has ended."""
    shown = [[(labels.BUREAU_STOP, f"bu_stop:{taken.id}")]] if rows is None else rows
    jobs.set_buttons(c, taken.id, taken.person, [action for row in shown for _, action in row], now)
    buttons: list[tuple[Button, ...]] = []
    n = 0
    for row in shown:
        buttons.append(tuple(Button(label, f"{taken.id}.{n + k}") for k, (label, _) in enumerate(row)))
        n += len(row)
    return jobs.speak(c, taken.chat, *to_data(Message(text, tuple(buttons), edits)), now)


def _title(taken: Job) -> str:
    return kinds()[taken.kind].title


def _progress_text(taken: Job) -> str:
    share = taken.done * 100 // taken.total if taken.total else 0
    bar = "▓" * (share // 10) + "░" * (10 - share // 10)
    return message("bureau/job", title=_title(taken), bar=bar, done=taken.done, total=taken.total)


def kinds() -> Mapping[str, Kind]:
    """All kinds of work."""
    from dialogs.bureau.kinds import KINDS

    return KINDS


def tidy(office: Office) -> None:
    """Forget the files of work that ended long ago."""
    with writing(office.engine) as c:
        jobs.forget(c, office.clock() - KEPT)


def take_over(office: Office) -> None:
    """Take up what a serving process had at hand when it died. Only SQLite: there, no other one can be serving."""
    if office.engine.dialect.name == "sqlite":
        with writing(office.engine) as c:
            jobs.release(c)
