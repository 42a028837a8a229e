"""The picture of a survey, drawn when it leaves. Not here: how it looks (templates/posters.py)."""

from dialogs.access.permissions import Action
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.store import filings, office_settings, people, surveys
from dialogs.store.engine import reading
from dialogs.surveying.dates import said_day
from dialogs.surveying.questionnaires import from_json
from templates.filenames import file_name


def make(office: Office, survey_id: str, person: str) -> Sheet:
    """The picture with its name. Raises Withheld."""
    from templates.posters import Notice, poster

    with reading(office.engine) as c:
        survey = surveys.by_id(c, survey_id)
        filing = filings.filing(c, survey.filing) if survey else None
        link = office_settings.link(c, f"s{survey.code}") if survey else ""
        rights = people.rights_of(c, person)
    if survey is None or filing is None or not link or not rights.may(Action.READ, filing.place):
        raise Withheld
    questions = from_json(survey.questions)
    title = questions[0].text if len(questions) == 1 else f"请您评一评我们的工作，一共 {len(questions)} 题"
    notice = Notice(filing.unit_name, title, link, said_day(survey.closes_at, office.zone))
    return Sheet(file_name(f"{filing.unit_name}满意度调查二维码.png"), poster(notice), photo=True)
