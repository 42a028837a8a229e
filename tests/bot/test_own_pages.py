"""A county that keeps personal data out of the messenger must have pages of its own, or `ziping serve` does not begin."""

import pytest

from bot.commands.serve import own_pages
from bot.settings import Settings
from scoring.errors import ZipingError


def chosen(**values: str) -> Settings:
    return Settings(_env_file=None, **values)


def test_without_the_setting_there_are_none() -> None:
    assert own_pages(chosen(own_url="https://zp.example.gov.cn", listen="127.0.0.1:8080")) == ""


def test_with_the_setting_they_have_an_address() -> None:
    set_so = chosen(telegram_personal_data="off", own_url="https://zp.example.gov.cn/zp", listen="127.0.0.1:8080")
    assert own_pages(set_so) == "https://zp.example.gov.cn/zp"


@pytest.mark.parametrize(
    "values",
    [{}, {"own_url": "https://zp.example.gov.cn"}, {"listen": "127.0.0.1:8080"}, {"listen": "127.0.0.1:8080", "own_url": "zp"}],
)
def test_nothing_begins_where_there_is_nowhere_to_go(values: dict[str, str]) -> None:
    with pytest.raises(ZipingError, match="还要设置 LISTEN"):
        own_pages(chosen(telegram_personal_data="off", **values))
