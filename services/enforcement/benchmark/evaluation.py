"""What a benchmark says of a penalty: its range, why, what would leave it, and how others were decided. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import quantiles
from typing import NamedTuple

from yifa.enforcement.v1 import benchmark_pb2 as pb
from yifa.enforcement.v1.penalty_pb2 import Penalty

from services.law.discretion.measure import (
    MILLION,
    Measured,
    Party,
    Span,
    measured,
    measured_band,
    unread,
)
from services.law.discretion.saying import fine_en, fine_zh
from services.law.discretion.version import Holding

DEPARTURES = {
    "NO_BAND": ("未选定已公布裁量基准的档次", "no band of a published benchmark is named"),
    "UNREAD": (
        "该档次的罚款数额无法由系统计算，须说明理由并经批准",
        "the band sets a fine that cannot be reckoned; a reason and an approval are needed",
    ),
    "MISSING": ("缺少计算所需的事实，暂不能判断", "a fact that it is reckoned by is missing, so nothing can be said yet"),
    "ABOVE_STATUTE": ("超过法定最高限额，不得处罚至该数额", "it is more than the statute allows, whatever the reason"),
    "BELOW_STATUTE": (
        "低于法定最低限额，属于减轻处罚，须有法定情节，说明理由并经批准",
        "it is less than the statute's minimum, a mitigation that needs a ground in law, a reason and an approval",
    ),
    "OUTSIDE": ("超出裁量档次，须说明理由并经批准", "it lies outside the band; a reason and an approval are needed"),
}  # fmt: skip


class Decided(NamedTuple):
    """A case about the same item that was decided, and how its fine lay to its band."""

    inside: bool
    place: Fraction | None


def evaluated(held: Holding, penalty: Penalty, party: Party) -> pb.PenaltyEvaluation:
    """The evaluation of a penalty by a version of the item that it names. Without a fine nothing is said of a departure."""
    item = held.item
    band = next((each for each in item.bands if each.code == penalty.band_code), None)
    found = measured_band(band, penalty, party) if band is not None else Measured(())
    statute = measured(item.statute_fines, penalty, party)
    answer = pb.PenaltyEvaluation(
        benchmark_id=item.benchmark_id, version=item.version, version_reason_zh=held.zh, version_reason_en=held.en,
        violation=item.violation, basis=item.basis, document=item.document, band_code=penalty.band_code,
        ranges=map(ranged, found.spans), statute_ranges=map(ranged, statute.spans), missing=found.missing,
        unread=band is not None and unread(band),
    )  # fmt: skip
    if band is not None:
        answer.level, answer.circumstances, answer.standard = band.level, band.circumstances, band.standard
    if code := departure(band, found, statute, penalty):
        answer.departure_zh, answer.departure_en = DEPARTURES[code]
    return answer


def departure(band: pb.Band | None, found: Measured, statute: Measured, penalty: Penalty) -> str:
    """What stands against a penalty; empty where nothing does, or no fine was given."""
    fine = penalty.fine.fen
    highs = [span.highest() for span in statute.spans]
    against = {
        "NO_BAND": band is None,
        "UNREAD": band is not None and unread(band),
        "MISSING": bool(found.missing),
        "": not penalty.HasField("fine") or found.holds(fine),
        "ABOVE_STATUTE": bool(highs) and all(high is not None and fine > high for high in highs),
        "BELOW_STATUTE": bool(highs) and all(fine < span.lowest() for span in statute.spans),
    }
    return next((code for code, holds in against.items() if holds), "OUTSIDE")


def ranged(span: Span) -> pb.FineRange:
    """A span as it is told."""
    answer = pb.FineRange(fine=span.fine, why_zh=fine_zh(span.fine), why_en=fine_en(span.fine))
    answer.low.fen = span.lowest()
    if (high := span.highest()) is not None:
        answer.high.fen = high
    return answer


def decided(held: Holding, penalty: Penalty, party: Party) -> Decided:
    """How a fine lay to its band when it was decided."""
    band = next((each for each in held.item.bands if each.code == penalty.band_code), None)
    found = measured_band(band, penalty, party) if band is not None else Measured(())
    return Decided(found.holds(penalty.fine.fen), place(found, penalty.fine.fen))


def place(found: Measured, fen: int) -> Fraction | None:
    """Where a fine lies between the ends of its range, 0 at the lower; None where the range has no two ends."""
    spans = [span for span in found.spans if span.holds(fen)] or list(found.spans)
    if len(spans) != 1 or found.missing or spans[0].high is None or spans[0].high == spans[0].low:
        return None
    return (fen - spans[0].low) / (spans[0].high - spans[0].low)


def spread(cases: Iterable[Decided]) -> pb.Spread:
    """The quartiles of the places of decided cases, exact, told in millionths (the fraction below one is dropped)."""
    seen = list(cases)
    places = sorted(case.place for case in seen if case.inside and case.place is not None)
    departures = sum(not case.inside for case in seen)
    answer = pb.Spread(
        count=len(seen), departures=departures, not_placed=len(seen) - departures - len(places)
    )
    if places:
        lower, median, upper = quarters(places)
        answer.lower_quartile, answer.median, answer.upper_quartile = map(millionths, (lower, median, upper))
    return answer


def quarters(places: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """The quartiles of at least one place, the ends taken in."""
    if len(places) == 1:
        return places[0], places[0], places[0]
    lower, median, upper = quantiles(places, n=4, method="inclusive")
    return lower, median, upper


def millionths(value: Fraction) -> int:
    return value.numerator * MILLION // value.denominator
