"""What a check-up says about surveys. Not here: the check-up itself, or the pages of a survey."""

from dialogs.scene import Scene
from dialogs.store import surveys
from dialogs.surveying.questionnaires import from_json, tallied
from scoring.columns import Survey
from templates.messages import message


def notes(scene: Scene) -> list[str]:
    """What the check-up says about surveys: a sample that is too small, of an answer that rests on it."""
    if scene.filing is None or scene.outside is None:
        return []
    found = []
    for survey in scene.world.read(surveys.of_filing, scene.filing.id):
        item = scene.sheet.items.get(survey.item)
        latest = scene.world.read(surveys.latest, scene.filing.id, survey.item)
        if item is None or isinstance(item, Survey) or latest != survey or survey.closed_at is None:
            continue  # the form's own questionnaire is checked with its tallies
        tallies = tallied(from_json(survey.questions), scene.world.read(surveys.answers, survey.id))
        answer = scene.answers.get(item.id)
        if answer is not None and answer.given and 0 < tallies.valid < survey.minimum:
            found.append(message("surveying/small", label=item.label, valid=tallies.valid, least=survey.minimum))
    return found
