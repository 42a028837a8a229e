"""From HTTP to parameters and back: form-encoded, multipart, JSON or query string in, JSON out.

From the handler. Not here: what a method does with its parameters.
"""

import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.botapi.chats import Upload
from tests.botapi.refusals import bad

WHOLE = frozenset({"chat_id", "message_id", "offset", "limit", "timeout", "cache_time", "max_connections"})
TRUTH = frozenset(
    {"show_alert", "drop_pending_updates", "disable_notification", "protect_content", "allow_sending_without_reply"}
)
NESTED = frozenset(
    {
        "reply_markup",
        "commands",
        "allowed_updates",
        "reply_parameters",
        "link_preview_options",
        "media",
        "entities",
        "caption_entities",
    }
    | {"scope"}
)


async def params_of(request: web.Request) -> dict[str, Any]:
    """Numbers, truths and nested objects decoded; files as Upload; everything else stays a string."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    else:
        for name, value in (await request.post()).items():
            params[name] = _upload(value) if isinstance(value, FileField) else value
    return {name: _decoded(name, value) for name, value in params.items()}


def _upload(field: FileField) -> Upload:
    with field.file as file:  # a temporary file of aiohttp: closed here, or nobody does
        return Upload(field.filename, file.read(), field.content_type)


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in WHOLE:
        try:
            return int(value)
        except ValueError:
            return value
    if name in TRUTH:
        return value.lower() in ("true", "1", "yes")
    if name in NESTED and value:
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
    return value


def answer(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refusal(code: int, body: dict[str, Any]) -> web.Response:
    return web.json_response(body, status=code)
