"""Surveys whose last day is over are closed, and whoever made one is told that its result can be taken over."""

from dialogs.access.permissions import Action
from dialogs.editions import form_of
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.store import filings, people, surveys
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.surveying.carrying import close
from dialogs.surveying.questionnaires import from_json, tallied
from templates import labels
from templates.messages import message


def close_due(office: Office) -> bool:
    """Close every survey that is due; False when none was."""
    with reading(office.engine) as c:
        if not surveys.due(c, office.clock()):
            return False
    with writing(office.engine) as c:
        now = office.clock()
        for survey in surveys.due(c, now):
            filing = filings.filing(c, survey.filing)
            assert filing is not None
            doing = Doing(c, office, survey.person, now)
            close(doing, filing.place, survey.id)
            if not people.rights_of(c, survey.person).may(Action.READ, filing.place):
                continue
            item = form_of(c, filing).items.get(survey.item)
            tallies = tallied(from_json(survey.questions), surveys.answers(c, survey.id))
            text = message(
                "surveying/ended",
                label=item.label if item else survey.item,
                unit=filing.unit_name,
                valid=tallies.valid,
                least=survey.minimum,
            )
            way = [[(labels.SURVEY_LOOK, f"goto:{filing.id}:survey:{survey.item}")]]
            doing.say(Notice(survey.person, "survey", f"survey:{survey.id}", text, way))
    return True
