"""Checklists and questionnaires as reports print them: what was met and what was not, and how often each option was ticked.

Not here: single figures (figure_texts.py), or points (facts.py).
"""

from collections.abc import Mapping

from scoring.answers import State
from scoring.cells import lines_of
from scoring.columns import Survey
from scoring.formula import Inapplicable, Missing
from scoring.items import Checklist
from scoring.numbers import plain
from templates.figure_texts import FigureTexts, UnknownName

LETTERS = "ABCDEFGH"


class TickedTexts:
    """The ticks of a filing as text; a gap where a question is still open."""

    def __init__(self, texts: FigureTexts) -> None:
        self.texts = texts

    def criteria(self, item_id: str) -> Mapping[str, str | bool]:
        """The criteria of a checklist that are met (达到) and not (未达到), and the bad ones that are ticked (坏事), as lists
        in words; 已答 while it is answered."""
        item = self.texts.form.items.get(item_id)
        if not isinstance(item, Checklist):
            raise UnknownName(f"报告用了 {item_id} 的要点，它不是勾选题")
        try:
            judged = self.texts.figures.criteria(item_id)
        except Missing:
            return {"达到": self.texts.open(item_id), "未达到": "", "坏事": "", "已答": False}
        except Inapplicable:
            answer = self.texts.answers.get(item_id)
            told = answer is not None and answer.state is State.NOT_APPLICABLE
            return {"达到": (item.not_applicable if told else "") or "不适用", "未达到": "", "坏事": "", "已答": False}
        return {
            "达到": "、".join(c.text for c, met in judged if met and not c.bad),
            "未达到": "、".join(c.text for c, met in judged if not met and not c.bad),
            "坏事": "、".join(c.text for c, met in judged if not met and c.bad),
            "已答": True,
        }

    def tallies(self, item_id: str) -> list[dict[str, object]]:
        """The questions of a questionnaire in order, each with its options, their points and how often they were ticked."""
        item = self.texts.form.items.get(item_id)
        if not isinstance(item, Survey):
            raise UnknownName(f"报告用了 {item_id} 的问卷，它不是问卷")
        answer = self.texts.answers.get(item_id)
        rows = lines_of(answer)
        made: list[dict[str, object]] = []
        for n, question in enumerate(item.questions, 1):
            cells = rows[n].cells if n < len(rows) else (None,) * len(question.options)
            options = [
                {
                    "字母": letter,
                    "文字": text,
                    "分值": plain(points),
                    "份数": self.texts.open(item_id) if count is None or isinstance(count, str) else plain(count),
                }
                for letter, text, points, count in zip(LETTERS, question.options, item.points, cells, strict=False)
            ]
            made.append({"序号": str(n), "问题": question.text, "选项": options})
        return made
