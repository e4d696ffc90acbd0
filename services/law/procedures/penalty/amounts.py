"""What a penalty weighs: the amounts from which the law treats it differently, the band of a benchmark, which is heavier."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from yifa.enforcement.v1.benchmark_pb2 import Band
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.penalty_pb2 import Penalty, PenaltyKind

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
_PER_MILLION = 1_000_000


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


def fine_range(band: Band, base: int) -> tuple[int, int] | None:
    """The lowest and highest fine of a band in fen, both allowed; None when it bounds nothing.

    A rate gives no fraction of a fen to either side: what lies inside exactly is inside.
    """
    if band.HasField("min_fine") or band.HasField("max_fine"):
        return band.min_fine.fen, band.max_fine.fen
    if band.max_rate:
        return -(-base * band.min_rate // _PER_MILLION), base * band.max_rate // _PER_MILLION
    return None if "罚款" in band.standard else (0, 0)


def heavier(decided: Penalty, noticed: Penalty) -> bool:
    """Whether a penalty is heavier than the one announced: more money, more kinds, or a graver kind.

    行政处罚法 9 lists the kinds from light to grave, and so does the enum.
    """
    if decided.fine.fen > noticed.fine.fen or decided.confiscation.fen > noticed.confiscation.fen:
        return True
    now, then = sorted(set(decided.kinds), reverse=True), sorted(set(noticed.kinds), reverse=True)
    return len(now) > len(then) or any(a > b for a, b in zip(now, then, strict=False))


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
