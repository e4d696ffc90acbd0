"""The turns that an enforcement by the agency itself may take: an agreement, a suspension, an end before the money is there
(ACL 39, 40, 42)."""

from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import act as on_case
from services.enforcement.case.facts import legible_throughout
from services.enforcement.enforcement.act import act, case_of
from services.enforcement.enforcement.acts import take_execution
from services.enforcement.payment.credit import show_owed
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.enforcement.recorded import paid_by


def _agreed(request: pb.AgreeOnEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Raises Malformed for a time beyond the calendar, or less than nothing that is waived."""
    for n, stage in enumerate(request.stages):
        legible_throughout(stage, f"stages[{n}].")
    if request.waived.fen < 0:
        raise Malformed({"waived.fen": ("must not be less than zero", "不得小于零")})
    enforcement.agreement.CopyFrom(
        pb.EnforcementAgreement(
            terms=request.terms,
            stages=request.stages,
            harmless=request.harmless,
            waived=request.waived,
            mended=request.mended,
            paid_before={"fen": paid_by(case_of(tx, enforcement.case_id), tx.now)},
            decider=tx.caller.subject,
        )
    )
    put_moment(enforcement.agreement.agree_time, tx.now)


@act(ENFORCEMENT.AGREE, takes=_agreed)
def agree_on_enforcement(
    request: pb.AgreeOnEnforcementRequest, enforcement: pb.Enforcement, do: Do
) -> events.EnforcementAgreed:
    """Agree with the party that it performs in stages; of a surcharge, to a party that mended its default, part may be left out,
    which the case shows from then on (ACL 42(1))."""
    if request.waived.fen > 0:
        do.then = lambda: _waive(do.tx, enforcement)
    return events.EnforcementAgreed()


def _waive(tx: Tx, enforcement: pb.Enforcement) -> None:
    case, agreement = on_case.open(tx, enforcement.case_id), enforcement.agreement
    waiver = case.surcharge_waivers.add(
        amount=agreement.waived,
        enforcement_id=enforcement.enforcement_id,
        mended=agreement.mended,
        decider=agreement.decider,
    )
    waiver.waive_time.CopyFrom(agreement.agree_time)
    show_owed(case, moment_of(agreement.agree_time), tx.calendar)
    on_case.write(tx, case, events.SurchargeWaived(amount=agreement.waived))


def _suspended(request: pb.SuspendEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    suspension = pb.EnforcementSuspension(
        ground=request.ground, cause=request.cause, decider=tx.caller.subject
    )
    enforcement.suspension.CopyFrom(suspension)
    put_moment(enforcement.suspension.suspend_time, tx.now)


@act(ENFORCEMENT.SUSPEND, takes=_suspended)
def suspend_enforcement(
    _request: pb.SuspendEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementSuspended:
    """Suspend it in a case of the law. Starts the three years (ACL 39(1))."""
    return events.EnforcementSuspended()


def _resumed(request: pb.ResumeEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    if request.HasField("execution"):
        take_execution(request.execution, enforcement, tx)
    enforcement.resumption.cause, enforcement.resumption.decider = request.cause, tx.caller.subject
    put_moment(enforcement.resumption.resume_time, tx.now)


@act(ENFORCEMENT.RESUME, takes=_resumed)
def resume_enforcement(
    _request: pb.ResumeEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementResumed:
    """Go on: the ground fell away, or the party broke the agreement (ACL 39(2), 42(2))."""
    return events.EnforcementResumed()


def _ended(request: Any, enforcement: pb.Enforcement, tx: Tx) -> None:
    end = pb.EnforcementEnd(
        ground=getattr(request, "ground", 0),
        cause=request.cause,
        harmless=getattr(request, "harmless", False),
        unable=getattr(request, "unable", False),
        decider=tx.caller.subject,
    )
    enforcement.end.CopyFrom(end)
    put_moment(enforcement.end.end_time, tx.now)


@act(ENFORCEMENT.GIVE_UP, takes=_ended)
def give_up_enforcement(
    _request: pb.GiveUpEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementGivenUp:
    """Enforce no more what harms nobody and the party cannot do, after three years of suspension (ACL 39(2))."""
    return events.EnforcementGivenUp()


@act(ENFORCEMENT.TERMINATE, takes=_ended)
def terminate_enforcement(
    _request: pb.TerminateEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementTerminated:
    """Terminate it in a case of the law (ACL 40)."""
    return events.EnforcementTerminated()
