"""Which characters a font file has: its cmap table read, formats 4 and 12.

So that a rare character is replaced before it is drawn as an empty box. Not here: drawing.
"""

import struct


def characters(font: bytes) -> frozenset[int]:
    """Code points for which the font has a glyph."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for n in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        if tag == b"cmap":
            return _cmap(font, offset)
    return frozenset()


def _cmap(font: bytes, start: int) -> frozenset[int]:
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * n)
        table = start + offset
        match struct.unpack_from(">H", font, table)[0]:
            case 4:
                found |= _format_4(font, table)
            case 12:
                for group in range(struct.unpack_from(">I", font, table + 12)[0]):
                    first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
                    found.update(range(first, last + 1))
    return frozenset(found)


def _format_4(font: bytes, table: int) -> set[int]:
    segments = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, table + 14)
    starts = struct.unpack_from(f">{segments}H", font, table + 16 + 2 * segments)
    return {c for s, e in zip(starts, ends, strict=True) for c in range(s, e + 1) if c != 0xFFFF}
