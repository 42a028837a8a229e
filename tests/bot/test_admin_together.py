"""`ziping admin handover | history`: who takes over from whom, and every change of a unit's answers."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import settings
from dialogs.store import journal, members, people
from dialogs.store.engine import open_store, upgrade, writing
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs
from tests.dialogs.together.notices import told

Out = pytest.CaptureFixture[str]


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    url = f"sqlite:///{tmp_path}/ziping.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    upgrade(url)
    return County(open_store(url), tiny_packs(tmp_path / "packs"))


def run(*words: str) -> int:
    return main(["admin", *words])


def test_somebody_takes_over_from_somebody_else(county: County, capsys: Out) -> None:
    unit = county.unit("民政局")
    county.filler(unit, "李会计")
    after = county.filler(unit, "王会计")
    county.filler(county.unit("教育局"), "赵会计")
    county.filing(unit)
    assert run("handover", "民政局", "李会计", "赵会计") == 2
    assert "赵会计不是民政局的填报人" in capsys.readouterr().err
    assert run("handover", "民政局", "李会计", "李会计") == 2
    assert "同一个" in capsys.readouterr().err
    assert run("handover", "民政局", "李会计", "王会计", "--leave") == 0
    assert "交接好了：民政局，李会计 → 王会计" in capsys.readouterr().out
    with writing(county.office.engine) as c:
        assert {m.name for m in members.members_of(c, unit)} == {"王会计"}
        acts = [x.act for x in journal.of_person(c, people.console(c, 0, county.office.new_id))]
    assert acts[-1] == "handed over"
    assert any("李会计把民政局的工作交给了你" in said for said in told(after))


def test_the_history_of_a_unit_is_printed_and_given_as_data(county: County, capsys: Out) -> None:
    unit = county.unit("民政局")
    one = county.filler(unit, "李会计")
    county.filing(unit)
    assert run("history", "民政局") == 0
    assert "还没有填过" in capsys.readouterr().out
    one.says("/start").says("1").says("37").says("第1题").says("40").taps("确认")
    assert run("history", "民政局") == 0
    assert "编制数：37 人 → 40 人" in capsys.readouterr().out
    assert run("history", "民政局", "--json", "--year", "2020") == 0
    (filing,) = json.loads(capsys.readouterr().out)
    assert [(x["act"], x["new"], x["person"]) for x in filing["history"]] == [
        ("填写", "37 人", "李会计"),
        ("修改", "40 人", "李会计"),
    ]
    assert run("history", "没有的单位") == 2
    assert "没有找到" in capsys.readouterr().err
