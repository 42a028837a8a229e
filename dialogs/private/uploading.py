"""Files uploaded on the office's own page: evidence of a filing, and lists of units and people to be imported.

Looked at as strictly as those that come by a chat, and kept in one transaction with the use of the link. A file's own name is
not kept: it may say of whom it is, and names are shown in the chat. Not here: what a file may be (evidence/inspecting.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.bureau.asking_work import start
from dialogs.bureau.sheets import LARGEST as LARGEST_LIST
from dialogs.evidence.fetching import look_at
from dialogs.evidence.inspecting import Kind
from dialogs.evidence.receiving import MOST_AT_PLACE, MOST_EVER, MOST_OF_FILING
from dialogs.evidence.unfit import Unfit
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.private import doors
from dialogs.replies import to_data
from dialogs.store import counties, evidence, files, filings, jobs, journal, outbox, people, personal
from dialogs.store.engine import reading, writing
from dialogs.store.evidence import Errand, Sent
from dialogs.store.filings import Filing
from dialogs.store.links import Link
from scoring.wording import quoted
from templates.messages import message

KINDS = {"jpg": "照片", "png": "图片", "webp": "图片", "heic": "照片", "pdf": "PDF", "ofd": "OFD", "docx": "Word", "doc": "Word"}
OTHER = "表格"

File = tuple[str, bytes]  # name and content


@dataclass(frozen=True, slots=True)
class Target:
    """Where files are uploaded to, in words; empty where nothing is to be uploaded (any more)."""

    title: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What came of it: how many were kept, how many were there already, why others were not, and where to go on."""

    kept: int = 0
    same: int = 0
    refused: tuple[str, ...] = ()
    more: str = ""


def place_of(office: Office, link: Link) -> Target:
    """Where this link leads to, for whoever has it and still may."""
    with reading(office.engine) as c:
        if link.purpose == doors.IMPORT:
            known = counties.county(c, link.target)
            may = people.rights_of(c, link.person).may(Action.IMPORT, Place(link.target))
            return Target("单位和人员名单", known.name) if may and known else Target()
        filing = _filing(c, link)
        return Target(str(link.detail.get("title", "")), f"{filing.unit_name}{filing.project}") if filing else Target()


def _filing(c: Connection, link: Link) -> Filing | None:
    """The filing of an evidence link, if its person may give evidence there now."""
    filing = filings.filing(c, link.target.partition(":")[0])
    allowed = filing is not None and people.rights_of(c, link.person).may(Action.EVIDENCE, filing.place)
    return filing if allowed else None


def upload_evidence(office: Office, token: str, sent: Sequence[File]) -> Uploaded | None:
    """Keep what can be kept. The link is used up when anything was; None when it opens nothing any more."""
    looked = [(name, content, look_at(content, name)) for name, content in sent]  # before anybody has to wait for the writer
    refused = [_said(name, found.why) for name, _, found in looked if isinstance(found, Unfit)]
    good = [(content, found) for _, content, found in looked if isinstance(found, Kind)]
    with writing(office.engine) as c:
        link = doors.look(c, office, token)
        filing = _filing(c, link) if link is not None and link.purpose == doors.EVIDENCE else None
        if link is None or filing is None:
            return None
        if not good or doors.use(c, office, token, doors.EVIDENCE) is None:
            return Uploaded(refused=tuple(refused)) if not good else None
        kept = same = 0
        for content, found in good:
            match _keep(c, office, link, filing, content, found):
                case "stored":
                    kept += 1
                case "refused":
                    same += 1
                case why:
                    refused.append(_said("", why))
        return Uploaded(kept, same, tuple(dict.fromkeys(refused)), doors.follow_up(c, office, link))


def _keep(c: Connection, office: Office, link: Link, filing: Filing, content: bytes, found: Kind) -> str:
    """stored, refused (it is there already), or why not."""
    _, about, place = link.target.split(":", 2)
    now, counts = office.clock(), evidence.counts(c, filing.id)
    if counts.get((about, place), 0) >= MOST_AT_PLACE or sum(counts.values()) >= MOST_OF_FILING:
        return "full"
    if evidence.ever(c, filing.id) >= MOST_EVER:
        return "worn"
    found_person = personal.find(c, link.person)
    assert found_person is not None  # whoever may give evidence is there
    id = (office.new_id() + office.new_id())[:16]
    name = f"{KINDS.get(found.suffix, OTHER)} {office.moment_of(now)}"
    evidence.receive(c, id, Sent(filing.id, about, place, name, "", found_person.where), link.person, now)
    digest = files.keep(c, content, found.media_type, now)
    errand = Errand(id, 0, found_person.where, "", filing.id, about, place, name, link.person)
    state = evidence.store(c, errand, digest)
    if state == "stored":
        journal.note(c, link.person, "evidence", filing.place, {"about": about, "place": place, "sha256": digest}, now)
    return state


def _said(name: str, why: str) -> str:
    """Why a file was not kept, for the page only: its name does not go into the chat."""
    return (
        message("evidence/refused", no={"why": why}, which=quoted(name[:40]) if name else "").removesuffix("再发一次。").strip()
    )


def upload_list(office: Office, token: str, sent: Sequence[File]) -> Uploaded | None:
    """A list to be imported: tried by a job, as one that came by a chat is."""
    content = sent[0][1] if sent else b""
    if not content or len(content) > LARGEST_LIST:
        why = (
            "里面是空的，请选一个文件。"
            if not content
            else f"这个文件太大了（最多 {LARGEST_LIST >> 20} MB），只留名单那一页再传。"
        )
        return Uploaded(refused=(why,))
    with writing(office.engine) as c:
        link = doors.use(c, office, token, doors.IMPORT)
        found = personal.find(c, link.person) if link else None
        if link is None or found is None or not people.rights_of(c, link.person).may(Action.IMPORT, Place(link.target)):
            return None
        now = office.clock()
        digest = sha256(content).hexdigest()
        jobs.keep(c, digest, content, "application/octet-stream", now)
        doing = Doing(c, office, link.person, now, None, found.where)
        said = start(doing, "import_check", {"county": link.target, "year": 0, "sha256": digest})
        outbox.enqueue(c, found.where, None, [to_data(r) for r in said], now)
        return Uploaded(1)
