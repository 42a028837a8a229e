"""The documents of lieshan-2023: printed wording, columns and headings; no figure in two places that could differ."""

import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from scoring.answersfiles.sets import read_set
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from templates.drafting import draft
from tests.templates.validity import problems

CASES = OWN_PACKS / "lieshan-2023" / "cases"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNIT = "烈山区人社局"


def drafted(case: str, document: str) -> bytes:
    form = load(f"lieshan-2023/{case.partition('@')[0]}")
    file = read_set(form, CASES / f"{case}.yaml", (), UNIT)
    made = draft(
        form,
        file.answers,
        document,
        unit=UNIT,
        card=score(form, file.answers),
        project=file.project,
        beside=file.beside,
    )
    assert made.gaps == ()
    assert not problems(made.content)
    return made.content


def body(docx: bytes) -> etree._Element:
    with ZipFile(BytesIO(docx)) as file:
        return etree.fromstring(file.read("word/document.xml"))


def text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def lines(docx: bytes) -> list[str]:
    return [text(p) for p in body(docx).iter(f"{W}p") if text(p)]


def rows(docx: bytes) -> list[list[str]]:
    return [[text(c) for c in row.iter(f"{W}tc")] for row in body(docx).iter(f"{W}tr")]


def test_the_table_has_the_printed_columns_and_no_points_on_rows_below_the_total() -> None:
    table = rows(drafted("project@ward", "table"))
    assert ["", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"] in [
        ["", *r[1:]] for r in table
    ]
    goals = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    assert goals in [r[1:] for r in table]
    funds = {r[1]: r[2:] for r in table}
    assert funds["年度资金总额："] == ["680", "680", "661.7252", "10", "97.31%", "9.73"]
    assert funds["其中：本年财政拨款"] == ["680", "680", "661.7252", "—", "—", "—"]
    assert table[-1] == ["总分", "100", "89.73", ""]
    kinds = [r[2] for r in table if len(r) == 9]
    assert [k for k in kinds if k.endswith("指标")][1:] == [
        *("数量指标", "质量指标", "时效指标", "成本指标"),
        *("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        "服务对象满意度指标",
    ]


def test_headings_of_the_report_are_numbered_without_a_gap() -> None:
    headings = [
        x
        for x in lines(drafted("project-report@pension", "report"))
        if re.match(r"([一二三四五六七八]、|（[一二三四]）|\d\.)", x)
    ]
    assert headings == [
        "一、项目基本情况",
        "（一）项目概况",
        "（二）项目绩效目标",
        "二、绩效评价工作开展情况",
        "（一）绩效评价目的、对象和范围",
        "（二）绩效评价原则",
        "（三）绩效评价工作过程",
        "三、综合评价结论",
        "四、绩效评价指标分析",
        "（一）项目决策情况（分值20分，自评得分19.84分）",
        "1.项目立项（分值10分，自评得分10分）",
        "2.资金落实情况（分值10分，自评得分9.84分）",
        "（二）项目过程情况（分值35分，自评得分35分）",
        "1.项目管理（分值25分，自评得分25分）",
        "2.财务管理（分值10分，自评得分10分）",
        "（三）项目产出情况（分值25分，自评得分25分）",
        "（四）项目效益情况（分值20分，自评得分20分）",
        "五、主要经验及做法",
        "六、存在的问题及原因分析",
        "七、有关建议",
        "八、其他需要说明的问题",
    ]


def test_the_report_computes_its_rates() -> None:
    report = "".join(lines(drafted("project-report@pension", "report")))
    assert "预算790万元，全年共执行预算777.256万元，执行率98.39%" in report
    assert "参续保缴费3.65万人，完成目标任务3.22万人的113.35%" in report
    assert "享受城乡居民基本养老保险金待遇35485人，累计发放养老金5982.86万元" in report
    assert "总体得分为99.84分" in report


def test_the_statement_says_of_each_project_what_its_table_says() -> None:
    statement = lines(drafted("statement", "statement"))
    said = "".join(statement)
    assert [x for x in statement if re.match(r"（[一二三]）", x)] == [
        "（一）预算绩效管理工作开展情况",
        "（二）部门决算中项目绩效自评结果",
        "（三）部门评价结果",
    ]
    assert "共2个项目，涉及资金1580万元" in said
    assert (
        "老字号项目绩效自评综述：根据年初设定的绩效目标，老字号项目绩效自评得分为89.73分。项目全年预算数为680万元，"
        "执行数为661.7252万元，完成预算的97.31%。项目绩效目标完成情况：" in said
    )
    assert "完成预算的84.47%" in said
    assert "均达到了预期绩效目标" not in said  # neither project has full points
    assert "《2023年度城乡居民基本养老保险项目绩效评价报告》（得分98.45分，等级为优）" in said


def test_the_complete_set_binds_the_statement_every_table_and_every_report() -> None:
    whole = lines(drafted("statement", "complete"))
    assert whole[0] == "关于2023年度预算绩效情况说明"
    assert whole.count("项目支出绩效自评表") == 2
    assert whole.count("城乡居民基本养老保险项目支出绩效评价报告") == 1
    tables = [r for r in rows(drafted("statement", "complete")) if r[0] == "总分"]
    assert [r[2] for r in tables] == ["89.73", "98.45"]
