"""Printed rules that contradict themselves or leave something open: where the pack follows another reading, and years that do not fit."""

import re
from collections.abc import Iterator

from scoring.checks.finding import NOTICE, Finding
from scoring.form import Form
from scoring.wording import quoted


def rule_texts(form: Form) -> Iterator[Finding]:
    """What is odd in the rules as they are printed; nothing a filler can change."""
    for place in form.indicators:
        indicator = place.indicator
        for reading in indicator.readings:
            text = f"{quoted(indicator.name)}的评分标准要说明一下：{reading.says}；这里按{reading.follows}计分"
            yield Finding(reading.code, NOTICE, form.reads(indicator), text, reading.says, reading.follows)
        for year in re.findall(r"(20\d\d)年", indicator.printed_rule):
            if int(year) != form.year:
                text = f"{quoted(indicator.name)}的评分标准写的是 {year} 年，评价年度是 {form.year} 年"
                yield Finding("YEAR", NOTICE, form.reads(indicator), text, year, str(form.year))
