"""Many files in one .zip (or in several of bounded size), folder by folder, with a list that gives each file's SHA-256.

Files are written one after another and never held together. Not here: which files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from templates.county.books import workbook
from templates.package import file_name
from templates.wordfile import LONG_AGO

LIST = "目录.xlsx"
COLUMNS = {"序号": 6, "文件": 80, "大小（字节）": 14, "说明": 20, "SHA-256": 70}
ROOM = 64 << 10  # bytes kept free for the list and the directory, besides what each file takes there


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the archive."""

    path: str
    size: int
    note: str
    sha256: str


class Archive:
    """One .zip that is being written; `close` puts the list into it."""

    def __init__(self, target: IO[bytes], title: str) -> None:
        self.package = ZipFile(target, "w", ZIP_STORED)
        self.title = title
        self.files: list[Packed] = []
        self.size = 0
        self._taken: set[str] = set()

    def add(self, folders: Sequence[str], name: str, content: bytes, note: str = "") -> Packed:
        """One more file; a name that comes twice is numbered."""
        path = "/".join([*(file_name(f) for f in folders if f), file_name(name)])
        stem, _, kind = path.rpartition(".")
        numbered = (path if n == 1 else f"{stem}_{n}.{kind}" for n in count(1))
        free = next(n for n in numbered if n.lower() not in self._taken)
        self._taken.add(free.lower())
        self._write(free, content)
        packed = Packed(free, len(content), note, sha256(content).hexdigest())
        self.files.append(packed)
        self.size += len(content) + 2 * len(free.encode()) + 400
        return packed

    def fits(self, content: bytes, most: int) -> bool:
        """Whether one more file leaves the archive below so many bytes."""
        return not self.files or self.size + len(content) + ROOM <= most

    def close(self) -> None:
        """Write the list and the end of the archive."""
        lines = [(str(n), f.path, str(f.size), f.note, f.sha256) for n, f in enumerate(self.files, 1)]
        with workbook(self.title) as book:
            book.write.sheet(book.name("目录"), COLUMNS, lines)
        self._write(LIST, book.content)
        self.package.close()

    def _write(self, path: str, content: bytes) -> None:
        info = ZipInfo(path, LONG_AGO)
        info.compress_type = ZIP_STORED  # what stands in it is compressed already
        info.external_attr = 0o600 << 16
        self.package.writestr(info, content)
