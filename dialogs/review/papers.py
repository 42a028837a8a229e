"""The documents of a filing that is handed in or approved: issued once from what was handed in, then sent to whoever asks.

At approval they are issued with 核查分, and with the opinion of the review. Not here: how they are drafted (templates).
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.access.permissions import State
from dialogs.checkup import check_up
from dialogs.editions import form_of
from dialogs.evidence.enclosures import is_apart
from dialogs.issuing import PACKAGE, main_document, requested
from dialogs.localtime import day_of
from dialogs.orders import Doing
from dialogs.replies import File, Message, Reply
from dialogs.review import dossier, snapshot
from dialogs.review.dossier import SENT, Dossier
from dialogs.review.words import about
from dialogs.store import documents, filings
from dialogs.store.documents import Inputs
from dialogs.store.filings import Filing
from dialogs.store.submissions import APPROVED, RETURNED
from scoring.form import Form
from scoring.reading.dates import shown_date
from scoring.review.record import Opinion, Reviewed, Round
from scoring.review.verified import verified_card
from scoring.scorecard import is_out, score
from templates.drafting import OPINION, documents_now
from templates.messages import message

VERDICTS = {RETURNED: "退回", APPROVED: "通过"}


def issue(doing: Doing, filing: Filing, form: Form, inputs: Inputs) -> int:
    """Record a new version of the documents, made from these inputs. Its number."""
    specs = documents_now(form, filing.project, inputs.around.beside)
    card = verified_card(form, inputs.answers, inputs.reviewed.verdicts if inputs.reviewed else {})
    gaps = len([i for i in check_up(form, inputs.answers).blanks if not i.optional])
    more = (OPINION,) if inputs.reviewed else ()
    requests = requested((*specs, *more), card, gaps, doing.office.new_id, inputs.around.exhibits)
    around, reviewed = inputs.around, inputs.reviewed
    return documents.record(doing.c, filing.id, requests, form.edition, inputs.answers, doing.person, doing.at, around, reviewed)


def reviewed(form: Form, inputs: Inputs, found: Dossier, zone: str) -> Reviewed:
    """What the review has come to, as documents print it: only 核查分 that differ, and no names."""
    lines = {x.indicator.id: x for x in score(form, inputs.answers).lines}
    verdicts = {i: v for i, v in found.verdicts.items() if i in lines and lines[i].points != v.points}
    verdicts = {i: v for i, v in verdicts.items() if not is_out(form, lines[i])}
    rounds = []
    for r in found.rounds:
        if r.verdict not in SENT:
            continue
        asked = [m for m in found.remarks if not m.is_answer and found.sent_with(m) == r.round]
        opinions = [Opinion(about(form, m.about, m.place), m.text, _answered(found, m.id)) for m in asked]
        printed = shown_date(day_of(r.decided_at or r.at, zone))
        whole = r.remark if r.verdict == APPROVED else ""  # of a return it is one of the remarks
        rounds.append(Round(r.round, VERDICTS[r.verdict], printed, whole, tuple(opinions)))
    return Reviewed(verdicts, tuple(rounds))


def _answered(found: Dossier, id: str) -> str:
    """What the filler did about a remark: the words, else that it was seen to."""
    remark = next(m for m in found.remarks if m.id == id)
    said = "；".join(m.text for m in found.answers_to(remark))
    return said or ("" if remark.open else "已改")


def send(doing: Doing, filing: str) -> Sequence[Reply]:
    """The complete document, the reviewer's opinion where there is one, and everything in one package."""
    own = filings.filing(doing.c, filing)
    assert own is not None
    version, fresh = _version(doing, own)
    if not version:
        return (Message("这张表还没有生成过文件，等填报人生成或提交以后再来要。"),)
    form = form_of(doing.c, own)
    found = documents.of_version(doing.c, filing, version)
    main = main_document(tuple(d for d in form.data.documents if d.id in found))
    wanted = [w for w in (main.id if main else "", OPINION.id, PACKAGE, *(n for n in found if is_apart(n))) if w in found]
    approved = own.place.state is State.APPROVED
    text = message("review/papers", version=version, approved=approved, fresh=fresh, state=str(own.place.state))
    title = f"{own.project} " if own.project else ""
    files = [File(found[w][0], f"{title}{found[w][1]}　第 {version} 版{'　审定稿' if approved else ''}") for w in wanted]
    return (Message(text), *files)


def _version(doing: Doing, own: Filing) -> tuple[int, bool]:
    """The version that says what the filing is now, and whether it had to be made; 0 when there is none."""
    version, at = documents.latest(doing.c, own.id)
    present = dossier.load(doing.c, own.id).present
    if present is None or not dossier.is_locked(own.place.state):
        return version, False
    if present.version:
        return present.version, False
    if version and at > present.at:
        return version, False
    form, inputs = snapshot.handed_in(doing.c, own)
    return issue(doing, own, form, replace(inputs, reviewed=None)), True
