"""`ziping admin forget PERSON`: remove what is held about somebody, and say what stays and why."""

import sys
from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.persons import person_named
from dialogs.access.forgetting import forget
from dialogs.store.purging import purge


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("forget", help="注销一个人：能删的都删掉，说明要留下的是什么、为什么")
    parser.add_argument("person", metavar="PERSON", help="姓名或编号")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Forget, then rewrite the database so that the old bytes are gone. 1 when that has to be tried again."""
    with desk.doing() as doing:
        done = forget(doing, person_named(doing.c, arguments.person))
    clean = purge(desk.office.engine)
    if arguments.json:
        removed = [{"what": what, "rows": count} for what, count in done.removed]
        kept = [{"what": what, "rows": count, "why": why} for what, count, why in done.kept]
        print(as_json({"person": done.person, "removed": removed, "kept": kept, "old_bytes_gone": clean}))
        return 0 if clean else 1
    print(f"{'以前已经' if done.again else '已'}注销（{done.person}）。姓名、联系方式和设置都没有了；再来就是一个新的人。")
    for what, count in done.removed:
        print(f"  删掉或清空　{what}：{count} 条")
    for what, count, why in done.kept:
        print(f"  留下　{what}：{count} 条——{why}")
    print("以前的备份里还有这个人，请按备份的保存期限清理；对方手机上的聊天记录要由本人删除。")
    if not clean:
        print("数据库正在使用，旧字节还没有擦净：停下服务后把这条命令再运行一次。", file=sys.stderr)
    return 0 if clean else 1
