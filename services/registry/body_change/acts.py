"""What changes of a body later: noted by the city, reported by its department, decided by the city."""

from datetime import UTC, datetime

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import deadline_proto, observe
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.procedures.body import BODY
from services.law.procedures.officer import ROSTER
from services.registry.basic_information.clock import BODY as PARTICULARS
from services.registry.basic_information.clock import changed as information_changed
from services.registry.body.facts import BodyFacts
from services.registry.body.model import Body, body_proto
from services.registry.body.record import changed, next_certificate
from services.registry.body_change.model import keep_change
from services.registry.deadline.model import Clock
from services.registry.lawful import admit, step
from services.registry.officer.facts import Staff

CHANGEABLE = ("name", "document_prefix", "field")


@write(loads=(Body, "body_id"))
def note_body_change(request: body_pb2.NoteBodyChangeRequest, tx: Tx) -> body_pb2.NoteBodyChangeResponse:
    """The city heard of a change: the department has thirty days from it to report (OFF-01)."""
    body = tx.get(Body, request.body_id)
    step(BODY.NOTE_BODY_CHANGE, body.state, BodyFacts(tx, body), body_id=body.body_id)
    report_due(request, tx)
    at = request.change_time.ToDatetime(tzinfo=UTC)
    observe(tx, Clock, events.BodyChangeNoted.DESCRIPTOR.full_name, body.body_id, at)
    deadline = deadline_proto(tx.get(Clock, f"{body.body_id}/OFF-01"))
    noted = events.BodyChangeNoted(body=body_proto(body), deadline=deadline, cause=request.cause)
    tx.emit(noted, subject=body.body_id, to=body.node)
    return body_pb2.NoteBodyChangeResponse(deadline=deadline)


@write(loads=(Body, "body_id"))
def report_body_change(
    request: body_pb2.ReportBodyChangeRequest, tx: Tx
) -> body_pb2.ReportBodyChangeResponse:
    """Report to the city what changed of a body's certificate, within 30 days (OFF-01)."""
    body = tx.get(Body, request.body_id)
    admit(ROSTER.REPORT_BODY_CHANGE, Staff(tx, None, body), body_id=body.body_id)
    step(BODY.REPORT_BODY_CHANGE, body.state, BodyFacts(tx, body), body_id=body.body_id)
    if not any(getattr(request, name) for name in (*CHANGEABLE, "seal")):
        raise Malformed({"name": ("or another field has to change", "应当至少变更一项登记事项")})
    due_time = report_due(request, tx)
    change = body_pb2.BodyChange(
        change_id=tx.new_id("BC-"),
        body_id=body.body_id,
        **{name: getattr(request, name) for name in CHANGEABLE},
        seal=request.seal.strip(),
        papers=request.papers,
        change_time=request.change_time,
        report_time=tx.now,
        due_time=due_time,
        late=tx.now > due_time,
    )
    keep_change(tx, change)
    tx.emit(events.BodyChangeReported(change=change), subject=body.body_id)
    return body_pb2.ReportBodyChangeResponse(change=change)


@write(loads=(Body, "body_id"))
def decide_body_change(
    request: body_pb2.DecideBodyChangeRequest, tx: Tx
) -> body_pb2.DecideBodyChangeResponse:
    """Accept a reported change and issue a new certificate, or refuse it."""
    body = tx.get(Body, request.body_id)
    act = BODY.REISSUE_BODY if request.accepted else BODY.REFUSE_BODY_CHANGE
    body.state = step(act, body.state, BodyFacts(tx, body), body_id=body.body_id)
    detail = body_pb2.EnforcementBody.FromString(body.detail)
    change, replaced = detail.pending, detail.certificate_number
    change_id = change.change_id
    if request.accepted:
        for name in CHANGEABLE:
            setattr(body, name, getattr(change, name) or getattr(body, name))
        detail.seal = change.seal or detail.seal
        detail.certificate_number = next_certificate(tx)
        detail.reissue_time.FromDatetime(tx.now)
    detail.ClearField("pending")
    body.detail = detail.SerializeToString()
    told = (
        changed(tx, body, events.BodyReissued, replaced=replaced)
        if request.accepted
        else changed(tx, body, events.BodyChangeRefused, change_id=change_id, opinion=request.opinion)
    )
    if request.accepted:
        information_changed(tx, body, PARTICULARS, tx.now)
    return body_pb2.DecideBodyChangeResponse(body=told)


def report_due(
    request: body_pb2.ReportBodyChangeRequest | body_pb2.NoteBodyChangeRequest, tx: Tx
) -> datetime:
    """The last moment to report a change. Raises Malformed for one at no possible time."""
    try:
        at = request.change_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI)
        clock = tx.parameters.held(catalogue()["OFF-01"], at.date())
        return due(clock, at, tx.calendar).at
    except (ValueError, OverflowError):
        said = (
            "lies before the duty to report, or beyond the calendar",
            "早于报告义务施行之日，或者不是有效时间",
        )
        raise Malformed({"change_time": said}) from None
