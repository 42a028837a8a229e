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
        return _multipart(whole, b"\r\n--" + boundary.encode())
    raise Unreadable


def _urlencoded(body: bytes) -> Form:
    try:
        return Form(dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_PARTS)))
    except ValueError as e:
        raise Unreadable from e


def _multipart(body: bytearray, boundary: bytes) -> Form:
    """RFC 7578: parts between lines of the boundary, each with its own head. Of a large body only its files are copied."""
    form, count = Form(), 0
    start = len(boundary) - 2 if body.startswith(boundary[2:]) else -1
    while start >= 0 and not body.startswith(b"--", start):
        end, content = body.find(boundary, start), body.find(b"\r\n\r\n", start, start + LARGEST_HEAD) + 4
        count += 1
        if end < 0 or not 4 <= content <= end + 4 or count > MOST_PARTS:
            raise Unreadable
        name, file = _named(body[start:content].decode(errors="replace"))
        said = bytes(body[content:end])
        if file is None:
            form.fields[name] = said.decode(errors="replace")
        elif file or said:  # a field for files with nothing chosen comes as an empty one
            form.files.append((file, said))
        start = end + len(boundary)
    if start < 0:
        raise Unreadable
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
