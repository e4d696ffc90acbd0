"""Enforcement by the agency itself: the demand, the decision, what brings the money in, and how it ends (ACL 34–49)."""

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.facts import legible_throughout, when
from services.enforcement.case.model import Case
from services.enforcement.enforcement.act import act, case_of, new_enforcement
from services.enforcement.enforcement.demanding import demanded, rechecked, stated
from services.enforcement.enforcement.performing import duty_done
from services.enforcement.paper.number import next_number
from services.enforcement.publication.withholding import keep_back
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedure import Act
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.enforcement.recorded import of_duty
from services.law.procedures.penalty.owed import owed

OF_CASE = ((Case, "case_id"),)


@act(ENFORCEMENT.NOTE_OVERDUE_PAYMENT, begins=new_enforcement, loads=OF_CASE)
def begin_enforcement(
    _request: pb.BeginEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementBegun:
    """Note that a fine is overdue, which the agency may enforce by itself (ACL 34)."""
    return events.EnforcementBegun()


def _charged(_request: pb.ChargeSurchargeRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """What has accrued by now, counted from when the fine was due."""
    found = owed(case_of(tx, enforcement.case_id), tx.now, tx.calendar)
    charged = enforcement.surcharge
    charged.amount.CopyFrom(found.accrued)
    charged.from_time.CopyFrom(found.due_time)
    charged.charger = tx.caller.subject
    put_moment(charged.charge_time, tx.now)


@act(ENFORCEMENT.CHARGE_SURCHARGE, takes=_charged)
def charge_surcharge(
    _request: pb.ChargeSurchargeRequest, enforcement: pb.Enforcement, do: Do
) -> events.SurchargeCharged:
    """Put the surcharge on record. The thirty days run since the fine was due (ACL 45(1), 46(1))."""
    do.at = moment_at(enforcement, "surcharge.from_time") or do.now
    return events.SurchargeCharged()


@act(ENFORCEMENT.DEMAND, takes=demanded)
def demand_before_enforcement(
    _request: pb.DemandBeforeEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementDemanded:
    """Tell the party in writing to perform (ACL 35)."""
    return events.EnforcementDemanded()


@act(ENFORCEMENT.RECORD_STATEMENT, takes=stated)
def record_enforcement_statement(
    _request: pb.RecordEnforcementStatementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementStatementRecorded:
    """Record what the party stated against the demand (ACL 36)."""
    return events.EnforcementStatementRecorded()


@act(ENFORCEMENT.RECHECK_STATEMENT, takes=rechecked)
def recheck_enforcement_statement(
    _request: pb.RecheckEnforcementStatementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementStatementRechecked:
    """Say what became of it; a good reason is adopted (ACL 36)."""
    return events.EnforcementStatementRechecked()


def _decided(request: pb.DecideEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    """Raises Malformed for a time beyond the calendar."""
    legible_throughout(request)
    enforcement.decision.CopyFrom(
        pb.EnforcementDecision(
            at_once=request.at_once,
            hiding_evidence=request.hiding_evidence,
            reasons=request.reasons,
            basis=request.basis,
            manner=request.manner,
            remedies=request.remedies,
            decider=tx.caller.subject,
        )
    )
    if not of_duty(enforcement):
        total = owed(case_of(tx, enforcement.case_id), tx.now, tx.calendar).total
        enforcement.decision.amount.CopyFrom(total)
    if request.HasField("substitute"):
        enforcement.decision.substitute.CopyFrom(request.substitute)
    if request.HasField("enforce_time"):
        enforcement.decision.enforce_time.CopyFrom(request.enforce_time)
    put_moment(enforcement.decision.decide_time, tx.now)


def _how(request: pb.DecideEnforcementRequest, _enforcement: pb.Enforcement) -> Act:
    return ENFORCEMENT.DECIDE_AT_ONCE if request.at_once else ENFORCEMENT.DECIDE


@act(ENFORCEMENT.DECIDE, ENFORCEMENT.DECIDE_AT_ONCE, by=_how, takes=_decided)
def decide_enforcement(
    request: pb.DecideEnforcementRequest, enforcement: pb.Enforcement, do: Do
) -> events.EnforcementDecided | events.EnforcementDecidedAtOnce:
    """Decide to enforce, when the demand is over or, on evidence that assets are hidden, at once (ACL 37)."""
    number = next_number(do.tx, enforcement.body_id, "enforcement", do.now)
    enforcement.decision.document_number = number
    return events.EnforcementDecidedAtOnce() if request.at_once else events.EnforcementDecided()


def _served(request: pb.ServeEnforcementDecisionRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    enforcement.decision.receipt, enforcement.decision.server = request.receipt, tx.caller.subject
    put_moment(enforcement.decision.serve_time, when(request, "serve_time", tx.now))


@act(ENFORCEMENT.SERVE, takes=_served)
def serve_enforcement_decision(
    _request: pb.ServeEnforcementDecisionRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementDecisionServed:
    """Record that the party got the decision. Starts its time to seek a remedy (ACL 38)."""
    return events.EnforcementDecisionServed()


def take_execution(said: pb.EnforcementExecution, enforcement: pb.Enforcement, tx: Tx) -> None:
    """What is done to bring the money in; now, where nothing else is said."""
    legible_throughout(said, "execution.")
    at = when(said, "execute_time", tx.now, "execution.execute_time")
    enforcement.execution.CopyFrom(said)
    enforcement.execution.officer = tx.caller.subject
    put_moment(enforcement.execution.execute_time, at)


def _executed(request: pb.StartEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    take_execution(request.execution, enforcement, tx)


@act(ENFORCEMENT.EXECUTE, takes=_executed)
def start_enforcement(
    _request: pb.StartEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementStarted:
    """Have the bank transfer, or things sold, or the duty done by force; by day, and nobody's home cut off (ACL 43, 46–48)."""
    return events.EnforcementStarted()


def _completed(request: pb.CompleteEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    enforcement.completion.record, enforcement.completion.recorder = request.record, tx.caller.subject
    enforcement.completion.signers.extend(request.signers)
    put_moment(enforcement.completion.complete_time, tx.now)


@act(ENFORCEMENT.COMPLETE, takes=_completed)
def complete_enforcement(
    _request: pb.CompleteEnforcementRequest, enforcement: pb.Enforcement, do: Do
) -> events.EnforcementCompleted:
    """Record that all was brought in and went to the treasury (ACL 49), or that the duty is done, which the case then shows; by
    a substitute, with all the signatures (ACL 51(1)[4])."""
    if of_duty(enforcement):
        do.then = lambda: duty_done(do.tx, enforcement)
    else:
        enforcement.completion.proceeds.fen = do.facts.brought_in_fen()
    return events.EnforcementCompleted()


def _restored(request: pb.RestoreEnforcedRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    done = enforcement.restitutions.add(
        wrong=request.wrong,
        cause=request.cause,
        given_back=request.given_back,
        proof=request.proof,
        compensated=request.compensated,
        decider=tx.caller.subject,
    )
    put_moment(done.restore_time, tx.now)


@act(ENFORCEMENT.RESTORE, takes=_restored)
def restore_enforced(
    _request: pb.RestoreEnforcedRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcedRestored:
    """Give back, put right or compensate what was enforced on a decision that fell, or by mistake (ACL 41)."""
    return events.EnforcedRestored()


@act(ENFORCEMENT.PUBLISH)
def publish_enforcement(
    request: pb.PublishEnforcementRequest, enforcement: pb.Enforcement, do: Do
) -> events.EnforcementPublished:
    """Make the result public, as the rules show it (GBF-118 (6))."""
    enforcement.publication.address, enforcement.publication.publisher = request.address, do.caller
    put_moment(enforcement.publication.publish_time, do.now)
    return events.EnforcementPublished()


def _withheld(request: pb.WithholdEnforcementRequest, enforcement: pb.Enforcement, tx: Tx) -> None:
    keep_back(enforcement.withholding, request, enforcement.sector, tx)


@act(ENFORCEMENT.WITHHOLD, takes=_withheld)
def withhold_enforcement(
    _request: pb.WithholdEnforcementRequest, _enforcement: pb.Enforcement, _do: Do
) -> events.EnforcementWithheld:
    """Keep the result from the public, and take back what is public of it (OGI 14, 15)."""
    return events.EnforcementWithheld()
