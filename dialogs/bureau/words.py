"""What an administrator types instead of looking for the button: 进度, 谁没交, 导入, 汇总.

Only for somebody who looks after exactly one county, and not while they fill in a form or review one, where 进度 means something else.
Not here: the pages.
"""

from collections.abc import Mapping

from dialogs import rooms
from dialogs.bureau import menu
from dialogs.conversation import Screen
from dialogs.rooms import Entry
from dialogs.scene import Outcome, Scene
from dialogs.small_talk import Meant, meant
from dialogs.store import overview
from templates import labels

WORDS: Mapping[str, str] = {
    **dict.fromkeys(("财政局", "菜单", "管理", labels.BUREAU_BACK), "bureau:{}"),
    **dict.fromkeys((labels.BUREAU_PROGRESS, "看进度", "全县进度", "进展"), "bu_progress:{}"),
    **dict.fromkeys(("谁没交", "没交的", "谁还没交", "没报的", "谁没报"), "bu_list:{}.*.open.0"),
    **dict.fromkeys(("谁没开始", "没开始", "没有开始"), "bu_list:{}.*.NEW.0"),
    **dict.fromkeys((labels.BUREAU_LATE, "谁逾期", "谁逾期了", "逾期的"), "bu_list:{}.*.late.0"),
    **dict.fromkeys((labels.BUREAU_STUCK, "谁停住了", "谁卡住了", "卡住的"), "bu_list:{}.*.stuck.0"),
    **dict.fromkeys((labels.BUREAU_IMPORT, "导入", "名单"), "bu_import:{}"),
    **dict.fromkeys((labels.BUREAU_SLIPS, "邀请单"), "bu_slips:{}"),
    **dict.fromkeys((labels.BUREAU_ANNOUNCE, "通知", "催办", "催一下"), "bu_announce:{}"),
    **dict.fromkeys((labels.BUREAU_ANOMALIES, "异常"), "bu_anomalies:{}"),
    **dict.fromkeys((labels.BUREAU_SUMMARY, "汇总", "排名"), "bu_summary:{}"),
    **dict.fromkeys((labels.BUREAU_DOCUMENTS, "全部文件", "打包"), "bu_documents:{}"),
    **dict.fromkeys((labels.BUREAU_PUBLISH, "公开"), "bu_publish:{}"),
    **dict.fromkeys((labels.BUREAU_RETURN, "退回"), "bu_return:{}"),
    **dict.fromkeys((labels.OPEN_YEAR, "开年", "开表"), "cal_open:{}"),
    **dict.fromkeys((labels.CALENDAR, "改日期", "延期"), "cal_county:{}"),
    **dict.fromkeys((labels.BUREAU_PEOPLE, "单位", "人员"), "members:{}"),
}
ANY_YEAR = (
    "bureau",
    "bu_import",
    "bu_slips",
    "bu_announce",
    "cal_open",
    "cal_county",
    "members",
)  # make sense before a year is open


def overhears(scene: Scene, text: str) -> Outcome | None:
    """The page of a word, through the same gate as its button; None where the word is for somebody else."""
    wish = WORDS.get(text.rstrip("？?。！!呢了吗 "), WORDS.get(text))
    filling = scene.form is not None and scene.hat not in menu.OFFICE
    if wish is None or filling or text in scene.conversation.labels or _wanted(scene):
        return None
    held = menu.held(scene)
    if len(held) != 1:
        return None
    name, _, argument = wish.partition(":")
    years = scene.world.read(overview.years, held[0])
    dated = name.startswith("bu_") and bool(years)
    here = f"c.{held[0]}.{years[0]}" if dated else f"c.{held[0]}"
    if not years and name not in ANY_YEAR:
        return menu.menu(scene, here)
    argument = argument.format(here)
    entry: Entry = rooms.actions()[name]
    return entry.handler(scene, argument) if scene.may(entry.needs, entry.place(scene, argument)) else None


def _wanted(scene: Scene) -> bool:
    """Whether the screen waits for typed text of its own: 延期 may be the reason that was asked for."""
    screen, step = scene.conversation.screen, scene.conversation.pending.get("step")
    return screen in rooms.hears() and screen is not Screen.IMPORTING and (screen, step) != (Screen.CALENDAR, "page")


def answer_to_preview(text: str) -> int | None:
    """Which button of a preview is meant by typed words: the first does it, the last takes it back; None for a new text."""
    said, bare = meant(text), text.strip("。！! ")
    if said is Meant.AGREED or bare in ("确认", "发", "发吧", "发送", "就这样发", "退", "退吧", "退回"):
        return 0
    return -1 if said is Meant.REFUSED else None
