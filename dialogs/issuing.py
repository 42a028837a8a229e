"""Drafting: a new version of the documents, recorded with the answers it is made from, then sent.

The bytes are made later by the delivery, from the recorded answers, so that a draft never holds up the chat
and the same version always gives the same file.
"""

from dataclasses import replace

from dialogs.checkup import check_up
from dialogs.conversation import Screen
from dialogs.replies import File, Picture
from dialogs.scene import DraftRequest, Outcome, Scene
from dialogs.scores import running
from dialogs.showing import answered_press, show
from scoring.form import DocumentSpec
from scoring.scorecard import score
from templates import labels
from templates.messages import message


def issue(scene: Scene) -> Outcome:
    """A new version of all documents; the complete one and the score picture are sent at once."""
    assert scene.filing is not None
    form = scene.sheet
    card = score(form, scene.answers)
    version = scene.filing.drafts + 1
    found = check_up(form, scene.answers)
    gaps = len([i for i in found.blanks if not i.optional])
    requests = tuple(
        DraftRequest(scene.new_id(), d.id, d.title, running(card)["total"], card.grade, gaps) for d in form.data.documents
    )
    text = message(
        "drafted",
        version=version,
        final=found.final,
        gaps=gaps,
        provisional=len(found.provisional),
        errors=found.errors,
        grade=card.grade,
        **running(card),
    )
    complete = [r for r, d in zip(requests, form.data.documents, strict=True) if d is main_document(form.data.documents)]
    caption = {"version": version, "final": found.final}
    files = tuple(File(r.id, message("caption", title=r.title, **caption)) for r in complete)
    picture = tuple(Picture(r.id, "得分一览") for r in complete if form.indicators)
    singles = {d.id: r.id for r, d in zip(requests, form.data.documents, strict=True) if r not in complete}
    rows = [[(labels.SINGLES, "singles")]] if singles else []
    if not found.final:
        rows.append([(labels.NEXT_OPEN, "continue")])
    rows.append([(labels.CHECKUP, "checkup"), (labels.CONTENTS, "contents")])
    captions = {r.id: message("caption", title=r.title, **caption) for r in requests}
    pending = {"singles": [[i, captions[i]] for i in singles.values()]}
    outcome = show(scene, text, rows, screen=Screen.DRAFTED, pending=pending, more=(*files, *picture))
    return replace(outcome, drafts=requests)


def main_document(documents: tuple[DocumentSpec, ...]) -> DocumentSpec | None:
    """The one that binds the others together, else the first."""
    return next((d for d in documents if d.parts), documents[0] if documents else None)


def send_singles(scene: Scene) -> Outcome:
    """The parts of the latest version as files of their own."""
    singles = scene.conversation.pending.get("singles", [])
    files = tuple(File(document, caption) for document, caption in singles)
    pending = {**scene.conversation.pending, "singles": []}  # a double tap sends them once
    after = replace(scene.conversation, pending=pending)
    return Outcome(after, (*answered_press(scene, "马上发" if files else "刚才发过了"), *files), scene.changes)
