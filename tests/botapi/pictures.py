"""Small pictures that really are pictures: JPEG and PNG of any size, in one tone, written without a library.

From people who photograph, and from the methods that want to know how large a picture is. Not here: sending.
"""

import struct
import zlib

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
SIDES = (90, 320, 800, 1280)  # the longest sides Telegram offers, as far as the photo reaches
FRAMES = {0xC0, 0xC1, 0xC2}  # the markers before a JPEG's width and height


def jpeg(width: int = 1280, height: int = 960, tone: int = 64, words: str = "") -> bytes:
    """A grey JPEG. `tone` 0–127 is how bright, `words` a comment, so that two photos differ."""
    assert 0 <= tone < 128
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    shade, sign = (tone - 64, 1) if tone >= 64 else (64 - tone, -1)
    value = 64 + min(shade, 63) if sign > 0 else 127 - (64 + min(shade, 63))  # seven bits; a negative one is the complement
    bits = "10" + f"{value:07b}" + "0" + "00" * (blocks - 1)  # the first block has the tone, all others no difference
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
            _segment(0xFE, words.encode()) if words else b"",
            _segment(0xDB, b"\x00" + b"\x08" * 64),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"),
            _segment(0xC4, b"\x00" + bytes([1, 1]) + bytes(14) + b"\x00\x07"),  # 0: nothing, 10: a difference of seven bits
            _segment(0xC4, b"\x10" + bytes([1]) + bytes(15) + b"\x00"),  # 0: the block ends
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            data,
            b"\xff\xd9",
        )
    )


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def png(width: int = 64, height: int = 48, tone: int = 128) -> bytes:
    """A grey PNG."""
    rows = (b"\x00" + bytes([tone]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def measured(content: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG or PNG; None when its head does not say."""
    if content.startswith(PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    place = 2
    while content.startswith(JPEG) and place + 9 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def thumbnails(width: int, height: int) -> list[tuple[int, int]]:
    """The smaller sizes Telegram would offer beside a photo of this size, the smallest first."""
    longest = max(width, height)
    return [(max(1, width * side // longest), max(1, height * side // longest)) for side in SIDES if side < longest]
