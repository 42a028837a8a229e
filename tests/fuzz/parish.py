"""The county of the fuzzers with all that is private in it: two units, one of another county, each with secrets of its own.

`Parish.foreign` says which rows and words are none of somebody's business. Not here: trying to get at them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, or_, true

from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.scene import DraftRequest
from dialogs.store import counties, filings, people
from dialogs.store import tables as t
from dialogs.store.documents import Around, Inputs, pack, record
from dialogs.store.engine import writing
from scoring.answers import given
from tests.dialogs.review.folk import whole
from tests.fuzz.town import ADMINISTRATOR, FILLER, NEIGHBOUR, OBSERVER, REVIEWER, STRANGER, Town, town

ABOVE, OVERSEER, REMOVED, ABROAD = 2001, 2002, 2003, 2004
SECRETS = {"own": "蓝鹊甲", "before": "蓝鹊甲", "other": "蓝鹊乙", "far": "蓝鹊丙"}  # stands in everything private of a place
NAMES = {FILLER: "filler", REVIEWER: "reviewer", OBSERVER: "observer", ADMINISTRATOR: "administrator", STRANGER: "stranger"}
NAMES |= {NEIGHBOUR: "neighbour", ABOVE: "above", OVERSEER: "overseer", REMOVED: "removed", ABROAD: "abroad"}
OF_FILING = (t.answers, t.history, t.documents, t.submissions, t.remarks, t.verified_points, t.assignments, t.proposals)
OF_FILING += (t.evidence, t.surveys, t.reminders)


@dataclass
class Foreign:
    """What is none of somebody's business: rows, by a condition per table, and words."""

    tables: Sequence[tuple[Table, Any]]
    secrets: Sequence[str]


@dataclass
class Parish:
    """Places are named own, before (own, a year earlier), other and far (in another county)."""

    town: Town
    filings: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    names = NAMES

    def roles(self, who: int, place: Place) -> frozenset[Role]:
        """The roles that count at a place, as it was set up here: nothing of what the program thinks."""
        county, own, other = self.town.county.id, self.units["own"], self.units["other"]
        held: dict[int, dict[Role, bool]] = {
            FILLER: {Role.FILLER: place.unit == own},
            REVIEWER: {Role.REVIEWER: place.unit == own},
            OBSERVER: {Role.OBSERVER: place.unit == own},
            NEIGHBOUR: {Role.FILLER: place.unit == other},
            ABOVE: {Role.REVIEWER: place.unit in (self.units["above"], own)},
            ADMINISTRATOR: {Role.ADMINISTRATOR: place.county == county},
            OVERSEER: {Role.OVERSEER: place.county == county},
            ABROAD: {Role.ADMINISTRATOR: place.county == "c2"},
        }
        return frozenset(role for role, here in held.get(who, {}).items() if here)

    def foreign(self, who: int) -> Foreign:
        """The rows and words of the places where this person is nobody."""
        places = {"own": (self.town.county.id, "own"), "other": (self.town.county.id, "other"), "far": ("c2", "far")}
        closed = [name for name, (county, unit) in places.items() if not self.roles(who, Place(county, self.units[unit]))]
        units = [self.units[name] for name in closed]
        filed = [id for name, id in self.filings.items() if ("own" if name == "before" else name) in closed]
        tables: list[tuple[Table, Any]] = [(table, table.c.filing_id.in_(filed)) for table in OF_FILING]
        tables += [(t.filings, t.filings.c.id.in_(filed)), (t.units, t.units.c.id.in_(units))]
        tables += [(t.memberships, t.memberships.c.unit_id.in_(units)), (t.invitations, t.invitations.c.unit_id.in_(units))]
        tables += [(t.deadlines, or_(t.deadlines.c.unit_id.in_(units), t.deadlines.c.filing_id.in_(filed)))]
        if who not in (ADMINISTRATOR, ABROAD):
            everywhere = (t.counties, t.officers, t.office_settings, t.files)
            tables += [(table, true()) for table in everywhere]
        return Foreign(tables, sorted({SECRETS[name] for name in closed}))

    def argument(self, chance: Random) -> str:
        """Something a button may name: a place, a filing, a row of one, or two of them."""
        one, two = chance.choice(self.ids), chance.choice(self.ids)
        return chance.choice((one, one, one, f"{one}:{two}", f"{one}.{two}", f"done:{one}", f"{one}:0", f"{one}:staff"))


@contextmanager
def parish(seed: int) -> Iterator[Parish]:
    """Everything there is to be hidden."""
    with town(seed) as made:
        found = Parish(made, dict(made.filings), dict(made.units))
        county = made.county
        found.units["above"] = county.unit("主管局", code="009")
        with writing(made.engine) as c:
            counties.add_county(c, "c2", "远县", county.clock())
            counties.add_units(c, "c2", [("u-far", "蓝鹊丙水利局", "003", "")], county.clock())
            for name in ("own", "other"):
                values = {"name": f"{SECRETS[name]}局", "supervisor_id": found.units["above"] if name == "own" else None}
                c.execute(t.units.update().where(t.units.c.id == found.units[name]).values(**values))
            for number, name in ((FILLER, "own"), (REVIEWER, "own"), (NEIGHBOUR, "other")):
                c.execute(
                    t.people.update().where(t.people.c.id == made.people[number].id).values(name=f"{SECRETS[name]}{number}")
                )
        found.units["far"] = "u-far"
        _people(found)
        with writing(made.engine) as c:
            form = county.form()
            for name, unit, year in (("before", "own", form.year - 1), ("far", "far", form.year)):
                found.filings[name] = f"f-{name}-0"
                filings.open_filing(c, f"f-{name}-0", found.units[unit], form, year, "", county.console, county.clock())
            for name, filing in found.filings.items():
                _secrets(c, found, name, filing)
        plain = [
            *found.units.values(),
            *found.filings.values(),
            county.id,
            "c2",
            "missing0",
            "",
            "0",
            "1",
            "staff",
            "i_staff",
            "me",
        ]
        plain += [somebody.id for somebody in made.people.values()] + [found.units["other"][:4]]
        marked = [f"u.{id}" for id in found.units.values()] + [f"c.{county.id}", "c.c2", "u.missing0"]
        found.ids = [
            *plain,
            *marked,
            *marked,
            *(f"{kind}-{name}" for kind in ("rem", "evi", "pro", "sur", "doc", "inv") for name in SECRETS),
        ]
        yield found


def _people(found: Parish) -> None:
    town = found.town
    for number, name in ((ABOVE, "王科长"), (OVERSEER, "周主任"), (REMOVED, "赵前任"), (ABROAD, "外县人")):
        town.settle(number, name)
    town.county.joins(town.people[ABOVE], found.units["above"], "reviewer")
    with writing(town.engine) as c:
        people.appoint(c, town.people[OVERSEER].id, town.county.id, "overseer", town.county.clock())
        people.appoint(c, town.people[ABROAD].id, "c2", "administrator", town.county.clock())


def _secrets(c: Connection, found: Parish, name: str, filing: str) -> None:
    """One of everything that belongs to a filing, each with the secret of its place in it."""
    town, secret = found.town, SECRETS[name]
    now, form = town.county.clock(), town.county.form()
    owner = town.people[{"other": NEIGHBOUR, "far": ABROAD}.get(name, FILLER)].id
    answers = {**whole(), "problems": given(f"{secret}的问题")}
    here = {"filing_id": filing, "at": now, "person_id": owner}
    old = filings.answers(c, filing, form)
    filings.apply(c, filing, [filings.Change(item, old.get(item), a) for item, a in answers.items()], owner, now, None, 0)
    around = Around(f"{secret}单位")
    record(
        c,
        filing,
        (DraftRequest(f"doc-{name}", "report", f"{secret}报告", "97", "优", 0),),
        form.edition,
        answers,
        owner,
        now,
        around,
    )
    c.execute(t.filings.update().where(t.filings.c.id == filing).values(round=1))
    packed = {"gaps": 0, "edition": form.edition, "inputs": pack(Inputs(answers, around)), "total": "97", "grade": "优"}
    c.execute(insert(t.submissions), here | packed | {"round": 1, "remark": f"{secret}意见", "verdict": "withdrawn"})
    c.execute(
        insert(t.remarks), here | {"id": f"rem-{name}", "round": 1, "about": "item", "place": "staff", "text": f"{secret}批语"}
    )
    c.execute(insert(t.verified_points), here | {"indicator": "i_staff", "points": "9", "reason": f"{secret}理由"})
    c.execute(insert(t.assignments), {"filing_id": filing, "section": "people", "person_id": owner, "by_id": owner, "at": now})
    asked = {"id": f"pro-{name}", "filing_id": filing, "item": "staff", "asked_by": owner, "asked_of": owner, "code_hash": None}
    c.execute(insert(t.proposals), asked | {"question": f"{secret}问", "created_at": now, "expires_at": now + 9**6})
    c.execute(
        insert(t.files), {"sha256": f"sha-{name}", "size": 9, "media_type": "text/plain", "content": secret.encode(), "at": now}
    )
    kept = {"id": f"evi-{name}", "about": "item", "place": "staff", "sha256": f"sha-{name}", "name": f"{secret}.txt"}
    c.execute(insert(t.evidence), here | kept | {"state": "stored", "source": "F", "told": 1})
    survey = {
        "id": f"sur-{name}",
        "filing_id": filing,
        "item": "benefit",
        "code": f"code{name}",
        "salt": "x",
        "created_by": owner,
    }
    c.execute(insert(t.surveys), survey | {"questions": "[]", "opens_at": now, "at": now, "closes_at": now + 9**6})
    invited = {"id": f"inv-{name}", "unit_id": found.units["own" if name == "before" else name], "code_hash": f"h-{name}"}
    c.execute(
        insert(t.invitations),
        invited | {"role": "filler", "name": f"{secret}人", "created_by": owner, "created_at": now, "expires_at": now + 9**5},
    )
