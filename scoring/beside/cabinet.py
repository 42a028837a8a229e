"""The filings of one unit beside each other: each read with what arrives from the others, loaded when it is needed.

Who keeps the filings (the store, answers files) says how one is loaded; here they are put together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scoring.answers import Answer, Answers
from scoring.beside.arrivals import arrived
from scoring.beside.declared import form_name, pack_name
from scoring.beside.facts import Filed
from scoring.beside.overlay import overlaid
from scoring.form import Form

NO_CIRCLE = 1_000_000


@dataclass(frozen=True)
class Kept:
    """A filing where it is kept: `load` gives its form and what the filler has answered there. `fixed`: handed in, so that
    nothing arrives there any more; what is loaded is all of it."""

    id: str
    form_id: str
    year: int
    unit: str
    project: str
    load: Callable[[], tuple[Form, Answers]] = field(compare=False)
    fixed: bool = False


class Cabinet:
    """All filings of a unit, oldest first. Each is loaded once."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self.kept = tuple(kept)
        self._loaded: dict[str, tuple[Form, Answers]] = {}
        self._brought: dict[str, dict[str, Answer]] = {}
        self._outermost = NO_CIRCLE  # the place in `_open` of the filing at which a circle has closed
        self._open: list[str] = []  # being read just now: two forms may draw from each other

    def find(self, id: str) -> Kept:
        """The filing with this id. KeyError when it is not here."""
        for one in self.kept:
            if one.id == id:
                return one
        raise KeyError(id)

    def filed(self, one: Kept) -> Filed:
        """The filing with what has arrived there."""
        form, stored = self.stored(one)
        if one.fixed:
            return Filed(form, stored, one.year, one.unit, one.project, one.id)
        return Filed(form, overlaid(form, stored, self.brought(one)), one.year, one.unit, one.project, one.id)

    def stored(self, one: Kept) -> tuple[Form, Answers]:
        """The filing as the filler left it."""
        if one.id not in self._loaded:
            self._loaded[one.id] = one.load()
        return self._loaded[one.id]

    def brought(self, one: Kept) -> dict[str, Answer]:
        """What arrives at a filing. Where two draw from each other, the one begun first is read as its filler left it."""
        if one.id in self._brought:
            return self._brought[one.id]
        if one.fixed:
            return {}
        if one.id in self._open:
            self._outermost = min(self._outermost, self._open.index(one.id))
            return {}
        form, _ = self.stored(one)
        origins = {year: {a.origin for a in form.data.arrivals if a.year == year} for year in ("this", "last")}
        carries = {form_name(one.form_id)} if form.carries else set()
        place, before, self._outermost = len(self._open), self._outermost, NO_CIRCLE
        self._open.append(one.id)
        try:
            this_year = [self.filed(k) for k in self.neighbours(one) if form_name(k.form_id) in origins["this"]]
            last_year = [self.filed(k) for k in self.year_before(one) if form_name(k.form_id) in origins["last"] | carries]
        finally:
            self._open.remove(one.id)
        found = arrived(form, one.project, this_year, last_year)
        if self._outermost >= place:  # what was read in the middle of a circle is not the whole of it
            self._brought[one.id] = found
            self._outermost = NO_CIRCLE
        self._outermost = min(self._outermost, before)
        return found

    def neighbours(self, one: Kept) -> tuple[Kept, ...]:
        """The other filings of this year and pack."""
        pack = pack_name(one.form_id)
        return tuple(k for k in self.kept if k.id != one.id and k.year == one.year and pack_name(k.form_id) == pack)

    def year_before(self, one: Kept) -> tuple[Kept, ...]:
        """The filings of the year before; those of this pack first, for a county's pack may change its name with the year."""
        found = [k for k in self.kept if k.year == one.year - 1]
        return tuple(sorted(found, key=lambda k: pack_name(k.form_id) != pack_name(one.form_id)))

    def previous(self, one: Kept) -> Kept | None:
        """The same form of the same project a year before."""
        same = (k for k in self.year_before(one) if form_name(k.form_id) == form_name(one.form_id) and k.project == one.project)
        return next(same, None)

    def beside(self, one: Kept) -> tuple[Filed, ...]:
        """The other filings of this year and pack, complete."""
        return tuple(self.filed(k) for k in self.neighbours(one))
