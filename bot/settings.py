"""Settings from the environment and `.env`. Secrets have no defaults and never appear in a repr."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from scoring.errors import ZipingError


class Settings(BaseSettings):
    """Every name can be set as an environment variable in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = "sqlite:///ziping.db"
    forms: str = "hecheng-2020"  # forms on offer, separated by commas; a pack alone: all its forms
    packs: str = ""  # further folders of packs, separated by colons
    zone: str = "Asia/Shanghai"
    joining: Literal["invited", "open"] = "invited"  # open: a stranger may make a unit of their own
    telegram_token: SecretStr = SecretStr("")
    telegram_api_base: str = ""  # a local Bot API server; empty: Telegram's own
    telegram_proxy: str = ""  # e.g. socks5://127.0.0.1:1080; HTTPS_PROXY works too
    messages_per_second: float = Field(default=25, gt=0)  # over all chats; Telegram's own servers allow about 30
    messages_per_chat: float = Field(default=1, gt=0)  # a second, after a short burst
    receiving: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""  # where Telegram finds this office's webhook: https://…
    webhook_secret: SecretStr = SecretStr("")  # what Telegram proves itself with
    listen: str = ""  # address of the HTTP server, e.g. 127.0.0.1:8080; empty: none
    metrics_listen: str = ""  # address of /metrics, for those who watch only; empty: none
    own_url: str = ""  # where people find the office's own pages: https://…
    telegram_personal_data: Literal["on", "off"] = "on"  # off: no personal fields and no files through Telegram
    log_level: str = "INFO"

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as e:
            raise ValueError("no such time zone") from e
        return zone

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must not be read in a log, as it is set and as it stands in addresses."""
        password = urlsplit(self.database_url).password or ""
        proxied = urlsplit(self.telegram_proxy).password or ""
        plain = (self.telegram_token.get_secret_value(), self.webhook_secret.get_secret_value(), password, proxied)
        return tuple(dict.fromkeys(s for secret in plain if secret for s in (secret, unquote(secret))))

    @property
    def form_ids(self) -> tuple[str, ...]:
        return tuple(f.strip() for f in self.forms.split(",") if f.strip())

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        return tuple(Path(p) for p in self.packs.split(":") if p)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises ZipingError naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as e:
        names = "、".join(str(error["loc"][0]).upper() for error in e.errors())
        raise ZipingError(f"设置有误，请检查环境变量或 .env：{names}") from e
