"""The facts of an assessment: the record with what the act hands in, and what the city knows of body and people."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import assessment_pb2 as pb

from services.law.assessment import By, Scored
from services.law.calendar import SHANGHAI
from services.law.fine_target import speaks_of_fines
from services.law.heads import rank_at
from services.law.moment import moment_at
from services.law.procedures.assessed_year import Wrong
from services.law.procedures.assessment import AssessmentFacts, AssessmentRecord, Commended
from services.law.process import Move
from services.law.rule import fact
from services.supervision.accountability.model import Accountability
from services.supervision.assessment.graded import Graded
from services.supervision.assessment.model import Assessment, SelfAssessment, self_key
from services.supervision.assessment.scheme import GRADES, weighed
from services.supervision.body.model import Body
from services.supervision.certificate.model import Certificate
from services.supervision.head.model import Heads
from services.supervision.normative_document.maker import acts_for
from services.supervision.officer_assessment.model import failed

NOT_OPENED = frozenset({"CLUE", "REVIEWED", "NOT_PURSUED"})
"""The states of a matter of accountability in which nobody is investigated."""
WRONGS = {pb.AssessmentWrong.Value(f"ASSESSMENT_WRONG_{wrong}"): wrong for wrong in Wrong}


def commended(request: pb.RecordCommendationRequest) -> Commended:
    """The commendation that is handed in."""
    c = request.commendation
    return Commended(
        officer=c.officer_id,
        title=c.title,
        authority=c.authority,
        document=c.document_number,
        time=moment_at(c, "commend_time"),
        criteria=c.criteria,
        deeds=c.deeds,
        address=c.address,
    )


def record_of(assessment: pb.Assessment, request: Any) -> AssessmentRecord:
    """What the rules ask of the record, with what the request adds to it."""
    opinion, meeting = assessment.opinion, assessment.meeting
    last = assessment.rectifications[-1] if assessment.rectifications else pb.Rectification()
    return AssessmentRecord(
        year=assessment.year,
        scores=tuple(Scored(s.indicator_id, s.points, s.reason) for s in getattr(request, "scores", ())),
        asked=opinion.asked,
        satisfied=opinion.satisfied if opinion.HasField("satisfied") else None,
        opinion_source=opinion.source,
        review_time=moment_at(assessment, "review_time"),
        members=tuple(meeting.members),
        meet_time=moment_at(meeting, "meet_time"),
        minutes=meeting.minutes,
        proposed=GRADES.get(assessment.proposed),
        grade=GRADES.get(assessment.grade),
        grade_reason=assessment.grade_reason,
        publish_address=assessment.publish_address,
        rectification=str(getattr(request, "text", "")),
        rectification_waits=last.HasField("submit_time") and not last.HasField("verify_time"),
        result=str(getattr(request, "result", "")),
        fix_time=moment_at(assessment, "fix_time"),
        wrongs=tuple(WRONGS[each] for each in assessment.wrongs),
        commendation=commended(request) if isinstance(request, pb.RecordCommendationRequest) else Commended(),
        commended=frozenset((c.officer_id, c.document_number.strip()) for c in assessment.commendations),
    )


class DoneAssessment(Graded, AssessmentFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, assessment: pb.Assessment, look: Any, move: Move, request: Any = None) -> None:
        self.assessment, self.look, self.move, self.request = assessment, look, move, request
        self.now = look.now
        self.record = record_of(assessment, request)

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    def surveyed(self) -> bool:
        return bool(weighed(self.assessment.scheme, By.SURVEY))

    @fact
    def body_stood(self) -> bool:
        """It stood on a day of the year."""
        body = self.look.find(Body, self.assessment.body_id)
        if body is None or body.from_time is None:
            return False
        begin, end = (datetime(self.assessment.year + n, 1, 1, tzinfo=SHANGHAI) for n in (0, 1))
        return bool(body.from_time < end and (body.until_time is None or body.until_time > begin))

    @fact
    def opened(self) -> bool:
        return self.look.find(Assessment, self.assessment.assessment_id) is not None

    @fact
    def self_given(self) -> bool:
        key = self_key(self.assessment.body_id, self.assessment.year)
        return self.look.find(SelfAssessment, key) is not None

    def self_due(self) -> datetime | None:
        return moment_at(self.assessment, "self_due_time")

    def acting(self) -> tuple[str, ...]:
        """Who acts, and with the meeting, who took part in it."""
        who = (self.look.caller.subject,)
        return (*who, *self.record.members) if self.move.act == "FIX_GRADE" else who

    def of_body(self) -> bool:
        return acts_for(self.look, self.assessment.body_id)

    @fact
    def officer_of_body(self) -> bool:
        """A head of it, or the holder of a certificate of it, today."""
        officer, body_id = self.record.commendation.officer, self.assessment.body_id
        heads = self.look.find(Heads, body_id)
        if heads is not None and rank_at(heads.terms, officer, self.now):
            return True
        held = select(Certificate).where(Certificate.body_id == body_id, Certificate.officer_id == officer)
        return any(row.issue_time <= self.now < row.expire_time for row in self.look.query(held))

    def fine_target(self) -> bool:
        c = self.record.commendation
        return bool(speaks_of_fines(c.title, c.criteria, c.deeds))

    @fact
    def answers(self) -> bool:
        """A matter against who is commended, opened, and not dropped, of the year or of later."""
        officer = self.record.commendation.officer
        begin = datetime(self.assessment.year, 1, 1, tzinfo=SHANGHAI)
        its = select(Accountability).where(
            Accountability.body_id == self.assessment.body_id,
            Accountability.officer_id == officer,
            Accountability.register_time >= begin,
        )
        return any(row.state not in NOT_OPENED for row in self.look.query(its))

    @fact
    def officer_failed(self) -> bool:
        officer = self.record.commendation.officer
        return bool(officer) and failed(self.look, officer, self.assessment.year)

    @fact
    def involved(self) -> frozenset[str]:
        """Who heads the body, or holds a certificate there."""
        return frozenset(self._involved()) - {""}

    def _involved(self) -> Iterator[str]:
        body_id = self.assessment.body_id
        heads = self.look.find(Heads, body_id)
        yield from (term["officer"] for term in (heads.terms if heads is not None else ()))
        holders = select(Certificate).where(Certificate.body_id == body_id)
        yield from (row.officer_id for row in self.look.query(holders))
