"""A question on its way to a colleague: what it shows of the filing, and the message with its one-time link.

Somebody outside the unit sees the question and nothing else: no answer of this year or the last. Not here: who asks
(colleagues.py), who answers (replying.py).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.access.codes import hashed, new_code
from dialogs.access.naming import SOMEBODY
from dialogs.editions import form_of
from dialogs.lastyear import last_year_shown_in
from dialogs.office import Office
from dialogs.replies import Message
from dialogs.store import filings, members, office_settings, proposals
from dialogs.store.filings import Filing
from dialogs.store.proposals import Proposal
from scoring.asked import as_asked, is_asked
from scoring.beside.declared import form_name
from scoring.columns import Rows, Survey, Table
from scoring.form import Form
from scoring.items import Checklist, Choice, Item, Number
from scoring.wording import NUMERALS
from templates.messages import message

DAY = 86_400
LASTS = 7 * DAY  # seconds a question waits for its reply


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question with the form it belongs to. `gone`: the filing does not ask it any more."""

    proposal: Proposal
    filing: Filing
    form: Form
    item: Item
    asker: str
    gone: bool


def enquiry(c: Connection, proposal_id: str) -> Enquiry | None:
    """The question of this id as it stands just now; None when there is none."""
    proposal = proposals.load(c, proposal_id)
    filing = filings.filing(c, proposal.filing_id) if proposal else None
    if proposal is None or filing is None:
        return None
    form = form_of(c, filing)
    if proposal.item not in form.items:
        return None
    answers = filings.answers(c, filing.id, form)
    item = as_asked(form, form.items[proposal.item], answers)
    asker = members.name_of(c, proposal.asked_by) or SOMEBODY
    return Enquiry(proposal, filing, form, item, asker, not is_asked(form, item, answers))


def last_year_of(c: Connection, one: Enquiry) -> str:
    """Last year's answer in words: for members of the unit only."""
    same = form_name(one.filing.form_id)
    known = filings.filings_of(c, one.filing.unit_id)
    before = next(
        (f for f in known if f.year == one.filing.year - 1 and form_name(f.form_id) == same and f.project == one.filing.project),
        None,
    )
    if before is None:
        return ""
    form = form_of(c, before)
    return last_year_shown_in(one.item, form, filings.answers(c, before.id, form))


def told(one: Enquiry, today: date, last_year: str = "") -> str:
    """The question as the colleague reads it."""
    item = one.item
    return message(
        "together/enquiry",
        asker=one.asker,
        unit=one.filing.unit_name,
        year=one.filing.year,
        label=item.label,
        ask=item.question,
        measured=item.unit if isinstance(item, Number) else "",
        columns="、".join(c.label for c in item.columns) if isinstance(item, Table) else "",
        criteria=[f"{NUMERALS[n]} {c.text}" for n, c in enumerate(item.criteria)] if isinstance(item, Checklist) else [],
        options=[o.text for o in item.options] if isinstance(item, Choice) else [],
        several=isinstance(item, Rows),
        help=item.help,
        source=item.source,
        good=str(item.good or ""),
        note=one.proposal.question,
        last_year=last_year,
    )


def may_be_asked(item: Item) -> bool:
    """Whether one message can answer it."""
    return not isinstance(item, Survey)


def slip(c: Connection, office: Office, proposal_id: str, now: int) -> Message:
    """The message to be forwarded. Its code is made now, and the one before opens nothing any more."""
    code = new_code(office.random)
    one = enquiry(c, proposal_id)
    if one is None or not proposals.rehash(c, proposal_id, hashed(code), now):
        return Message("这个问题已经收回或者有人答过了，链接没有发出。")
    day = office.day_of(one.proposal.expires_at)
    link = office_settings.link(c, f"c{code}")
    return Message(
        message("together/slip", text=told(one, office.today()), link=link, code=f"c{code}", until=f"{day.month}月{day.day}日")
    )
