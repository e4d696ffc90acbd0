"""What the assessment of a person came to goes into the file of the officer, at the city and at the department, once it was told;
a recheck puts its own result in the place (DL-ERS-2005).
"""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import officer_pb2 as pb
from yifa.supervision.v1 import assessment_pb2 as assessments
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.tx import Tx
from services.registry.officer_assessment.model import OfficerGrade
from services.registry.replica import Reaction, keep, of_city


def on_graded(event: Any, tx: Tx) -> None:
    """The newest result of a year holds, in whatever order they come."""
    told = event.officer_assessment
    entry = pb.OfficerGrade(
        officer_assessment_id=told.officer_assessment_id,
        officer_id=told.officer_id,
        year=told.year,
        body_id=told.body_id,
        node=told.node,
        post=assessments.AssessedPost.Name(told.post).removeprefix("ASSESSED_POST_"),
        grade=assessments.AssessmentGrade.Name(told.grade).removeprefix("ASSESSMENT_GRADE_"),
        points=told.points,
        consequences=[
            assessments.AssessmentConsequence.Name(each).removeprefix("ASSESSMENT_CONSEQUENCE_")
            for each in told.consequences
        ],
        tell_time=told.tell_time,
        rechecked=told.recheck.HasField("decide_time"),
        version=told.version,
    )
    values = {
        "officer_id": entry.officer_id,
        "year": entry.year,
        "grade": entry.grade,
        "version": entry.version,
        "record": entry.SerializeToString(deterministic=True),
    }
    keep(tx, OfficerGrade, {"officer_assessment_id": entry.officer_assessment_id}, values)


REACTIONS: dict[type[Message], Reaction] = {
    supervision.OfficerGradeTold: of_city(on_graded),
    supervision.OfficerRecheckDecided: of_city(on_graded),
}
