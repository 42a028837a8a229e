"""S17: what the program is made of is named, pinned and hashed; no secret lies in the repository; no test needs the network."""

import re
import socket
import subprocess
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from deploy.locked import EVERYTHING, SERVING, Pin, Unpinned, read_lock
from deploy.sbom import bill

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(words: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", words, maxsplit=1)[0]).lower()


def missing(asked: list[str], pins: dict[str, Pin]) -> list[str]:
    """What is asked for, directly or by what is asked for, and not in the lock in the version that is installed."""
    found, waiting, seen = [], [named(words) for words in asked], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        there = distribution(name)
        if name not in pins or pins[name].version != there.version:
            found.append(f"{name} {there.version}")
        waiting += [named(words) for words in there.requires or () if ";" not in words]
    return found


@pytest.mark.parametrize(
    ("lock", "extras"), [(EVERYTHING, ["postgres", "build", "dev"]), (SERVING, ["postgres", "build"])], ids=["all", "serving"]
)
def test_everything_asked_for_is_locked_in_the_version_that_is_installed(lock: Path, extras: list[str]) -> None:
    asked = PROJECT["dependencies"] + [words for extra in extras for words in PROJECT["optional-dependencies"][extra]]
    pins = read_lock(lock.read_text(encoding="utf-8"))
    assert missing(asked, pins) == []
    assert missing([*asked, "pip"], pins) != [], "an unlocked package goes unnoticed"


def test_the_two_locks_agree() -> None:
    serving, everything = (read_lock(lock.read_text(encoding="utf-8")) for lock in (SERVING, EVERYTHING))
    assert {name: pin for name, pin in everything.items() if name in serving} == serving


@pytest.mark.parametrize(
    "line",
    [
        "left-pad",
        "left-pad>=1.0 --hash=sha256:" + "0" * 64,
        "left-pad==1.0",
        "left-pad==1.0 --hash=md5:" + "0" * 32,
        "git+https://example.org/left-pad",
        "--extra-index-url https://example.org",
    ],
)
def test_a_line_that_is_not_pinned_and_hashed_is_noticed(line: str) -> None:
    with pytest.raises(Unpinned):
        read_lock(EVERYTHING.read_text(encoding="utf-8") + line + "\n")


def test_make_installs_only_what_has_its_hash() -> None:
    for name in ("Makefile", "deploy/Containerfile"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            beside = ".audit/" in line or line.endswith("install -q uv")  # tools that look at it, and no part of it
            if "pip install" in line and not beside:
                assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line, line


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    import json

    kept = json.loads((ROOT / "deploy" / "sbom.json").read_text(encoding="utf-8"))
    now = bill()
    assert kept["metadata"] == now["metadata"], "make sbom"
    assert [c["bom-ref"] for c in kept["components"]] == [c["bom-ref"] for c in now["components"]]
    assert all("licenses" in c for c in kept["components"])


SECRETS = {
    "a bot's token": re.compile(r"\b\d{8,12}:[A-Za-z0-9_-]{35}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\b"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@'\"{}<>]+:([^\s:/@'\"{}<>$*]{6,})@"),
    "a password in a setting": re.compile(r"(?m)^(?:TELEGRAM_TOKEN|WEBHOOK_SECRET|PGPASSWORD|POSTGRES_PASSWORD)=[^\s$…]{4,}$"),
}
INVENTED = {"geheim"}  # the password that tests look for in places where it must not be
TEXTS = {".py", ".md", ".yaml", ".toml", ".j2", ".lock", ".txt", ".sql", ".json", ".env", ".service", ".timer", ".c", ""}


def secrets(text: str) -> list[str]:
    """What in a text looks like a secret that could be used."""
    return [kind for kind, looks in SECRETS.items() for hit in looks.finditer(text) if not _invented(hit)]


def _invented(hit: re.Match[str]) -> bool:
    """An example is told from a secret by its few different letters, or by being the tests' own."""
    words = hit[1] if hit.re.groups else hit[0]
    return words in INVENTED or len(set(words.rpartition(":")[2])) < 12 or "example" in words.lower()


def test_no_secret_lies_in_the_repository() -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    found = {}
    for name in names:
        path = ROOT / name
        if name and path.suffix in TEXTS and path.is_file():
            there = secrets(path.read_text(encoding="utf-8", errors="replace"))
            found |= {name: there} if there else {}
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "token = '" + "7012345678" + ":AAH9s2kQvXbLmN4pRtYwZc6dEfGhJk1uOiP'",
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF",
        "postgresql://ziping:" + "Xk29fQmLpa7Tz@10.0.0.5/ziping",
        "PGPASSWORD=" + "Xk29fQmLpa7TzRw",
        "key: " + "AKIA" + "Q3R7T9WZ1XCV5BN2",
    ],
)
def test_a_planted_secret_is_noticed(planted: str) -> None:
    assert secrets(f"# settings\n{planted}\n")


def test_a_test_that_calls_somebody_outside_fails() -> None:
    with socket.socket() as line:
        line.settimeout(0.1)
        with pytest.raises(PermissionError, match=re.escape("192.0.2.1")):
            line.connect(("192.0.2.1", 443))
    with pytest.raises(PermissionError, match="telegram"):
        socket.getaddrinfo("api.telegram.org", 443)
