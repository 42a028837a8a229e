"""What a question says about an answer that came from another filing, and the way to that filing.

Not here: what arrives (scoring/beside/arrivals.py), or how a change of it is asked for (reasons.py).
"""

from collections import Counter

from dialogs.scene import Scene
from scoring.answers import Answer
from scoring.asked import asked, is_settled
from scoring.beside.declared import form_name, pack_name
from scoring.beside.overlay import is_locked
from scoring.columns import OneRow
from scoring.items import Item
from scoring.reading import Reading, Understood, read
from scoring.values import Row, Value
from scoring.wording import quoted
from templates import labels

Buttons = list[tuple[str, str]]


def sources(scene: Scene) -> list[dict[str, object]]:
    """How many answers have arrived from where, for the welcome."""
    came = [scene.brought[i.id].source for i in asked(scene.sheet, scene.answers) if i.id in scene.brought]
    return [{"name": spaced(name), "count": count} for name, count in Counter(came).items()]


def spaced(source: str) -> str:
    """The name of a source as it stands behind 来自: a number keeps its distance."""
    return f" {source}" if source[:1].isdigit() else source


def is_fixed(scene: Scene, item: Item) -> bool:
    """Whether the whole answer came from elsewhere and is not changed here: there is nothing to type."""
    locked = item.id in scene.brought and is_locked(scene.sheet, item.id)
    return locked and is_settled(scene.sheet, item, scene.answers)


def note(scene: Scene, item: Item) -> str:
    """The line about where an answer comes from, or would come from; empty for most questions."""
    brought = scene.brought.get(item.id)
    if brought is None:
        return _hint(scene, item)
    answer = scene.answers.get(item.id)
    if is_locked(scene.sheet, item.id):
        return f"来自{spaced(brought.source)}，在这里改不了；要改请到那张表里改，这里会跟着变。"
    if answer is not None and answer.reason:
        return f"原来来自{spaced(brought.source)}，后来改过，原因：{answer.reason}"
    if not is_settled(scene.sheet, item, scene.answers):
        return f"已从{brought.source}带入一部分，补上空着的就行。"
    return f"来自{spaced(brought.source)}。情况有变可以改，改的时候要写一句原因。"


def _hint(scene: Scene, item: Item) -> str:
    """That another form would answer this, when nobody has filled it yet."""
    titles = {form_name(f.id): f.title for f in scene.forms if pack_name(f.id) == pack_name(scene.sheet.id)}
    this_year = [a for a in scene.sheet.arrivals_of.get(item.id, ()) if a.year == "this" and a.origin in titles]
    if not this_year:
        return ""
    return f"先填好《{titles[this_year[0].origin]}》，这里会自动带过来；也可以现在直接填。"


def way_there(scene: Scene, item: Item) -> Buttons:
    """The button to the one filing that an answer comes from."""
    if item.id not in scene.brought or scene.filing is None:
        return []
    origins = {a.origin for a in scene.sheet.arrivals_of.get(item.id, ()) if a.year == "this"}
    found = [
        c.id
        for c in scene.choices
        if form_name(c.form) in origins
        and pack_name(c.form) == pack_name(scene.sheet.id)
        and c.year == scene.filing.year
        and (scene.sheet.data.per == "unit" or c.project in ("", scene.filing.project))
    ]
    return [(labels.GO_THERE, f"filing:{found[0]}")] if len(found) == 1 else []


def origin_of(answer: Answer | None) -> str:
    """Where an answer comes from, for lists: （来自…） or （改过，原因：…）."""
    if answer is None or not answer.source:
        return ""
    source = spaced(answer.source)
    return f"（原来来自{source}，改过，原因：{answer.reason}）" if answer.reason else f"（来自{source}）"


def refusal(scene: Scene, item: Item) -> str:
    """Why an arrived answer stays as it is."""
    source = scene.brought[item.id].source
    if is_locked(scene.sheet, item.id):
        return f"{quoted(item.label)}来自{spaced(source)}，在这里改不了，没有动。请到那张表里改，这里会跟着变。"
    return f"{quoted(item.label)}里从{source}带来的行要留着，没有动。名称和行数请到那张表里改；空着的和实际数可以在这里填。"


def open_part(scene: Scene, item: Item) -> Item:
    """Of a line that arrived with some of its cells, the columns that are left to fill; any other item as it is."""
    brought = scene.brought.get(item.id)
    if not isinstance(item, OneRow) or brought is None or not isinstance(brought.value, Row):
        return item
    left = tuple(c for c, cell in zip(item.columns, brought.value.cells, strict=True) if cell is None)
    return item.model_copy(update={"columns": left, "good": ""}) if left else item


def read_beside(scene: Scene, item: Item, text: str, last: Value | None) -> Reading:
    """The answer in this text: of a line that arrived in part, the cells that are left, else all of them."""
    left = open_part(scene, item)
    if left is not item:
        reading = read(left, text, today=scene.today)
        if isinstance(reading, Understood) and isinstance(reading.value, Row):
            return Understood(filled(scene, item, reading.value), reading.provisional)
    return read(item, text, today=scene.today, last=last)


def filled(scene: Scene, item: Item, cells: Row) -> Row:
    """The cells that were left, between those that arrived."""
    brought = scene.brought.get(item.id)
    if brought is None or not isinstance(brought.value, Row) or open_part(scene, item) is item:
        return cells
    mine = iter(cells.cells)
    return Row(tuple(next(mine) if cell is None else cell for cell in brought.value.cells))
