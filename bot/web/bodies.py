"""Bodies of forms: read to their end within bounds, and taken apart. Bounded and strict: what is not shaped like a form is none.

Not here: what the fields mean (pages.py).
"""

import re
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_PARTS = 40
LARGEST_HEAD = 4096  # bytes of the lines above a part


class Unreadable(Exception):
    """A body that is too large, or none of a form."""


@dataclass
class Form:
    """What a form carried: its fields, and its files as (name, content)."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)


async def read_form(request: Request, most: int) -> Form:
    """The form of a request of at most so many bytes, however they come. Raises Unreadable."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        raise Unreadable
    whole = bytearray()
    async for piece in request.stream():
        whole += piece
        if len(whole) > most:
            raise Unreadable
    kind, parameters = _header(request.headers.get("content-type", ""))
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(bytes(whole))
    if kind == "multipart/form-data" and re.fullmatch(r"[\w'()+,./:=?-]{1,70}", boundary := parameters.get("boundary", "")):
        return _multipart(bytes(whole), boundary.encode())
    raise Unreadable


def _urlencoded(body: bytes) -> Form:
    try:
        return Form(dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_PARTS)))
    except ValueError as e:
        raise Unreadable from e


def _multipart(body: bytes, boundary: bytes) -> Form:
    """RFC 7578: parts between lines of the boundary, each with its own head."""
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(parts) < 3 or not parts[-1].startswith(b"--") or len(parts) > MOST_PARTS + 2:
        raise Unreadable
    form = Form()
    for part in parts[1:-1]:
        head, there, content = part.partition(b"\r\n\r\n")
        if not there or len(head) > LARGEST_HEAD or not head.startswith(b"\r\n"):
            raise Unreadable
        name, file = _named(head.decode(errors="replace"))
        if file is None:
            form.fields[name] = content.decode(errors="replace")
        elif file or content:  # a field for files with nothing chosen comes as an empty one
            form.files.append((file, content))
    return form


def _named(head: str) -> tuple[str, str | None]:
    """The name of a part, and of its file when it is one."""
    lines = (line.partition(":") for line in head.splitlines() if ":" in line)
    disposition = next((value for key, _, value in lines if key.strip().lower() == "content-disposition"), "")
    kind, parameters = _header(disposition.strip())
    if kind != "form-data" or "name" not in parameters:
        raise Unreadable
    return parameters["name"], parameters.get("filename")


def _header(value: str) -> tuple[str, dict[str, str]]:
    """A header with parameters, as (value, parameters)."""
    parsed = Message()
    parsed["content-type"] = re.sub(r"[\r\n]", " ", value)
    (kind, _), *parameters = parsed.get_params([("", "")])
    return kind.lower(), {key.lower(): said for key, said in parameters}
