"""Drafting: a new version of the documents, recorded with the answers it is made from, then sent.

The bytes are made later by the delivery, from the recorded answers, so that a draft never holds up the chat
and the same version always gives the same file.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogs import opening
from dialogs.checkup import check_up, unfinished, ways_there
from dialogs.conversation import Screen
from dialogs.evidence.enclosures import apart, exhibits_of
from dialogs.replies import File, Picture
from dialogs.review.ways import way_to_submit
from dialogs.scene import DraftRequest, FilingInfo, Outcome, Scene
from dialogs.scores import running
from dialogs.showing import answered_press, show
from scoring.beside.declared import form_name, pack_name
from scoring.evidence import Exhibit
from scoring.formdata import DocumentSpec
from scoring.scorecard import Scorecard, score
from templates import labels
from templates.drafting import documents_now
from templates.exhibits import ANNEX, TITLE
from templates.fields import forms_drawn
from templates.messages import message

SUMMARY, PACKAGE = "summary.xlsx", "package.zip"  # what is recorded as a document beside those of the form


def issue(scene: Scene) -> Outcome:
    """A new version of all documents; the complete one and the score picture are sent at once."""
    assert scene.filing is not None
    form, filing = scene.sheet, scene.filing
    card = score(form, scene.answers)
    version = filing.drafts + 1
    found = check_up(form, scene.answers)
    gaps = len([i for i in found.blanks if not i.optional])
    others = unfinished(form, filing.project, scene.beside)
    final = found.final and not others
    specs = documents_now(form, filing.project, scene.beside)
    exhibits = scene.world.read(exhibits_of, filing.id) if scene.outside else ()
    requests = requested(specs, card, gaps, scene.new_id, exhibits)
    text = message(
        "drafted",
        version=version,
        final=final,
        gaps=gaps,
        others=[o.said for o in others],
        missing=_missing(scene),
        provisional=len(found.provisional),
        errors=found.errors,
        grade=card.grade,
        **running(card),
    )
    captions = {r.document: _caption(filing, r.title, version, final) for r in requests}
    main = main_document(specs)
    complete = [r for r in requests if main is not None and r.document == main.id]
    files = tuple(File(r.id, captions[r.document]) for r in complete)
    picture = tuple(Picture(r.id, "得分一览") for r in complete if form.indicators)
    packed = {PACKAGE, *(name for name, _ in apart(exhibits))}
    extra = {
        "package": [[r.id, captions[r.document]] for r in requests if r.document in packed],
        "summary": [[r.id, captions[r.document]] for r in requests if r.document == SUMMARY],
    }
    singles = [[r.id, captions[r.document]] for r in requests if r not in complete and r.document not in {SUMMARY, *packed}]
    rows = [[(labels.SINGLES, "singles")]] if singles else []
    rows.append([(labels.PACKAGE, "package"), (labels.SUMMARY, "summary")])
    if not found.final:
        rows.append([(labels.NEXT_OPEN, "continue")])
    rows += ways_there(others)
    rows.append(list(way_to_submit(scene)))
    rows += [[(labels.CHECKUP, "checkup"), (labels.CONTENTS, "contents")], opening.ways_on(scene)]
    pending = {"singles": singles, **extra}
    outcome = show(scene, text, rows, screen=Screen.DRAFTED, pending=pending, more=(*files, *picture))
    return replace(outcome, drafts=requests)


def requested(
    specs: Sequence[DocumentSpec], card: Scorecard, gaps: int, new_id: Callable[[], str], exhibits: Sequence[Exhibit] = ()
) -> tuple[DraftRequest, ...]:
    """A version: the form's documents, the list of its evidence, the summary of the answers, and all of it in one package."""
    named = [(d.id, d.title) for d in specs] + ([(ANNEX, TITLE)] if exhibits else [])
    named += [(SUMMARY, labels.SUMMARY), (PACKAGE, "全套单独的文件"), *apart(exhibits)]
    return tuple(DraftRequest(new_id(), id, title, running(card)["total"], card.grade, gaps) for id, title in named)


def _caption(filing: FilingInfo, title: str, version: int, final: bool) -> str:
    return message("caption", title=f"{filing.project} {title}" if filing.project else title, version=version, final=final)


def _missing(scene: Scene) -> list[str]:
    """The titles of forms that the documents draw from and nobody has filled."""
    filled = {form_name(f.form.id) for f in scene.beside}
    titles = {form_name(f.id): f.title for f in scene.forms if pack_name(f.id) == pack_name(scene.sheet.id)}
    return [titles[name] for name in forms_drawn(scene.sheet) if name not in filled and name in titles]


def main_document(documents: tuple[DocumentSpec, ...]) -> DocumentSpec | None:
    """The one that binds the others together, else the first."""
    return next((d for d in documents if d.parts), documents[0] if documents else None)


def send(scene: Scene, what: str) -> Outcome:
    """More files of the latest version: `singles`, the `package` of them, or the `summary`."""
    waiting = scene.conversation.pending.get(what, [])
    files = tuple(File(document, caption) for document, caption in waiting)
    pending = {**scene.conversation.pending, what: []}  # a double tap sends them once
    after = replace(scene.conversation, pending=pending)
    return Outcome(after, (*answered_press(scene, "马上发" if files else "刚才发过了"), *files), scene.changes)
