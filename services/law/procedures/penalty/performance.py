"""Carrying out what was ordered besides the fine: what is confiscated, suspended, revoked, closed, restricted (APL 66)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.penalty_pb2 import Penalty, PenaltyKind

from services.law.moment import moment_at
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

# What is carried out by being told to the party or to all, or is a payment that is recorded as such.
_NO_ORDERS = frozenset(
    {
        PenaltyKind.PENALTY_KIND_UNSPECIFIED,
        PenaltyKind.PENALTY_KIND_WARNING,
        PenaltyKind.PENALTY_KIND_CIRCULATED_CRITICISM,
        PenaltyKind.PENALTY_KIND_FINE,
    }
)
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
    done = {
        shown.kind
        for shown in case.performances
        if shown.proof.strip() and (when := moment_at(shown, "perform_time")) is not None and when <= at
    }
    return tuple(_NAMES[kind] for kind in sorted(ordered_kinds(case.decision.penalty) - done))


@rule(
    "NOT_ORDERED",
    warning="EW-33",
    law="APL-2021:66(1)",
    zh="该项内容不在处罚决定之中，或者按缴款登记。",
    en="The decision orders no such thing; a fine is recorded as paid (RecordPayment).",
)
def ordered(f: PenaltyFacts) -> bool:
    """Only what the decision orders is carried out."""
    return f.performance().kind in ordered_kinds(f.case.decision.penalty)


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
    return f.performance().kind not in {shown.kind for shown in f.case.performances}
