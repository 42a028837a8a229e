"""The county summary as a Word document in the house style: what the figures say, grades, averages, ranks by group."""

from collections.abc import Mapping, Sequence

from templates.blocks import Blocks
from templates.county.figures import averages, grade_counts, groups, mean, ranking, said
from templates.county.results import STATES, County, Result
from templates.drafting import environment
from templates.wordfile import Part, write


def county_document(template: str, facts: Mapping[str, object]) -> bytes:
    """The .docx of a template of reports/county/."""
    blocks = Blocks()
    body = environment(()).get_template(f"county/{template}").render(**facts, **blocks.vocabulary)
    return write([Part(body, blocks.landscape)])


def summary_report(county: County) -> bytes:
    """The .docx. The same results give the same bytes."""
    return county_document("summary.docx.j2", _facts(county))


def _facts(county: County) -> Mapping[str, object]:
    handed, notes = len(county.results), sum(r.notes for r in county.results)
    return {
        "标题": county.title,
        "县": county.name,
        "年度": str(county.year),
        "日期": county.day,
        "应报": county.expected,
        "已报": handed,
        "未报": max(0, county.expected - handed),
        "待审核": sum(r.state != "approved" for r in county.results),
        "偏差说明": notes,
        "等级": _grades(county.results, county),
        "各表": [_form(county, form) for form in county.forms],
    }


def _grades(results: Sequence[Result], county: County) -> list[tuple[str, int]]:
    """Every grade that anybody has, or may have."""
    counts = dict(grade_counts(results, county.grades))
    return [(name, counts.get(name, 0)) for name, _ in grade_counts(county.results, county.grades)]


def _form(county: County, form: str) -> Mapping[str, object]:
    results = county.of(form)
    return {
        "名称": form,
        "份数": len(results),
        "平均": said(mean(results)),
        "各等级": [str(count) for _, count in _grades(results, county)],
        "最高": said(max(r.counts for r in results)),
        "最低": said(min(r.counts for r in results)),
        "有说明": sum(r.notes > 0 for r in results),
        "一级": [(a.name, said(a.weight), said(a.points), said(a.rate) + "%") for a in averages(results)],
        "各组": [(group, _ranks(results, group)) for group in groups(results)],
        **_columns(results),
    }


def _columns(results: Sequence[Result]) -> Mapping[str, object]:
    """The table of ranks of one form: projects and verified points only where there are any."""
    projects, verified = _has(results)
    head = ["名次", "单位", *["项目"] * projects, "自评分", *["核查分"] * verified, "等级", "状态"]
    widths = {"名次": 14, "单位": 46 if projects else 70, "项目": 36, "自评分": 20, "核查分": 20, "等级": 16, "状态": 18}
    spare = 156 - sum(widths[name] for name in head)
    align = "".join("l" if name in ("单位", "项目") else "c" for name in head)
    return {"表头": head, "宽": [widths[n] + (spare if n == "单位" else 0) for n in head], "对齐": align}


def _ranks(results: Sequence[Result], group: str) -> list[list[str]]:
    projects, verified = _has(results)
    return [
        [
            str(x.place),
            x.result.unit,
            *[x.result.project] * projects,
            said(x.result.total),
            *[said(x.result.verified)] * verified,
            x.result.grade or "—",
            STATES[x.result.state],
        ]
        for x in ranking(results, group)
    ]


def _has(results: Sequence[Result]) -> tuple[bool, bool]:
    return any(r.project for r in results), any(r.verified is not None for r in results)
