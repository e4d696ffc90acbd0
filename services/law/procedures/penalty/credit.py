"""How the credit websites show a penalty: how grave the dishonesty is, from when it may be repaired, until when it is on show
(CREDIT-2025 7–12). The agency's own publicity is apart from that.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import Case, Procedure
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.enforcement.v1.publication_pb2 import CreditDisplay, CreditTier
from yifa.enforcement.v1.stay_pb2 import StayAuthority

from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import catalogue, due
from services.law.moment import moment_of, put_moment
from services.law.parameters import Layers
from services.law.procedures.penalty.stayed import lasts

MINOR, GENERAL, SERIOUS = (
    CreditTier.CREDIT_TIER_MINOR,
    CreditTier.CREDIT_TIER_GENERAL,
    CreditTier.CREDIT_TIER_SERIOUS,
)
# CREDIT-2025 8[2], 9[2], 10[2]. Gains confiscated are in none of the lists; nobody calls them minor.
BY_KIND: Mapping[int, CreditTier] = MappingProxyType(
    {
        PenaltyKind.PENALTY_KIND_WARNING: MINOR,
        PenaltyKind.PENALTY_KIND_CIRCULATED_CRITICISM: MINOR,
        PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS: GENERAL,
        PenaltyKind.PENALTY_KIND_CONFISCATION_OF_PROPERTY: GENERAL,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE: SERIOUS,
        PenaltyKind.PENALTY_KIND_LOWERING_OF_GRADE: SERIOUS,
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE: SERIOUS,
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OPERATION: SERIOUS,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION: SERIOUS,
        PenaltyKind.PENALTY_KIND_CLOSURE: SERIOUS,
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OCCUPATION: SERIOUS,
    }
)
SHORTEST: Mapping[int, str] = MappingProxyType({GENERAL: "CRD-02", SERIOUS: "CRD-04"})
LONGEST: Mapping[int, str] = MappingProxyType({GENERAL: "CRD-03", SERIOUS: "CRD-05"})


def tier(case: Case, parameters: Layers) -> CreditTier:
    """How grave it is, by the gravest of its kinds (art. 12(3)). Raises ValueError for a day before that was law."""
    if case.procedure == Procedure.PROCEDURE_SUMMARY:
        return MINOR
    penalty = case.decision.penalty
    tiers = [BY_KIND[kind] for kind in penalty.kinds if kind in BY_KIND]
    if penalty.fine.fen or PenaltyKind.PENALTY_KIND_FINE in penalty.kinds:
        tiers.append(_of_fine(penalty.fine.fen, case, parameters))
    if not tiers:
        raise ValueError("the penalty has no kind that is classed")
    return max(tiers)


def _of_fine(fen: int, case: Case, parameters: Layers) -> CreditTier:
    """By the amounts of the ministry; where it has none, a fine is neither small nor huge."""
    day = moment_of(case.decision.decide_time).astimezone(SHANGHAI).date()
    minor, serious = (
        parameters.value(f"credit.{name}_fine", day, case.sector) for name in ("minor", "serious")
    )
    if serious.ordered and fen >= serious.value:
        return SERIOUS
    return MINOR if minor.ordered and fen < minor.value else GENERAL


def display(case: Case, parameters: Layers, calendar: Calendar) -> CreditDisplay | None:
    """How a decision is shown for what it is; None for one of a day before the measures were law.

    A minor one is not shown, nor one on a natural person (art. 12). The spans run from the day of the decision (art. 7).
    """
    decided = moment_of(case.decision.decide_time).astimezone(SHANGHAI)
    clocks = {id: parameters.clock(catalogue()[id], decided.date(), case.sector) for id in _CLOCKS}
    if not all(clocks.values()):
        return None
    shown = CreditDisplay(tier=tier(case, parameters))
    shown.shown = shown.tier != MINOR and case.party.kind != PartyKind.PARTY_KIND_CITIZEN
    if shown.tier != MINOR:
        put_moment(shown.repair_from, _end(clocks[SHORTEST[shown.tier]], decided, calendar) + _INSTANT)
        put_moment(shown.until_time, _end(clocks[LONGEST[shown.tier]], decided, calendar))
    return shown


def shown_until(case: Case) -> datetime | None:
    """Until when the credit websites show a published decision; None where they do not, or do no more."""
    credit = case.publication.decision.credit
    over = case.credit.shielded or case.credit.HasField("end_time") or case.HasField("withdrawal")
    return moment_of(credit.until_time) if credit.shown and not (over or case.credit.rested) else None


_ORDERING = frozenset({StayAuthority.STAY_AUTHORITY_RECONSIDERATION_BODY, StayAuthority.STAY_AUTHORITY_COURT})


def resting(case: Case, at: datetime) -> bool:
    """Whether the display of a penalty rests at a moment: the reconsideration body or a court stayed execution, and that lasts
    (CREDIT-2025 19(1)). What rested when the decision was set aside rests until it is withdrawn.
    """
    if not case.HasField("publish_time") or case.HasField("withdrawal") or case.credit.HasField("end_time"):
        return False
    told_here = case.HasField("publication")
    organisation = case.party.kind == PartyKind.PARTY_KIND_ORGANISATION
    if not organisation or (told_here and not case.publication.decision.credit.shown):
        return False
    stayed = any(stay.ordered_by in _ORDERING and lasts(case, stay, at) for stay in case.stays)
    return stayed or (case.credit.rested and case.HasField("set_aside"))


_CLOCKS = (*SHORTEST.values(), *LONGEST.values())
_INSTANT = timedelta(microseconds=1)


def _end(clock: object, decided: datetime, calendar: Calendar) -> datetime:
    return due(clock, decided, calendar).at  # type: ignore[arg-type]
