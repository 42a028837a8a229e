"""`ziping db upgrade | backup FILE`: bring the database to this version; copy it while it is in use."""

from argparse import Namespace

from bot.settings import settings
from dialogs.store.engine import backup, open_store, upgrade
from scoring.errors import ZipingError


def run(arguments: Namespace) -> int:
    """Upgrade, or back up and verify."""
    url = settings().database_url
    if arguments.action == "upgrade":
        upgrade(url)
        print("数据库已是最新版本。")
        return 0
    if arguments.file is None:
        raise ZipingError("请写明备份到哪个文件，例如：ziping db backup 备份.db")
    backup(open_store(url), arguments.file)
    print(f"已备份到 {arguments.file}，校验无误。恢复后提醒是暂停的，核对无误再运行 ziping admin resume。")
    return 0
