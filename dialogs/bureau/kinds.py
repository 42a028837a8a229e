"""All kinds of work that takes a while, as the chat asks for them. Not here: how they run (working.py)."""

from collections.abc import Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

from dialogs.access.permissions import Action
from dialogs.bureau import archiving, reports
from dialogs.bureau.archiving import Archived
from dialogs.bureau.importing import carry, planned
from dialogs.bureau.planning import Plan
from dialogs.bureau.returning_many import return_each
from dialogs.bureau.working import Finished, Kind, Output, Steps
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.replies import Made
from dialogs.store import counties, jobs
from dialogs.store.engine import reading, writing
from dialogs.store.jobs import Job
from scoring.errors import ZipingError
from templates import labels
from templates.county.import_book import import_book
from templates.messages import message
from templates.package import file_name

SPOOLED = 16 << 20  # bytes of an archive that are held in memory


def _county(job: Job) -> str:
    return str(job.body["county"])


def _year(job: Job) -> int:
    return int(job.body["year"])


def _summary(office: Office, job: Job) -> Steps:
    return reports.summary(office, _county(job), _year(job), approved=bool(job.body.get("approved")))


def _anomalies(office: Office, job: Job) -> Steps:
    with reading(office.engine) as c:
        known = counties.county(c, _county(job))
    return (yield from reports.anomaly_list(office, _county(job), _year(job), known.name if known else ""))


def _documents(office: Office, job: Job) -> Steps:
    targets: list[IO[bytes]] = []
    done = yield from archiving.all_documents(office, _county(job), _year(job), _spooling(targets))
    return _archived(job, done, targets, "bureau/documents", "绩效自评文件")


def _publish(office: Office, job: Job) -> Steps:
    targets: list[IO[bytes]] = []
    done = yield from archiving.public_edition(office, _county(job), _year(job), _spooling(targets))
    return _archived(job, done, targets, "bureau/published", "绩效自评公开版")


def _spooling(targets: list[IO[bytes]]) -> archiving.Target:
    def target(_: int) -> IO[bytes]:
        targets.append(SpooledTemporaryFile(SPOOLED))  # noqa: SIM115  # closed when its content is taken
        return targets[-1]

    return target


def _archived(job: Job, done: Archived, targets: Sequence[IO[bytes]], text: str, name: str) -> Finished:
    files = []
    for n, target in enumerate(targets, 1):
        target.seek(0)
        part = f"_{n}" if len(targets) > 1 else ""
        files.append(Output(file_name(f"{_year(job)}年度{name}{part}.zip"), target.read()))
        target.close()
    return Finished(message(text, done=done, year=_year(job), units=len(done.units), left=done.left_out[:10]), files)


def _check_import(office: Office, job: Job) -> Steps:
    """The dry run of a spreadsheet that was sent."""
    yield 0, 2
    with reading(office.engine) as c:
        digest = str(job.result.get("sha256") or job.body.get("sha256", ""))  # fetched, or uploaded
        content = jobs.kept(c, digest)
        if content is None:
            raise ZipingError("文件没有取到，请再发一次。")
        made = planned(c, content, _county(job), office.today(), office.clock())
    yield 1, 2
    here = f"c.{_county(job)}.{digest}"
    rows: list[list[tuple[str, str]]] = []
    if not made.empty and not made.refused:
        rows.append([(labels.BUREAU_ALL_ROWS, f"bu_import_do:{here}.all")])
    elif not made.empty:
        rows.append([(labels.BUREAU_GOOD_ROWS, f"bu_import_do:{here}.good")])
    rows.append([(labels.BUREAU_NOT_NOW, f"bu_import_no:{here}")])
    return Finished(_told(made, private=office.private), _report(made, "导入试运行"), rows=rows, kept={"sha256": digest})


def _import(office: Office, job: Job) -> Steps:
    yield 0, 1
    county = _county(job)
    with writing(office.engine) as c:
        content = jobs.kept(c, str(job.body["sha256"]))
        if content is None:
            raise ZipingError("这份名单放得太久，已经删掉了，请重新发一次。")
        doing = Doing(c, office, job.person, office.clock(), None, job.chat)
        done = carry(doing, county, content, only_good=job.body["mode"] == "good")
    more = [Made("bureau_slips", f"{county}.{done.batch}", "邀请名单和邀请单（码只印这一次，重印会换新码）")]
    text = message("bureau/imported", done=done, refused=len(done.plan.refused))
    rows = [[(labels.OPEN_YEAR, f"cal_open:c.{county}"), (labels.BUREAU_BACK, f"bureau:c.{county}")]]
    return Finished(text, _report(done.plan, "导入结果"), more if done.invited else (), rows)


def _told(made: Plan, *, private: bool) -> str:
    """`private`: what is wrong with a line may name a person; then it stands in the file only."""
    wrong = [{"number": r.number, "said": "见文件" if private else r.said} for r in made.refused[:10]]
    changed = len(made.units) - made.new_units
    return message("bureau/import_check", made=made, changed=changed, wrong=wrong, more=len(made.refused) - len(wrong))


def _report(made: Plan, title: str) -> list[Output]:
    rows = [(r.number, str(r.what), r.unit, r.said) for r in made.rows]
    return [Output(f"{title}.xlsx", import_book(title, rows))] if made.refused else []


def _return(office: Office, job: Job) -> Steps:
    return return_each(office, job.person, job.chat, list(job.body["filings"]), str(job.body["remark"]), job.at)


KINDS: Mapping[str, Kind] = {
    "summary": Kind(labels.BUREAU_SUMMARY, Action.EXPORT, _summary),
    "anomalies": Kind(labels.BUREAU_ANOMALIES, Action.EXPORT, _anomalies),
    "documents": Kind(labels.BUREAU_DOCUMENTS, Action.EXPORT, _documents),
    "publish": Kind(labels.BUREAU_PUBLISH, Action.EXPORT, _publish),
    "import_check": Kind("导入试运行", Action.IMPORT, _check_import, fetches=True),
    "import": Kind(labels.BUREAU_IMPORT, Action.IMPORT, _import),
    "return": Kind(labels.BUREAU_RETURN, Action.ANNOUNCE, _return),
}
