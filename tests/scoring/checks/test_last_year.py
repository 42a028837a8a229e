"""Last year's narrative used again: what in it is last year's is marked, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from scoring.answers import Answer, given
from scoring.beside.facts import Filed
from scoring.checks.last_year import Projects, marked, reused
from scoring.checks.sentences import replaced, sentences
from scoring.reading import Understood, read
from tests.dialogs.tiny import WHOLE, tiny


def filled(**words: str) -> dict[str, Answer]:
    """Answers to the tiny form, as they are typed."""
    found = {}
    for item, text in words.items():
        reading = read(tiny().items[item], text, today=date(2021, 3, 1))
        assert isinstance(reading, Understood), (item, text, reading)
        found[item] = given(reading.value)
    return found


LAST = Filed(tiny(), filled(**WHOLE), 2019, "小县中心")
NOW = filled(staff="33", reception="1.17 1.5 0.9", buying="10", bought="10", progress="97.2", filler="王五", carry_prior="1")


def reasons(sentence: str, projects: Projects | None = None) -> tuple[str, ...]:
    return next(iter(marked(sentence, tiny(), NOW, LAST, projects))).reasons


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("2019年我中心完成各项任务。", "2019 年是上年，今年填的是 2020 年"),
        ("二〇一九年任务全部完成。", "2019 年是上年，今年填的是 2020 年"),
        ("比2018年增长5%。", "2018 年是上年比的那一年，今年该和 2019 年比"),
        ("按照《关于做好2019年度绩效自评工作的通知》要求开展。", "引的文件是 2019 年度的，今年有新的就换成新的"),
        ("年末在职31人。", "31 人是上年的“在职人数”，今年是 33 人"),
        ("公务接待费1.17万元。", "1.17 万元是上年的“公务接待（本年决算）”，今年是 0.9 万元"),
        ("公务接待费11,700元。", "1.17 万元是上年的“公务接待（本年决算）”，今年是 0.9 万元"),
        ("支付进度98.5%。", "98.5%是上年的“支付进度”，今年是 97.2%"),
        ("核定编制37人。", "37 人是上年的“编制数”，今年的还没填"),
        ("业务专项安排56万元。", "56 万元是上年的“业务专项（预算）”，今年的还没填"),
        ("由李四负责汇总。", "李四是上年的填表人，今年是王五"),
    ],
)
def test_what_is_last_years_is_said_with_what_is_this_years(sentence: str, reason: str) -> None:
    assert reason in reasons(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "政府采购10万元，全部执行。",  # the same this year
        "自2019年起实行垂直管理。",
        "2019年成立以来，机构稳定。",
        "根据县政〔2019〕5号文件执行。",
        "存在1个问题，2项不足。",
        "在职33人，支付进度97.2%。",
        "2020年完成任务。",
        "预算编制还不够细。",
    ],
)
def test_what_is_not_last_years_is_left_in_peace(sentence: str) -> None:
    assert reasons(sentence) == ()


def test_projects_of_others_and_of_last_year_are_noticed() -> None:
    road = Projects("农村公路养护", frozenset({"农村公路养护", "危桥改造"}), frozenset({"危桥改造", "老旧小区改造"}))
    assert reasons("危桥改造全部完工。", road) == ("“危桥改造”是另一个项目",)
    assert reasons("农村公路养护全部完工。", road) == ()
    unit = Projects("", frozenset({"危桥改造"}), frozenset({"老旧小区改造"}))
    assert reasons("危桥改造和老旧小区改造都完工了。", unit) == ("“老旧小区改造”是上年的项目，今年没有",)


def test_a_sentence_is_a_finding_only_while_it_is_last_years_word_for_word() -> None:
    problems = "预算编制还不够细。2019年我中心完成了各项任务。在职31人。"
    last = Filed(tiny(), {**LAST.answers, **filled(problems=problems)}, 2019, "小县中心")
    found = list(reused(tiny(), {**NOW, **filled(problems=problems)}, last))
    assert [(f.check, f.severity, f.items) for f in found] == [("LAST_YEAR", "提示", ("problems",))]
    assert found[0].text.startswith("“存在的问题”第 2 句和上年的一样：2019 年是上年")
    mended = problems.replace("2019", "2020")
    assert list(reused(tiny(), {**NOW, **filled(problems=mended)}, last)) == []


TEXTS = st.text(alphabet=st.sampled_from("一二2019年，。！？”\n 万元.5%《》〔〕"), max_size=60)


@having(TEXTS)
def test_sentences_put_together_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert [s.text for s in marked(text, tiny(), NOW, LAST)] == list(sentences(text))


@having(TEXTS, st.data())
def test_one_sentence_said_otherwise_leaves_the_others_alone(text: str, data: st.DataObject) -> None:
    found = sentences(text)
    if not found:
        return
    number = data.draw(st.integers(1, len(found)))
    new = replaced(text, number, "全新的一句话")
    assert new.startswith("".join(found[: number - 1]))
    assert new.endswith("".join(found[number:]))
    assert "全新的一句话" in new
