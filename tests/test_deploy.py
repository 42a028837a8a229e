"""What is deployed is what the program knows: settings, commands, figures and files that are named in deploy/ are there."""

import ast
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import bot.web.metrics
from bot.__main__ import parser
from bot.counting import REGISTRY
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
OF_POSTGRESQL = {"PGPASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"}
OF_PYTHON = {"XDG_CACHE_HOME", "PATH", "PYTHONUNBUFFERED"}
KNOWN = {name.upper() for name in Settings.model_fields} | OF_POSTGRESQL | OF_PYTHON
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted(DEPLOY.glob("ziping*.service")) + sorted(DEPLOY.glob("*.timer"))


def set_in(text: str) -> dict[str, str]:
    """NAME=value lines of a file of settings."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_example_of_settings_names_real_ones_and_no_secret() -> None:
    settings = set_in((DEPLOY / "ziping.env").read_text(encoding="utf-8"))
    assert settings.keys() <= KNOWN
    assert not settings["TELEGRAM_TOKEN"]
    assert not settings["PGPASSWORD"]
    assert ":" not in settings["DATABASE_URL"].partition("://")[2].partition("@")[0]


def test_compose_has_a_database_and_two_workers_that_differ_in_nothing() -> None:
    services = COMPOSE["services"]
    assert services["worker1"] == services["worker2"]
    assert services["worker1"]["command"] == ["serve"]
    assert services["worker1"]["depends_on"]["upgrade"]["condition"] == "service_completed_successfully"
    assert services["upgrade"]["command"] == ["db", "upgrade"]
    assert services["upgrade"]["restart"] == "on-failure"
    assert set(COMPOSE["volumes"]) == {v.partition(":")[0] for s in services.values() for v in s.get("volumes", ())}
    for name, service in services.items():
        assert service["environment"].keys() <= KNOWN, name
        assert "ports" not in service, f"{name} is reached from outside"
        for value in service["environment"].values():
            assert "PASSWORD" not in value or value.endswith(":?}"), f"{name} starts without its password"
    assert int(services["worker1"]["stop_grace_period"].removesuffix("s")) > 10


def commands() -> dict[str, list[str]]:
    """Every command of ours that a unit or a container runs."""
    found = {f"compose {name}": s["command"] for name, s in COMPOSE["services"].items() if name != "db" and s["command"]}
    found["compose backup"] = shlex.split(COMPOSE["services"]["backup"]["entrypoint"][2].split("ziping ")[1].split(";")[0])
    for unit in DEPLOY.glob("*.service"):
        (line,) = re.findall(r"^ExecStart=/opt/ziping/bin/ziping (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        found[unit.name] = shlex.split(line)
    found["container"] = ["serve"]
    return found


@pytest.mark.parametrize("where", commands())
def test_every_command_is_one_of_the_program(where: str) -> None:
    parser().parse_args(commands()[where])


def test_units_set_only_what_the_program_knows() -> None:
    for unit in UNITS:
        for line in re.findall(r"^Environment=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            assert {pair.partition("=")[0] for pair in line.split()} <= KNOWN, unit.name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    paths = []
    program = tmp_path / "ziping"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    for unit in UNITS:
        path = tmp_path / unit.name.replace("@", "@1")
        path.write_text(unit.read_text(encoding="utf-8").replace("/opt/ziping/bin/ziping", str(program)), encoding="utf-8")
        paths.append(str(path))
    told = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert str(tmp_path) not in told.stderr, told.stderr


def test_the_container_file_copies_what_is_there_and_runs_as_nobody() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name
    assert {room for room in ("scoring", "templates", "dialogs", "bot") if f"COPY {room} {room}" in text} == {
        path.name for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name not in ("tests", "deploy")
    }
    final = text.rpartition("FROM ")[2]
    assert re.search(r"^USER (?!root)\w+$", final, re.MULTILINE)
    assert final.index("USER ") < final.index("ENTRYPOINT ")


def figures() -> set[str]:
    """The names of everything that /metrics may tell."""
    counted = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    counted |= {f"{family.name}_total" for family in REGISTRY.collect() if family.type == "counter"}
    tree = ast.parse(Path(bot.web.metrics.__file__).read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return counted | {word for word in words if re.fullmatch(r"ziping_[a-z_]+", word)}


def alarms() -> list[dict[str, str]]:
    groups = yaml.safe_load((DEPLOY / "alarms.yaml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_alarm_asks_for_figures_there_are() -> None:
    there = figures()
    for alarm in alarms():
        asked = set(re.findall(r"\bziping_[a-z_]+", alarm["expr"]))
        assert asked <= there, f"{alarm['alert']} asks for {asked - there}"
        assert alarm["annotations"]["summary"]
    assert "ziping_no_such_thing" not in there


def test_every_alarm_is_explained() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [alarm["alert"] for alarm in alarms() if f"`{alarm['alert']}`" not in page] == []


def told() -> list[str]:
    """Every command `ziping …` in the page about operations, in blocks and between words."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    found = [hit[1] for block in blocks for line in block.splitlines() if (hit := OURS.match(line.split(" #")[0]))]
    return found + re.findall(r"(?<!`)`ziping ([^`]+)`(?!`)", page)


OURS = re.compile(r"(?:[A-Z_]+=\S+ )*ziping (\w.*)$")


def test_every_command_of_the_page_about_operations_is_one() -> None:
    from bot.commands.admin import parser as admin

    assert len(told()) > 20
    for line in told():
        words = shlex.split(line.replace("…", "x"))
        if words[0] == "admin":
            admin().parse_args(words[1:])
        else:
            parser().parse_args(words)


def test_every_setting_is_told_in_the_readme_or_the_page_about_operations() -> None:
    pages = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/operations.md"))
    assert [name.upper() for name in Settings.model_fields if f"`{name.upper()}" not in pages] == []
