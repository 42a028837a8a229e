"""Scores with words: points and a reason given by hand, and a score given elsewhere with its maximum and source."""

import re
import unicodedata
from decimal import Decimal

from scoring.items import External, Manual
from scoring.numbers import plain, round_half_up
from scoring.reading.result import NotUnderstood, Reading, Understood
from scoring.values import ExternalScore, ManualScore

POINTS = re.compile(r"(?:自评|得|打|给)?\s*(-?\d+(?:\.\d+)?)(?:\s*分|(?=[\s,，。.、;；:：]|$))(.*)", re.DOTALL)
OUTSIDE = re.compile(
    r"(?:得分?|考核)?\s*(?P<points>\d+(?:\.\d+)?)\s*分?\s*[/／,，、\s]*(?:满分|总分|共|百分制)?\s*(?P<max>\d+(?:\.\d+)?(?![\d.]|\s*年))?\s*(?:分(?=[\s,，。、;；:：]|$))?(?P<source>.*)",
    re.DOTALL,
)
LEAST_REASON = 2
LONGEST_REASON = 500
LONGEST_SOURCE = 60
LONGEST_TEXT = 1000
WORDS = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}")


def read_manual(item: Manual, text: str) -> Reading:
    """`4 理由……`: points within the item's range, then the reason."""
    match = POINTS.fullmatch(_digits(text).strip()) if len(text) <= LONGEST_TEXT else None
    span = item.span
    if not match:
        return NotUnderstood(f"请先写分数（{span} 分），再写理由，例如：{item.good or plain(item.max) + ' 理由……'}")
    points, reason = Decimal(match[1]), re.sub(r"^吧?[\s,，。.、;；:：]*(?:理由|原因|因为)?[\s:：，,]*", "", match[2]).strip()
    if not item.holds(points):
        return NotUnderstood(f"分数要在 {span} 分之间，收到的是 {plain(points)} 分。")
    if round_half_up(points, item.places) != points:
        most = f"最多 {item.places} 位小数" if item.places else "要是整数"
        return NotUnderstood(f"分数{most}，收到的是 {plain(points, 6)} 分。")
    if len(reason) > LONGEST_REASON:
        return NotUnderstood(f"理由最多 {LONGEST_REASON} 个字，收到 {len(reason)} 个字，请精简一下再发。")
    if len(reason) < LEAST_REASON:
        words = item.good.partition(" ")[2] or "年度任务全部完成，群众评价好"
        return NotUnderstood(f"收到 {plain(points)} 分，还缺理由。请写在一起，例如：{plain(points)} {words}")
    return Understood(ManualScore(points, reason))


def read_external(item: External, text: str) -> Reading:
    """`92/100 县绩效办`: points, maximum and source, all three."""
    match = OUTSIDE.fullmatch(_digits(text).strip()) if len(text) <= LONGEST_TEXT else None
    example = item.good or "92/100 县绩效办"
    if not match:
        return NotUnderstood(f"请写得分、满分和哪里评的，例如：{example}")
    source = re.sub(r"^[\s,，。.、;；:：]*(?:来源|来自|由)?[\s:：]*", "", match["source"]).strip()
    missing = [name for name, there in (("满分是多少", match["max"]), ("哪里评的", WORDS.search(source))) if not there]
    if missing:
        return NotUnderstood(
            f"收到得分 {plain(Decimal(match['points']))}，还缺：{'、'.join(missing)}。请写在一起，例如：{example}"
        )
    if len(source) > LONGEST_SOURCE:
        return NotUnderstood(f"来源写哪里评的就行，最多 {LONGEST_SOURCE} 个字，例如：{example}")
    points, maximum = Decimal(match["points"]), Decimal(match["max"])
    if maximum <= 0 or points > maximum:
        return NotUnderstood(f"得分 {plain(points)} 超过了满分 {plain(maximum)}，请核对。")
    return Understood(ExternalScore(points, maximum, source))


def _digits(text: str) -> str:
    """Full-width figures and the full stop between them made plain; everything else as typed."""
    return "".join(unicodedata.normalize("NFKC", c) if c in "０１２３４５６７８９．／" else c for c in text)
