"""A phone for the tests of evidence: what it sent lies with the messenger until the errands fetch it.

Not here: Telegram (tests/bot), or what a file is (the tests of inspecting).
"""

from dataclasses import dataclass, field

from dialogs.evidence import fetching
from tests.botapi.pictures import jpeg
from tests.dialogs.county import County, Somebody


@dataclass
class Messenger:
    """The files at the messenger, by their reference, and the errands that fetch them."""

    county: County
    files: dict[str, bytes] = field(default_factory=dict)

    def photo(self, somebody: Somebody, words: str = "", caption: str = "") -> None:
        """A photo, different from any other by its words, sent and handled."""
        self.file(somebody, "", jpeg(64, 48, words=words or str(len(self.files))), caption)

    def file(self, somebody: Somebody, name: str, content: bytes, caption: str = "", size: int = 0) -> None:
        reference = f"F{len(self.files)}"
        self.files[reference] = content
        somebody.sends(reference, name, caption, size or len(content))

    def runs(self) -> int:
        """All errands are run and everybody is told, some seconds later. How many files were fetched."""
        fetched = 0
        while errand := fetching.claim(self.county.office):
            content = self.files[errand.source]
            fetching.keep(self.county.office, errand, content, fetching.look_at(content, errand.name))
            fetched += 1
        self.county.clock.now += fetching.QUIET
        while fetching.tell(self.county.office):
            pass
        self.county.works()
        return fetched
