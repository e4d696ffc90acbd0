"""The acts of an assessment: bound to its procedure, its table and its facts."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.act import Acts
from services.law.moment import moment_at
from services.law.procedures.assessment import ASSESSMENT
from services.supervision.assessment.facts import DoneAssessment
from services.supervision.assessment.model import Assessment, self_key

PREFIX = "AS-"
_STATES = {n: name.removeprefix("ASSESSMENT_STATE_") for name, n in pb.AssessmentState.items()}


def assessment_id(body_id: str, year: int) -> str:
    """The id of the assessment of a body for a year: always the same, so that there is one."""
    return f"{PREFIX}{uuid5(NAMESPACE_OID, self_key(body_id, year))}"


def columns(assessment: pb.Assessment) -> dict[str, Any]:
    return {
        "year": assessment.year,
        "body_id": assessment.body_id,
        "node": assessment.node,
        "state": _STATES[assessment.state],
        "grade": assessment.grade,
        "publish_time": moment_at(assessment, "publish_time"),
        "version": assessment.version,
    }


act = Acts(
    row=Assessment,
    record=pb.Assessment,
    key="assessment_id",
    procedure=ASSESSMENT,
    facts=DoneAssessment,
    columns=columns,
    tags=("assessment_id",),
)
