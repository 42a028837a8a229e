"""Remarks as lines of the chat: in which round, by whom, what, and what became of it."""

from collections.abc import Iterable

from dialogs.review.dossier import Dossier, said_by
from dialogs.scene import Scene
from dialogs.store.remarks import Remark


def told_remarks(scene: Scene, found: Dossier, remarks: Iterable[Remark]) -> list[str]:
    """Each remark with the filler's answer below it, oldest first."""
    return [told_remark(found, r) for r in remarks if not r.is_answer]


def told_remark(found: Dossier, remark: Remark) -> str:
    """第 1 轮 审核人李四：和批复对不上（已改）."""
    answers = "".join(f"\n　{said_by(a.name, '填报人')}答复：{a.text}" for a in found.answers_to(remark))
    done = "（已改）" if not remark.open and not answers else ""
    unsent = "（还没发出）" if found.sent_with(remark) == 0 else ""
    return f"第 {remark.round} 轮 {said_by(remark.name, '审核人')}：{remark.text}{done}{unsent}{answers}"
