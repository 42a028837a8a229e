"""What a county's own templates make is made apart: the same bytes, nothing of the program's to be had, and it goes on after anything."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.form import Form
from scoring.loading import load
from templates.apart import asking
from templates.drafting import BadReport, draft, draft_here, environment

HECHENG = load("hecheng-2020/department")
APART = replace(HECHENG, sources={**HECHENG.sources, "department/own.j2": "{{ 段('一段') }}"})
DOCUMENTS = "documents:\n  - {id: report, title: 报告, template: own.j2}\n"


def own(template: str) -> Form:
    """The example's form with a template of the county's own."""
    from scoring.packs.compiling import compile_form

    example = load("example/basic")
    return compile_form("example/basic", {**example.sources, "basic/documents.yaml": DOCUMENTS, "basic/own.j2": template})


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> asking.Workshop:
    """One that nobody else uses."""
    made = asking.Workshop()
    monkeypatch.setattr(asking, "_WORKSHOP", made)
    return made


@pytest.mark.parametrize("document", ["report", "complete"])
def test_made_apart_it_is_the_same_bytes(document: str) -> None:
    here = draft_here(HECHENG, {}, document, "某单位", None, "", (), None, ())
    assert draft(APART, {}, document, unit="某单位") == here


def test_the_house_makes_its_own_in_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "make", pytest.fail)
    assert draft(HECHENG, {}, "report", unit="某单位").content


def test_it_inherits_neither_the_environment_nor_an_open_file(workshop: asking.Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:secret")
    with Path(os.devnull).open() as held:
        os.set_inheritable(held.fileno(), True)
        draft(own("{{ 段('一') }}"), {}, "report", unit="某单位")
        assert workshop._process is not None
        there = Path(f"/proc/{workshop._process.pid}")
        assert b"secret" not in (there / "environ").read_bytes()
        assert {handle.name for handle in (there / "fd").iterdir()} <= {"0", "1", "2", "3", "4"}
    workshop.end()


def test_killed_it_is_started_again(workshop: asking.Workshop) -> None:
    form = own("{{ 段('一') }}")
    before = draft(form, {}, "report", unit="某单位")
    assert workshop._process is not None
    os.kill(workshop._process.pid, signal.SIGKILL)
    workshop._process.wait()
    assert draft(form, {}, "report", unit="某单位") == before
    workshop.end()


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "太久"),
        ("{{ 'a' * 10**10 }}", "内存"),
        ("{{ 10**(10**9) }}", "太久"),
        ("{{ 值.__globals__ }}", "unsafe"),
        ("{% include 'skeleton.docx' %}", "skeleton"),
        ("{% include 'a\0b.j2' %}", "own.j2"),
    ],
)
def test_who_wrote_the_template_is_told(template: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LIMITS", asking.Limits(seconds=1))
    with pytest.raises(BadReport, match=told):
        draft(own(template), {}, "report", unit="某单位")
    assert draft(own("{{ 段('一') }}"), {}, "report", unit="某单位").content  # and the next one is made as ever


def test_only_reports_are_templates() -> None:
    names = environment(()).list_templates()
    assert "skeleton.docx" in names  # it lies beside them, and is none
    with pytest.raises(Exception, match="skeleton"):
        environment(()).get_template("skeleton.docx")
