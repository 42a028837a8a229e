"""Work that takes a while, done at once: what the task beside delivery does, without the task."""

from collections.abc import Mapping

from dialogs.bureau import working
from dialogs.outgoing import Sheet, sheet
from dialogs.replies import Made
from tests.dialogs.county import County, Somebody


def works(county: County, files: Mapping[str, bytes] | None = None) -> None:
    """Every piece of work that waits, to its end; then everything is delivered."""
    while (job := working.claim(county.office)) is not None:
        if working.wants_file(job):
            job = working.fetched(county.office, job, (files or {})[str(job.body["source"])])
        county.works()  # the message of the work has left before its end is told
        working.work(county.office, job)
    county.works()


def made(somebody: Somebody) -> list[Sheet]:
    """The files that stand in somebody's latest replies."""
    return [sheet(somebody.office, r, somebody.chat) for r in somebody.replies if isinstance(r, Made)]
