"""Every mistake of a pack's author is named with file, line and key — on a folder of deliberately broken packs."""

from pathlib import Path

import pytest

from scoring.errors import BadPack
from scoring.lint import lint, lint_folder, lint_own
from scoring.packs.compiling import compile_form
from tests.dialogs.tiny import CHECKS, DOCUMENTS, FORM, INDICATORS, PACK

GOOD = {
    "pack.yaml": PACK,
    "tiny/form.yaml": FORM,
    "tiny/indicators.yaml": INDICATORS,
    "tiny/checks.yaml": CHECKS,
    "tiny/documents.yaml": DOCUMENTS,
}

# file, what is written, what is written instead, the code, and a word of the remedy
MISTAKES = [
    ("pack.yaml", "year: 2020", "year: 2020\ncalendar: {tiny: {due: 明天}}", "VALUE", "看不懂"),
    (
        "pack.yaml",
        "year: 2020",
        "year: 2020\ncalendar: {tiny: {due: 3月31日, opens: 次年4月1日}}",
        "CALENDAR",
        "不能早于“开始填”",
    ),
    ("pack.yaml", "year: 2020", "year: 2020\ncalendar: {tiny: {due: 3月31日, reviewed: 3月1日}}", "CALENDAR", "不能早于“截止”"),
    ("pack.yaml", "year: 2020", "year: 2020\ncalendar: {tiny: {due: 2012-03-31}}", "CALENDAR", "请核对年份"),
    ("pack.yaml", "year: 2020", "year: 2020\ncalendar: {tiny: {deu: 3月31日}}", "KEY_UNKNOWN", "是不是 due"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: staff / qouta,", "NAME_UNKNOWN", "没有叫 qouta"),
    (
        "tiny/indicators.yaml",
        "name: 在职人员控制率, weight: 20",
        "name: 在职人员控制率, weight: 21",
        "WEIGHT_SUM",
        "下面合计 101",
    ),
    ("tiny/indicators.yaml", "points: [5, 5, 10]", "points: [5, 5, 5]", "RULE_MAX", "合计 15"),
    ("tiny/indicators.yaml", "points: [5, 5, 10]", "points: [5, 15]", "RULE_ITEM", "有 3 个要点"),
    ("tiny/indicators.yaml", "points: [5, 5, 10]", "points: [5, 5, 5]", "UNREACHABLE", "最多只能得 15 分"),
    ("tiny/indicators.yaml", "item: goals", "item: wrongs", "RULE_ITEM", "checklist"),
    ("tiny/indicators.yaml", "direction: above, step: 1", "direction: below, step: 1", "RULE_DIRECTION", "高于目标扣分"),
    ("tiny/indicators.yaml", "kind: converted", "kind: convrted", "VALUE", "没有这个种类"),
    ("tiny/indicators.yaml", "id: i_buy", "id: i_staff", "NAME_TWICE", "用了两次"),
    ("tiny/indicators.yaml", "printed_rule: 酌情。, ", "", "KEY_MISSING", "缺少这个键"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: staff ** quota,", "FORMULA", "不能用"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: reception.last / quota,", "NAME_UNKNOWN", "没有 last 这一列"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: projects.budget / quota,", "NAME_UNKNOWN", "要用 sum"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: reception / quota,", "NAME_UNKNOWN", "要写明哪一列"),
    ("tiny/form.yaml", "when: buying > 0", "when: bought > 0", "LOOP", "永远问不到"),
    ("tiny/form.yaml", "id: retired", "id: staff", "NAME_TWICE", "用过"),
    ("tiny/form.yaml", "label: 退休人数", "lable: 退休人数", "KEY_UNKNOWN", "不认识这个键"),
    ("tiny/form.yaml", "label: 退休人数", "label: 退休人数, soruce: 决算", "KEY_UNKNOWN", "是不是 source？"),
    ("tiny/form.yaml", "label: 退休人数", "label: 退休人数, weight: 3", "KEY_UNKNOWN", "weight 写在别处"),
    ("tiny/form.yaml", "id: budget, label: 预算, unit: 万元}", "id: budget, label: 预算, unit: 人}", "COLUMN", "没有写 type"),
    ("tiny/form.yaml", "type: yes_no", "type: yesno", "VALUE", "没有这个种类"),
    ("tiny/form.yaml", "last_year: final", "last_year: finale", "NAME_UNKNOWN", "没有 finale 这一列"),
    ("tiny/form.yaml", "id: quota, type", "id: Quota 1, type", "VALUE", "小写字母"),
    ("tiny/form.yaml", "title: 小表", "title: 小表\ntitle: 大表", "YAML", "写了两次"),
    ("tiny/form.yaml", "title: 小表", "title: [小表", "YAML", "不是合格的 YAML"),
    (
        "tiny/checks.yaml",
        "reception.final <= reception.budget",
        "reception.final <= receptions.budget",
        "NAME_UNKNOWN",
        "receptions",
    ),
    ("tiny/checks.yaml", "formula: staff / quota * 100", "formula: staff_rate * 100", "LOOP", "绕回"),
    ("tiny/checks.yaml", "id: staff_rate", "id: staff", "NAME_TWICE", "已经是数据项"),
    ("pack.yaml", "from: 0}", "from: 10}", "GRADES", "从 0 开始"),
    ("pack.yaml", "year: 2020", "year: 二〇二〇", "VALUE", "应是整数"),
    ("pack.yaml", "year: 2020", "year: 1999", "VALUE", "应不小于 2000"),
    ("pack.yaml", "{name: 优, from: 90}", "优", "VALUE", "grades：应是“键: 值”"),
    ("tiny/form.yaml", "ask: 核定编制多少人？", "ask: 核定编制{year}年多少人？", "YAML", "请加引号"),
    ("tiny/form.yaml", "title: 小表", "title: 小表：大\n\tx: 1", "YAML", "不能用 Tab"),
    ("tiny/form.yaml", "title: 质量", "title: 质量: 好", "YAML", "多了一个冒号"),
    ("tiny/form.yaml", "optional: true", "optional: maybe", "VALUE", "true 或 false"),
    ("tiny/form.yaml", "id: budget, label: 预算, unit: 万元}", "id: name, label: 预算, unit: 万元}", "COLUMN", "写了两次"),
    ("tiny/indicators.yaml", "direction: above", "direction: over", "VALUE", "可用：above、below、both"),
    ("tiny/indicators.yaml", "weight: 20, printed_rule: ≤", "weight: 0, printed_rule: ≤", "VALUE", "应大于 0"),
    ("tiny/checks.yaml", "checks:", "sections: []\nchecks:", "YAML", "只能写在一个文件里"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "code", "word"), MISTAKES)
def test_a_mistake_is_named_with_file_line_and_remedy(file: str, right: str, wrong: str, code: str, word: str) -> None:
    assert right in GOOD[file]
    broken = {**GOOD, file: GOOD[file].replace(right, wrong, 1)}
    line = next(n for n, text in enumerate(GOOD[file].splitlines(), 1) if right.strip() in text)
    found = [p for p in lint("small/tiny", broken) if p.code == code and word in str(p)]
    assert found, [str(p) for p in lint("small/tiny", broken)]
    assert found[0].file == file
    assert found[0].fatal
    told_elsewhere = ("WEIGHT_SUM", "GRADES", "NAME_TWICE")  # a sum is told at the sum, a doublet at the second
    assert abs(found[0].line - line) <= 1 or code in told_elsewhere


def test_the_tiny_form_is_clean() -> None:
    assert lint("small/tiny", GOOD) == ()


def test_a_declared_contradiction_is_a_notice_and_not_a_mistake() -> None:
    declared = INDICATORS.replace(
        "printed_rule: ≤100%计满分；每超过1个百分点扣0.5分。,",
        "printed_rule: 100%计满分；每下降1个百分点扣0.5分。, readings: [{code: RULE_DIRECTION, says: 每下降1%扣分, follows: 每超过1%扣分}],",
    )
    found = lint("small/tiny", {**GOOD, "tiny/indicators.yaml": declared})
    assert [(p.code, p.fatal) for p in found] == [("RULE_DIRECTION", False)]


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("type: long_text, label: 存在的问题", "type: long_text, label: 负责人身份证号", "personal: true"),
        ("type: person, label: 填表人", "type: short_text, label: 填表人", "type: person"),
        ("{id: name, label: 名称, type: text}", "{id: name, label: 经办人, type: text}", "单独的一题"),
    ],
)
def test_what_asks_for_something_of_a_person_without_saying_so_is_noticed(right: str, wrong: str, word: str) -> None:
    assert right in FORM
    found = [p for p in lint("small/tiny", {**GOOD, "tiny/form.yaml": FORM.replace(right, wrong, 1)}) if p.code == "PERSONAL"]
    assert [p.fatal for p in found] == [False]
    assert word in str(found[0])


def test_what_is_marked_as_personal_is_not_noticed() -> None:
    marked = FORM.replace("label: 存在的问题", "label: 负责人身份证号, personal: true")
    assert marked != FORM
    assert lint("small/tiny", {**GOOD, "tiny/form.yaml": marked}) == ()


TABLE = """
title: 目标
sections:
  - id: all
    title: 全部
    items:
      - id: goals
        type: rows
        label: 目标
        attainment: {POLICY}
        columns:
          - {id: name, label: 名称, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: actual, label: 完成值, type: actual}
          - {id: share, label: 分值, type: weight}
"""


@pytest.mark.parametrize(
    ("policy", "word", "fatal"),
    [
        ("{unmet: by_hand}", "points", True),
        ("{}", "note", False),
        ("{note_below: null, note_for_lost: false}", "tier", False),
    ],
)
def test_a_table_of_goals_without_a_column_that_it_may_need(policy: str, word: str, fatal: bool) -> None:
    sources = {"pack.yaml": PACK, "tiny/form.yaml": TABLE.replace("{POLICY}", policy)}
    assert [(p.code, f"type: {word} 的列" in p.text, p.fatal, p.line) for p in lint("small/tiny", sources)] == [
        ("COLUMN", True, fatal, 10)
    ]


def test_a_broken_pack_never_loads_half() -> None:
    with pytest.raises(BadPack) as caught:
        compile_form("small/tiny", {**GOOD, "tiny/form.yaml": FORM.replace("type: yes_no", "type: yesno")})
    assert "tiny/form.yaml:" in str(caught.value)


def test_a_whole_folder_of_broken_packs(tmp_path: Path) -> None:
    for n, (file, right, wrong, _, _) in enumerate(MISTAKES):
        for name, text in GOOD.items():
            path = tmp_path / f"pack{n:02}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(right, wrong, 1) if name == file else text, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "pack.yaml").write_text(PACK, encoding="utf-8")
    found = lint_folder(tmp_path)
    for n, (file, _, _, code, _) in enumerate(MISTAKES):
        assert any(p.code == code and p.file == f"pack{n:02}/{file}" for p in found), (n, file, code)
    assert any(p.code == "FORM_MISSING" for p in found)


def test_an_idle_item_is_found_when_the_documents_are_known() -> None:
    found = lint("small/tiny", GOOD, lambda form: (["problems", "filler", "phone"], []))
    assert {p.key for p in found} == {"id"}
    assert any("filled_on 问了却没有用到" in p.text for p in found)
    assert not any(p.text.startswith(("quota ", "problems ")) for p in found)


def test_our_own_packs_are_clean() -> None:
    assert [str(p) for p in lint_own() if p.fatal] == []


# what is most likely not meant, and still no mistake: as MISTAKES
NOTICES = [
    ("tiny/form.yaml", "id: budget, label: 预算, unit: 万元}", "id: budget, label: 预算}", "COLUMN", "会当作金额"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: staff / quota * 100,", "SCALE", "会自动乘 100"),
    ("tiny/indicators.yaml", "metric: staff / quota,", "metric: staff / quota, unit: percent,", "SCALE", "请去掉 unit"),
    ("tiny/checks.yaml", "formula: staff / quota * 100", "formula: staff / quota", "SCALE", "没有 * 100"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "code", "remedy"), NOTICES)
def test_what_is_most_likely_not_meant_is_remarked(file: str, right: str, wrong: str, code: str, remedy: str) -> None:
    assert right in GOOD[file]
    found = lint("small/tiny", {**GOOD, file: GOOD[file].replace(right, wrong, 1)})
    assert [(p.code, p.file, p.fatal) for p in found] == [(code, file, False)]
    assert remedy in found[0].text


def test_an_item_that_another_form_takes_is_of_use(tmp_path: Path) -> None:
    pack = tmp_path / "tiny"
    item = "{{id: {0}, type: money, label: 数}}"
    form = "title: 表\nsections: [{{id: a, title: 甲, items: [{0}]}}]\n"
    for name, text in (
        ("one", form.format(item.format("given"))),
        ("two", form.format(item.format("taken")) + "arrivals: [{item: taken, from: one, value: given}]\n"),
    ):
        (pack / name).mkdir(parents=True)
        (pack / name / "form.yaml").write_text(text, encoding="utf-8")
    (pack / "pack.yaml").write_text("{county: 小县, title: 小表, year: 2020}", encoding="utf-8")
    idle = [p.file for p in lint_folder(tmp_path, lambda _: ((), ())) if p.code == "ITEM_IDLE"]
    assert idle == ["tiny/two/form.yaml"]


DATED = "year: 2020\ncalendar: {tiny: {due: DAY}, gone: {due: 3月31日}}"


def test_a_last_day_on_which_nobody_works_is_remarked(tmp_path: Path) -> None:
    for name, text in GOOD.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("year: 2020", DATED.replace("DAY", "2021-04-04")), encoding="utf-8")
    said = {p.fatal: str(p) for p in lint_folder(tmp_path) if p.code == "CALENDAR"}
    assert "small/pack.yaml:5: gone：这套表里没有 gone 这张表" in said[True]
    assert "截止日 2021年4月4日 是清明，不上班；请定在 2021年4月2日 或 2021年4月6日" in said[False]


def test_a_form_without_a_last_day_beside_others_is_remarked() -> None:
    pack = GOOD["pack.yaml"].replace("year: 2020", "year: 2020\ncalendar: {other: {due: 3月31日}}")
    assert [p.text for p in lint("small/tiny", {**GOOD, "pack.yaml": pack})] == ["日程里没有写 tiny 的截止日期 due，到期不会提醒"]


def test_a_table_begins_with_no_more_lines_than_it_may_have(tmp_path: Path) -> None:
    (tmp_path / "tiny" / "one").mkdir(parents=True)
    (tmp_path / "tiny" / "pack.yaml").write_text("{county: 小县, title: 小表, year: 2020}", encoding="utf-8")
    rows = "{id: goals, type: rows, label: 表, max_rows: 1, start: [[甲], [乙]], columns: [{id: name, label: 名称, type: text}]}"
    text = f"title: 表\nsections: [{{id: a, title: 甲, items: [{rows}]}}]\n"
    (tmp_path / "tiny" / "one" / "form.yaml").write_text(text, encoding="utf-8")
    assert [p.code for p in lint_folder(tmp_path)] == ["COLUMN"]
