"""A body is assessed in the running city: told by events, it hands in at its own node, also though that dies (CITY-ERS 2(6))."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import assessment_pb2 as pb

from services.given.people import HEAD, OVERSIGHT
from services.given.say import patient
from services.kit.desk import envelope
from services.law.calendar import SHANGHAI
from services.law.parameters import load_layers
from tests.city import City
from tests.nodes.conftest import NODE, Process


async def test_a_self_assessment_is_taken_in_once_though_the_department_dies(
    apart: tuple[City, Process],
) -> None:
    """Killed before it hears of the assessment, and after it handed in: it is handed in and taken in once."""
    city, process = apart
    say, body, year = patient(city.say), await city.body(NODE), datetime.now(SHANGHAI).year
    scheme = load_layers([]).assessment(year)
    assert scheme is not None
    await process.kill()
    about = {"body_id": body.body_id, "year": year}
    opened = (await say("city", "supervision", "OpenAssessment", OVERSIGHT, **about)).assessment
    await process.start()

    scores = [{"indicator_id": each.id, "points": each.weight} for each in scheme.ends]
    given: dict[str, Any] = {**about, "scores": scores, "summary": "自查自评材料"}
    made = (await say(NODE, "enforcement", "SubmitSelfAssessment", HEAD, **given)).self_assessment
    await process.kill()
    await process.start()

    async def look() -> pb.Assessment:
        asked = {"assessment_id": opened.assessment_id}
        found = await city.say("city", "supervision", "GetAssessment", OVERSIGHT, **asked)
        assessment: pb.Assessment = found.assessment
        return assessment

    taken = await city.eventually(look, lambda found: found.state == pb.ASSESSMENT_STATE_SELF_SCORED)
    assert taken.self_assessment == made
    told = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    assert [e.subject for e in told if e.type.endswith("SelfAssessmentSubmitted")] == [
        made.self_assessment_id
    ]
    kept = await city.journal("city", "supervision")
    assert [e.subject_id for e in kept if e.type.endswith("SelfAssessmentTaken")].count(
        opened.assessment_id
    ) == 1
