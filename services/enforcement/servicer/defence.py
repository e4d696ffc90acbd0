"""The party's say: prior notice, statement, waiver, hearing, recheck."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, Notice, moment_of, put_moment
from services.enforcement.model import Body, Case
from services.enforcement.process import step
from services.enforcement.servicer.acts import (
    CLERK,
    UNIT_HEAD,
    act,
    handles,
    next_number,
    open_case,
    when,
    window_end,
)
from services.enforcement.servicer.gather import investigated, thresholds
from services.kit.rpc import write
from services.kit.tx import Tx


class Defences:
    @write(loads=(Case, "case_id"))
    def ServePriorNotice(self, request: pb.ServePriorNoticeRequest, tx: Tx) -> pb.ServePriorNoticeResponse:
        """Record that the notice of the proposed penalty reached the party (APL 44, 63). A new one replaces it."""
        row, case = open_case(tx, request.case_id)
        at = when(request, "serve_time", tx.now)
        told = Notice(request.facts, request.reasons, request.basis, request.hearing_right_told)
        facts = Facts(
            case,
            tx.now,
            at,
            since(case.review, "conclude_time"),
            tx.caller.subject,
            handles(tx, case, CLERK),
            notice=told,
            thresholds=thresholds(tx.parameters, case, at),
        )
        case.state = step("SERVE_PRIOR_NOTICE", facts)
        # What the party said to an earlier notice, or waived, is no answer to this one; the journal keeps it.
        case.ClearField("defence")
        notice = case.notice
        notice.document_number = next_number(tx, tx.get(Body, case.body_id), "告", at)
        notice.penalty.CopyFrom(case.proposal)
        notice.facts, notice.reasons, notice.basis = request.facts, request.reasons, request.basis
        notice.hearing_right_told = request.hearing_right_told
        put_moment(notice.serve_time, at)
        put_moment(notice.window_end, window_end(tx, at, case.sector))
        return pb.ServePriorNoticeResponse(case=act(tx, row, case, events.PriorNoticeServed(), at))

    @write(loads=(Case, "case_id"))
    def RecordStatement(self, request: pb.RecordStatementRequest, tx: Tx) -> pb.RecordStatementResponse:
        """Record what the party says to the notice (APL 45). A further statement is added to the first."""
        row, case = open_case(tx, request.case_id)
        at = when(request, "receive_time", tx.now)
        case.state = step("RECORD_STATEMENT", from_party(tx, case, at, since(case.notice, "serve_time")))
        defence = case.defence
        defence.statement = "\n".join(filter(None, (defence.statement, request.statement)))
        set_latest(defence.statement_time, at)
        forget_recheck(defence)
        return pb.RecordStatementResponse(case=act(tx, row, case, events.StatementReceived(), at))

    @write(loads=(Case, "case_id"))
    def WaiveDefence(self, request: pb.WaiveDefenceRequest, tx: Tx) -> pb.WaiveDefenceResponse:
        """Record that the party waived statement and hearing in writing (APL 62)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("WAIVE_DEFENCE", from_party(tx, case, tx.now, None))
        put_moment(case.defence.waive_time, tx.now)
        case.defence.waive_proof = request.proof
        return pb.WaiveDefenceResponse(case=act(tx, row, case, events.DefenceWaived()))

    @write(loads=(Case, "case_id"))
    def RequestHearing(self, request: pb.RequestHearingRequest, tx: Tx) -> pb.RequestHearingResponse:
        """Record that the party asks for a hearing (APL 64(1))."""
        row, case = open_case(tx, request.case_id)
        at = when(request, "request_time", tx.now)
        case.state = step("REQUEST_HEARING", from_party(tx, case, at, since(case.notice, "serve_time")))
        put_moment(case.defence.hearing_request_time, at)
        return pb.RequestHearingResponse(case=act(tx, row, case, events.HearingRequested(), at))

    @write(loads=(Case, "case_id"))
    def HoldHearing(self, request: pb.HoldHearingRequest, tx: Tx) -> pb.HoldHearingResponse:
        """Record the hearing with its record (APL 64). The host is the caller."""
        row, case = open_case(tx, request.case_id)
        at, me = when(request, "hold_time", tx.now), tx.caller.subject
        facts = Facts(
            case,
            tx.now,
            at,
            since(case.defence, "hearing_request_time"),
            me,
            investigated=investigated(tx.find, case.case_id, me),
        )
        case.state = step("HOLD_HEARING", facts)
        put_moment(case.defence.hearing_time, at)
        case.defence.hearing_host, case.defence.hearing_record = me, request.record
        forget_recheck(case.defence)
        return pb.HoldHearingResponse(case=act(tx, row, case, events.HearingHeld(), at))

    @write(loads=(Case, "case_id"))
    def RecheckDefence(self, request: pb.RecheckDefenceRequest, tx: Tx) -> pb.RecheckDefenceResponse:
        """Record how statement and hearing were taken into account (APL 45)."""
        row, case = open_case(tx, request.case_id)
        on_case = handles(tx, case, UNIT_HEAD)
        facts = Facts(case, tx.now, tx.now, caller=tx.caller.subject, on_case=on_case)
        case.state = step("RECHECK_DEFENCE", facts)
        case.defence.recheck_opinion, case.defence.recheck_adopted = request.opinion, request.adopted
        put_moment(case.defence.recheck_time, tx.now)
        return pb.RecheckDefenceResponse(case=act(tx, row, case, events.DefenceRechecked()))


def since(part: cases.Review | cases.PriorNotice | cases.Defence, field: str) -> datetime | None:
    """When the act that this one builds on was done, if it was."""
    return moment_of(getattr(part, field)) if part.HasField(field) else None


def from_party(tx: Tx, case: cases.Case, at: datetime, after: datetime | None) -> Facts:
    """Facts of an act of the party that a handling officer or a clerk records."""
    return Facts(case, tx.now, at, after, tx.caller.subject, handles(tx, case, CLERK))


def set_latest(stamp: Timestamp, at: datetime) -> None:
    if moment_of(stamp) < at:
        put_moment(stamp, at)


def forget_recheck(defence: cases.Defence) -> None:
    """What was said after a recheck has to be checked again; the journal keeps the earlier opinion."""
    for field in ("recheck_opinion", "recheck_adopted", "recheck_time"):
        defence.ClearField(field)
