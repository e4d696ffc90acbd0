"""The record of an enforcement as the rules ask of it, read from its message and from its case."""

from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.case_pb2 import Case

from services.law.moment import moment_at
from services.law.procedures.court_enforcement import recorded as court
from services.law.procedures.enforcement.record import (
    Clearing,
    Costs,
    End,
    EnforcementDecision,
    EnforcementRecord,
    Execution,
    Harm,
    Means,
    Place,
    Restitution,
    Signer,
    Stage,
    Substitute,
    Suspension,
    Way,
    Wrong,
)
from services.law.procedures.papers import Duty, Statement
from services.law.procedures.publishing import Publishing, age_of, ground_of


def record_of(enforcement: pb.Enforcement, case: Case) -> EnforcementRecord:
    """What the rules ask of the record."""
    e, s = enforcement, enforcement.statement
    site = e.clearing if e.HasField("clearing") else e.execution
    told = case.decision.surcharge.daily_percent > 0
    return EnforcementRecord(
        duty=_duty(e),
        duty_fen=case.decision.penalty.fine.fen,
        surcharge_tell_time=moment_at(case, "service.serve_time") if told else None,
        surcharge_fen=e.surcharge.amount.fen,
        demand=court.demand_of(enforcement),
        statement=Statement(moment_at(s, "receive_time"), moment_at(s, "recheck_time"), s.recheck_opinion),
        good_reason=s.recheck_opinion if s.adopted else "",
        hiding_evidence=e.decision.hiding_evidence,
        decision=EnforcementDecision(
            e.decision.reasons, e.decision.basis, e.decision.manner, moment_at(e.decision, "enforce_time"), e.decision.remedies
        ),
        decision_number=e.decision.document_number,
        decision_serve_time=moment_at(e.decision, "serve_time"),
        decision_receipt=e.decision.receipt,
        urgency=site.urgency,
        residents_supplied=e.execution.residents_supplied,
        execution=Execution(
            _named(Means, pb.EnforcementMeans, e.execution.means, "ENFORCEMENT_MEANS_"),
            e.execution.bank, e.execution.bank_notice, e.execution.auctioneer, e.execution.how,
        ),
        demolition_place=e.demolition.place,
        demolition_announce_time=moment_at(e, "demolition.announce_time"),
        demolition_term_end_time=moment_at(e, "demolition.term_end_time"),
        harm=_named(Harm, penalties.DutyHarm, e.duty.harm, "DUTY_HARM_"),
        way=Way.SUBSTITUTE if e.HasField("clearing") or e.decision.HasField("substitute") else Way.DIRECT,
        substitute=_substitute(e.decision.substitute),
        perform_time=moment_at(e, "plan.perform_time"),
        substitute_demand_time=moment_at(e, "plan.demand_time"),
        substitute_demand_receipt=e.plan.receipt,
        supervisors=tuple(site.supervisors),
        peaceful=site.peaceful,
        signers=tuple(_named(Signer, pb.RecordSigner, x, "RECORD_SIGNER_") for x in e.completion.signers if x),
        clearing=_clearing(e.clearing),
        costs=_costs(e.costs),
        agreement_harmless=e.agreement.harmless,
        stages=tuple(Stage(x.amount.fen, moment_at(x, "due_time"), x.what) for x in e.agreement.stages),
        mended=e.agreement.mended,
        waived_fen=e.agreement.waived.fen,
        suspension=_named(Suspension, pb.SuspensionOfEnforcement, e.suspension.ground, "SUSPENSION_OF_ENFORCEMENT_"),
        suspend_time=moment_at(e, "suspension.suspend_time"),
        harmless=e.end.harmless,
        unable=e.end.unable,
        end=_named(End, pb.EndOfEnforcement, e.end.ground, "END_OF_ENFORCEMENT_"),
        restitution=_restitution(e.restitutions[-1]) if e.restitutions else Restitution(),
        publishing=Publishing(
            age_of(case.party), case.HasField("withholding") or e.HasField("withholding"), ground_of(e.withholding)
        ),
    )  # fmt: skip


def _named(kind: Any, enum: Any, number: int, lead: str) -> Any:
    return kind(enum.Name(number).removeprefix(lead)) if number else None


def _restitution(r: pb.Restitution) -> Restitution:
    wrong = _named(Wrong, pb.WrongEnforcement, r.wrong, "WRONG_ENFORCEMENT_")
    return Restitution(wrong, r.cause, r.given_back, r.proof)


def _duty(e: pb.Enforcement) -> Duty:
    """What is enforced: the fine, where nothing is ordered to be done or was cleared."""
    if e.HasField("clearing"):
        return Duty.OTHER
    if not e.HasField("duty"):
        return Duty.MONEY
    return Duty.DEMOLITION if e.duty.kind == penalties.DUTY_KIND_DEMOLITION else Duty.OTHER


def _substitute(s: pb.SubstituteTerms) -> Substitute:
    return Substitute(s.performer, s.uninterested, s.target, s.budget.fen)


def _clearing(c: pb.Clearing) -> Clearing:
    place = _named(Place, pb.ClearedPlace, c.place, "CLEARED_PLACE_")
    return Clearing(place, c.what, c.unable, c.performer, c.party_present, c.told_by)


def _costs(c: pb.SubstituteCosts) -> Costs:
    paid = c.payments[-1].amount.fen if c.payments else 0
    return Costs(
        c.amount.fen,
        c.reckoning,
        c.bill,
        c.overrun,
        moment_at(c, "term_end_time"),
        c.remedies,
        c.receipt,
        paid,
    )
