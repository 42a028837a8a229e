"""Photos: whether they are whole, and whether as large as a photo may be when it is opened. Nothing is decoded here."""

from dialogs.evidence.unfit import Unfit

MOST_PIXELS = 120_000_000  # more than any phone takes; opening more would stop the machine that opens it
LARGEST_SHOWN, LONGEST_SHOWN = 10_000, 20  # width and height together, and one by the other, of a messenger's photo
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG segments that say how large the picture is
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # segments without a length


def is_showable(content: bytes) -> bool:
    """Whether a messenger takes this JPEG or PNG as a photo: not too large, not too long and thin."""
    try:
        width, height = _jpeg_size(content) if content.startswith(b"\xff\xd8") else _png_size(content)
    except Unfit:
        return False
    return 0 < width + height <= LARGEST_SHOWN and max(width, height) <= LONGEST_SHOWN * min(width, height)


def jpeg(content: bytes) -> None:
    """Nothing for a whole JPEG. Raises Unfit."""
    _fit(*_jpeg_size(content))


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind in _BARE:
            at += 2
            continue
        if kind in _SIZES:
            if at + 9 > len(content) or content.rfind(b"\xff\xd9") < at:
                raise Unfit("broken")
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        length = int.from_bytes(content[at + 2 : at + 4])
        if length < 2 or kind in (0xD9, 0xDA):
            break
        at += 2 + length
    raise Unfit("broken")


def png(content: bytes) -> None:
    """Nothing for a whole PNG. Raises Unfit."""
    _fit(*_png_size(content))


def _png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        raise Unfit("broken")
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def webp(content: bytes) -> None:
    """Nothing for a WebP of the length it names. Raises Unfit."""
    if int.from_bytes(content[4:8], "little") + 8 > len(content) or content[12:16] not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise Unfit("broken")


def heic(content: bytes) -> None:
    """Nothing for a photo as some phones keep it. Raises Unfit."""
    brands = content[8 : int.from_bytes(content[0:4])] if int.from_bytes(content[0:4]) <= 256 else b""
    if not any(brand in brands for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1")):
        raise Unfit("unknown")
    if b"meta" not in content[:65_536]:
        raise Unfit("broken")


def _fit(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit("broken")
    if width * height > MOST_PIXELS:
        raise Unfit("swollen")
