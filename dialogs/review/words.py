"""Words that the whole review shares: what a remark is about, when something was, why a decision comes too late."""

from dialogs.access.permissions import State
from dialogs.localtime import said_day
from dialogs.review.dossier import Dossier, said_by
from dialogs.scene import Scene
from dialogs.store.remarks import Remark
from scoring.form import Form

STATES = {
    State.OPEN: "正在填报",
    State.SUBMITTED: "等待审核",
    State.RETURNED: "已退回，正在改",
    State.APPROVED: "审核通过，已锁定",
}


def about(form: Form, kind: str, place: str) -> str:
    """What a remark is about: 第 3 题 在职人数, 指标 在职人员控制率; empty for the filing as a whole, and for what is no more."""
    if kind == "item" and place in form.items:
        return f"第 {form.numbers[place]} 题 {form.items[place].label}"
    if kind == "indicator":
        name = next((p.indicator.name for p in form.indicators if p.indicator.id == place), "")
        return f"指标 {name}" if name else ""
    return ""


def where(scene: Scene, remark: Remark) -> str:
    """What a remark is about, in a list."""
    return about(scene.sheet, remark.about, remark.place) or "整份"


def too_late(state: State | None, found: Dossier, zone: str) -> str:
    """Why a filing cannot be returned or approved in this state; empty when it can."""
    present = found.present
    who = said_by(present.reviewer_name, "审核人") if present is not None else "审核人"
    when = said_day(present.decided_at, zone) if present is not None and present.decided_at else ""
    by = f"{when}由{who}" if when else ""
    match state:
        case State.SUBMITTED:
            return ""
        case State.APPROVED:
            return f"这份{by}审核通过了，已经锁定，没有再动。"
        case State.RETURNED:
            return f"这份{by}退回了，等填报人改好再提交，没有再动。"
    return "这份还没有提交（或者已经撤回），现在不能审核，没有动。"


OWN = "这份是你自己提交的，要由别人来审核，没有动。"
