"""Files that a piece of work made, handed out again for a few days to whoever asked for it and still may."""

from dialogs.access.rights import Place
from dialogs.bureau.working import kinds
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.store import jobs, people
from dialogs.store.engine import reading


def make_output(office: Office, key: str, person: str) -> Sheet:
    """The file of `job.number`."""
    id, _, number = key.partition(".")
    with reading(office.engine) as c:
        job = jobs.job(c, id)
        if job is None or job.person != person:
            raise Withheld
        if not people.rights_of(c, person).may(kinds()[job.kind].needs, Place(str(job.body["county"]))):
            raise Withheld
        told = job.result.get("files", [])
        content = jobs.kept(c, told[int(number)]["sha256"]) if int(number) < len(told) else None
        if content is None:
            raise Withheld
        return Sheet(str(told[int(number)]["name"]), content)
