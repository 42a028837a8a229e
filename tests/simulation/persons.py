"""People of the town at random: fillers, reviewers, administrators, respondents and strangers, in a hurry and now and then in error.

They see their phone; which question it is that they read, the store tells. A third of what they do follows a purpose
(hand in, approve, return, join, answer a survey), so that seeds get somewhere. Not here: when they do it (world.py).
"""

import json
from typing import TYPE_CHECKING, Any

from templates import labels
from tests.dialogs.tiny import WHOLE
from tests.simulation.marks import LETTER, B, number_of
from tests.simulation.telegram import Phone, Shown
from tests.simulation.town import ADMINISTRATORS, FILLERS, REVIEWERS, STRANGERS

if TYPE_CHECKING:
    from tests.simulation.world import World

WORDS = (
    *(
        "提交",
        "撤销",
        "目录",
        "检查一遍",
        "跳过",
        "上一题",
        "说明",
        "换一张表",
        "/start",
        "/start",
        "历史",
        "分工",
        "佐证",
        "我的",
    ),
    *(
        "第1题",
        "第2题",
        "第4题",
        "第6题",
        "第20题",
        "确认",
        "好的",
        "约6177",
        "不适用",
        "谢谢",
        "退回清单",
        "撤回修改",
        "帮助",
        "🙂",
    ),
)
BUREAU = (
    "进度",
    "逾期",
    "日程",
    "待审核",
    "/start",
    "导入名单",
    "发通知",
    "异常清单",
    "单位和人员",
    "批量退回",
    "县里统一安排。",
)
REMARKS = ("请补材料。", "8 缺佐证", "1 7 缺佐证", "执行数和决算对不上。", "2", "1")
HANDING_IN = (labels.SUBMIT_NOW, labels.CONFIRM, labels.SUBMIT_AGAIN, labels.TAKE_MINE, labels.REMARK_DONE, labels.WITHDRAW_NOW)
DECIDING = (labels.APPROVE_NOW, labels.RETURN_NOW, labels.APPROVE, labels.RETURN, labels.GO_REVIEW)
FILES = (labels.DRAFT, labels.FINAL, labels.PAPERS, labels.PACKAGE, labels.SUMMARY, labels.SINGLES, "要表格", "要图")
MOST_FILES = 1  # taps on such a button in one seed: a document costs as much as fifty answers
NAMES = {"satisfied": "96", "problems": "文预算编制还不够细。", "results": "文已经完工。", "done": "97"}


class Persons:
    """`act`: one of them does something."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.chance = world.chance
        self.queries = 0
        self.files = 0
        self.others: list[str] = []  # tokens seen on any phone
        self.cast = self._cast()

    def _cast(self) -> tuple[int, ...]:
        """Who takes part in this seed: few enough to get somewhere, often colleagues of one unit."""
        chance = self.chance
        fillers = chance.choice(((11, 12), (13, 14), (11, 14), (13,), (12,)))
        judge = (23, 22, 32) if fillers[0] == 13 else (21, 21, 31)
        others = [p for p, often in ((31, 0.15), (33, 0.1), *((s, 0.1) for s in STRANGERS)) if chance.random() < often]
        return tuple(dict.fromkeys((*fillers, *fillers, chance.choice(judge), *others)))

    def act(self) -> None:
        chance = self.chance
        who = chance.choice(self.cast)
        phone = self.world.server.phones[who]
        if phone.blocked:
            if chance.random() < 0.3:
                self.comes_back(phone)
            return
        draw = chance.random()
        if phone.newest is None or draw < 0.04:
            self._says(phone, self._opening(who))
        elif draw < 0.48:
            self._pursues(who, phone)
        elif draw < 0.62:
            self._taps(phone)
        elif draw < 0.78:
            self._says(phone, self._answer(who))
        elif draw < 0.86:
            self._says(phone, self._word(who))
        else:
            self._errs(phone, (draw - 0.86) / 0.14)

    def comes_back(self, phone: Phone) -> None:
        """Somebody who has blocked the bot thinks better of it."""
        phone.blocked = False
        self._says(phone, "/start")

    def _opening(self, who: int) -> str:
        if who in STRANGERS and self.chance.random() < 0.8:
            return self.chance.choice((f"/start s{self.world.town.survey}", *self.world.town.links.values()))
        if who in (*REVIEWERS, *ADMINISTRATORS):
            return self.chance.choice(("/start", labels.WAITING))
        return "/start"

    def _pursues(self, who: int, phone: Phone) -> None:
        """The next step to what somebody is there for: handing in, deciding, filling, answering."""
        shown = phone.newest
        assert shown is not None
        there = dict(reversed(shown.buttons))  # of two with the same words the first
        screen = self.world.inspector.screen(who)[0].get("screen")
        judges = who in (*REVIEWERS, *ADMINISTRATORS)
        steps = DECIDING if judges else (*HANDING_IN, "非常满意", "满意")
        if wanted := [words for words in steps if words in there]:
            choice = self.chance.choice(wanted[:2])
            self._presses(phone, there[choice], shown)
        elif screen == "review return":
            self._says(phone, self.chance.choice(REMARKS))
        elif filing := [token for words, token in shown.buttons if "年度" in words or words.startswith("1. ")]:
            self._presses(phone, self.chance.choice(filing), shown)
        elif judges:
            self._says(phone, labels.WAITING)
        else:
            self._says(phone, "提交" if self.chance.random() < 0.6 else self._answer(who))

    def _taps(self, phone: Phone) -> None:
        """A button of what is on the phone: mostly of the newest message."""
        chance = self.chance
        shown = phone.newest
        assert shown is not None
        if chance.random() < 0.15:
            shown = chance.choice([s for s in phone.shown if s.buttons])
        words, token = chance.choice(shown.buttons)
        if words in FILES or words.startswith(labels.DRAFT):
            if self.files >= MOST_FILES:
                return
            self.files += 1
        self._presses(phone, token, shown)

    def _answer(self, who: int) -> str:
        """What the question on the screen wants, in the unit's own figures."""
        state, unit = self.world.inspector.screen(who)
        item = state.get("item", "")
        if state.get("screen") not in ("question", "choosing", "bill") or unit not in LETTER:
            return self._word(who)
        if item in WHOLE and item not in ("quota", "staff"):
            return WHOLE[item]
        if item in NAMES:
            text = NAMES[item]
            return f"{LETTER[unit]}{text}" if text[0] == "文" else text
        return number_of(unit, self.chance)

    def _word(self, who: int) -> str:
        if who in ADMINISTRATORS or who == 33:
            return self.chance.choice((*BUREAU, *REMARKS))
        if who in REVIEWERS:
            return self.chance.choice((labels.WAITING, *REMARKS, *WORDS[-14:]))
        if who in FILLERS:
            return self.chance.choice(WORDS)
        return self.chance.choice((*WORDS, "abcd-efgh-jkmn-pqrs-tuvw-xyz2-34", "在吗"))

    def _errs(self, phone: Phone, draw: float) -> None:
        """A double tap, a forged or an old button, an edited message, a group, a file, a sticker, something odd."""
        chance, fired = self.chance, self.world.swarm.fired
        if draw < 0.3 and phone.last[0]:
            fired["double tap"] += 1
            self._presses(phone, phone.last[0], Shown(phone.last[1], ""))
        elif draw < 0.5 and self.others:
            fired["forged button"] += 1
            self._presses(phone, chance.choice((*self.others[-40:], "zzzzzzzz.0", "x" * 64)), Shown(1, ""))
        elif draw < 0.65:
            fired["edited message"] += 1
            self._sends(phone, "edited_message", text=number_of(B, chance))
        elif draw < 0.75:
            fired["group"] += 1
            self._sends(phone, chat={"id": -100500, "type": "group"}, text="6155")
        elif draw < 0.88:
            fired["file"] += 1
            document = {"file_id": f"F{self.world.serial}", "file_name": "照片.jpg", "mime_type": "image/jpeg", "file_size": 900}
            self._sends(phone, document=document)
        else:
            fired["odd update"] += 1
            odd = chance.choice(
                ({"sticker": {}}, {"text": 7}, {"text": "a\x00b\ud800"}, {"chat": "nobody"}, {"text": "多" * 5000})
            )
            self._sends(phone, **odd)

    def _says(self, phone: Phone, text: str) -> None:
        self._sends(phone, text=text)

    def _sends(self, phone: Phone, kind: str = "message", **content: Any) -> None:
        own = {"message_id": self.world.server.next_message(), "date": self.world.clockwork.now}
        sender = {"id": phone.address, "is_bot": False, "first_name": "某人"}
        message = {**own, "chat": {"id": phone.address, "type": "private"}, "from": sender, **content}
        self._did({kind: message})

    def _presses(self, phone: Phone, token: str, on: Shown) -> None:
        phone.last = (token, on.id)
        self.others += [t for _, t in on.buttons[:2]]
        self.queries += 1
        sender = {"id": phone.address, "is_bot": False, "first_name": "某人"}
        where = {"message_id": on.id, "chat": {"id": phone.address, "type": "private"}}
        self._did({"callback_query": {"id": f"q{self.queries}", "from": sender, "message": where, "data": token}})

    def _did(self, content: dict[str, Any]) -> None:
        update = self.world.server.did(content)
        self.world.inspector.did(update)
        self.world.note(">", json.dumps(content, ensure_ascii=True))
