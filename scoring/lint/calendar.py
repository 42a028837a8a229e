"""Mistakes in a pack's calendar: forms it does not have, dates in the wrong order, a last day on which nobody works."""

from collections.abc import Iterator
from datetime import date

from scoring.beside.declared import form_name
from scoring.calendar import STAGES, Days
from scoring.errors import BadPack, Problem
from scoring.form import Form
from scoring.lint.beside import Sibling
from scoring.lint.source import Source
from scoring.reading.dates import shown_date
from scoring.workdays import holiday_name, is_workday, workday_from, workday_until
from scoring.yamlfile import YamlFile

FURTHEST = 2  # years from the evaluated one


def calendar(form: Form, source: Source, sibling: Sibling | None) -> Iterator[Problem]:
    """Problems of the form's own dates and, once for the pack, of forms that are not there."""
    file = source.files.get("pack.yaml", YamlFile("pack.yaml", {}, {}))
    own = form_name(form.id)

    def problem(name: str, key: str, text: str, *, fatal: bool = True) -> Problem:
        return Problem("CALENDAR", "pack.yaml", file.line(("calendar", name, key)), key or name, text, fatal)

    for name in form.pack.calendar:
        if sibling is not None and name != own and not _is_there(sibling, name):
            yield problem(name, "", f"这套表里没有 {name} 这张表；请写表的文件夹名")
    if form.pack.calendar and form.days.due is None:
        yield problem(own, "due", f"日程里没有写 {own} 的截止日期 due，到期不会提醒", fatal=False)
    for key, day in zip(STAGES, form.days, strict=True):
        if day and abs(day.year - form.year) > FURTHEST:
            yield problem(own, key, f"“{STAGES[key]}”写的是 {shown_date(day)}，离评价年度 {form.year} 太远，请核对年份")
    for key, text in out_of_order(form.days):
        yield problem(own, key, text)
    if form.days.due and (text := _free(form.days.due)):
        yield problem(own, "due", text, fatal=False)


def out_of_order(days: Days) -> Iterator[tuple[str, str]]:
    """Every date that lies before the one it follows: its key, and a sentence."""
    before: tuple[str, date] | None = None
    for key, day in zip(STAGES, days, strict=True):
        if day is None:
            continue
        if before is not None and day < before[1]:
            yield key, f"“{STAGES[key]}”（{shown_date(day)}）不能早于“{STAGES[before[0]]}”（{shown_date(before[1])}）"
        before = (key, day)


def _is_there(sibling: Sibling, name: str) -> bool:
    try:
        return sibling(name) is not None
    except BadPack:
        return True


def _free(due: date) -> str:
    """What to do about a last day that is none of work; empty for a working day."""
    if is_workday(due):
        return ""
    earlier, later = shown_date(workday_until(due)), shown_date(workday_from(due))
    return f"截止日 {shown_date(due)} 是{holiday_name(due)}，不上班；请定在 {earlier} 或 {later}"
