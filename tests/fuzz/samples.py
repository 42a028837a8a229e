"""Updates as Telegram sends them: one of every kind a bot like ours receives, and of those it never asked for.

`sample(chance, …)` makes one by one person. Not here: what is broken in them (mutating.py).
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

Raw = dict[str, Any]
DATE = 1_614_556_800
TEXTS = (
    *[
        "37",
        "31",
        "2.47 2 1.17",
        "10",
        "98.5%",
        "二点四七万",
        "24700元",
        "业务专项 56",
        "1 2",
        "否",
        "全额",
        "9/10 绩效办",
        "18 群众评价好",
        "2021年3月1日",
        "0745-1234567",
    ],
    *[
        "跳过",
        "不适用",
        "上一题",
        "说明",
        "目录",
        "检查一遍",
        "看全部答案",
        "生成草稿",
        "帮助",
        "撤销",
        "暂估",
        "继续",
        "好",
        "换一张表",
        "第3题",
        "我的",
        "成员名单",
        "问同事",
        "历史",
        "分工",
    ],
    *[
        "提交",
        "撤回",
        "待审核",
        "退回清单",
        "截止",
        "日程",
        "佐证",
        "提醒设置",
        "换人",
        "进度",
        "我的资料",
        "退出单位",
        "你好",
        "谢谢",
        "什么意思",
        "同上年",
        "清空",
        "删 1",
    ],
)
COMMANDS = ("/start", "/help", "/start i0123456789ABCDEFGHJKMNPQRSTV", "/start c0123", "/start s0123", "/start@ziping_bot", "/x")


def person(number: int) -> Raw:
    """A user as every update carries it."""
    return {
        "id": number,
        "is_bot": False,
        "first_name": "金丝雀甲",
        "last_name": "金丝雀乙",
        "username": f"canary{number}",
        "language_code": "zh-hans",
        "is_premium": True,
    }


def private(number: int) -> Raw:
    return {"id": number, "type": "private", "first_name": "金丝雀甲", "username": f"canary{number}"}


def group(number: int, kind: str = "supergroup") -> Raw:
    return {"id": -1_000_000_000_000 - number, "type": kind, "title": "金丝雀群", "is_forum": kind == "supergroup"}


def message(chance: Random, who: int, **content: Any) -> Raw:
    """A message of a private chat."""
    base = {"message_id": chance.randrange(1, 100_000), "date": DATE, "from": person(who), "chat": private(who)}
    return base | content


def _file(chance: Random, **more: Any) -> Raw:
    number = chance.randrange(10**6)
    return {"file_id": f"FILE{number:06d}", "file_unique_id": f"U{number:06d}", "file_size": chance.randrange(10**7)} | more


def _photo(chance: Random) -> list[Raw]:
    return [_file(chance, width=w, height=h) for w, h in ((90, 67), (320, 240), (1280, 960))]


def _text(chance: Random, who: int) -> Raw:
    return message(chance, who, text=chance.choice(TEXTS))


def _command(chance: Random, who: int) -> Raw:
    text = chance.choice(COMMANDS)
    return message(chance, who, text=text, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}])


def _long(chance: Random, who: int) -> Raw:
    text = "\n".join(chance.choices(TEXTS, k=chance.randrange(2, 200)))
    return message(
        chance, who, text=text, entities=[{"type": "bold", "offset": 0, "length": 3}, {"type": "url", "offset": 4, "length": 9}]
    )


def _reply(chance: Random, who: int) -> Raw:
    return message(
        chance, who, text="37", reply_to_message=message(chance, who, text="第 1 题"), quote={"text": "第", "position": 0}
    )


def _forwarded(chance: Random, who: int) -> Raw:
    origin = {"type": "user", "sender_user": person(777), "date": DATE - 9}
    return message(chance, who, text="37", forward_origin=origin, forward_from=person(777), forward_date=DATE - 9)


def _hidden_forward(chance: Random, who: int) -> Raw:
    origin = {"type": "hidden_user", "sender_user_name": "金丝雀丙", "date": DATE - 9}
    return message(chance, who, photo=_photo(chance), caption="佐证 金丝雀丁", forward_origin=origin)


def _by_bot(chance: Random, who: int) -> Raw:
    return message(chance, who, text="31", via_bot={"id": 9, "is_bot": True, "first_name": "x", "username": "x_bot"})


def _by_a_bot(chance: Random, who: int) -> Raw:
    return message(chance, who, text="31") | {"from": person(who) | {"is_bot": True}}


def _photos(chance: Random, who: int) -> Raw:
    return message(chance, who, photo=_photo(chance), caption="编制批复", media_group_id=str(chance.randrange(9)))


def _document(chance: Random, who: int) -> Raw:
    name = chance.choice(("金丝雀批复.pdf", "人员.xlsx", "x.docm", "..\\..\\a.zip", "a" * 250 + ".pdf"))
    return message(chance, who, document=_file(chance, file_name=name, mime_type="application/pdf", thumbnail=_file(chance)))


def _other(chance: Random, who: int) -> Raw:
    contents: Sequence[Raw] = (
        {"sticker": _file(chance, width=512, height=512, is_animated=False, is_video=False, type="regular", emoji="👍")},
        {"voice": _file(chance, duration=3, mime_type="audio/ogg")},
        {"video": _file(chance, duration=3, width=640, height=480, file_name="金丝雀.mp4"), "caption": "看"},
        {"animation": _file(chance, duration=3, width=64, height=48), "document": _file(chance, file_name="a.gif")},
        {"video_note": _file(chance, duration=3, length=240)},
        {"audio": _file(chance, duration=3, performer="金丝雀戊", title="歌")},
        {"contact": {"phone_number": "+8613812345678", "first_name": "金丝雀己", "user_id": 55, "vcard": "BEGIN:VCARD"}},
        {"location": {"latitude": 27.55, "longitude": 110.0, "live_period": 60}},
        {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "金丝雀楼", "address": "某路"}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"poll": {"id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0}], "type": "regular"}},
        {"story": {"chat": private(who), "id": 1}},
        {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
        {"web_app_data": {"data": "金丝雀", "button_text": "x"}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
        {"pinned_message": message(chance, who, text="37")},
        {"successful_payment": {"currency": "XTR", "total_amount": 1, "invoice_payload": "x"}},
        {"new_chat_members": [person(who)]},
        {"group_chat_created": True},
        {},
    )
    return message(chance, who, **chance.choice(contents))


def _in_group(chance: Random, who: int) -> Raw:
    kind = chance.choice(("group", "supergroup", "channel"))
    return _text(chance, who) | {"chat": group(who, kind), "message_thread_id": 3, "is_topic_message": True}


def _anonymous_admin(chance: Random, who: int) -> Raw:
    said = _text(chance, who) | {"chat": group(who), "sender_chat": group(who)}
    return {k: v for k, v in said.items() if k != "from"} if chance.random() < 0.5 else said


def press(chance: Random, who: int, token: str) -> Raw:
    """A button pressed on a message of ours."""
    bot = {"id": 1, "is_bot": True, "first_name": "自评助手", "username": "ziping_bot"}
    shown = message(chance, who, text="第 1 题") | {"from": bot}
    shown["reply_markup"] = {"inline_keyboard": [[{"text": "跳过", "callback_data": token}]]}
    number = str(chance.randrange(10**18))
    return {"id": number, "from": person(who), "message": shown, "chat_instance": "-5", "data": token}


def _member(chance: Random, who: int) -> Raw:
    bot = {"id": 1, "is_bot": True, "first_name": "自评助手"}
    old, new = chance.sample(("member", "kicked", "left", "administrator", "restricted"), 2)
    changed = {"old_chat_member": {"user": bot, "status": old}, "new_chat_member": {"user": bot, "status": new, "until_date": 0}}
    return {"chat": chance.choice((private(who), group(who))), "from": person(who), "date": DATE} | changed


MESSAGES: Mapping[Callable[[Random, int], Raw], int] = {
    **{_text: 30, _command: 6, _long: 2, _reply: 2, _forwarded: 3, _hidden_forward: 2, _by_bot: 1, _by_a_bot: 1},
    **{_photos: 4, _document: 4, _other: 12, _in_group: 4, _anonymous_admin: 2},
}
_MAKERS, _WEIGHTS = tuple(MESSAGES), tuple(MESSAGES.values())


def sample(chance: Random, who: int, tokens: Sequence[str]) -> Raw:
    """One update of a person, without its number. `tokens`: buttons that are, or were, on their screen."""
    kind = chance.random()
    if kind < 0.62:
        return {"message": chance.choices(_MAKERS, _WEIGHTS)[0](chance, who)}
    if kind < 0.70:
        return {"edited_message": chance.choices(_MAKERS, _WEIGHTS)[0](chance, who) | {"edit_date": DATE + 1}}
    if kind < 0.90:
        query = press(chance, who, chance.choice(tokens) if tokens else "abcdefgh.0")
        return {"callback_query": _odd_query(chance, who, query)}
    if kind < 0.94:
        return {"my_chat_member": _member(chance, who)}
    return chance.choice(
        (
            {"channel_post": _in_group(chance, who)},
            {"chat_member": _member(chance, who)},
            {"inline_query": {"id": "1", "from": person(who), "query": "金丝雀", "offset": ""}},
            {"chosen_inline_result": {"result_id": "1", "from": person(who), "query": "x"}},
            {"poll_answer": {"poll_id": "1", "user": person(who), "option_ids": [0]}},
            {"message_reaction": {"chat": private(who), "message_id": 1, "user": person(who), "date": DATE, "new_reaction": []}},
            {"business_message": _text(chance, who) | {"business_connection_id": "b"}},
            {"chat_join_request": {"chat": group(who), "from": person(who), "user_chat_id": who, "date": DATE}},
            {"purchased_paid_media": {"from": person(who), "paid_media_payload": "x"}},
            {"something_of_next_year": {"from": person(who)}},
            {},
        )
    )


def _odd_query(chance: Random, who: int, query: Raw) -> Raw:
    """Presses on messages too old to be shown, of inline messages, in groups, of games."""
    odd = chance.random()
    if odd < 0.7:
        return query
    if odd < 0.8:
        return query | {"message": {"chat": private(who), "message_id": 5, "date": 0}}
    bare = {k: v for k, v in query.items() if k != "message"} | {"inline_message_id": "AAAA"}
    if odd < 0.9:
        return bare if odd < 0.87 else {k: v for k, v in bare.items() if k != "data"} | {"game_short_name": "g"}
    return query | {"message": query["message"] | {"chat": group(who)}}
