"""Work that takes a while at the command line: carried on to its end, with how far it is on a terminal's last line."""

import sys
from argparse import Namespace
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, TypeVar

from bot.commands.admin.desk import as_json
from dialogs.bureau import archiving
from dialogs.bureau.archiving import Archived, Target
from dialogs.bureau.working import Finished
from scoring.errors import ZipingError

T = TypeVar("T")
NO_END = 1 << 60  # bytes: on a disk one file is enough


def through(steps: Generator[tuple[int, int], None, T]) -> T:
    """What came of it."""
    shown = sys.stderr.isatty()
    while True:
        try:
            done, total = next(steps)
        except StopIteration as ended:
            if shown:
                print("\r\x1b[K", end="", file=sys.stderr)
            result: T = ended.value
            return result
        if shown:
            print(f"\r{done}/{total}" if total else f"\r{done}", end="", file=sys.stderr, flush=True)


def written(finished: Finished, folder: Path) -> list[str]:
    """The files of a piece of work, in a folder; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in finished.files:
        path = folder / file.name
        path.write_bytes(file.content)
        paths.append(str(path))
    return paths


class Volumes:
    """Where an archive is written: beside its place first, so that nobody finds half of one."""

    def __init__(self, path: Path) -> None:
        if path.suffix != ".zip":
            raise ZipingError("请写成 .zip 文件，例如 --out 全部文件.zip")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.open: list[tuple[IO[bytes], Path]] = []

    @property
    def target(self) -> Target:
        """The n-th volume."""

        def opened(n: int) -> IO[bytes]:
            name = self.path if n == 1 else self.path.with_name(f"{self.path.stem}_{n}.zip")
            beside = name.with_suffix(".part")
            file = beside.open("wb")
            self.open.append((file, name))
            return file

        return opened

    def close(self) -> list[str]:
        """Put every volume in its place; their paths."""
        for file, name in self.open:
            file.close()
            Path(file.name).replace(name)
        return [str(name) for _, name in self.open]

    def drop(self) -> None:
        """Take away what was begun."""
        for file, _ in self.open:
            file.close()
            Path(file.name).unlink(missing_ok=True)


def archive(arguments: Namespace, county: str, year: int, steps: Callable[[Target], archiving.Steps], nothing: str) -> int:
    """Pack documents into the .zip of `--out` and say how many; 1 when something had to be left out. `steps`: what
    packs them into volumes; `nothing`: what there was none of."""
    volumes = Volumes(arguments.out)
    try:
        done = through(steps(volumes.target))
    except BaseException:
        volumes.drop()
        raise
    paths = volumes.close()
    if arguments.json:
        print(as_json({"county": county, "year": year, **_archived(done, paths)}))
        return 1 if done.left_out else 0
    if not paths:
        print(f"{county}{year}年度没有{nothing}，没有写。")
    for path in paths:
        print(f"已写到 {path}：{len(done.units)} 个单位，{done.documents} 份文件")
    for line in done.left_out:
        print(f"没放进去：{line}")
    return 1 if done.left_out else 0


def _archived(done: Archived, paths: list[str]) -> dict[str, object]:
    counts = {"documents": done.documents, "units": len(done.units), "masked": done.taken}
    return {**counts, "left_out": done.left_out, "files": paths}
