"""The methods of the Bot API that answer at once, each a function of the state and the parameters.

From the handler, which holds the lock. Not here: getUpdates, which waits, and faults on order.
"""

import re
from collections.abc import Callable
from typing import Any

from tests.botapi.chats import Chat, Upload
from tests.botapi.refusals import (
    DOWNLOAD,
    TOAST,
    UPLOAD,
    Refusal,
    bad,
    checked_caption,
    checked_keyboard,
    checked_picture,
    checked_text,
    units,
)
from tests.botapi.state import Hook, State

Params = dict[str, Any]
ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"} | {
    f"{verb}_{what}" for verb in ("record", "upload") for what in ("video", "voice", "video_note")
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def get_me(state: State, params: Params) -> Any:
    return state.me


def send_message(state: State, params: Params) -> Any:
    text = checked_text(params)
    keyboard = checked_keyboard(params)
    chat = _open_chat(state, params)
    _check_replied(chat, params)
    return state.send(chat, {"text": text} | _marked(keyboard))


def send_document(state: State, params: Params) -> Any:
    return _send_file(state, params, "document")


def send_photo(state: State, params: Params) -> Any:
    return _send_file(state, params, "photo")


def _send_file(state: State, params: Params, kind: str) -> Any:
    caption, keyboard = checked_caption(params), checked_keyboard(params)
    chat = _open_chat(state, params)
    upload = _file(state, params, kind)
    return state.send(chat, _about(state, kind, upload) | _captioned(caption) | _marked(keyboard), kind, upload)


def _about(state: State, kind: str, upload: Upload) -> Params:
    if kind == "photo":
        width, height = checked_picture(upload.content)
        return {"photo": [state.keep(upload) | {"width": width, "height": height}]}
    return {"document": state.keep(upload) | {"file_name": upload.name, "mime_type": upload.mime}}


def edit_message_text(state: State, params: Params) -> Any:
    text = checked_text(params, too_long="MESSAGE_TOO_LONG")
    keyboard = checked_keyboard(params)
    chat, raw = _own_message(state, params)
    if "text" not in raw:
        raise bad("there is no text in the message to edit")
    return _edited(state, chat, raw, {"text": text}, keyboard)


def edit_message_caption(state: State, params: Params) -> Any:
    caption, keyboard = checked_caption(params), checked_keyboard(params)
    chat, raw = _own_message(state, params)
    if "text" in raw:
        raise bad("there is no caption in the message to edit")
    return _edited(state, chat, raw, _captioned(caption), keyboard, dropped=("caption",))


def edit_message_media(state: State, params: Params) -> Any:
    """Another picture or file in the place of the old one; the caption comes with it or is gone."""
    media = params.get("media")
    if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
        raise bad("can't parse InputMedia: Can't find field or media type is wrong")
    kind = str(media["type"])
    caption, keyboard = checked_caption(media), checked_keyboard(params)
    chat, raw = _own_message(state, params)
    given = str(media.get("media") or "")
    attached = params.get(given.removeprefix("attach://")) if given.startswith("attach://") else given
    upload = _file(state, {kind: attached}, kind)
    before = chat.now[raw["message_id"]]
    if before.file == upload and before.text == caption and raw.get("reply_markup") == keyboard:
        raise bad(NOT_MODIFIED)
    content = _about(state, kind, upload) | _captioned(caption)
    return _edited(state, chat, raw, content, keyboard, ("text", "caption", "photo", "document"), kind, upload)


def delete_message(state: State, params: Params) -> Any:
    chat = _open_chat(state, params)
    if params.get("message_id", 0) not in chat.raw:
        raise bad("message to delete not found")
    chat.remove(params["message_id"])
    state.note()
    return True


def edit_message_reply_markup(state: State, params: Params) -> Any:
    keyboard = checked_keyboard(params)
    chat, raw = _own_message(state, params)
    return _edited(state, chat, raw, {}, keyboard)


def _edited(
    state: State,
    chat: Chat,
    raw: Params,
    content: Params,
    keyboard: Params | None,
    dropped: tuple[str, ...] = (),
    kind: str = "text",
    file: Upload | None = None,
) -> Params:
    before = {key: raw[key] for key in (*content, *dropped) if key in raw}
    if before == content and raw.get("reply_markup") == keyboard:
        raise bad(NOT_MODIFIED)
    # A new object: the old one may be part of an update that is still to be delivered. No markup takes the old one off.
    kept = {key: value for key, value in raw.items() if key not in ("reply_markup", *dropped)}
    new = kept | content | _marked(keyboard) | {"edit_date": state.now()}
    chat.show(new, "bot", kind, file)
    state.note()
    return new


def answer_callback_query(state: State, params: Params) -> Any:
    text = str(params.get("text") or "")
    if units(text) > TOAST:
        raise bad("MESSAGE_TOO_LONG")
    # A query is answered once: a second answer meets the same refusal as one that comes too late.
    person = state.queries.pop(str(params.get("callback_query_id")), None)
    if person is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if text:
        state.chats[person].toasts.append(text)
    state.note()
    return True


def send_chat_action(state: State, params: Params) -> Any:
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    _open_chat(state, params)
    return True


def set_my_commands(state: State, params: Params) -> Any:
    commands = params.get("commands") or []
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(params)] = commands
    return True


def get_my_commands(state: State, params: Params) -> Any:
    return state.commands.get(_scope(params), [])


def _scope(params: Params) -> str:
    return f"{(params.get('scope') or {}).get('type', 'default')}/{params.get('language_code', '')}"


def set_webhook(state: State, params: Params) -> Any:
    url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
    if url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise bad("max_connections must be between 1 and 100")
    if "allowed_updates" in params:
        state.queue.allowed = frozenset(params["allowed_updates"])
    state.hook = Hook(url, secret, params.get("max_connections", 40)) if url else None
    if params.get("drop_pending_updates"):
        state.queue.clear()
    state.note()
    return True


def delete_webhook(state: State, params: Params) -> Any:
    return set_webhook(state, {"drop_pending_updates": params.get("drop_pending_updates")})


def get_webhook_info(state: State, params: Params) -> Any:
    hook = state.hook
    about = {"url": hook.url if hook else "", "has_custom_certificate": False, "pending_update_count": len(state.queue)}
    return about | ({"last_error_message": hook.error, "last_error_date": state.now()} if hook and hook.error else {})


def get_file(state: State, params: Params) -> Any:
    upload = state.files.get(str(params.get("file_id")))
    if upload is None:
        raise bad("invalid file_id")
    if upload.size > DOWNLOAD:
        raise bad("file is too big")
    number = str(params["file_id"])
    about = {"file_id": number, "file_unique_id": f"U{number[4:]}", "file_size": upload.size}
    return about | {"file_path": state.path_of(number)}


def _open_chat(state: State, params: Params) -> Chat:
    if params.get("chat_id") in (None, ""):
        raise bad("chat_id is empty")
    chat = state.chats.get(params["chat_id"])
    if chat is None:
        raise bad("chat not found")
    if chat.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    return chat


def _own_message(state: State, params: Params) -> tuple[Chat, Params]:
    chat = _open_chat(state, params)
    raw = chat.raw.get(params.get("message_id", 0))
    if raw is None:
        raise bad("message to edit not found")
    if raw["from"]["id"] != state.me["id"]:
        raise bad("message can't be edited")
    return chat, raw


def _check_replied(chat: Chat, params: Params) -> None:
    reply = params.get("reply_parameters") or {}
    if reply.get("message_id", 0) not in {0, *chat.raw} and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")


def _file(state: State, params: Params, kind: str) -> Upload:
    given = params.get(kind)
    if given is None:
        raise bad(f"there is no {kind} in the request")
    upload = given if isinstance(given, Upload) else state.files.get(str(given))
    if upload is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if not upload.content:
        raise bad("file must be non-empty")
    if upload.size > UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    return upload


def _captioned(caption: str) -> Params:
    return {"caption": caption} if caption else {}


def _marked(keyboard: Params | None) -> Params:
    return {"reply_markup": keyboard} if keyboard else {}


METHODS: dict[str, Callable[[State, Params], Any]] = {
    function.__name__.replace("_", ""): function
    for function in (
        *(get_me, get_file, set_my_commands, get_my_commands, set_webhook, delete_webhook, get_webhook_info),
        *(send_message, send_document, send_photo, send_chat_action),
        *(edit_message_text, edit_message_caption, edit_message_media, edit_message_reply_markup, delete_message),
        answer_callback_query,
    )
}
