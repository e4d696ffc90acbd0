"""Carrying out what was ordered besides the fine: what is confiscated, suspended, revoked, closed, restricted (APL 66)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.penalty_pb2 import Penalty, PenaltyKind

from services.law.calendar import SHANGHAI, Calendar
from services.law.moment import moment_at
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule
from services.law.term import end_of

# What is carried out by being told to the party or to all, or is a payment that is recorded as such.
_NO_ORDERS = frozenset(
    {
        PenaltyKind.PENALTY_KIND_UNSPECIFIED,
        PenaltyKind.PENALTY_KIND_WARNING,
        PenaltyKind.PENALTY_KIND_CIRCULATED_CRITICISM,
        PenaltyKind.PENALTY_KIND_FINE,
    }
)
# How the duty that a decision orders besides is called among what is left to carry out.
DUTY = "DUTY"
_NAMES: Mapping[int, str] = MappingProxyType(
    {number: name.removeprefix("PENALTY_KIND_") for name, number in PenaltyKind.items()}
)


def ordered_kinds(penalty: Penalty) -> frozenset[int]:
    """What of a penalty has to be carried out and shown, besides the payment of the fine."""
    kinds = frozenset(penalty.kinds) - _NO_ORDERS
    unnamed = penalty.confiscation.fen > 0 and kinds.isdisjoint(CONFISCATIONS)
    return kinds | {PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS} if unnamed else kinds


def undone(case: Case, at: datetime) -> tuple[str, ...]:
    """What was ordered and is not shown, with its proof, to have been carried out by a moment."""
    shown = [
        each
        for each in case.performances
        if each.proof.strip() and (when := moment_at(each, "perform_time")) is not None and when <= at
    ]
    penalty, done = case.decision.penalty, {each.kind for each in shown}
    duty = (DUTY,) if penalty.HasField("duty") and not any(each.duty for each in shown) else ()
    return (*(_NAMES[kind] for kind in sorted(ordered_kinds(penalty) - done)), *duty)


def duty_by(case: Case, calendar: Calendar) -> datetime | None:
    """The last moment to do what the decision orders besides: so many days after its service, and no rest day. None for a
    decision that orders nothing, or was not served.
    """
    served = moment_at(case, "service.serve_time")
    if served is None or not case.decision.penalty.HasField("duty"):
        return None
    last = served.astimezone(SHANGHAI).date() + timedelta(days=case.decision.penalty.duty.days)
    return end_of(calendar.next_working(last))


@rule(
    "NOT_ORDERED",
    warning="EW-33",
    law="APL-2021:66(1)",
    zh="该项内容不在处罚决定之中，或者按缴款登记。",
    en="The decision orders no such thing; a fine is recorded as paid (RecordPayment).",
)
def ordered(f: PenaltyFacts) -> bool:
    """Only what the decision orders is carried out: one of its kinds, or the duty that it orders besides."""
    done, penalty = f.performance(), f.case.decision.penalty
    if done.duty:
        return not done.kind and bool(penalty.HasField("duty"))
    return done.kind in ordered_kinds(penalty)


@rule(
    "PERFORMANCE_NOT_PROVED",
    guard="G-56",
    warning="EW-33",
    law="APL-2021:66(1)",
    zh="登记履行情况应当有证明材料。",
    en="Nothing proves that the order was carried out. Name the paper (proof).",
)
def performance_proved(f: PenaltyFacts) -> bool:
    """That something was carried out is proved by a paper: on the things, the licence handed in, the check on site."""
    return bool(f.performance().proof.strip())


@rule(
    "ALREADY_DONE",
    law="APL-2021:66(1)",
    zh="该项处罚的履行情况已登记。",
    en="That this was carried out is on record already.",
)
def not_performed_yet(f: PenaltyFacts) -> bool:
    """Each order is carried out once."""
    done = f.performance()
    return (done.kind, done.duty) not in {(shown.kind, shown.duty) for shown in f.case.performances}
