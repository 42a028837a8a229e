"""`ziping db upgrade | backup PLACE | copy FROM TO | verify [OTHER]`: the store brought to this version, copied, looked over."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import settings
from dialogs.store.addresses import address_of, file_of, must_be_there
from dialogs.store.backups import backup, backup_into, copy_to_file
from dialogs.store.copying import copy
from dialogs.store.engine import make_engine, open_store, upgrade
from dialogs.store.fingerprints import of_all
from scoring.errors import ZipingError

LATER = "提醒是暂停的，核对无误再运行 ziping admin resume。"


def run(arguments: Namespace) -> int:
    """Upgrade, back up, copy or verify."""
    places = list(arguments.places)
    match arguments.action:
        case "upgrade":
            upgrade(settings().database_url)
            print("数据库已是最新版本。")
        case "backup":
            if len(places) != 1:
                raise ZipingError("请写明备份到哪个文件（或文件夹），例如：ziping db backup 备份.db")
            _back_up(Path(places[0]), arguments.keep)
        case "copy":
            if len(places) != 2:
                raise ZipingError("请写明从哪里复制到哪里，例如：ziping db copy sqlite:///ziping.db postgresql://用户@主机/库名")
            _copy(*places)
        case "verify":
            from bot.commands.db_verifying import verify  # reads forms, which nothing else here needs

            if len(places) > 1:
                raise ZipingError("verify 最多写一个地址：和哪个库（或备份文件）比。")
            return verify(places[0] if places else "", alone=arguments.alone, as_json=arguments.json, heads=arguments.head)
    return 0


def _back_up(place: Path, keep: int | None) -> None:
    if keep is not None and (keep < 1 or not place.is_dir()):
        raise ZipingError("--keep 是备份文件夹里保留多少天，至少 1；请写一个已有的文件夹。")
    must_be_there(settings().database_url)
    engine = make_engine(settings().database_url)  # whatever its schema: a backup is wanted most before an upgrade
    gone = 0
    try:
        if place.is_dir():
            place, gone = backup_into(engine, place, datetime.now(ZoneInfo(settings().zone)), keep)
        else:
            backup(engine, place)
    finally:
        engine.dispose()
    print(f"已备份到 {place}，校验无误。恢复后{LATER}")
    if gone:
        print(f"过期的 {gone} 份备份已删除。")


def _copy(source: str, target: str) -> None:
    must_be_there(source)
    old = open_store(address_of(source), looking=True)
    try:
        path = file_of(target)
        if path is not None:
            copied = copy_to_file(old, path)
        else:
            upgrade(address_of(target))
            new = make_engine(address_of(target))
            try:
                copied = copy(old, new)
            finally:
                new.dispose()
    finally:
        old.dispose()
    print(f"已复制 {of_all(copied).rows} 行，逐表核对一致（总校验码 {of_all(copied).hash[:16]}）。")
    print(f"新库的{LATER}")
