"""The command line `ziping`: reads the words, imports only what the command needs, prints no traceback."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

USAGE, FOUND, DONE = 2, 1, 0


def parser() -> argparse.ArgumentParser:
    """All commands. Each names the module of bot/commands/ that carries it out."""
    top = argparse.ArgumentParser(prog="ziping", description="自评助手：陪填绩效自评表，算分、核对、出 Word")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")

    def add(name: str, help_: str, *, packs: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_)
        if packs:
            sub.add_argument("--packs", type=Path, action="append", default=[], metavar="DIR", help="再加一个放套表的文件夹")
        return sub

    demo = add("demo", "放一遍完整的填报对话，把 Word 写到文件夹")
    demo.add_argument("--out", type=Path, default=Path("out"), metavar="DIR")
    chat = add("chat", "在终端里填报")
    chat.add_argument("--unit", metavar="NAME", help="单位全称")
    chat.add_argument("--project", default="", metavar="NAME", help="项目名称（按项目填的表）")
    chat.add_argument("--year", type=int, metavar="Y", help="评价年度")
    chat.add_argument("--form", metavar="F", help="套表/表，例如 hecheng-2020/department")
    chat.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="文件写到哪里")
    add("serve", "在 Telegram 上运行")
    db = add("db", "数据库：upgrade 升级，backup 备份，copy 搬到别的库，verify 核对", packs=False)
    db.add_argument("action", choices=("upgrade", "backup", "copy", "verify"))
    db.add_argument("places", nargs="*", metavar="PLACE", help="backup：文件或文件夹；copy：从哪里 到哪里；verify：和哪里比")
    db.add_argument("--keep", type=int, metavar="DAYS", help="backup 到文件夹：删掉这么多天以前的备份")
    db.add_argument("--alone", action="store_true", help="verify：只看 PLACE 自己，不和现用的库比")
    db.add_argument("--json", action="store_true", help="verify：结果写成 JSON")
    db.add_argument(
        "--head", action="append", default=[], metavar="N:HASH", help="verify：别处记下的链头（日志里 audit head 后面）"
    )
    forms = add("forms", "套表：list、show、lint、blank、test；改版：diff、upgrade；编辑器用的：schema")
    actions = ("list", "show", "lint", "blank", "test", "diff", "upgrade", "schema")
    forms.add_argument("action", choices=actions, nargs="?", default="list")
    forms.add_argument("names", nargs="*", metavar="FORM|DIR|ANSWERS")
    forms.add_argument("--rules", action="store_true", help="show：连评分标准一起，给审核人看")
    forms.add_argument("--answers", type=Path, metavar="FILE", help="diff：照这份答案，看谁的得分变了")
    forms.add_argument("--out", type=Path, metavar="DIR", help="schema：写到哪里")
    for name, help_ in (("score", "按答案文件算分"), ("check", "核对答案文件的勾稽关系")):
        sub = add(name, help_)
        sub.add_argument("form", metavar="FORM")
        sub.add_argument("answers", type=Path, metavar="ANSWERS")
        sub.add_argument("--json", action="store_true")
    add("admin", "财政局的事：县、单位、人员、日程、进度、汇总（ziping admin -h）", packs=False)
    draft = add("draft", "按答案文件出 Word")
    draft.add_argument("form", metavar="FORM")
    draft.add_argument("answers", type=Path, metavar="ANSWERS")
    draft.add_argument("--out", type=Path, required=True, metavar="DIR")
    draft.add_argument("--unit", default="", metavar="NAME", help="单位全称")
    draft.add_argument("--zip", action="store_true", help="单独的文件打成一个 zip 包")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 findings or lint errors, 2 bad usage or input with one sentence on stderr."""
    words = sys.argv[1:] if argv is None else list(argv)
    behind = words[1:] if words[:1] == ["admin"] else []  # many topics: they have a parser of their own
    arguments = parser().parse_args(words[: len(words) - len(behind)])
    arguments.behind = behind
    from scoring.errors import ZipingError

    module = import_module(f"bot.commands.{arguments.command}")
    try:
        return int(module.run(arguments))
    except ZipingError as e:
        print(str(e), file=sys.stderr)  # noqa: T201
        return USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return USAGE
    except KeyboardInterrupt:
        return DONE


if __name__ == "__main__":
    sys.exit(main())
