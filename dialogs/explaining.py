"""说明 and 看原文: plain words for a question, and the printed rule beside what it gives just now."""

from dialogs.asking import ask, resume
from dialogs.conversation import Screen
from dialogs.scene import Outcome, Scene
from dialogs.together.pages import ways_in_question
from scoring.numbers import plain
from scoring.scorecard import score_line
from scoring.tree import Indicator
from templates.messages import message


def explain(scene: Scene) -> Outcome:
    """Help, source, examples and rules for the question on the screen."""
    conversation = scene.conversation
    if conversation.item not in scene.sheet.items or conversation.screen not in (Screen.QUESTION, Screen.CHOOSING, Screen.BILL):
        return resume(scene, message("help", elsewhere=scene.private))
    item = scene.item
    rules = [
        {
            "name": p.indicator.name,
            "weight": plain(p.indicator.weight),
            "explain": p.indicator.explain,
            "good": p.indicator.good,
            "bad": p.indicator.bad,
            "printed": p.indicator.printed_rule,
            "readings": readings(p.indicator),
        }
        for p in scene.sheet.indicators_of.get(item.id, ())
    ]
    text = message(
        "explain",
        label=item.label,
        help=item.help,
        source=item.source,
        good=item.good,
        bad=item.bad,
        printed=item.printed,
        rules=rules,
        nothing=not (item.help or item.source or item.good or item.printed or rules),
    )
    ticks = conversation.pending.get("ticks")
    ways = ways_in_question(scene, item.id)
    return ask(scene, item.id, text, ways, ticks=None if ticks is None else tuple(ticks))


def printed(scene: Scene, item_id: str) -> Outcome:
    """The printed rules of the indicators that read this item, with their present outcome."""
    lines = []
    for place in scene.sheet.indicators_of.get(item_id, ()):
        line = score_line(scene.sheet, place, scene.answers)
        indicator = place.indicator
        lines.append(
            {
                "name": indicator.name,
                "weight": plain(indicator.weight),
                "rule": indicator.printed_rule,
                "note": indicator.printed_note,
                "readings": readings(indicator),
                "why": line.why,
                "full": line.full,
            }
        )
    return resume(scene, message("printed", lines=lines))


def readings(indicator: Indicator) -> list[dict[str, str]]:
    """Where the printed rule contradicts itself, and what is followed."""
    return [{"says": r.says, "follows": r.follows} for r in indicator.readings]
