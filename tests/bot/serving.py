"""`ziping serve` as a process of its own against the Bot API server of the tests; it can be killed at any moment."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.botapi import BotApiServer

SECRET = "webhook-secret-of-the-tests-0001"
ROOT = Path(__file__).parents[2]


def free_address() -> str:
    """An address nobody listens at just now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{s.getsockname()[1]}"


class Serving:
    """One serving process at a time over the same database."""

    def __init__(
        self,
        server: BotApiServer,
        folder: Path,
        forms: str = "hecheng-2020/department",
        joining: str = "open",
        zone: str = "Asia/Shanghai",
        packs: Path | None = None,
        webhook: bool = False,
    ) -> None:
        self.webhook = webhook
        self.listen, self.metrics_listen = free_address(), free_address()
        self.packs = packs
        self.joining = joining
        self.forms = forms
        self.zone = zone
        self.server = server
        self.folder = folder
        self.log = folder / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Serving":
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()

    @property
    def webhook_url(self) -> str:
        return f"http://{self.listen}/telegram/hook"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the process, and of a command line beside it."""
        pushed = {"RECEIVING": "webhook", "WEBHOOK_URL": self.webhook_url, "WEBHOOK_SECRET": SECRET, "LISTEN": self.listen}
        return (pushed | {"METRICS_LISTEN": self.metrics_listen} if self.webhook else {}) | {
            "TELEGRAM_TOKEN": self.server.token,
            "TELEGRAM_API_BASE": self.server.url,
            "DATABASE_URL": f"sqlite:///{self.folder}/ziping.db",
            "FORMS": self.forms,
            "JOINING": self.joining,
            "ZONE": self.zone,
            "PACKS": str(self.packs or ""),
            "MESSAGES_PER_CHAT": "1000",  # nobody types as fast as a test
            "MESSAGES_PER_SECOND": "1000",
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        environment = os.environ | self.environment
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=self.folder, env=environment, stderr=log)

    def kill(self) -> None:
        """kill -9."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """A polite stop; the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def restart(self) -> None:
        self.kill()
        self.start()
