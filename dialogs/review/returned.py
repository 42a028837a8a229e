"""退回清单: what came back, each with a button; done when it is answered. All done: hand it in again.

Not here: questions themselves (asking.py shows the remark above each).
"""

from dialogs.access.permissions import Action, State
from dialogs.conversation import Screen
from dialogs.review.above import waiting
from dialogs.review.dossier import dossier, said_by
from dialogs.review.ways import way_to_submit
from dialogs.review.words import where
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from templates import labels
from templates.messages import message

MOST = 12  # buttons


def show_list(scene: Scene, ack: str = "", more: Row = (), *, toast: str = "") -> Outcome:
    """What is still to be done, and what is done."""
    assert scene.filing is not None
    left, found = waiting(scene), dossier(scene)
    ids = {r.id for r in left}
    sent = [r for r in found.remarks if not r.is_answer and found.sent_with(r) == found.told and r.id not in ids]
    text = message(
        "review/returned",
        ack=ack or scene.conversation.pending.get("ack", ""),
        unit=scene.filing.name,
        year=scene.filing.year,
        left=[{"where": where(scene, r), "text": r.text, "who": said_by(r.name, "审核人")} for r in left],
        done=[f"{where(scene, r)}：{r.text}" for r in sent],
    )
    jumps = [(where(scene, r)[:18], f"rv_remark:{r.id}") for r in left[:MOST]]
    rows: list[Row] = wrapped(jumps, 2)
    if more:
        rows.append(more)
    submit = way_to_submit(scene)
    rows.append([*(submit if not left else []), (labels.CHECKUP, "checkup")])
    if left and submit:
        rows.append(submit)
    rows.append([(labels.CONTENTS, "contents"), (labels.OTHER_FILING, "home")])
    return show(scene, text, rows, screen=Screen.RETURNED, pending={"page": "returned"}, toast=toast)


def is_to_show(scene: Scene) -> bool:
    """Whether a filler comes to a returned filing with something to do."""
    return scene.place.state is State.RETURNED and scene.may(Action.ANSWER) and bool(waiting(scene))
