"""Credit repair: asked for on the website, answered by the department that found the breach (CREDIT-2025 13–20, 25)."""

from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1 import credit_repair_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.facts import when
from services.enforcement.case.model import Case
from services.enforcement.credit_repair.act import act, new_repair
from services.enforcement.credit_repair.display import end_display, shield, unshield
from services.enforcement.deadline.model import Clock
from services.enforcement.paper.number import next_number
from services.kit.act import Do, show_deadlines
from services.kit.clocks import extend
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedure import Act
from services.law.procedures.credit_repair import CREDIT_REPAIR
from services.law.procedures.credit_repair.recorded import REPAIR_DAYS
from services.law.procedures.shared import in_order, not_in_future
from services.law.rule import Unlawful

Takes = Callable[[Any, pb.CreditRepair, Tx], None]


def _said(field: str, *, of: str = "", after: str = "") -> Takes:
    """A time that the request may tell, or now, put into the record or into a part of it. It raises Unlawful for a time to come,
    and for one before what it follows.
    """

    def takes(request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
        at, before = when(request, field, tx.now), moment_at(repair, after) if after else None
        broken = [not_in_future] if at > tx.now else []
        broken += [in_order] if before is not None and at < before else []
        if broken:
            raise Unlawful([r.broken() for r in broken], {"repair_id": repair.repair_id}, repair.sector)
        put_moment(getattr(getattr(repair, of) if of else repair, field), at)

    return takes


def _papers(request: Any, record: Any) -> None:
    record.proofs.extend(request.proofs)
    record.promise = request.promise or record.promise


def _applied(request: pb.ApplyForCreditRepairRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    _papers(request, repair)
    repair.site_number = request.site_number
    _said("apply_time")(request, repair, tx)


@act(CREDIT_REPAIR.APPLY, begins=new_repair, takes=_applied, loads=((Case, "case_id"),))
def apply_for_credit_repair(
    _request: pb.ApplyForCreditRepairRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairApplied:
    """Record what the party asks for on the website. Starts the website's ten working days (art. 13, 16(1))."""
    return events.CreditRepairApplied()


@act(CREDIT_REPAIR.PUSH, takes=_said("push_time", after="apply_time"))
def receive_credit_repair(
    _request: pb.ReceiveCreditRepairRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairReceived:
    """Record that it came to the department. Starts the three working days to accept it (art. 16(2))."""
    return events.CreditRepairReceived()


def _missing(request: pb.TellCreditSupplementRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.missing[:] = request.missing
    put_moment(repair.tell_time, tx.now)


@act(CREDIT_REPAIR.TELL_SUPPLEMENT, takes=_missing)
def tell_credit_supplement(
    _request: pb.TellCreditSupplementRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditSupplementTold:
    """Tell, once and for all, what the papers lack (art. 16(2))."""
    return events.CreditSupplementTold()


def _supplemented(request: pb.SupplementCreditRepairRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    _papers(request, repair)
    _said("supplement_time", after="tell_time")(request, repair, tx)


@act(CREDIT_REPAIR.SUPPLEMENT, takes=_supplemented)
def supplement_credit_repair(
    _request: pb.SupplementCreditRepairRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairSupplemented:
    """Record what the party handed in besides: the three working days run anew."""
    return events.CreditRepairSupplemented()


def _accepted(_request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.accepter = tx.caller.subject
    put_moment(repair.accept_time, tx.now)


@act(CREDIT_REPAIR.ACCEPT, takes=_accepted)
def accept_credit_repair(
    _request: pb.AcceptCreditRepairRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairAccepted:
    """Accept it. Starts the seven working days for the result (art. 16(3))."""
    return events.CreditRepairAccepted()


def _decided(request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.decider, repair.reasons = tx.caller.subject, getattr(request, "reasons", "")
    put_moment(repair.decide_time, tx.now)


@act(CREDIT_REPAIR.REFUSE, takes=_decided)
def refuse_credit_repair(
    _request: pb.RefuseCreditRepairRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairRefused:
    """Do not accept it, and say why (art. 16(2))."""
    return events.CreditRepairRefused()


def _longer(request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.extension_reason = request.reason
    put_moment(repair.extend_time, tx.now)


@act(CREDIT_REPAIR.EXTEND, takes=_longer)
def extend_credit_repair(
    _request: pb.ExtendCreditRepairRequest, repair: pb.CreditRepair, do: Do
) -> events.CreditRepairExtended:
    """Take ten more working days, where the matter is complex or has to be checked (art. 16(3))."""
    _lengthen(do, repair, "CRD-08", REPAIR_DAYS, repair.extension_reason)
    return events.CreditRepairExtended()


@act(CREDIT_REPAIR.GRANT, takes=_decided)
def grant_credit_repair(
    _request: pb.GrantCreditRepairRequest, repair: pb.CreditRepair, do: Do
) -> events.CreditRepairGranted:
    """Grant it: from now on the credit websites show nothing of the penalty (art. 3, 17)."""
    repair.document_number = next_number(do.tx, repair.body_id, "credit_repair", do.now)
    do.then = lambda: end_display(do.tx, repair.case_id, repair.repair_id, do.at)
    return events.CreditRepairGranted()


@act(CREDIT_REPAIR.DECLINE, takes=_decided)
def decline_credit_repair(
    _request: pb.DeclineCreditRepairRequest, repair: pb.CreditRepair, do: Do
) -> events.CreditRepairDeclined:
    """Do not grant it, and say why (art. 17)."""
    repair.document_number = next_number(do.tx, repair.body_id, "credit_repair", do.now)
    return events.CreditRepairDeclined()


@act(CREDIT_REPAIR.ANSWER, takes=_said("answer_time", after="decide_time"))
def record_credit_answer(
    _request: pb.RecordCreditAnswerRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditRepairAnswered:
    """Record that the website told the applicant (art. 16(1), 17)."""
    return events.CreditRepairAnswered()


# Objections.


def _objected(request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.objection.CopyFrom(pb.CreditObjection(text=request.text, proofs=request.proofs))
    _said("receive_time", of="objection", after="decide_time")(request, repair, tx)


@act(CREDIT_REPAIR.OBJECT, takes=_objected)
def object_to_credit_answer(
    _request: pb.ObjectToCreditAnswerRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditAnswerObjected:
    """Record an objection to the answer. Starts the website's one working day (art. 18)."""
    return events.CreditAnswerObjected()


@act(CREDIT_REPAIR.OBJECT_TO_DISPLAY, begins=new_repair, takes=_objected, loads=((Case, "case_id"),))
def object_to_credit_display(
    _request: pb.ObjectToCreditDisplayRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditDisplayObjected:
    """Record an objection to what is shown, or to how long (art. 18)."""
    return events.CreditDisplayObjected()


@act(CREDIT_REPAIR.PUSH_OBJECTION, takes=_said("push_time", of="objection", after="objection.receive_time"))
def receive_credit_objection(
    _request: pb.ReceiveCreditObjectionRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditObjectionReceived:
    """Record that the objection came to the department."""
    return events.CreditObjectionReceived()


def _taken_up(_request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    put_moment(repair.objection.accept_time, tx.now)


@act(CREDIT_REPAIR.ACCEPT_OBJECTION, takes=_taken_up)
def accept_credit_objection(
    _request: pb.AcceptCreditObjectionRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditObjectionAccepted:
    """Accept the objection. Starts the seven working days to check it (art. 18)."""
    return events.CreditObjectionAccepted()


def _checks_longer(request: pb.ExtendCreditObjectionRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.objection.extension_reason = request.reason
    put_moment(repair.objection.extend_time, tx.now)


@act(CREDIT_REPAIR.EXTEND_OBJECTION, takes=_checks_longer)
def extend_credit_objection(
    request: pb.ExtendCreditObjectionRequest, repair: pb.CreditRepair, do: Do
) -> events.CreditObjectionExtended:
    """Take more time, the applicant being told beforehand (art. 18)."""
    repair.objection.extension_days = request.days
    _lengthen(do, repair, "CRD-10", request.days, request.reason)
    return events.CreditObjectionExtended()


def _answered(request: pb.DecideCreditObjectionRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    said = repair.objection
    said.sustained, said.reasons, said.decider = request.sustained, request.reasons, tx.caller.subject
    put_moment(said.decide_time, tx.now)


def _how(request: pb.DecideCreditObjectionRequest, repair: pb.CreditRepair) -> Act:
    if not request.sustained:
        return CREDIT_REPAIR.REJECT_OBJECTION
    return CREDIT_REPAIR.SUSTAIN_OBJECTION if repair.HasField("apply_time") else CREDIT_REPAIR.CORRECT_DISPLAY


ANSWERS = {
    "SUSTAIN_OBJECTION": events.CreditObjectionSustained,
    "CORRECT_DISPLAY": events.CreditDisplayFaulted,
    "REJECT_OBJECTION": events.CreditObjectionRejected,
}


@act(*(Act(CREDIT_REPAIR, name) for name in ANSWERS), by=_how, takes=_answered)
def decide_credit_objection(
    _request: pb.DecideCreditObjectionRequest, _repair: pb.CreditRepair, do: Do
) -> Any:
    """Answer the objection: the application is taken up again, what is shown has to be corrected, or neither (art. 18)."""
    return ANSWERS[do.move.act]()


# Restructuring, and dishonesty.


def _shield_asked(request: pb.AskCreditShieldRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.ruling = request.ruling
    _said("apply_time")(request, repair, tx)


@act(CREDIT_REPAIR.ASK_SHIELD, begins=new_repair, takes=_shield_asked, loads=((Case, "case_id"),))
def ask_credit_shield(
    _request: pb.AskCreditShieldRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditShieldAsked:
    """Record that a shield is asked for while a plan is carried out. Starts ten working days (art. 20(1))."""
    return events.CreditShieldAsked()


@act(CREDIT_REPAIR.SHIELD, takes=_decided)
def shield_credit(_request: pb.ShieldCreditRequest, repair: pb.CreditRepair, do: Do) -> events.CreditShielded:
    """Hide the penalty for the time of the plan (art. 20(1))."""
    do.then = lambda: shield(do.tx, repair.case_id)
    return events.CreditShielded()


def _shown_again(request: pb.UnshieldCreditRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.reasons = request.reasons
    put_moment(repair.unshield_time, tx.now)


@act(CREDIT_REPAIR.UNSHIELD, takes=_shown_again)
def unshield_credit(
    _request: pb.UnshieldCreditRequest, repair: pb.CreditRepair, do: Do
) -> events.CreditUnshielded:
    """Show it again: the plan failed (art. 20(2))."""
    do.then = lambda: unshield(do.tx, repair.case_id)
    return events.CreditUnshielded()


def _dishonest(request: pb.RecordCreditDishonestyRequest, repair: pb.CreditRepair, tx: Tx) -> None:
    repair.dishonesty.facts, repair.dishonesty.recorder = request.facts, tx.caller.subject
    put_moment(repair.dishonesty.record_time, tx.now)


@act(CREDIT_REPAIR.RECORD_DISHONESTY, takes=_dishonest)
def record_credit_dishonesty(
    _request: pb.RecordCreditDishonestyRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditDishonestyRecorded:
    """Record false papers or a broken promise: on show for three years, and no repair for as long (art. 25)."""
    return events.CreditDishonestyRecorded()


def _taken_down(_request: Any, repair: pb.CreditRepair, tx: Tx) -> None:
    put_moment(repair.dishonesty.withdraw_time, tx.now)


@act(CREDIT_REPAIR.WITHDRAW_DISHONESTY, takes=_taken_down)
def withdraw_credit_dishonesty(
    _request: pb.WithdrawCreditDishonestyRequest, _repair: pb.CreditRepair, _do: Do
) -> events.CreditDishonestyWithdrawn:
    """Take that record down after three years (art. 25)."""
    return events.CreditDishonestyWithdrawn()


def _lengthen(do: Do, repair: pb.CreditRepair, clock_id: str, days: int, cause: str) -> None:
    """Lengthen a term of the repair by working days. Raises Unlawful as the clock does."""
    clock: Any = do.tx.get(Clock, f"{repair.repair_id}/{clock_id}")
    about = {"by": "agency", "approver": do.caller, "cause": cause}
    try:
        extend(do.tx, clock, days, approved=do.at, recorded=do.at, **about)
    except Unlawful as no:
        raise Unlawful(no.broken, {"repair_id": repair.repair_id} | no.about, repair.sector) from None
    show_deadlines(repair, [clock])
