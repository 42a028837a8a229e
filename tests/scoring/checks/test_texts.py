"""Texts: what is odd is said, what is usual is left in peace; the same in the check-up of the chat and in print."""

import pytest

from scoring.answers import given
from scoring.answersfiles.printed import Printed
from scoring.answersfiles.printedparts import read_printed
from scoring.checks import Finding, check
from scoring.checks.headings import headings, ordinal
from scoring.checks.papers import papers
from scoring.checks.texts import Passage, texts
from scoring.form import Form
from scoring.loading import load
from scoring.yamlfile import read_yaml


@pytest.fixture(scope="module")
def form() -> Form:
    return load("hecheng-2020/department")  # year 2020


def said(form: Form, *paragraphs: str, undone: str = "") -> list[Finding]:
    return list(texts(form, [Passage(f"第{n}处", p, (), True) for n, p in enumerate(paragraphs, 1)], undone=undone))


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("2019年社保中心每月按时足额发放养老金", "YEAR", "2019"),
        ("制定了《2019年度重点工作方案》", "YEAR", "2019"),
        ("前_年实现值", "PLACEHOLDER", "前_年"),
        ("用于XX项目的支出", "PLACEHOLDER", "XX"),
        ("填表人：____", "PLACEHOLDER", "____"),
        ("……拨款", "PLACEHOLDER", "拨款"),
        ("（填表人）", "PLACEHOLDER", "（填表人）"),
        ("经费支出合规律100%", "TYPO", "合规率"),
        ("虐列支出", "TYPO", "虚列"),
        ("除应参加城镇职工人社外的人员", "NAME", "人社"),
        ("比上增加年减少208.69万元", "TEXT_LOGIC", "又说增加又说减少"),
        ("本年收入和支出减少的原因是退休人员增加。所以收入和支出较上年增加。", "TEXT_LOGIC", "前面说减少"),
        ("比上年增加-5%", "TEXT_LOGIC", "应写减少"),
        ("任务超额完成，完成率98%", "TEXT_LOGIC", "不到 100%"),
        ("内设8个股室，分别为：办公室、财务部、稽核部。", "COUNT_OF", "列出来的有 3 个"),
        ("设立部门目标、部门职能、资源配置5个二级指标", "COUNT_OF", "列出来的有 3 个"),
        ("一是加强学习。三是规范管理。", "COUNT_OF", "“一是”后面直接是“三是”"),
        ("2020年支出合计8555.77万元，较上年8051.43万元增加6.62%", "GROWTH", "6.62 和 6.26 像是数字颠倒了"),
        ("收入安排38706.47万元。比上年增加38001.88万元，增加53.93%", "GROWTH", "像是忘了乘 100"),
        ("支出8151.45万元，比去年7608.44万元增加534.01万元", "DELTA", "543.01"),
        ("固定资产较上年减少482.57%", "IMPOSSIBLE", "最多只能减少 100%"),
        ("参保3.65万人，完成目标任务3.22万人的113.33%", "RATIO", "113.35%"),
        ("收入8555.17万元，其中基本支出8523.37万元，项目支出32.4万元", "SUM", "8555.77"),
        ("支出合计8555.77万元，其中工资345.82万元，商品33.60万元，补助8176.36万元", "ROUNDING", "8555.78"),
    ],
)
def test_an_odd_text_is_noticed(form: Form, text: str, code: str, words: str) -> None:
    found = said(form, text)
    assert [(f.check, words in f.text) for f in found] == [(code, True)], found


@pytest.mark.parametrize(
    "text",
    [
        "根据鹤办〔2019〕19号文规定，组建成现在的区社会保险服务中心。内设8个股室，分别为：办公室、财务及基金管理部、基金征缴部、个人权益部、待遇管理部、"
        "城乡居民养老保险部、稽核部、信息（档案）室。",
        "2018年，印发了《授权管理制度》等文件，制度建设健全。",
        "2019年度“三公”经费支出0.06万元，全部为公务接待费。较上年度“三公”经费支出增加。",
        "自2019年起，新增最高档次。2019年9月以来累计欠缴。2020年比2019年增加3人。",
        "一是以“争优创优”为动力。二是以创新手段为基础。三是以强化内控为突破。\n一是加强学习。二是规范核算。",
        "财政拨款收入决算数998.82万元，比上年增加146.57万元，增加17%，主要原因是项目支出增加。",
        "2020年全年收入1043.84万元，其中：财政拨款收入998.82万元；其他收入45.02万元。比上年增加156.94万元，增加18%。",
        "全年支出为1095.69万元。其中：工资福利支出836万元；一般商品和服务支出208.61万元（“三公”经费2.33万元,其中公务用车运行维护费1.66万元,公务接待费0.67万元）；"
        "对个人和家庭补助支出51.08万元。",
        "“三公”经费3.32万元,其中公务用车运行维护费2.04万元,公务接待费1.28万元。比上年减少2.64万元，减少44%。",
        "参保人数4.1956万人，比2019年末净增0.3519万人，完成全年目标任务3.87万人的108.41%。其中，企业职工参保人数2.4150万人，"
        "完成全年目标任务2.12万人的113.92%。新扩面3255人，完成扩面目标任务3100人的105%。",
        "支出8151.45万元，比去年7608.44增加543.01万元。",
        "资产合计7.23万元（其中：流动资产2.72万元，固定资产4.51万元）。",
        "确保目标责任全面完成，做好认证、审核等工作，包括办公费、水电费等。",
        "安排了城乡居保的专项工作经费6万元及人社包干工作经费50万元，共计专项工作经费56万元。",
        "设立财务管理制度健全性及执行情况、资金使用合规性、财务监控的有效性3个三级指标",
        "分别设置数量指标、质量指标、时效指标和成本指标4个二级指标",
        "",
    ],
)
def test_a_usual_text_is_left_in_peace(form: Form, text: str) -> None:
    assert said(form, text, undone="自评总分是 95 分") == []


def test_all_done_is_doubted_only_when_something_was_not(form: Form) -> None:
    sentence = "各项目均达到了预期绩效目标。"
    assert said(form, sentence) == []
    (finding,) = said(form, sentence, undone="执行率只有 75%")
    assert finding.check == "TEXT_LOGIC"
    assert "75%" in finding.text


def test_a_paragraph_in_two_places_is_one_finding(form: Form) -> None:
    paragraph = "2020年社保中心每月进行城乡居民养老保险待遇发放，按时足额，群众满意。"
    (finding,) = said(form, paragraph, "另外。\n" + paragraph)
    assert finding.check == "DUP_TEXT"
    assert "第1处" in finding.text
    assert "第2处" in finding.text


def test_an_answer_and_its_print_are_one_place(form: Form) -> None:
    paragraph = "2020年社保中心每月进行城乡居民养老保险待遇发放，按时足额，群众满意，支出合规律。"
    answers = {"performance": given(paragraph)}
    assert [f.check for f in check(form, answers) if f.check in ("DUP_TEXT", "TYPO")] == ["TYPO"]
    paper = read(f"sections: {{六、绩效: {paragraph}}}")
    assert sorted(f.check for f in check(form, answers, paper) if f.check == "DUP_TEXT" or "合规律" in f.text) == ["TYPO"]


def test_the_chat_says_it_as_a_notice_and_leads_to_the_answer(form: Form) -> None:
    answers = {"performance": given("2019年社保中心每月按时足额发放养老金，支出合规律。")}
    found = [f for f in check(form, answers) if f.check in ("YEAR", "TYPO")]
    assert {(f.check, f.severity, f.items) for f in found} == {
        ("YEAR", "提示", ("performance",)),
        ("TYPO", "提示", ("performance",)),
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["1、概况", "二、支出", "三、基金", "4、资本", "五、问题"], ["“1、概况”、“4、资本”"]),
        (["一、概况", "（一）甲", "项目绩效目标", "（三）丙"], ["项目绩效目标", "“（三）丙”"]),
        (["一、概况", "（一）甲", "（二）乙", "（二）丙"], ["“（二）丙”"]),
        (["一、概况", "（一）甲", "（二）乙", "（3）丙"], ["“（3）丙”"]),
        (["（1）甲", "（2）乙"], ["第一级"]),
    ],
)
def test_wrong_numbers_of_headings(lines: list[str], words: list[str]) -> None:
    found = " ".join(f.text for f in headings(Printed(headings={"": tuple(lines)})))
    assert all(w in found for w in words), found


@pytest.mark.parametrize(
    "lines",
    [
        ["一、", "（一）", "1.甲", "2.乙", "（1）子", "（2）丑", "（二）", "1.甲", "二、", "（一）", "1.子"],
        ["一、", "1.甲", "2.乙", "3.丙", "二、", "1.甲", "2.乙", "三、"],
        ["概况", "绩效", "建议"],
        ["1.甲", "2.乙", "（1）子"],
        [],
    ],
)
def test_right_numbers_of_headings(lines: list[str]) -> None:
    assert list(headings(Printed(headings={"": tuple(lines)}))) == []


def test_ordinals() -> None:
    assert [ordinal(t) for t in ("一", "十", "十二", "二十", "二十三", "7", "③", "百", "")] == [
        1,
        10,
        12,
        20,
        23,
        7,
        3,
        None,
        None,
    ]


def test_codes_of_indicators() -> None:
    (finding,) = headings(Printed(codes=("A11", "A12", "A14", "B11", "B11", "C社会化发放率")))
    assert finding.check == "ID_SEQ"
    assert all(w in finding.text for w in ("B11重复", "C社会化发放率不完整", "A12 之后是 A14"))
    assert not list(headings(Printed(codes=("A11", "A12", "A21", "B11"))))


def read(text: str) -> Printed:
    return read_printed(read_yaml("printed", text).data)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            "attachments: {listed: [1、基础数据表, 2、自评表], present: [附件1 基础数据表]}",
            "ATTACHMENT",
            ("缺 1 个", "2、自评表"),
        ),
        ("signoff: {填表人: '', 联系电话: 12345}", "SIGNOFF", ("填表人空着",)),
        ("signoff: {附件2: {填表人: （填表人）}}", "PLACEHOLDER", ("附件2", "（填表人）")),
        ("names: {项目名称: [老字号, {stated: 城乡医疗救助, where: 综述}]}", "NAME", ("老字号", "综述是“城乡医疗救助”")),
        ("sections: {九、其他: ''}", "MISSING_TEXT", ("“九、其他”下面没有内容",)),
        ("sections: {六、部门整体支出绩效情况: 工作开展顺利。}", "MISSING_TEXT", ("没有写得分",)),
    ],
)
def test_what_is_missing_among_the_papers(text: str, code: str, words: tuple[str, ...]) -> None:
    (finding,) = papers(read(text), ("优", "良"))
    assert finding.check == code
    assert all(w in finding.text for w in words), finding.text


@pytest.mark.parametrize(
    "text",
    [
        "attachments: {listed: [1.部门整体支出绩效评价基础数据表], present: [附件1-1 部门整体支出绩效评价基础数据表]}",
        "signoff: {填表人: 张三}",
        "names: {单位: [县社保中心, 县社保中心]}",
        "sections: {一、概况: '', （一）机构: 有。, 六、评价结论: 得分96.3分，等级为优。}",
    ],
)
def test_papers_that_are_complete(text: str) -> None:
    assert list(papers(read(text), ("优", "良"))) == []
