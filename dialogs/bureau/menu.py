"""The finance bureau's own page in the chat: where the county stands in one line, and everything that can be done about it.

Whoever only looks sees what there is to look at. Not here: the single pages.
"""

from dialogs.access.permissions import Action, Role
from dialogs.access.places import rest_of, spot
from dialogs.access.rights import Place
from dialogs.bureau.progress import Overview, overview_of
from dialogs.conversation import Screen
from dialogs.rooms import Home
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from dialogs.store import counties, overview
from templates import labels
from templates.messages import message

OFFICE = frozenset({Role.ADMINISTRATOR, Role.OVERSEER})


def home(scene: Scene) -> Home:
    """A button to the bureau's page for everybody who has an office there."""
    mine = held(scene)
    names = {county.id: county.name for county in scene.world.read(counties.all_counties)} if mine else {}
    return Home(rows=[[(f"{names[id]}财政局", f"bureau:c.{id}")] for id in mine if id in names])


def held(scene: Scene) -> tuple[str, ...]:
    """The counties somebody looks after or oversees."""
    return tuple(id for id, roles in scene.rights.counties.items() if roles & OFFICE)


def year_of(scene: Scene, county: str, rest: str) -> int:
    """The year a button is about: as it says, else the latest there is."""
    first = rest.partition(".")[0]
    if first.isdecimal():
        return int(first)
    years = scene.world.read(overview.years, county)
    return years[0] if years else scene.today.year - 1


def read_overview(scene: Scene, county: str, year: int) -> Overview:
    """The county's progress as of now."""
    return scene.world.read(overview_of, county, year, scene.event.at, scene.zone)


def menu(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """The bureau's page of one county and year."""
    found = spot(scene, argument)
    assert found is not None  # the gate was asked at this place
    county = found.place.county
    year = year_of(scene, county, rest_of(argument))
    years = scene.world.read(overview.years, county)
    table = read_overview(scene, county, year) if year in years else None
    units = 0 if table else len(scene.world.read(counties.units_in, county))
    text = message("bureau/menu", name=found.name, year=year, table=table, ack=ack, units=units)
    return show(scene, text, _rows(scene, county, year, years), screen=Screen.BUREAU)


def _rows(scene: Scene, county: str, year: int, years: list[int]) -> list[Row]:
    here, place = f"c.{county}.{year}", Place(county)
    buttons = [
        (Action.PROGRESS, labels.BUREAU_PROGRESS, f"bu_progress:{here}", True),
        (Action.ANNOUNCE, labels.BUREAU_ANNOUNCE, f"bu_announce:{here}", False),
        (Action.EXPORT, labels.BUREAU_ANOMALIES, f"bu_anomalies:{here}", True),
        (Action.EXPORT, labels.BUREAU_SUMMARY, f"bu_summary:{here}", True),
        (Action.EXPORT, labels.BUREAU_DOCUMENTS, f"bu_documents:{here}", True),
        (Action.EXPORT, labels.BUREAU_PUBLISH, f"bu_publish:{here}", True),
        (Action.ANNOUNCE, labels.BUREAU_RETURN, f"bu_return:{here}", True),
        (Action.IMPORT, labels.BUREAU_IMPORT, f"bu_import:{here}", False),
        (Action.MEMBERS, labels.BUREAU_PEOPLE, f"members:c.{county}", False),
        (Action.CALENDAR, labels.CALENDAR, f"cal_county:c.{county}", True),
        (Action.OPEN_YEAR, labels.OPEN_YEAR, f"cal_open:c.{county}", False),
    ]
    shown = [(label, action) for needs, label, action, filed in buttons if scene.may(needs, place) and (years or not filed)]
    more = [[(f"{other}年度", f"bureau:c.{county}.{other}") for other in years[:4] if other != year]] if len(years) > 1 else []
    return [*wrapped(shown, 2), *more, [(labels.HOME, "home")]]
