"""The facts of a person's assessment: the record with what the act hands in, and what the city knows of body and people."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.law.assessment import Scored
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.procedures.officer_assessment import OfficerAssessmentFacts, OfficerAssessmentRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.assessment.graded import Graded
from services.supervision.assessment.scheme import GRADES, SCORERS, ends_of
from services.supervision.certificate.model import Certificate, node_of
from services.supervision.normative_document.maker import acts_for
from services.supervision.officer_assessment.model import OfficerAssessment


def record_of(assessment: pb.OfficerAssessment, request: Any) -> OfficerAssessmentRecord:
    """What the rules ask of the record, with what the request adds to it."""
    again = isinstance(request, pb.DecideOfficerRecheckRequest)
    meeting = assessment.recheck.meeting if again else assessment.meeting
    handed = getattr(request, "scores", None)
    scores = [each.score for each in assessment.scores] if handed is None else handed
    return OfficerAssessmentRecord(
        year=assessment.year,
        scores=tuple(Scored(s.indicator_id, s.points, s.reason) for s in scores),
        review_time=moment_at(assessment, "recheck.ask_time" if again else "review_time"),
        members=tuple(meeting.members),
        meet_time=moment_at(meeting, "meet_time"),
        minutes=meeting.minutes,
        proposed=GRADES.get(assessment.proposed),
        grade=GRADES.get(assessment.grade),
        grade_reason=assessment.grade_reason,
        document=assessment.document,
        receipt=assessment.receipt,
        recheck_until=moment_at(assessment, "recheck_until"),
        reasons=str(getattr(request, "reasons", "") or getattr(request, "reason", "")),
    )


class DoneOfficerAssessment(Graded, OfficerAssessmentFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, assessment: pb.OfficerAssessment, look: Any, move: Move, request: Any = None) -> None:
        self.assessment, self.look, self.move, self.request = assessment, look, move, request
        self.now = look.now
        self.record = record_of(assessment, request)

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def officer_stood(self) -> bool:
        """A certificate of the body was theirs on a day of the year."""
        a = self.assessment
        begin, end = (datetime(a.year + n, 1, 1, tzinfo=SHANGHAI) for n in (0, 1))
        held = select(Certificate).where(
            Certificate.officer_id == a.officer_id, Certificate.body_id == a.body_id
        )
        return any(row.issue_time < end and row.expire_time > begin for row in self.look.query(held))

    @fact
    def opened(self) -> bool:
        return self.look.find(OfficerAssessment, self.assessment.officer_assessment_id) is not None

    @fact
    def by_named(self) -> bool:
        ids = {each.id for each in self.record.scores}
        ends = ends_of(self.assessment.scheme)
        roles = {SCORERS[each.scorer] for each in ends if each.id in ids and each.scorer}
        return bool(roles) and all(map(self._scores_as, roles))

    def _scores_as(self, role: int) -> bool:
        """The heads of the body score as its own; whoever heads a unit of the city's does not."""
        caller = self.look.caller
        city = caller.node == self.look.city
        at_home = city if role == Role.ROLE_OVERSIGHT else acts_for(self.look, self.assessment.body_id)
        return bool(caller.has(role) and at_home)

    @fact
    def quota_left(self) -> bool:
        a = self.assessment
        share = next((q.percent for q in a.scheme.quotas if q.grade == a.grade), None)
        if share is None:
            return True
        its = select(OfficerAssessment).where(
            OfficerAssessment.body_id == a.body_id, OfficerAssessment.year == a.year
        )
        pool = [row for row in self.look.query(its) if row.post == a.post]
        given = sum(
            row.grade == a.grade for row in pool if row.officer_assessment_id != a.officer_assessment_id
        )
        return 100 * (given + 1) <= share * len(pool)

    def own(self) -> bool:
        """The person, at the department where that is now, which need not be the one that was assessed."""
        caller, a = self.look.caller, self.assessment
        at_home = caller.node == node_of(self.look, a.officer_id, a.node)
        return bool(a.officer_id) and caller.subject == a.officer_id and at_home

    def acting(self) -> tuple[str, ...]:
        """Who acts, and with the meeting, who took part in it."""
        meets = self.move.act in ("FIX_GRADE", "DECIDE_RECHECK")
        return (self.look.caller.subject, *(self.record.members if meets else ()))

    def involved(self) -> frozenset[str]:
        """Who is assessed; when it is looked at again, also who scored."""
        again = self.move.act == "DECIDE_RECHECK"
        scorers = (each.scorer for each in self.assessment.scores) if again else ()
        return frozenset({self.assessment.officer_id, *scorers}) - {""}
