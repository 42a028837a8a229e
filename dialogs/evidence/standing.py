"""How the evidence of a filing stands: what is there, what is wanted, and what is still missing.

Not here: the pages that show it (pages.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.scene import Scene
from dialogs.store import evidence
from scoring.evidence import Spot, wanted


@dataclass(frozen=True, slots=True)
class Stand:
    """`counts`: files by place, those on their way too. `wanted`: the places that want some just now."""

    counts: Mapping[tuple[str, str], int]
    wanted: tuple[Spot, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def missing(self) -> tuple[Spot, ...]:
        """The places that want evidence and have none."""
        return tuple(s for s in self.wanted if not self.counts.get(s.key))


def stand_of(scene: Scene) -> Stand:
    """How it stands for the filing in focus."""
    counts = scene.world.read(evidence.counts, scene.filing.id) if scene.filing and scene.outside else {}
    return Stand(counts, wanted(scene.sheet, scene.answers))


def standing(scene: Scene) -> str:
    """In one line, for other pages: 佐证材料 12 个，缺 4 项; empty where none is wanted and none is there."""
    stand = stand_of(scene)
    if not stand.total and not stand.wanted:
        return ""
    missing = f"，缺 {len(stand.missing)} 项" if stand.missing else ""
    return f"佐证材料 {stand.total} 个{missing}" if stand.total else f"佐证材料还没有{missing}"


def button(scene: Scene) -> list[list[tuple[str, str]]]:
    """The row of buttons that leads to the evidence: 缺佐证 4 项; none where none is wanted and none is there."""
    stand = stand_of(scene)
    if not stand.total and not stand.wanted:
        return []
    return [[(f"缺佐证 {len(stand.missing)} 项" if stand.missing else f"佐证材料 {stand.total} 个", "evidence")]]
