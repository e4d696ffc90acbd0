"""The discussion, the decision, its publication and its file (MDR 30 to 33)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.major_decision.act import act
from services.supervision.major_decision.forming import ended
from services.supervision.major_decision.model import MajorDecision
from services.supervision.major_decision.unit import put_executors

OUTCOMES: Mapping[int, tuple[Act, Callable[[], Any]]] = MappingProxyType(
    {
        pb.DECISION_OUTCOME_ADOPTED: (DECISION.DECIDE, events.MajorDecisionMade),
        pb.DECISION_OUTCOME_REJECTED: (DECISION.REJECT, events.MajorDecisionRejected),
        pb.DECISION_OUTCOME_SENT_BACK: (DECISION.SEND_BACK, events.MajorDecisionSentBack),
    }
)


def _met(request: pb.DeliberateMajorDecisionRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.meetings.add().CopyFrom(request.meeting)


@act(DECISION.DELIBERATE, takes=_met)
def deliberate_major_decision(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.MajorDecisionDeliberated:
    """Record the meeting: who said what, the head last (MDR 30)."""
    return events.MajorDecisionDeliberated()


def _reported(request: pb.ReportMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    told = decision.reports.add(to=request.to, document=request.document, reporter=tx.caller.subject)
    put_moment(told.report_time, tx.now)


@act(DECISION.REPORT, takes=_reported)
def report_major_decision(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.MajorDecisionReported:
    """Record a report to the Party committee or the people's congress (MDR 8, 31)."""
    return events.MajorDecisionReported()


def _decided(request: pb.MakeMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.outcome, decision.decider = request.outcome, request.decider
    decision.decision_document, decision.decision_reasons = request.document, request.reasons
    put_moment(decision.decide_time, tx.now)


@act(
    *(each for each, _ in OUTCOMES.values()),
    by=lambda request, _decision: OUTCOMES[request.outcome][0],
    takes=_decided,
)
def make_major_decision(request: pb.MakeMajorDecisionRequest, decision: pb.MajorDecision, do: Do) -> Any:
    """Record what the head decides on the ground of the discussion (MDR 30(1))."""
    if request.outcome == pb.DECISION_OUTCOME_REJECTED:
        ended(decision, do, request.reasons, request.document)
    return OUTCOMES[request.outcome][1]()


def _published(request: pb.PublishMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.gazette, decision.website, decision.newspaper = (
        request.gazette,
        request.website,
        request.newspaper,
    )
    decision.adoption_note, decision.withheld = request.adoption_note, request.withheld
    if request.withheld:
        decision.secret_law, decision.secret_reasons = request.secret_law, request.reasons
    put_executors(decision, request.executors, tx)
    decision.of_office = request.of_office
    if request.HasField("report_due_time"):
        decision.report_due_time.CopyFrom(request.report_due_time)
    put_moment(decision.publish_time, tx.now)


def _which(request: pb.PublishMajorDecisionRequest, _decision: pb.MajorDecision) -> Act:
    return DECISION.WITHHOLD if request.withheld else DECISION.PUBLISH


@act(DECISION.PUBLISH, DECISION.WITHHOLD, by=_which, takes=_published)
def publish_major_decision(
    request: pb.PublishMajorDecisionRequest, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionPublished | events.MajorDecisionWithheld:
    """Publish it, and name who carries it out (MDR 32, 34). What it changes or ends is changed or ended then (37)."""
    if decision.changes_id:
        do.then = lambda: replace(do.tx, decision)
    return events.MajorDecisionWithheld() if request.withheld else events.MajorDecisionPublished()


def replace(tx: Tx, by: pb.MajorDecision) -> None:
    """The decision that another changes or ends. Nothing for one that has ended meanwhile."""
    doing = DECISION.TERMINATE if by.ends else DECISION.SUPERSEDE

    def body(_request: None, decision: pb.MajorDecision, do: Do) -> Any:
        decision.changed_by = by.decision_id
        ended(decision, do, by.title, by.decision_document)
        return events.MajorDecisionEnded() if by.ends else events.MajorDecisionChanged()

    row = tx.find(MajorDecision, by.changes_id)
    if row is not None and DECISION.tables[0].move(doing.name, row.state) is not None:
        act.do(tx, doing, row.decision(), None, body)


def _filed(request: pb.ArchiveMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.file_number = request.file_number
    decision.pieces[:] = dict.fromkeys(request.pieces)
    put_moment(decision.archive_time, tx.now)


@act(DECISION.ARCHIVE, takes=_filed)
def archive_major_decision(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.MajorDecisionArchived:
    """File the complete record of the process (MDR 33)."""
    return events.MajorDecisionArchived()
