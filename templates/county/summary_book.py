"""The county summary as a spreadsheet: grades, averages, ranks by group, and a sheet of all filings for each form."""

from collections.abc import Iterator
from decimal import Decimal

from templates.county.books import workbook
from templates.county.figures import as_figure, averages, grade_counts, groups, mean, ranking
from templates.county.results import STATES, County, Result
from templates.summary import Line

OVERVIEW = {"表": 34, "项目": 24, "数": 10, "说明": 40}
AVERAGES = {"表": 34, "一级指标": 24, "份数": 8, "平均分": 10, "分值": 8, "得分率（%）": 12}
RANKS = {"表": 30, "分组": 14, "名次": 8, "单位代码": 12, "单位": 34, "项目": 26, "得分": 10, "等级": 8, "状态": 10}
FILING = {
    "序号": 6,
    "分组": 12,
    "单位代码": 12,
    "单位": 34,
    "项目": 26,
    "自评分": 10,
    "核查分": 10,
    "等级": 8,
    "状态": 10,
    "偏差说明（条）": 10,
}


def summary_book(county: County) -> bytes:
    """The .xlsx. The same results give the same bytes."""
    with workbook(county.title) as book:
        book.write.sheet(book.name("汇总"), OVERVIEW, list(_overview(county)))
        book.write.sheet(book.name("一级指标平均"), AVERAGES, list(_averages(county)))
        book.write.sheet(book.name("分组排名"), RANKS, list(_ranks(county)))
        for form in county.forms:
            results = county.of(form)
            names = list(dict.fromkeys(p.name for r in results for p in r.parts))
            columns = {**FILING, **{name if name not in FILING else f"{name}（指标）": 12 for name in names}}
            book.write.sheet(book.name(form), columns, [_filing(n, r, names) for n, r in enumerate(results, 1)])
    return book.content


def _overview(county: County) -> Iterator[Line]:
    handed = len(county.results)
    yield ("全部", "应报", Decimal(county.expected), "开了表的份数")
    yield ("全部", "已报", Decimal(handed), "已经提交或审核通过的份数")
    yield ("全部", "未报", Decimal(max(0, county.expected - handed)), "")
    for form in county.forms:
        results = county.of(form)
        yield (form, "已报", Decimal(len(results)), "")
        for state in ("approved", "submitted", "returned"):
            if count := sum(r.state == state for r in results):
                yield (form, STATES[state], Decimal(count), "")
        for grade, count in grade_counts(results, county.grades):
            yield (form, f"等级：{grade}", Decimal(count), "")
        yield (form, "平均分", as_figure(mean(results)), "有核查分的按核查分")
        yield (
            form,
            "偏差说明",
            Decimal(sum(r.notes for r in results)),
            f"{sum(r.notes > 0 for r in results)} 份写了偏差原因及改进措施",
        )


def _averages(county: County) -> Iterator[Line]:
    for form in county.forms:
        for a in averages(county.of(form)):
            yield (form, a.name, Decimal(a.filings), as_figure(a.points), as_figure(a.weight), as_figure(a.rate))


def _ranks(county: County) -> Iterator[Line]:
    for form in county.forms:
        results = county.of(form)
        for group in groups(results):
            for ranked in ranking(results, group):
                r = ranked.result
                who = (r.code, r.unit, r.project)
                yield (form, group, Decimal(ranked.place), *who, r.counts, r.grade, STATES[r.state])


def _filing(n: int, r: Result, names: list[str]) -> Line:
    parts = {p.name: p.points for p in r.parts if p.weight}
    verified: Decimal | str = "" if r.verified is None else r.verified
    head = (Decimal(n), r.group, r.code, r.unit, r.project, r.total, verified, r.grade, STATES[r.state], Decimal(r.notes))
    return (*head, *(parts.get(name, "") for name in names))
