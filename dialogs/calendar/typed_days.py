"""A new date as an administrator types it: 4月10日, 改到下周五, +3天, 再给5个工作日, 年底. Counted from the present date where
days are added to it. Not here: whether the date may be (moving.py)."""

import re
import unicodedata
from datetime import date, timedelta

from dialogs.days import NotADay, day_meant
from scoring.calendar import EARLIEST
from scoring.typednumbers import dated_in_figures, typed_number
from scoring.workdays import WEEKDAYS, is_workday, workday_from, workday_until

UNDERSTOOD = "没看懂是哪一天。可以发 4月10日、下周五、月底，或者 +3天、+5个工作日。"
AHEAD = 3 * 366  # days; what lies beyond is a slip of the pen

_FRAME = re.compile(
    r"^(?:请|把|麻烦|就|那就|帮我|时间|日期|截止|截止日期?|统一|都|全部|定|改|调整?|延长|延期?|推迟|推|顺延|移|挪|放宽|成|为|到|至|在|于)*"
    r"|(?:之?前|以前|截止|止|下班前?|为止|吧|好了|行|可以|[，。！!\s])*$"
)
_WEEKDAY_BEHIND = re.compile(r"(?<=[日号\d])\s*[（(]?(?:周|星期)[一二三四五六日天][)）]?$")
_MORE = re.compile(
    r"(?P<sign>[+＋\-－−])?(?P<word>再给|再加|加|多给|往后|晚|提前|早)?(?P<count>[^\s\d]{1,3}?|\d{1,3})个?(?P<unit>工作日|天|日|周|星期|月)?"
)
_YEAR_DAY = re.compile(r"(\d{4})(?:[年\-./](\d{1,2})[月\-./](\d{1,2})[日号]?|(\d{2})(\d{2}))")
_MONTH_END = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:底|末)")


def read_new_day(text: str, today: date, present: date | None) -> date:
    """The day that is meant. Raises NotADay."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if len(folded) > 40:
        raise NotADay(UNDERSTOOD)
    moving = re.search(r"延|推|放宽|顺延|再|多给|往后|晚|提前|早", folded) is not None
    bare = _FRAME.sub("", folded).strip()
    words = dated_in_figures(_WEEKDAY_BEHIND.sub("", bare))
    day = _absolute(words, today)
    day = day or _added(words, present or today, moving=moving) or day_meant(words, today)
    if day is None:
        raise NotADay(UNDERSTOOD)
    if day.year < EARLIEST:
        raise NotADay(f"{EARLIEST} 年以前的日期用不了，请核对年份。")
    if day > today + timedelta(days=AHEAD):
        raise NotADay(f"{day.year}年{day.month}月{day.day}日离今天太远了，请核对年份。")
    return day


def _absolute(words: str, today: date) -> date | None:
    """With its year, or the end of a month or of the year."""
    try:
        if match := _YEAR_DAY.fullmatch(words):
            return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    except ValueError as e:
        raise NotADay("这一天不存在，请核对一下月和日。") from e
    if words in ("年底", "今年年底", "本年底"):
        return date(today.year, 12, 31)
    if match := _MONTH_END.fullmatch(words):
        year, month = int(match[1] or today.year), int(match[2])
        if not 1 <= month <= 12:
            raise NotADay("没有这个月份，请核对一下。")
        end = _month_end(year, month)
        return end if match[1] or end >= today else _month_end(year + 1, month)
    return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _added(words: str, present: date, *, moving: bool) -> date | None:
    """So many days, weeks or working days after the present date, or before it."""
    match = _MORE.fullmatch(words)
    number = typed_number(match["count"].replace("两", "二")) if match else None
    if match is None or number is None or number.number != int(number.number):
        return None
    if match["unit"] in (None, "日") and not (match["sign"] or match["word"] or (moving and match["unit"])):
        return None  # 10日 is a day of the month
    count = int(number.number) * (-1 if (match["sign"] or "+") in "-－−" or match["word"] in ("提前", "早") else 1)
    match match["unit"] or "天":
        case "工作日":
            return _workdays_on(present, count)
        case "周" | "星期":
            return present + timedelta(days=7 * count)
        case "月":
            return _months_on(present, count)
    return present + timedelta(days=count)


def _workdays_on(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return min(_month_end(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def suggested(today: date, present: date | None) -> list[date]:
    """Working days to tap: some days more, one or two weeks, the end of the month."""
    start = max(today, present or today)
    days = [workday_from(start + timedelta(days=more)) for more in (3, 7, 14)]
    days.append(workday_until(_month_end(start.year, start.month)))
    return sorted({day for day in days if day > start})


def told_day(day: date, today: date | None = None) -> str:
    """4月10日（星期五）; with the year where it is not this one."""
    year = f"{day.year}年" if today is not None and day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"
