"""The acts of a self-assessment: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.enforcement.v1 import self_assessment_pb2 as pb

from services.enforcement.self_assessment.facts import SelfAssessing
from services.enforcement.self_assessment.model import SelfAssessment
from services.kit.act import Acts
from services.law.procedures.self_assessment import SELF_ASSESSMENT

_STATES = {n: name.removeprefix("SELF_ASSESSMENT_STATE_") for name, n in pb.SelfAssessmentState.items()}


def columns(assessed: pb.SelfAssessment) -> dict[str, Any]:
    return {
        "body_id": assessed.body_id,
        "year": assessed.year,
        "state": _STATES[assessed.state],
        "version": assessed.version,
    }


act = Acts(
    row=SelfAssessment,
    record=pb.SelfAssessment,
    key="self_assessment_id",
    procedure=SELF_ASSESSMENT,
    facts=SelfAssessing,
    columns=columns,
    tags=("self_assessment_id",),
)
