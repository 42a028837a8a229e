"""Cases of a new edition: answers to the one before, and what must become of them.

cases/<form>.upgrade.yaml    from: county-2023/department     the edition before
                             answers: department.2023.yaml    a filing on it, beside this file
                             expected: department.2024.yaml   the same filing on the new edition
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scoring.answers import Answer
from scoring.answersfiles.cases import CaseResult
from scoring.answersfiles.file import read_answers
from scoring.answersfiles.parsing import parsed
from scoring.editions.upgrading import rehearse
from scoring.errors import BadAnswers
from scoring.items import Item
from scoring.loading import OWN_PACKS, load
from scoring.reading import shown
from scoring.wording import quoted

KEYS = ("from", "answers", "expected")


def run_upgrades(packs: Sequence[Path] = (), *, own: bool = True) -> Iterator[CaseResult]:
    """Every upgrade case of the given folders of packs, and of our own."""
    for root in (*packs, *((OWN_PACKS,) if own else ())):
        for path in sorted(root.glob("*/cases/*.upgrade.yaml")):
            yield run_upgrade(path, (root,))


def run_upgrade(path: Path, packs: Sequence[Path] = ()) -> CaseResult:
    """One case. Raises BadAnswers when its files cannot be read."""
    told = _told(path)
    form_id = f"{path.parent.parent.name}/{path.name.split('.')[0]}"
    old, new = load(told["from"], packs), load(form_id, packs)
    plan = rehearse(old, new, read_answers(old, path.with_name(told["answers"])).answers)
    wanted = read_answers(new, path.with_name(told["expected"])).answers
    differences = [
        f"{item.id}：预期{_said(item, wanted.get(item.id))}，换算得{_said(item, plan.answers.get(item.id))}"
        for item in new.items.values()
        if _value(wanted.get(item.id)) != _value(plan.answers.get(item.id))
    ]
    return CaseResult(f"{old.id} → {new.id} · {path.name}", tuple(differences))


def _told(path: Path) -> dict[str, str]:
    data = parsed(path).data
    if not isinstance(data, dict) or set(data) != set(KEYS):
        raise BadAnswers(f"{path.name}：应写 {'、'.join(KEYS)} 三项")
    return {key: str(value) for key, value in data.items()}


def _value(answer: Answer | None) -> object:
    return None if answer is None else (answer.state, answer.value)


def _said(item: Item, answer: Answer | None) -> str:
    return "没有答案" if answer is None or answer.value is None else quoted(shown(item, answer.value))
