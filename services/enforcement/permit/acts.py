"""An application for a permit from the day on which it comes to the decision (ALIC 29–48, 55, 58)."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.officer.model import Standing
from services.enforcement.paper.number import next_number
from services.enforcement.party_file.model import FILES
from services.enforcement.permit.act import act, count_promise, new_permit, note_promise
from services.enforcement.permit.term import exclude_now, lengthen, resume_now
from services.enforcement.permit_guide.model import PermitGuide
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.party_file import of_permit
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit.recorded import excluding


def _received(_request: Any, permit: pb.Permit, tx: Tx) -> None:
    permit.receiver = tx.caller.subject
    put_moment(permit.receive_time, tx.now)


@act(PERMIT.RECEIVE, begins=new_permit, takes=_received, loads=((PermitGuide, "guide_id"),))
def receive_permit_application(
    request: pb.ReceivePermitApplicationRequest, permit: pb.Permit, do: Do
) -> events.PermitApplicationReceived:
    """Record an application as it came, with a receipt. Starts the five working days to say what is missing (ALIC 32)."""
    do.row.identity_number = request.applicant.identity_number
    permit.number = next_number(do.tx, permit.body_id, "permit_application", do.now)
    FILES.file(do.tx, of_permit(permit, request.applicant.identity_number))
    return events.PermitApplicationReceived()


def _missing(request: pb.TellPermitSupplementRequest, permit: pb.Permit, tx: Tx) -> None:
    told = permit.supplement
    told.missing[:] = dict.fromkeys(request.missing)
    told.teller = tx.caller.subject
    put_moment(told.tell_time, tx.now)


@act(PERMIT.TELL_SUPPLEMENT, takes=_missing)
def tell_permit_supplement(
    _request: pb.TellPermitSupplementRequest, _permit: pb.Permit, _do: Do
) -> events.PermitSupplementTold:
    """Tell, once, all that is missing (ALIC 32(1)[4])."""
    return events.PermitSupplementTold()


def _supplied(request: pb.SupplementPermitApplicationRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.supplement.supplied[:] = dict.fromkeys(request.supplied)
    put_moment(permit.supplement.supply_time, tx.now)


@act(PERMIT.SUPPLEMENT, takes=_supplied)
def supplement_permit_application(
    _request: pb.SupplementPermitApplicationRequest, _permit: pb.Permit, _do: Do
) -> events.PermitSupplemented:
    """Record that all that was missing came. The five working days run anew (ALIC 32(1)[4], [5])."""
    return events.PermitSupplemented()


def _accepted(request: pb.AcceptPermitApplicationRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.acceptance.accepter, permit.acceptance.joint_order = tx.caller.subject, request.joint_order
    permit.acceptance.silent = False
    put_moment(permit.acceptance.accept_time, tx.now)
    count_promise(permit, tx)


@act(PERMIT.ACCEPT, takes=_accepted)
def accept_permit_application(
    _request: pb.AcceptPermitApplicationRequest, _permit: pb.Permit, _do: Do
) -> events.PermitApplicationAccepted:
    """Accept an application. Starts the term of the decision (ALIC 42, 43)."""
    return events.PermitApplicationAccepted()


def _ended(request: Any, permit: pb.Permit, tx: Tx) -> None:
    ending = permit.ending
    ending.by, ending.reasons = tx.caller.subject, request.reasons
    ending.competent = getattr(request, "competent", "")
    put_moment(ending.end_time, tx.now)
    note_promise(permit, tx.now)


@act(PERMIT.NOT_ACCEPT, takes=_ended)
def refuse_permit_application(
    _request: pb.RefusePermitApplicationRequest, _permit: pb.Permit, _do: Do
) -> events.PermitApplicationNotAccepted:
    """Do not accept it, say why, and where to go (ALIC 32(1)[1], [2])."""
    return events.PermitApplicationNotAccepted()


@act(PERMIT.WITHDRAW, takes=_ended)
def withdraw_permit_application(
    _request: pb.WithdrawPermitApplicationRequest, _permit: pb.Permit, _do: Do
) -> events.PermitApplicationWithdrawn:
    """Record that the applicant withdrew it."""
    return events.PermitApplicationWithdrawn()


def _assigned(request: pb.AssignPermitInspectorsRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.inspectors.officer_ids[:] = dict.fromkeys(request.officer_ids)
    permit.inspectors.assigner = tx.caller.subject
    put_moment(permit.inspectors.assign_time, tx.now)


@act(PERMIT.ASSIGN_INSPECTORS, takes=_assigned, loads=((Standing, "officer_ids"),))
def assign_permit_inspectors(
    _request: pb.AssignPermitInspectorsRequest, _permit: pb.Permit, _do: Do
) -> events.PermitInspectorsAssigned:
    """Name who inspects, tests or quarantines. Stops the five working days (ALIC 55(2))."""
    return events.PermitInspectorsAssigned()


def _taken_out(request: pb.ExcludePermitTimeRequest, permit: pb.Permit, tx: Tx) -> None:
    taken = permit.exclusions.add(ground=request.ground, document=request.document, days=request.days)
    put_moment(taken.from_time, tx.now)


@act(PERMIT.EXCLUDE, takes=_taken_out)
def exclude_permit_time(
    _request: pb.ExcludePermitTimeRequest, permit: pb.Permit, do: Do
) -> events.PermitTimeExcluded:
    """Take the time of a hearing, test or review out of the term, told to the applicant in writing (ALIC 45)."""
    exclude_now(do.tx, permit, do.at)
    count_promise(permit, do.tx)
    return events.PermitTimeExcluded()


@act(PERMIT.RESUME)
def resume_permit_time(
    _request: pb.ResumePermitTimeRequest, permit: pb.Permit, do: Do
) -> events.PermitTimeResumed:
    """Let the term run on (ALIC 45)."""
    put_moment(permit.exclusions[-1].until_time, do.at)
    resume_now(do.tx, permit, do.at)
    count_promise(permit, do.tx)
    return events.PermitTimeResumed()


def _longer(request: pb.ExtendPermitTermRequest, permit: pb.Permit, tx: Tx) -> None:
    longer = permit.extensions.add(reasons=request.reasons, document=request.document, order=request.order)
    longer.approver = tx.caller.subject
    put_moment(longer.extend_time, tx.now)


@act(PERMIT.EXTEND, takes=_longer)
def extend_permit_term(
    _request: pb.ExtendPermitTermRequest, permit: pb.Permit, do: Do
) -> events.PermitTermExtended:
    """Extend the term once, with the reasons told to the applicant (ALIC 42)."""
    lengthen(do.tx, permit, do.at)
    return events.PermitTermExtended()


def _right_told(request: pb.TellPermitHearingRightRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.hearing.told[:] = dict.fromkeys(request.told)
    put_moment(permit.hearing.tell_time, tx.now)


@act(PERMIT.TELL_HEARING_RIGHT, takes=_right_told)
def tell_permit_hearing_right(
    _request: pb.TellPermitHearingRightRequest, _permit: pb.Permit, _do: Do
) -> events.PermitHearingRightTold:
    """Record who was told that a hearing may be asked for. Starts their five working days (ALIC 47(1))."""
    return events.PermitHearingRightTold()


def _asked_for(request: pb.RequestPermitHearingRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.hearing.requester = request.requester
    put_moment(permit.hearing.request_time, tx.now)


@act(PERMIT.REQUEST_HEARING, takes=_asked_for)
def request_permit_hearing(
    _request: pb.RequestPermitHearingRequest, _permit: pb.Permit, _do: Do
) -> events.PermitHearingRequested:
    """Record that a hearing was asked for. Starts the twenty working days to hold it (ALIC 47(1))."""
    return events.PermitHearingRequested()


def _notified(request: pb.NotifyPermitHearingRequest, permit: pb.Permit, tx: Tx) -> None:
    legible(request, "hold_at")
    hearing = permit.hearing
    hearing.host, hearing.place = request.host, request.place
    hearing.hold_at.CopyFrom(request.hold_at)
    put_moment(hearing.notify_time, tx.now)


@act(PERMIT.NOTIFY_HEARING, takes=_notified)
def notify_permit_hearing(
    _request: pb.NotifyPermitHearingRequest, _permit: pb.Permit, _do: Do
) -> events.PermitHearingNotified:
    """Tell time and place of the hearing, seven working days before it (ALIC 48(1)[1])."""
    return events.PermitHearingNotified()


def _held(request: pb.HoldPermitHearingRequest, permit: pb.Permit, tx: Tx) -> None:
    hearing = permit.hearing
    hearing.presider, hearing.public = tx.caller.subject, request.public
    hearing.minutes, hearing.signed = request.minutes, request.signed
    put_moment(hearing.hold_time, tx.now)


@act(PERMIT.HOLD_HEARING, takes=_held)
def hold_permit_hearing(
    _request: pb.HoldPermitHearingRequest, _permit: pb.Permit, _do: Do
) -> events.PermitHearingHeld:
    """Record the hearing; the one who holds it is the caller (ALIC 48)."""
    return events.PermitHearingHeld()


def _reviewed(request: pb.ReviewPermitApplicationRequest, permit: pb.Permit, tx: Tx) -> None:
    review = permit.review
    review.reviewer, review.opinion = tx.caller.subject, request.opinion
    review.met[:], review.unmet[:] = dict.fromkeys(request.met), dict.fromkeys(request.unmet)
    review.verifier_ids[:] = dict.fromkeys(request.verifier_ids)
    put_moment(review.review_time, tx.now)


@act(PERMIT.REVIEW, takes=_reviewed, loads=((Standing, "verifier_ids"),))
def review_permit_application(
    _request: pb.ReviewPermitApplicationRequest, _permit: pb.Permit, _do: Do
) -> events.PermitReviewed:
    """Review an application, condition by condition (ALIC 34)."""
    return events.PermitReviewed()


def _sent_up(_request: Any, permit: pb.Permit, tx: Tx) -> None:
    put_moment(permit.send_up_time, tx.now)
    note_promise(permit, tx.now)


@act(PERMIT.SEND_UP, takes=_sent_up)
def send_permit_up(_request: pb.SendPermitUpRequest, _permit: pb.Permit, _do: Do) -> events.PermitSentUp:
    """Send the opinion and all the papers to the superior body, which decides (ALIC 35, 43)."""
    return events.PermitSentUp()


def _decided(request: Any, permit: pb.Permit, tx: Tx) -> None:
    decision = permit.decision
    decision.granted = isinstance(request, pb.GrantPermitRequest)
    decision.decider = tx.caller.subject
    for name in ("reasons", "standard", "authority", "court"):
        setattr(decision, name, getattr(request, name, ""))
    decision.fee.CopyFrom(request.fee)
    put_moment(decision.decide_time, tx.now)
    if excluding(permit):  # what the time was taken out for is over with the decision
        put_moment(permit.exclusions[-1].until_time, tx.now)
        count_promise(permit, tx)
    note_promise(permit, tx.now)


@act(PERMIT.GRANT, takes=_decided)
def grant_permit(_request: pb.GrantPermitRequest, permit: pb.Permit, do: Do) -> events.PermitGranted:
    """Grant a permit: all conditions are met (ALIC 38(1)). Starts the ten working days to issue it (ALIC 44)."""
    permit.decision.document_number = next_number(do.tx, permit.body_id, "permit", do.now)
    return events.PermitGranted()


@act(PERMIT.REFUSE, takes=_decided)
def refuse_permit(_request: pb.RefusePermitRequest, permit: pb.Permit, do: Do) -> events.PermitRefused:
    """Refuse a permit, with reasons, and tell of reconsideration and suit (ALIC 38(2))."""
    permit.decision.document_number = next_number(do.tx, permit.body_id, "permit", do.now)
    return events.PermitRefused()
