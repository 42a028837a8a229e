"""An answer in the words of the chat: in a read-back, a bill, a list. Not here: messages (templates/messages)."""

from scoring.answers import Answer, State
from scoring.items import Item, Text
from scoring.reading import shown
from templates import labels

READ_BACK = 40  # characters of a text that are read back whole


def told(item: Item, answer: Answer | None) -> str:
    """An answer as it is said in the chat."""
    if answer is None:
        return "没有填"
    if answer.state is State.NOT_APPLICABLE:
        return labels.NOTHING if item.optional and not item.not_applicable else f"不适用（{item.not_applicable}）"
    if answer.state is State.SKIPPED or answer.value is None:
        return "先跳过"
    value = shown(item, answer.value)
    if isinstance(item, Text) and len(value) > READ_BACK:  # it stands just above, as typed
        value = f"“{' '.join(value.split())[: READ_BACK // 2]}……”（共 {len(value)} 字）"
    return value + ("（暂估）" if answer.provisional else "")
