"""An answer on its way from what was typed or tapped to a stored value, read back as understood."""

from collections.abc import Sequence

from dialogs.arriving import is_fixed, read_beside, refusal
from dialogs.asking import ask, ask_next
from dialogs.changing import present_bill
from dialogs.conversation import Screen
from dialogs.lastyear import last_year_value
from dialogs.linewise import REMOVING, add_rows, finish_rows, remove_rows, rows_of
from dialogs.packing import packed
from dialogs.private.entrance import answer_refused
from dialogs.private.fields import is_elsewhere
from dialogs.recording import store
from dialogs.scene import Outcome, Scene
from dialogs.showing import show
from dialogs.telling import told
from scoring.answers import Answer, State, given
from scoring.asked import is_settled
from scoring.columns import Rows
from scoring.items import External, Item, Manual, Percent
from scoring.reading import Ambiguous, NotUnderstood, Reading, Understood, is_none, read
from scoring.values import Row as TableRow
from templates import labels
from templates.messages import message

LONGEST_HALF = 100  # characters of half an answer that are kept for its other half


def hear(scene: Scene, text: str) -> Outcome:
    """Typed text as the answer to the question on the screen."""
    item = scene.item
    if is_elsewhere(scene, item):
        return answer_refused(scene, item)
    if isinstance(item, Rows) and (order := REMOVING.fullmatch(text.strip())):
        return remove_rows(scene, int(order["row"]) if order["row"] else None)
    none_needed = isinstance(item, Rows) and not item.min_rows and not item.not_applicable
    if isinstance(item, Rows) and is_none(text) and (rows_of(scene, item) or none_needed):
        return finish_rows(scene)  # 没了: no more, or none at all
    if item.optional and is_none(text) and isinstance(item, Percent):
        return take(scene, item, Answer(State.NOT_APPLICABLE))
    if item.not_applicable and is_none(text):
        return take(scene, item, Answer(State.NOT_APPLICABLE))
    reading = _read(scene, item, text)
    match reading:
        case Understood(value, provisional):
            if isinstance(item, Rows) and isinstance(value, tuple):
                return add_rows(scene, tuple(v for v in value if isinstance(v, TableRow)), provisional=provisional)
            return take(scene, item, given(value, provisional=provisional))
        case Ambiguous(question, choices, provisional):
            return offer(scene, item, question, [(label, given(v, provisional=provisional)) for label, v in choices])
        case NotUnderstood(reason):
            if is_fixed(scene, item):
                return ask(scene, item.id, refusal(scene, item))
            half = f"{scene.conversation.pending.get('half', '')} {text}".strip() if isinstance(item, Manual | External) else ""
            half = half if len(half) <= LONGEST_HALF else ""
            return ask(scene, item.id, message("retry", reason=reason), brief=True, ticks=_ticks(scene), half=half)


def _read(scene: Scene, item: Item, text: str) -> Reading:
    """The answer in this text; a score that lacked its reason may be completed by the next message."""
    last = last_year_value(scene, item)
    reading = read_beside(scene, item, text, last)
    half = scene.conversation.pending.get("half")
    if half:  # “3 个项目完成”, said after 5, is a reason and not three points
        whole = read(item, f"{half} {text}", today=scene.today, last=last)
        return whole if isinstance(whole, Understood) else reading
    return reading


def _ticks(scene: Scene) -> tuple[str, ...] | None:
    """The ticks of a checklist in progress, which a slip of the tongue must not lose."""
    ticks = scene.conversation.pending.get("ticks")
    return None if ticks is None else tuple(ticks)


def offer(scene: Scene, item: Item, question: str, choices: Sequence[tuple[str, Answer]]) -> Outcome:
    """Two readings as buttons: an ambiguous answer is asked back, never guessed."""
    readings = [packed(answer) for _, answer in choices]
    rows = [[(label, f"reading:{n}")] for n, (label, _) in enumerate(choices)]
    text = message("ambiguous", question=question)
    rows.append([(labels.CANCEL, "cancel")])
    return show(scene, text, rows, screen=Screen.CHOOSING, item=item.id, pending={"readings": readings}, partly=True)


def take(scene: Scene, item: Item, new: Answer, *, toast: str = "") -> Outcome:
    """Store the answer; an earlier firm answer is changed only after its bill was shown."""
    old = scene.answers.get(item.id)
    if old is not None and is_settled(scene.sheet, item, scene.answers):
        if (old.state, old.value, old.provisional) == (new.state, new.value, new.provisional):
            return ask_next(scene, message("kept", label=item.label, value=told(item, old)), toast=toast)
        if not old.provisional:
            return present_bill(scene, item, old, new)
    return store(scene, item, new, toast=toast)
