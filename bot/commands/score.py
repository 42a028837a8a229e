"""`ziping score FORM ANSWERS [--json]`: points, reasons and totals of an answers file."""

import json
from argparse import Namespace

from scoring.answersfiles.sets import read_set
from scoring.loading import load
from scoring.numbers import plain
from scoring.scorecard import Scorecard, score


def run(arguments: Namespace) -> int:
    """Print the scorecard as a table for people, or as JSON with numbers as strings."""
    form = load(arguments.form, arguments.packs)
    card = score(form, read_set(form, arguments.answers, arguments.packs).answers)
    print(json.dumps(as_data(form.id, card), ensure_ascii=False, indent=2) if arguments.json else as_text(form.title, card))
    return 0


def as_data(form: str, card: Scorecard) -> dict[str, object]:
    """The scorecard for programs."""
    return {
        "form": form,
        "total": plain(card.total),
        "weight": plain(card.weight),
        "grade": card.grade,
        "scaled": card.scaled,
        "capped": card.capped,
        "indicators": [
            {
                "id": line.indicator.id,
                "name": line.indicator.name,
                "path": list(line.place.names),
                "weight": plain(line.indicator.weight),
                "points": None if line.points is None else plain(line.points),
                "state": str(line.standing),
                "why": line.why,
            }
            for line in card.lines
        ],
    }


def as_text(title: str, card: Scorecard) -> str:
    """The scorecard for people: groups with sub-totals, a line and a reason per indicator."""
    rows = [title]
    if not card.lines:
        return f"{title}\n这张表不打分。"
    above: tuple[str, ...] = ()
    for line in card.lines:
        for depth, group in enumerate(line.place.path):
            if line.place.names[: depth + 1] != above[: depth + 1]:
                subtotal = card.subtotals[group.id]
                rows.append(f"{'　' * depth}【{group.name}】{plain(subtotal.points)} / {plain(group.weight)}")
        above = line.place.names
        points = "—" if line.points is None else plain(line.points)
        indent = "　" * len(line.place.path)
        rows.append(f"{indent}{line.indicator.name}　{points} / {plain(line.indicator.weight)}　{line.why}")
    grade = f"　等级：{card.grade}" if card.grade else ""
    rows.append(f"总分　{plain(card.total)} / {plain(card.weight)}{grade}")
    rows += [sentence for sentence in (card.scaled, card.capped) if sentence]
    return "\n".join(rows)
