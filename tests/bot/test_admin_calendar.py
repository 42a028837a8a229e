"""`ziping admin open-year` and `calendar`: what they print, what they refuse, and that nothing is half done."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import settings
from dialogs.store import counties
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.tables import deadlines, filings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with a county of three units, on a day in March 2026."""
    url = f"sqlite:///{tmp_path}/store.db"
    upgrade(url)
    engine = open_store(url)
    with writing(engine) as c:
        counties.add_county(c, "c1", "青山县", 1)
        rows = [("u1", "卫生健康局", "001", "部门"), ("u2", "民政局", "002", "部门"), ("u3", "城关镇人民政府", "101", "乡镇")]
        counties.add_units(c, "c1", rows, 1)
    engine.dispose()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FORMS", "qingshan-2025")
    monkeypatch.setattr("bot.storeclock.StoreClock.now", lambda _: 1_774_404_000)  # 2026-03-25 10:00 in Shanghai
    settings.cache_clear()
    return url


@pytest.fixture
def run(url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `ziping admin …`: exit code, what it printed, and what it complained of."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["admin", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def count(url: str) -> tuple[int, int]:
    engine = open_store(url)
    with reading(engine) as c:
        found = tuple(len(c.execute(t.select()).all()) for t in (filings, deadlines))
    engine.dispose()
    return found[0], found[1]


def test_a_year_is_opened(run: Run, url: str, tmp_path: Path) -> None:
    code, out, _ = run("open-year", "qingshan-2025", "--dry-run")
    assert (code, count(url)) == (0, (0, 0))
    assert "2025年度，3 个单位：会新开 3 份，原来就有 0 份。" in out
    assert "还没有填报人的单位 3 个：卫生健康局、民政局、城关镇人民政府" in out
    assert "新开 3 份" in run("open-year", "qingshan-2025")[1]
    assert "新开 0 份，原来就有 3 份" in run("open-year", "qingshan-2025")[1]
    listed = tmp_path / "项目.csv"
    listed.write_text("单位,项目\n卫生健康局,村医补助\n101,路灯改造\n", encoding="gbk")
    data = json.loads(run("open-year", "qingshan-2025/project", "--projects", str(listed), "--json")[1])
    assert [(w["code"], w["project"]) for w in data["new"]] == [("001", "村医补助"), ("101", "路灯改造")]
    assert count(url) == (5, 0)


def test_a_list_with_mistakes_opens_nothing(run: Run, url: str, tmp_path: Path) -> None:
    listed = tmp_path / "项目.csv"
    listed.write_text("卫生健康局,村医补助\n水利局,水库\n民政局\n", encoding="utf-8")
    code, _, err = run("open-year", "qingshan-2025/project", "--projects", str(listed))
    assert (code, count(url)) == (2, (0, 0))
    assert "第 2 行：没有叫“水利局”的单位；第 3 行只有“民政局”，要有单位和项目两样" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("open-year", "nowhere"), "没有 nowhere 这套表"),
        (("open-year", "qingshan-2025", "--county", "别县"), "没有叫“别县”的区县"),
        (("open-year", "qingshan-2025", "--units", "甲,002"), "没有找到：甲"),
        (("open-year", "qingshan-2025", "--year", "1990"), "2000–2100"),
        (("open-year", "qingshan-2025", "example"), "请用 --year"),
        (("open-year", "qingshan-2025", "--projects", "none.csv"), "读不了 none.csv"),
        (("calendar", "set", "department"), "请写明新的日子"),
        (("calendar", "set", "--due", "4月10日"), "请写明哪张表"),
        (("calendar", "set", "other", "--due", "4月10日", "--reason", "x"), "没有 other 这张表"),
        (("calendar", "set", "department", "--due", "4月10日"), "要写一句原因"),
        (("calendar", "set", "department", "--due", "3月1日", "--reason", "x"), "已经过去了"),
        (("calendar", "set", "department", "--due", "1990-01-01", "--reason", "x"), "1992 年以前"),
        (("calendar", "set", "department", "--due", "哪天", "--reason", "x"), "没看懂是哪一天"),
        (("calendar", "extend", "卫生", "--due", "+3天", "--reason", "x"), "是不是：卫生健康局"),
        (("calendar", "extend", "001", "--due", "+3天", "--reason", "x"), "没有还没交的表"),
        (("calendar", "extend", "--due", "+3天", "--reason", "x"), "请写明一个单位"),
        (("calendar", "extend", "--filing", "gone", "--due", "+3天", "--reason", "x"), "没有这份填报"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, url: str, words: tuple[str, ...], says: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert count(url) == (0, 0)


def test_dates_are_shown_moved_and_taken_back(run: Run, url: str) -> None:
    run("open-year", "qingshan-2025")
    assert "3月31日（星期二）截止，4月30日（星期四）审核完" in run("calendar")[1]
    out = run("calendar", "set", "department", "--due", "4月10日", "--reason", "系统培训推迟")[1]
    assert "截止日 3月31日（星期二） → 4月10日（星期五）" in out
    assert "涉及 3 份填报" in out
    assert "→ 4月15日（星期三）" in run("calendar", "extend", "001", "--due", "+3个工作日", "--reason", "人手少")[1]
    data = json.loads(run("calendar", "--json")[1])
    assert data["own"] == [
        {
            "unit": "卫生健康局",
            "form": "qingshan-2025/department",
            "project": "",
            "filing": "",
            "due": "2026-04-15",
            "reason": "人手少",
        }
    ]
    assert {f["form"]: f["due"] for f in data["forms"]}["qingshan-2025/department"] == "2026-04-10"
    moved = json.loads(run("calendar", "extend", "001", "--due", "none", "--reason", "不用了", "--json")[1])
    assert [one["after"]["due"] for one in moved["moved"]] == ["2026-04-10"]
    assert "单独定的" not in run("calendar")[1]
    assert count(url) == (3, 3)


def test_a_project_gets_more_time(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "p.csv"
    listed.write_text("001,村医补助\n001,疫苗冷链\n", encoding="utf-8")
    run("open-year", "qingshan-2025/project", "--projects", str(listed))
    run("calendar", "extend", "001", "--project", "疫苗冷链", "--due", "2026-04-20", "--reason", "设备没到")
    assert "单独定的　卫生健康局 · 项目支出绩效自评表 · 疫苗冷链：4月20日（星期一）截止　设备没到" in run("calendar")[1]
