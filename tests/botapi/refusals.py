"""What Telegram refuses, in its own words: the refusal itself and the limits on texts, captions, keyboards, pictures.

From every method that sends or edits. Not here: faults on order, and refusals that depend on what was sent before.
"""

from typing import Any

from tests.botapi.pictures import JPEG, measured

TEXT = 4096
CAPTION = 1024
TOAST = 200
DATA = 64
UPLOAD = 50 * 1024 * 1024
PICTURE = 10 * 1024 * 1024
DOWNLOAD = 20 * 1024 * 1024


class Refusal(Exception):
    """An answer with "ok": false; `parameters` as in ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def units(text: str) -> int:
    """UTF-16 code units: what Telegram counts, so a rare character or an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_text(params: dict[str, Any], too_long: str = "message is too long") -> str:
    text = str(params.get("text") or "").strip()  # Telegram trims, so a text of blanks is an empty one
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT:
        raise bad(too_long)
    _check_parse_mode(params)
    return text


def checked_caption(params: dict[str, Any]) -> str:
    caption = str(params.get("caption") or "").strip()
    if units(caption) > CAPTION:
        raise bad("message caption is too long")
    _check_parse_mode(params)
    return caption


def _check_parse_mode(params: dict[str, Any]) -> None:
    if str(params.get("parse_mode", "")).lower() not in ("", "html", "markdown", "markdownv2"):
        raise bad("unsupported parse_mode")


def checked_keyboard(params: dict[str, Any]) -> dict[str, Any] | None:
    """The inline keyboard, or None: other kinds of markup pass, but do not stay with the message."""
    markup = params.get("reply_markup")
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be of type Array of Arrays')
    for button in (button for row in rows for button in row):
        _check_button(button)
    return {"inline_keyboard": rows} if any(rows) else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    data = button.get("callback_data")
    if not data and not button.get("url"):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data and len(str(data).encode()) > DATA:
        raise bad("BUTTON_DATA_INVALID")


def checked_picture(content: bytes) -> tuple[int, int]:
    """Width and height; a JPEG whose head does not say is believed."""
    if len(content) > PICTURE:
        raise Refusal(413, "Request Entity Too Large")
    size = measured(content) or ((800, 600) if content.startswith(JPEG) else None)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if not width or not height or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height
