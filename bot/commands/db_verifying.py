"""`ziping db verify [OTHER]`: what the store holds, table by table; whether it holds together; whether OTHER is the same."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.settings import settings
from dialogs.examining import Examined, examine
from dialogs.store.addresses import address_of, must_be_there, shown
from dialogs.store.backups import as_noted
from dialogs.store.copying import differing
from dialogs.store.engine import open_store, reading
from dialogs.store.fingerprints import of_all
from dialogs.store.sealing import Head
from dialogs.store.verifying import first_difference
from scoring.errors import ZipingError


def verify(other: str, *, alone: bool, as_json: bool, heads: Sequence[str] = ()) -> int:
    """Look one store over, or two and compare them. 0 when everything is right, 1 when not."""
    if alone and not other:
        raise ZipingError("--alone 要写明看哪个库（或备份文件）。")
    places = [other] if alone else [settings().database_url, *([other] if other else [])]
    known = [_head(words) for words in heads]
    told = [_looked_over(place, known) for place in places]
    differences = _compared(places, told) if len(told) == 2 else {}
    good = all(not wrong for _, wrong, _ in told) and not differences
    if as_json:
        stores = [{"place": shown(p), "wrong": wrong, **asdict(seen)} for p, (seen, wrong, _) in zip(places, told, strict=True)]
        print(json.dumps({"good": good, "stores": stores, "differences": differences}, ensure_ascii=False, indent=2))
        return int(not good)
    for n, (place, (seen, wrong, remarks)) in enumerate(zip(places, told, strict=True)):
        print(f"{shown(place)}（结构 {seen.schema}）")
        if n == 0 or differences:  # else there is nothing to read in them that was not read already
            _print_tables(seen)
        _print_findings(seen, wrong, remarks)
    if len(told) == 2:
        _print_comparison(differences)
    return int(not good)


def _head(words: str) -> Head:
    try:
        return Head.read(words)
    except ValueError as e:
        raise ZipingError(f"--head 看不懂：{e}") from e


def _looked_over(place: str, known: Sequence[Head]) -> tuple[Examined, list[str], list[str]]:
    """What a store holds; what is wrong with it; what else is worth saying."""
    wrong, remarks = [], []
    path = must_be_there(place)
    if path is not None:
        noted = as_noted(path)
        if noted is False:
            wrong.append("文件和备份时的校验码不符：它被改动过，或者坏了")
        elif noted:
            remarks.append("文件和备份时的校验码相符")
    engine = open_store(address_of(place), looking=True)
    try:
        with reading(engine) as c:
            seen = examine(c, known)
    finally:
        engine.dispose()
    return seen, wrong + [f"{f.what}：{told}" for f in seen.findings for told in f.wrong], remarks


def _compared(places: list[str], told: list[tuple[Examined, list[str], list[str]]]) -> dict[str, str]:
    """The tables that differ, each with the key of the first row that does."""
    names = differing(told[0][0].tables, told[1][0].tables)
    if not names:
        return {}
    one, other = (open_store(address_of(place), looking=True) for place in places)
    try:
        with reading(one) as here, reading(other) as there:
            return {name: first_difference(here, there, name) for name in names}
    finally:
        one.dispose()
        other.dispose()


def _print_tables(seen: Examined) -> None:
    filled = {name: p for name, p in sorted(seen.tables.items()) if p.rows}
    for name, p in filled.items():
        print(f"  {name:<16}{p.rows:>9} 行  {p.hash[:16]}")
    if empty := len(seen.tables) - len(filled):
        print(f"  另有 {empty} 张空表")
    together = of_all(seen.tables)
    print(f"  {'合计':<14}{together.rows:>9} 行  {together.hash[:16]}")


def _print_findings(seen: Examined, wrong: list[str], remarks: list[str]) -> None:
    for remark in remarks:
        print(f"  {remark}")
    for finding in seen.findings:
        print(f"  {finding.what}：看了 {finding.looked_at} 处，{'有问题' if finding.wrong else '无误'}")
    waiting = f"，{seen.chain.waiting} 行还没有封" if seen.chain.waiting else ""
    print(f"  链到 {seen.chain.head}{waiting}")
    for reason, count in seen.chain.again.items():
        print(f"  重新封过 {count} 行：{reason}")
    for words in wrong:
        print(f"  ✗ {words}")
    print("校验通过。" if not wrong else "校验没有通过。")


def _print_comparison(differences: dict[str, str]) -> None:
    if not differences:
        print("两边完全一致。")
        return
    for name, key in differences.items():
        print(f"  ✗ {name} 不一致，从主键 {key} 起")
    print("两边不一致。")
