"""The contradictions that an analysis of three published filings lists, as a measure for the checks of a pack.

    missing(findings, "000", "A1", "D1")   ids of decidable findings of these papers that were not found
    false_alarms(findings, "000")          sentences that call something wrong that must hold

Papers are the forms of a seed (S000-A1 → A1). A finding is recognised by its code and by the stated and the computed
number; where the analysis gives no numbers, by the words below. tests/golden/findings.json is the list itself.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scoring.checks import Finding

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "findings.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Expected:
    """Where a golden finding belongs, and how it is recognised beside its code."""

    papers: tuple[str, ...]
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # other codes that say the same
    numbers: bool = True  # the stated and the computed number must both be named


def on(*papers: str, words: Iterable[str] = (), codes: Iterable[str] = (), numbers: bool = True) -> Expected:
    return Expected(papers, tuple(words), tuple(codes), numbers)


EXPECTED: dict[str, Expected] = {
    # 鹤城 2020
    "S000-F01": on("A1", "D1", words=["控制率"]),
    "S000-F02": on("A1", words=["公用经费控制率"]),
    "S000-F03": on("B", words=["资金管理"]),
    "S000-F04": on("B", words=["过程"]),
    "S000-F05": on("B", words=["预算支出效益"]),
    "S000-F06": on("B"),
    "S000-F07": on("B", words=["总分"]),
    "S000-F08": on("B", words=["管理制度健全性", "5、2、0"]),
    "S000-F09": on("B", words=["预算执行率"]),
    "S000-F10": on("B", words=["成本节约率"]),
    "S000-F11": on("A1", words=["三公经费", "计5分"]),
    "S000-F12": on("B", words=["完成及时性", "计5分"]),
    "S000-F13": on("B", words=["实施效益", "计5分"]),
    "S000-F14": on("A1", words=["预算调整率"]),
    "S000-F15": on("A1", words=["实际完成率"]),
    "S000-F16": on("A1", words=["完成及时率"]),
    "S000-F17": on("A1", words=["质量达标率"]),
    "S000-F18": on("B", words=["成本节约率"]),
    "S000-F19": on("A1", words=["2.5"]),
    "S000-F20": on("A1", words=["重点工作办结率", "2019"]),
    "S000-F21": on("R2", words=["2019", "2020"]),
    "S000-F22": on("D1", "R1", words=["项目支出"], codes=["MISSING_INPUT"]),
    "S000-F23": on("A1", "D1", words=["政府采购执行率"]),
    "S000-F24": on("A1", "D1", words=["预算调整率"]),
    "S000-F25": on("A1", words=["预算执行率"]),
    "S000-F26": on("A1", words=["变动率"]),
    "S000-F27": on("D1", words=["会议费、培训费"]),
    "S000-F28": on("D1", words=["水费、电费、差旅费", "9.15", "6"]),
    "S000-F29": on("D1", words=["89.08"]),
    "S000-F30": on("C1", words=["机关养老发放人数"]),
    "S000-F33": on("C1", "C2", words=["≥98%"]),
    "S000-F34": on("A1", words=["98", "100"], codes=["TEXT_TABLE"]),
    "S000-F36": on("R1", words=["66", "56"], codes=["SAME_FACT", "SUM"]),
    "S000-F37": on("R1", words=["政府性基金预算支出情况表", "国有资本经营预算支出情况表", "社会保险基金预算支出情况表"]),
    "S000-F38": on("R2", words=["绩效评价基础数据汇总表"]),
    "S000-F39": on("R1", words=["4、", "5、", "8、"]),
    "S000-F40": on("R2", words=["2、", "3、"]),
    "S000-F41": on("R2", words=["②"]),
    "S000-F42": on("R2"),
    "S000-F43": on("R1", words=["绩效情况"]),
    "S000-F44": on("A1", words=["管理制度健全性", "1 分"]),
    "S000-F45": on("A1", words=["公务招待费"]),
    "S000-F46": on("D1", "C1", "C2", words=["填表人"]),
    # 烈山 2023
    "S001-F01": on("A"),
    "S001-F02": on("A"),
    "S001-F03": on("A", words=["效益指标"]),
    "S001-F04": on("A"),
    "S001-F05": on("A", words=["总分"]),
    "S001-F06": on("A", "B", words=["本年财政拨款"]),
    "S001-F07": on("B"),
    "S001-F08": on("B", words=["85", "0–10"], numbers=False),
    "S001-F09": on("B", words=["总分"]),
    "S001-F10": on("B", words=["100", "97.5"], codes=["TEXT_TABLE"]),
    "S001-F11": on("A", words=["老字号", "城乡医疗救助"]),
    "S001-F12": on("B", words=["城乡居民基本医疗保险"]),
    "S001-F13": on("B", words=["人社"]),
    "S001-F14": on("A", words=["项目单项成本", "3000000"]),
    "S001-F15": on("A", "B", words=["达成预期指标"]),
    "S001-F16": on("B", words=["没有指标值"]),
    "S001-F17": on("A", "B", words=["原因"]),
    "S001-F18": on("N", words=["均达到了预期绩效目标"]),
    "S001-F19": on("N", words=["优"]),
    "S001-F20": on("R", words=["2022"]),
    "S001-F21": on("N", words=["城乡医疗救助项目绩效评价报告"]),
    "S001-F22": on("R"),
    "S001-F24": on("R", words=["项目绩效目标"]),
    "S001-F25": on("N", words=["（1）"]),
    "S001-F26": on("R", words=["9.84"], codes=["TEXT_TABLE"]),
    "S001-F27": on("A", words=["合规率"]),
    "S001-F28": on("A", "B", words=["填表人"]),
    # 广水 2024
    "S002-F01": on("T", numbers=False, words=["99.8%", "99.86"]),
    "S002-F02": on("T"),
    "S002-F03": on("T", words=["0.1%", "0.06"], numbers=False),
    "S002-F04": on("T", words=["98.2%", "98.27"], numbers=False),
    "S002-F05": on("T"),
    "S002-F06": on("T"),
    "S002-F07": on("T", words=["6857", "6587"]),
    "S002-F08": on("T", words=["6857"]),
    "S002-F09": on("T", words=["130", "144.06"]),
    "S002-F10": on("T"),
    "S002-F11": on("T", words=["≥100%"]),
    "S002-F12": on("T", words=["17.5"]),
    "S002-F13": on("T", words=["≥0%"]),
    "S002-F14": on("T", words=["长期"]),
    "S002-F15": on("T", words=["指标名称"]),
    "S002-F16": on("T"),
    "S002-F17": on("T", words=["前_年"]),
    "S002-F19": on("T", words=["上级部门"]),
    "S002-F20": on("T", codes=["DUP_TEXT"], words=["大力推进新版城乡居保经办规程"]),
    "S002-F22": on("T"),
    "S002-F23": on("T", words=["167.88", "5950.81"], codes=["GROWTH"]),
    "S002-F24": on("T", words=["公章"]),
    "S002-F25": on("T", words=["年年"]),
}

UNDECIDABLE = {
    "S000-F31": "两处用不同的名字说同一笔钱，是不是同一笔要人判断",
    "S000-F32": "目标只说城乡居保、指标却数了三类人，要读懂业务才看得出",
    "S000-F35": "“补足公用经费”和没有缺口矛盾，要读懂句子的意思",
    "S001-F23": "评价维度和评分维度用词不同，是不是同一套要人判断",
    "S002-F18": "没有印预算年度，以及年中填的上年数是不是准数，表上看不出",
    "S002-F21": "没有设的指标可以空着，是不是漏填要人判断",
    "S002-F26": "文字提取时留下的痕迹，不是表的错，不应报告",
}

# What must hold: code and pattern of sentences that would contradict it.
MUST_HOLD: dict[str, tuple[tuple[str, str], ...]] = {
    "000": (
        ("SUM", r"416\.14|＝56(?!\.\d)|＝66(?!\.\d)|3039\.56|49741\.54|21330\.01"),
        ("RATIO", r"81\.26|18\.74"),
        ("WEIGHT_SUM", r"“(?:投入|目标设定|预算配置|预算管理|资产管理|职责履行|履职效益|产出指标|效益指标|满意度指标)”的分值"),
        ("SAME_FACT", r"公务接待|在职"),
        ("SAME_FACT", r"公用经费.*77\.98"),
        ("TARGET_MET", r"1\.1万人|0\.37万人|2\.47万人|0\.63万人"),
        ("COUNT_OF", r"股室"),
    ),
    "001": (
        ("SUM", r"1580"),
        ("RATIO", r"98\.39"),
        ("SCORE_SUM", r"99\.84|19\.84"),
        ("RULE_SCORE", r"9\.84 分，按"),
    ),
    "002": (
        ("SUM", r"写的是 (?:6961\.77|167\.88|5960\.81)"),
        ("BALANCE", r"6961\.77|167\.88|5960\.81"),
        ("RATIO", r"(?<!\.)\b10÷6961\.77|120\.39÷6961\.77"),
        ("COUNT_OF", r"一级指标"),
        ("EXTRACTION", r""),
    ),
}


def missing(findings: Iterable[Finding], seed: str, *papers: str) -> list[str]:
    """Ids of the golden findings of these papers (all when none is named) that were not found."""
    found = tuple(findings)
    return [
        golden["id"]
        for golden in GOLDEN["findings"]
        if golden["id"].startswith(f"S{seed}-")
        and golden["id"] not in UNDECIDABLE
        and (not papers or set(papers) & set(EXPECTED[golden["id"]].papers))
        and not any(_is(f, golden, EXPECTED[golden["id"]]) for f in found)
    ]


def false_alarms(findings: Iterable[Finding], seed: str) -> list[str]:
    """Sentences of findings that contradict what must hold in this filing."""
    rules = MUST_HOLD[seed]
    return [f.text for f in findings if any(f.check == code and re.search(wrong, f.text) for code, wrong in rules)]


def _is(found: Finding, golden: dict[str, object], expected: Expected) -> bool:
    told = f"{found.text} {found.stated} {found.computed}"
    squeezed = "".join(told.split())
    wanted = [golden.get(k) for k in ("stated_num", "computed_num")] if expected.numbers else []
    numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", told)}
    return (
        found.check in (golden["check"], *expected.codes)
        and all("".join(w.split()) in squeezed for w in expected.words)
        and all(Decimal(str(n)) in numbers for n in wanted if n is not None)
    )
