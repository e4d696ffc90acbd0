"""Sealing, seizure and freezing: asked for, approved, taken, extended, and lifted or ended otherwise (ACL 16–33)."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.law.v1.law_pb2 import Ground

from services.enforcement.case.facts import legible_throughout, when
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.measure.act import act, new_measure
from services.enforcement.paper.number import next_number
from services.kit.act import Do, show_deadlines
from services.kit.clocks import exclude, extend, resume
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedure import Act
from services.law.procedures.measure import MEASURE
from services.law.procedures.measure.recorded import TERM

SEAL = pb.MEASURE_KIND_SEAL
NUMBERED = {
    "SEAL": "sealing",
    "SEAL_URGENTLY": "sealing",
    "SEIZE": "seizure",
    "SEIZE_URGENTLY": "seizure",
    "FREEZE": "freezing",
}


def _asked(request: pb.RequestMeasureRequest, measure: pb.Measure, tx: Tx) -> None:
    measure.requester = tx.caller.subject
    put_moment(measure.request_time, tx.now)


@act(MEASURE.REQUEST, begins=new_measure, takes=_asked, loads=((Case, "case_id"),))
def request_measure(
    _request: pb.RequestMeasureRequest, _measure: pb.Measure, _do: Do
) -> events.MeasureRequested:
    """Ask the head to approve a measure (ACL 18[1])."""
    return events.MeasureRequested()


def _approved(_request: Any, measure: pb.Measure, tx: Tx) -> None:
    measure.approver = tx.caller.subject
    put_moment(measure.approve_time, tx.now)


@act(MEASURE.APPROVE, takes=_approved)
def approve_measure(
    _request: pb.ApproveMeasureRequest, _measure: pb.Measure, _do: Do
) -> events.MeasureApproved:
    """Approve a measure before it is taken (ACL 18[1])."""
    return events.MeasureApproved()


@act(MEASURE.REFUSE)
def refuse_measure(request: pb.RefuseMeasureRequest, measure: pb.Measure, do: Do) -> events.MeasureRefused:
    """Refuse a measure (ACL 18[1])."""
    measure.refuse_reason = request.reason
    put_moment(measure.refuse_time, do.now)
    return events.MeasureRefused()


def _taken(request: Any, measure: pb.Measure, tx: Tx) -> None:
    """How it was taken; now, where nothing else is said."""
    legible_throughout(request.execution, "execution.")
    measure.execution.CopyFrom(request.execution)
    at = when(request.execution, "execute_time", tx.now, "execution.execute_time")
    put_moment(measure.execution.execute_time, at)


def _by_kind(_request: pb.ExecuteMeasureRequest, measure: pb.Measure) -> Act:
    return {
        pb.MEASURE_KIND_SEAL: MEASURE.SEAL,
        pb.MEASURE_KIND_SEIZE: MEASURE.SEIZE,
        pb.MEASURE_KIND_FREEZE: MEASURE.FREEZE,
    }[measure.kind]


ANNOUNCED = {
    "SEAL": events.ThingsSealed,
    "SEIZE": events.ThingsSeized,
    "FREEZE": events.FundsFrozen,
    "SEAL_URGENTLY": events.ThingsSealedUrgently,
    "SEIZE_URGENTLY": events.ThingsSeizedUrgently,
}


def _take(measure: pb.Measure, do: Do) -> Any:
    """Number the decision and name those who took it, with their certificates."""
    measure.document_number = next_number(do.tx, measure.body_id, NUMBERED[do.move.act], do.at)
    for person in do.facts.officers():
        measure.officers.add(
            officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
        )
    return ANNOUNCED[do.move.act]()


@act(MEASURE.SEAL, MEASURE.SEIZE, MEASURE.FREEZE, by=_by_kind, takes=_taken)
def execute_measure(
    _request: pb.ExecuteMeasureRequest, measure: pb.Measure, do: Do
) -> events.ThingsSealed | events.ThingsSeized | events.FundsFrozen:
    """Record that an approved measure was taken. Starts its thirty days (ACL 18, 24, 25, 30, 32)."""
    return _take(measure, do)  # type: ignore[no-any-return]


def _urgent(request: pb.ExecuteUrgentlyRequest, measure: pb.Measure, tx: Tx) -> None:
    _taken(request, measure, tx)
    measure.urgency, measure.requester = request.urgency, tx.caller.subject
    put_moment(measure.request_time, tx.now)


def _urgent_kind(request: pb.ExecuteUrgentlyRequest, _measure: pb.Measure) -> Act:
    return MEASURE.SEAL_URGENTLY if request.kind == SEAL else MEASURE.SEIZE_URGENTLY


@act(
    MEASURE.SEAL_URGENTLY,
    MEASURE.SEIZE_URGENTLY,
    by=_urgent_kind,
    begins=new_measure,
    takes=_urgent,
    loads=((Case, "case_id"),),
)
def execute_urgently(
    _request: pb.ExecuteUrgentlyRequest, measure: pb.Measure, do: Do
) -> events.ThingsSealedUrgently | events.ThingsSeizedUrgently:
    """Record that a measure was taken without approval. Starts the twenty-four hours to report it too (ACL 19)."""
    return _take(measure, do)  # type: ignore[no-any-return]


@act(MEASURE.APPROVE_AFTERWARDS, takes=_approved)
def approve_afterwards(
    _request: pb.ApproveAfterwardsRequest, _measure: pb.Measure, _do: Do
) -> events.MeasureApproved:
    """Approve a measure that was taken urgently (ACL 19)."""
    return events.MeasureApproved()


def _decision(request: pb.DeliverFreezingDecisionRequest, measure: pb.Measure, tx: Tx) -> None:
    legible_throughout(request.decision, "decision.")
    measure.execution.decision.CopyFrom(request.decision)
    del measure.execution.things[:]
    measure.execution.things.extend(request.things)
    put_moment(measure.execution.decision_deliver_time, tx.now)


@act(MEASURE.DELIVER_FREEZING_DECISION, takes=_decision)
def deliver_freezing_decision(
    _request: pb.DeliverFreezingDecisionRequest, _measure: pb.Measure, _do: Do
) -> events.FreezingDecisionDelivered:
    """Record that the party got the decision to freeze (ACL 31)."""
    return events.FreezingDecisionDelivered()


def _appraisal(request: pb.SendToAppraisalRequest, measure: pb.Measure, tx: Tx) -> None:
    legible_throughout(request)
    sent = measure.appraisals.add(ground=request.ground, appraiser=request.appraiser)
    put_moment(sent.from_time, tx.now)
    for name in ("planned_end_time", "tell_time"):
        if request.HasField(name):
            getattr(sent, name).CopyFrom(getattr(request, name))


def term_of(tx: Tx, measure: pb.Measure) -> Clock:
    """The clock of a measure that was taken. Raises Missing."""
    return tx.get(Clock, f"{measure.measure_id}/{TERM[measure.kind]}")


@act(MEASURE.SEND_TO_APPRAISAL, takes=_appraisal)
def send_to_appraisal(
    request: pb.SendToAppraisalRequest, measure: pb.Measure, do: Do
) -> events.AppraisalStarted:
    """Let the term stand still while things are appraised (ACL 25(3))."""
    clock, ground = term_of(do.tx, measure), Ground.Name(request.ground).removeprefix("GROUND_")
    exclude(do.tx, clock, do.now, None, ground=ground, cause=request.appraiser)
    show_deadlines(measure, [clock])
    return events.AppraisalStarted()


@act(MEASURE.RECEIVE_APPRAISAL)
def receive_appraisal(
    request: pb.ReceiveAppraisalRequest, measure: pb.Measure, do: Do
) -> events.AppraisalEnded:
    """Let it run on when the result is there (ACL 25(3))."""
    clock = term_of(do.tx, measure)
    resume(do.tx, clock, do.now)
    measure.appraisals[-1].result = request.result
    put_moment(measure.appraisals[-1].until_time, do.now)
    show_deadlines(measure, [clock])
    return events.AppraisalEnded()


def _longer(request: pb.ExtendMeasureRequest, measure: pb.Measure, tx: Tx) -> None:
    legible_throughout(request)
    longer = measure.extensions.add(
        approver=tx.caller.subject,
        days=request.days,
        complexity=request.complexity,
        told_reasons=request.told_reasons,
    )
    put_moment(longer.approve_time, tx.now)
    if request.HasField("tell_time"):
        longer.tell_time.CopyFrom(request.tell_time)


@act(MEASURE.EXTEND, takes=_longer)
def extend_measure(request: pb.ExtendMeasureRequest, measure: pb.Measure, do: Do) -> events.MeasureExtended:
    """Extend the term once, by thirty days at most (ACL 25(1), 32(1))."""
    clock = term_of(do.tx, measure)
    lengthen(do.tx, clock, measure.extensions[-1], do.now, request.document)
    show_deadlines(measure, [clock])
    return events.MeasureExtended()


def lengthen(tx: Tx, clock: Any, longer: pb.MeasureExtension, recorded: datetime, document: str = "") -> None:
    """Add an extension to a measure's clock. Raises Unlawful."""
    extend(
        tx,
        clock,
        longer.days,
        approved=moment_of(longer.approve_time),
        recorded=recorded,
        document=document,
        by="agency_head",
        approver=longer.approver,
        cause=longer.complexity,
    )


def _lifted(request: pb.ReleaseMeasureRequest, measure: pb.Measure, tx: Tx) -> None:
    measure.release.ground, measure.release.cause = request.ground, request.cause
    measure.release.signer = tx.caller.subject
    put_moment(measure.release.release_time, tx.now)


@act(MEASURE.RELEASE, takes=_lifted)
def release_measure(
    _request: pb.ReleaseMeasureRequest, measure: pb.Measure, do: Do
) -> events.MeasureReleased:
    """Lift a measure at once where its ground fell away or its term ended (ACL 19, 28, 33)."""
    number_release(do.tx, measure, do.now)
    return events.MeasureReleased()


def number_release(tx: Tx, measure: pb.Measure, at: datetime) -> None:
    """Number the decision to lift, once."""
    if not measure.release.document_number:
        measure.release.document_number = next_number(tx, measure.body_id, "release", at)


def _ended(_request: Any, measure: pb.Measure, tx: Tx) -> None:
    measure.end.decider = tx.caller.subject
    put_moment(measure.end.end_time, tx.now)


@act(MEASURE.CONFISCATE, takes=_ended)
def confiscate_things(
    _request: pb.ConfiscateThingsRequest, _measure: pb.Measure, _do: Do
) -> events.ThingsConfiscated:
    """Confiscate what is held, by the decision on the case (ACL 27)."""
    return events.ThingsConfiscated()


def _destroyed(request: pb.DestroyThingsRequest, measure: pb.Measure, tx: Tx) -> None:
    _ended(request, measure, tx)
    measure.end.law = request.law


@act(MEASURE.DESTROY, takes=_destroyed)
def destroy_things(
    _request: pb.DestroyThingsRequest, _measure: pb.Measure, _do: Do
) -> events.ThingsDestroyed:
    """Destroy what a law wants destroyed (ACL 27)."""
    return events.ThingsDestroyed()


@act(MEASURE.AUCTION, takes=_ended)
def auction_things(request: pb.AuctionThingsRequest, measure: pb.Measure, _do: Do) -> events.ThingsAuctioned:
    """Have what is held auctioned to pay the fine; the proceeds are recorded as its payment (ACL 46(3), 48)."""
    measure.end.receiver, measure.end.note = request.auctioneer, request.note
    return events.ThingsAuctioned()


@act(MEASURE.DISPOSE, takes=_ended)
def settle_freeze(request: pb.SettleFreezeRequest, measure: pb.Measure, _do: Do) -> events.FreezeSettled:
    """Say what becomes of frozen money (ACL 32(1))."""
    measure.end.note = request.note
    return events.FreezeSettled()


def _handed(request: pb.HandOverThingsRequest, measure: pb.Measure, tx: Tx) -> None:
    legible_throughout(request)
    _ended(request, measure, tx)
    measure.end.receiver = request.receiver
    if request.HasField("tell_time"):
        measure.end.tell_time.CopyFrom(request.tell_time)


@act(MEASURE.HAND_OVER, takes=_handed)
def hand_over_things(
    _request: pb.HandOverThingsRequest, _measure: pb.Measure, _do: Do
) -> events.ThingsHandedOver:
    """Hand things over along with a criminal case (ACL 21)."""
    return events.ThingsHandedOver()


def come_due(tx: Tx, measure_id: str) -> None:
    """The term ended: nothing but lifting is left, and that decision is drawn up for the head to sign (ACL 28(1)[4], 33)."""
    measure = act.open(tx, measure_id)
    if MEASURE.tables[0].move("COME_DUE", act.names[measure.state]) is not None:
        act.do(tx, MEASURE.COME_DUE, measure, None, _draw_up)


def _draw_up(_request: None, measure: pb.Measure, do: Do) -> events.MeasureCameDue:
    measure.release.ground = pb.RELEASE_GROUND_TERM_OVER
    number_release(do.tx, measure, do.now)
    put_moment(measure.release.draft_time, do.now)
    return events.MeasureCameDue()
