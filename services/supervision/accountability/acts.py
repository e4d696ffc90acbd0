"""The pursuit of responsibility: clue, preliminary review, approval, investigation, meeting (CITY-ERS 2(7))."""

from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do, show_deadlines
from services.kit.clocks import extend
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.accountability import ACCOUNTABILITY
from services.supervision.accountability.act import act
from services.supervision.accountability.clue import new_matter, of_unit
from services.supervision.accountability.facts import TERM
from services.supervision.deadline.model import Clock


def _clue(request: pb.RegisterAccountabilityRequest, tx: Tx) -> pb.Accountability:
    return new_matter(tx, request.against, request.body_id, request.officer_id, request.source, request.title)


@act(ACCOUNTABILITY.REGISTER, begins=_clue)
def register_accountability(
    _request: pb.RegisterAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityRegistered:
    """Register a clue about a unit or an officer. Starts ACC-01."""
    return events.AccountabilityRegistered()


def _reviewed(request: pb.ReviewAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.review.CopyFrom(
        pb.AccountabilityReview(
            pursue=request.pursue,
            causes=request.causes,
            opinion=request.opinion,
            reviewer=tx.caller.subject,
        )
    )
    put_moment(matter.review.review_time, tx.now)


@act(ACCOUNTABILITY.REVIEW, takes=_reviewed)
def review_accountability(
    _request: pb.ReviewAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityReviewed:
    """Say whether to pursue, and for which causes. Stops ACC-01."""
    return events.AccountabilityReviewed()


def _opened(request: pb.OpenAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.opening.investigators[:] = request.investigators
    matter.opening.approver = tx.caller.subject
    put_moment(matter.opening.open_time, tx.now)


@act(ACCOUNTABILITY.OPEN, takes=_opened)
def open_accountability(
    _request: pb.OpenAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityOpened:
    """Approve the investigation, and name who investigates. Starts ACC-02."""
    return events.AccountabilityOpened()


def _longer(request: pb.ExtendAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    longer = matter.extensions.add(
        days=request.days, complexity=request.complexity, approver=tx.caller.subject
    )
    put_moment(longer.approve_time, tx.now)


@act(ACCOUNTABILITY.EXTEND, takes=_longer)
def extend_accountability(
    request: pb.ExtendAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityExtended:
    """Lengthen the term of a complex investigation, once. Refuses with EXTENSION_TOO_LONG."""
    clock = do.tx.get(Clock, f"{matter.accountability_id}/{TERM}")
    extend(
        do.tx,
        clock,
        request.days,
        approved=do.now,
        recorded=do.now,
        by="agency_head",
        approver=do.caller,
        cause=request.complexity,
    )
    put_moment(matter.extensions[-1].due_time, clock.due_time)
    show_deadlines(matter, [clock])
    return events.AccountabilityExtended()


def _found(request: pb.ConcludeAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.investigation.CopyFrom(
        pb.AccountabilityInvestigation(
            facts=request.facts,
            evidence=request.evidence,
            fault=request.fault,
            harm=request.harm,
            circumstances=request.circumstances,
            grave=request.grave,
            kinds=request.kinds,
            investigator=tx.caller.subject,
            leaders=request.leaders,
            no_leader_reasons=request.no_leader_reasons,
        )
    )
    if request.HasField("occur_time"):
        matter.investigation.occur_time.CopyFrom(request.occur_time)
    put_moment(matter.investigation.conclude_time, tx.now)


@act(ACCOUNTABILITY.CONCLUDE, takes=_found)
def conclude_accountability(
    _request: pb.ConcludeAccountabilityRequest, matter: pb.Accountability, do: Do
) -> events.AccountabilityConcluded:
    """Say what was found, weigh it and propose. Each leader of a unit who is named is a matter of its own (OPR-SUP 16).

    Stops ACC-02.
    """
    do.then = lambda: of_unit(do.tx, matter)
    return events.AccountabilityConcluded()


def met(request: Any, matter: pb.Accountability, tx: Tx) -> None:
    """Put the meeting of a request into the record."""
    matter.meetings.add().CopyFrom(request.meeting)
    matter.meetings[-1].recorder = tx.caller.subject


@act(ACCOUNTABILITY.DELIBERATE, takes=met)
def deliberate_accountability(
    _request: pb.DeliberateAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityDeliberated:
    """Record the meeting on the proposal."""
    return events.AccountabilityDeliberated()


def _dropped(request: pb.DropAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.drop.CopyFrom(pb.AccountabilityDrop(reasons=request.reasons, decider=tx.caller.subject))
    put_moment(matter.drop.decide_time, tx.now)


@act(ACCOUNTABILITY.DROP, takes=_dropped)
def drop_accountability(
    _request: pb.DropAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityDropped:
    """Pursue no more. It is warned of (CITY-ERS 6(5))."""
    return events.AccountabilityDropped()


def _handed(request: pb.TransferAccountabilityRequest, matter: pb.Accountability, tx: Tx) -> None:
    matter.transfer.CopyFrom(
        pb.AccountabilityTransfer(
            competent_body=request.competent_body,
            document_number=request.document_number,
            reasons=request.reasons,
            by=tx.caller.subject,
        )
    )
    put_moment(matter.transfer.transfer_time, tx.now)


@act(ACCOUNTABILITY.TRANSFER, takes=_handed)
def transfer_accountability(
    _request: pb.TransferAccountabilityRequest, _matter: pb.Accountability, _do: Do
) -> events.AccountabilityTransferred:
    """Hand discipline or crime to the competent body (ASR 33(1)). Stops ACC-01 and ACC-02."""
    return events.AccountabilityTransferred()
