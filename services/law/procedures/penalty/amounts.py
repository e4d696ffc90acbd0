"""What a penalty weighs: the amounts from which the law treats it differently, which is heavier."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.penalty_pb2 import OrderedDuty, Penalty, PenaltyKind

from services.law.discretion.measure import Party

# 行政处罚法 63(1)(3)(4): kinds that make a penalty major whatever the amount.
HEAVY_KINDS = frozenset(
    {
        PenaltyKind.PENALTY_KIND_LOWERING_OF_GRADE,
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION,
        PenaltyKind.PENALTY_KIND_CLOSURE,
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OCCUPATION,
    }
)
CONFISCATIONS = frozenset(
    {PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS, PenaltyKind.PENALTY_KIND_CONFISCATION_OF_PROPERTY}
)
# By the names under which layers say which of them give a right to a hearing, and which are discussed by the heads together.
GRAVER_KINDS: Mapping[int, str] = MappingProxyType(
    {
        number: name.removeprefix("PENALTY_KIND_").lower()
        for name, number in PenaltyKind.items()
        if number >= PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE
    }
)


# The words by which tables of benchmarks name the kinds; those of confiscation are left out, for it takes what was gained or used
# whatever else mitigates (行政处罚法 28(2)).
_WORDS: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        PenaltyKind.PENALTY_KIND_WARNING: ("警告",),
        PenaltyKind.PENALTY_KIND_CIRCULATED_CRITICISM: ("通报批评",),
        PenaltyKind.PENALTY_KIND_FINE: ("罚款",),
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE: ("暂扣",),
        PenaltyKind.PENALTY_KIND_LOWERING_OF_GRADE: ("降低资质", "降低其资质", "降低等级"),
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE: ("吊销",),
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OPERATION: ("限制开展生产经营",),
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION: ("停产", "停业"),
        PenaltyKind.PENALTY_KIND_CLOSURE: ("责令关闭", "予以关闭"),
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OCCUPATION: ("限制从业", "禁止从业", "从业禁止"),
    }
)


class Thresholds(NamedTuple):
    """Amounts in fen from which, or up to which, the law treats a party's penalty differently."""

    hearing_fine: int
    hearing_confiscation: int
    spot_fine: int
    major_fine: int | None
    """None where no rule that binds here has penalties filed from an amount on."""


NAMES = ("hearing.fine", "hearing.confiscation", "simplified.fine", "major.fine")
"""The parameters that set them, in that order; each for citizens and for organisations."""


def is_person(case: Case) -> bool:
    """Whether the limits for citizens hold. A sole trader is a natural person (民法典 54)."""
    return case.party.kind != PartyKind.PARTY_KIND_ORGANISATION


def party_of(case: Case, penalty: Penalty) -> Party:
    """Whom a penalty fines, as a benchmark tells parties apart."""
    trader = case.party.kind == PartyKind.PARTY_KIND_SOLE_TRADER
    return Party(is_person(case), penalty.on_responsible, trader)


def kinds_in(standard: str) -> frozenset[int]:
    """The kinds that the wording of a benchmark lets be imposed, but for confiscation."""
    return frozenset(kind for kind, words in _WORDS.items() if any(word in standard for word in words))


def gravest(kinds: Iterable[int]) -> int:
    """The gravest of kinds, but for confiscation; 0 where nothing else is among them.

    行政处罚法 9 lists the kinds from light to grave, and so does the enum.
    """
    return max((kind for kind in kinds if kind in _WORDS), default=0)


def beyond_warning(penalty: Penalty) -> bool:
    """Whether a penalty is more than a warning."""
    return any(kind != PenaltyKind.PENALTY_KIND_WARNING for kind in penalty.kinds)


def heavy(penalty: Penalty) -> bool:
    """Whether a penalty is grave by its kind."""
    return not HEAVY_KINDS.isdisjoint(penalty.kinds)


def graver(penalty: Penalty) -> tuple[str, ...]:
    """Its kinds that layers weigh whatever the amount, by their names there."""
    return tuple(GRAVER_KINDS[kind] for kind in penalty.kinds if kind in GRAVER_KINDS)


def is_major(penalty: Penalty, limits: Thresholds) -> bool:
    """Whether a penalty is a major one, which is filed with the city legal office."""
    most = max(penalty.fine.fen, penalty.confiscation.fen)
    return heavy(penalty) or (limits.major_fine is not None and most >= limits.major_fine)


def heavier(decided: Penalty, noticed: Penalty) -> bool:
    """Whether a penalty is heavier than the one announced: more money, more kinds, a graver kind, or a duty besides that was not
    told, or has a shorter term.

    行政处罚法 9 lists the kinds from light to grave, and so does the enum.
    """
    if decided.fine.fen > noticed.fine.fen or decided.confiscation.fen > noticed.confiscation.fen:
        return True
    if decided.HasField("duty") and _harder(decided.duty, noticed.duty):
        return True
    now, then = sorted(set(decided.kinds), reverse=True), sorted(set(noticed.kinds), reverse=True)
    return len(now) > len(then) or any(a > b for a, b in zip(now, then, strict=False))


def _harder(decided: OrderedDuty, noticed: OrderedDuty) -> bool:
    """Another duty than the one announced, or less time for it."""
    return (decided.kind, decided.what) != (noticed.kind, noticed.what) or decided.days < noticed.days


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
