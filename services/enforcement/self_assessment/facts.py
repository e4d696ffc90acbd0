"""The facts of a self-assessment: what it says, and what the department knows of body and scheme."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import self_assessment_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.self_assessment.model import SelfAssessment
from services.law.assessment import Scheme, Scored, Weighed
from services.law.procedure import whole
from services.law.procedures.self_assessment import SelfAssessmentFacts, SelfAssessmentRecord
from services.law.process import Move


def scheme_of(look: Any, body: Body | None, year: int) -> Scheme | None:
    """The scheme by which a body is assessed for a year. `look` is a transaction or a view."""
    if body is None:
        return None
    return look.parameters.assessment(year, look.sector_of(body.field), body.name)  # type: ignore[no-any-return]


@whole
class SelfAssessing(SelfAssessmentFacts):
    """An act about a self-assessment. `look` is a transaction or a view."""

    def __init__(self, assessed: pb.SelfAssessment, look: Any, _move: Move, _request: Any = None) -> None:
        self.assessed, self.look, self.now = assessed, look, look.now
        self.record = SelfAssessmentRecord(
            year=assessed.year,
            summary=assessed.summary,
            scores=tuple(Scored(s.indicator_id, s.points, s.text) for s in assessed.scores),
        )

    def at(self) -> datetime:
        return self.now

    def body(self) -> Body | None:
        return self.look.find(Body, self.assessed.body_id)  # type: ignore[no-any-return]

    def weights(self) -> tuple[Weighed, ...]:
        scheme = scheme_of(self.look, self.body(), self.assessed.year)
        return scheme.weighed() if scheme is not None else ()

    def own_body(self) -> bool:
        body = self.body()
        return body is not None and body.confirmed and body.node == self.look.node

    def submitted(self) -> bool:
        same = select(SelfAssessment).where(
            SelfAssessment.body_id == self.assessed.body_id, SelfAssessment.year == self.assessed.year
        )
        return bool(self.look.query(same))
