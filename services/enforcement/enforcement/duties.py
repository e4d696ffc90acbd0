"""Enforcing what is to be done: the announcement of a demolition, a substitute, a clearing at once, and what it cost (ACL 44,
50–52)."""

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.facts import legible, legible_throughout, when
from services.enforcement.case.model import Case
from services.enforcement.enforcement.act import act, case_of, new_enforcement
from services.enforcement.enforcement.acts import take_execution
from services.enforcement.paper.number import next_number
from services.enforcement.payment.model import PaymentReference, count, refuse_known
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.enforcement import ENFORCEMENT

OF_CASE = ((Case, "case_id"),)


def _begun(request: pb.BeginDutyEnforcementRequest, tx: Tx) -> pb.Enforcement:
    """What is enforced is what the decision orders."""
    enforcement = new_enforcement(request, tx)
    enforcement.duty.CopyFrom(case_of(tx, request.case_id).decision.penalty.duty)
    enforcement.duty.SetInParent()
    return enforcement


@act(ENFORCEMENT.NOTE_OVERDUE_DUTY, begins=_begun, loads=OF_CASE)
def begin_duty_enforcement(
    _request: pb.BeginDutyEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.DutyEnforcementBegun:
    """Note that what the decision orders was not done in its term (ACL 34)."""
    return events.DutyEnforcementBegun()


def _announced(request: pb.AnnounceDemolitionRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Raises Malformed for a time beyond the calendar."""
    legible_throughout(request)
    said = pb.DemolitionAnnouncement(place=request.place, announcer=tx.caller.subject)
    if request.HasField("term_end_time"):
        said.term_end_time.CopyFrom(request.term_end_time)
    put_moment(said.announce_time, tx.now)
    enforcement.demolition.CopyFrom(said)


@act(ENFORCEMENT.ANNOUNCE_DEMOLITION, takes=_announced)
def announce_demolition(
    _request: pb.AnnounceDemolitionRequest, enforcement: pb.Enforcement, do: Do
) -> events.DemolitionAnnounced:
    """Announce a demolition, with a last term to do it oneself (ACL 44)."""
    number = next_number(do.tx, enforcement.body_id, "demolition", do.now)
    enforcement.demolition.document_number = number
    return events.DemolitionAnnounced()


def _scheduled(request: pb.ScheduleSubstituteRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Another day than before asks for another demand. Raises Malformed for a time beyond the calendar."""
    legible(request, "perform_time")
    enforcement.plan.CopyFrom(
        pb.SubstitutePlan(perform_time=request.perform_time, scheduler=tx.caller.subject)
    )
    put_moment(enforcement.plan.schedule_time, tx.now)


@act(ENFORCEMENT.SCHEDULE_SUBSTITUTE, takes=_scheduled)
def schedule_substitute(
    _request: pb.ScheduleSubstituteRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.SubstituteScheduled:
    """Set the day on which a substitute performs; three working days before it the party is told once more (ACL 51(1)[2])."""
    return events.SubstituteScheduled()


def _demanded(request: pb.DemandBeforeSubstituteRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    enforcement.plan.receipt, enforcement.plan.sender = request.receipt, tx.caller.subject
    put_moment(enforcement.plan.demand_time, when(request, "demand_time", tx.now))


@act(ENFORCEMENT.DEMAND_ONCE_MORE, takes=_demanded)
def demand_before_substitute(
    _request: pb.DemandBeforeSubstituteRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.SubstituteDemanded:
    """Tell the party once more to perform, three working days before the substitute does (ACL 51(1)[2])."""
    return events.SubstituteDemanded()


def _started(request: pb.StartSubstituteRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    take_execution(request.execution, enforcement, tx)


@act(ENFORCEMENT.EXECUTE_BY_SUBSTITUTE, takes=_started)
def start_substitute(
    _request: pb.StartSubstituteRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.SubstituteStarted:
    """Have the substitute perform, watched by officers of the case, without violence (ACL 50, 51)."""
    return events.SubstituteStarted()


def _cleared(request: pb.ClearAtOnceRequest, tx: Tx) -> pb.Enforcement:
    """Raises Malformed for a time beyond the calendar."""
    legible_throughout(request)
    enforcement, at = (
        new_enforcement(request, tx),
        when(request.clearing, "clear_time", tx.now, "clearing.clear_time"),
    )
    enforcement.penalty_number = ""
    enforcement.clearing.CopyFrom(request.clearing)
    for name in ("tell_time", "told_by"):
        enforcement.clearing.ClearField(name)
    enforcement.clearing.decider = tx.caller.subject
    put_moment(enforcement.clearing.clear_time, at)
    return enforcement


@act(ENFORCEMENT.CLEAR_AT_ONCE, begins=_cleared, loads=OF_CASE)
def clear_at_once(
    _request: pb.ClearAtOnceRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.ClearedAtOnce:
    """Record that what lay in the way of all was cleared at once, where the party could not (ACL 52)."""
    return events.ClearedAtOnce()


def _told(request: pb.TellOfClearingRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    enforcement.clearing.told_by = request.told_by
    put_moment(enforcement.clearing.tell_time, when(request, "tell_time", tx.now))


@act(ENFORCEMENT.TELL_CLEARED, takes=_told)
def tell_of_clearing(
    _request: pb.TellOfClearingRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.ClearingTold:
    """Tell the party, which was not there, what was cleared (ACL 52)."""
    return events.ClearingTold()


def _claimed(request: pb.ClaimSubstituteCostsRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Raises Malformed for a time beyond the calendar."""
    legible_throughout(request)
    said = pb.SubstituteCosts(
        amount=request.amount,
        reckoning=request.reckoning,
        bill=request.bill,
        overrun=request.overrun,
        remedies=request.remedies,
        receipt=request.receipt,
        decider=tx.caller.subject,
    )
    if request.HasField("term_end_time"):
        said.term_end_time.CopyFrom(request.term_end_time)
    put_moment(said.claim_time, tx.now)
    enforcement.costs.CopyFrom(said)


@act(ENFORCEMENT.CLAIM_COSTS, takes=_claimed)
def claim_substitute_costs(
    _request: pb.ClaimSubstituteCostsRequest, enforcement: pb.Enforcement, do: Do
) -> events.SubstituteCostsClaimed:
    """Claim from the party what the substitute cost, by what was spent (ACL 51(2))."""
    number = next_number(do.tx, enforcement.body_id, "substitute_costs", do.now)
    enforcement.costs.document_number = number
    return events.SubstituteCostsClaimed()


def _paid(request: pb.RecordSubstituteCostsRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Raises Exists for a payment that is recorded already."""
    reference = request.bank_reference.strip()
    refuse_known(tx, reference)
    paid = enforcement.costs.payments.add(
        amount=request.amount, bank_reference=reference, recorder=tx.caller.subject
    )
    put_moment(paid.pay_time, when(request, "pay_time", tx.now))


@act(ENFORCEMENT.RECORD_COSTS, takes=_paid, loads=((PaymentReference, "bank_reference"),))
def record_substitute_costs(
    _request: pb.RecordSubstituteCostsRequest, enforcement: pb.Enforcement, do: Do
) -> events.SubstituteCostsPaid:
    """Record a payment of the costs, to the designated bank."""
    count(do.tx, enforcement.case_id, enforcement.costs.payments[-1], do.at)
    return events.SubstituteCostsPaid()
