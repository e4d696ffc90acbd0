"""The acts of a person's assessment: bound to its procedure, its table and its facts."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.kit.act import Acts
from services.law.procedures.officer_assessment import OFFICER_ASSESSMENT
from services.supervision.officer_assessment.facts import DoneOfficerAssessment
from services.supervision.officer_assessment.model import OfficerAssessment

PREFIX = "OA-"
_STATES = {n: name.removeprefix("OFFICER_ASSESSMENT_STATE_") for name, n in pb.OfficerAssessmentState.items()}


def officer_assessment_id(officer_id: str, body_id: str, year: int) -> str:
    """The id of the assessment of a person in a body for a year: always the same, so that there is one."""
    return f"{PREFIX}{uuid5(NAMESPACE_OID, f'{officer_id}/{body_id}/{year}')}"


def columns(assessment: pb.OfficerAssessment) -> dict[str, Any]:
    return {
        "year": assessment.year,
        "node": assessment.node,
        "body_id": assessment.body_id,
        "officer_id": assessment.officer_id,
        "post": assessment.post,
        "state": _STATES[assessment.state],
        "grade": assessment.grade,
        "version": assessment.version,
    }


act = Acts(
    row=OfficerAssessment,
    record=pb.OfficerAssessment,
    key="officer_assessment_id",
    procedure=OFFICER_ASSESSMENT,
    facts=DoneOfficerAssessment,
    columns=columns,
    tags=("officer_assessment_id",),
)
