"""What a penalty may be, exactly: the ranges that a band or a statute gives on the facts of a case. No floats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from yifa.enforcement.v1.benchmark_pb2 import Band, Condition, End, Fine, Whom
from yifa.enforcement.v1.penalty_pb2 import GainsFinding, Penalty

MILLION = 1_000_000
GAINS = "违法所得"
"""The amount that a penalty states in a place of its own, by the name that bands have for it."""


class Span(NamedTuple):
    """A range of fines in fen, and the prong that gives it. Without `high` there is no upper end."""

    low: Fraction
    high: Fraction | None
    low_outside: bool
    high_outside: bool
    fine: Fine

    def holds(self, fen: int) -> bool:
        """Whether a fine lies inside. No fine at all does where the law leaves it open to fine."""
        if not fen and self.fine.optional:
            return True
        above = fen > self.low if self.low_outside else fen >= self.low
        return above and (self.high is None or (fen < self.high if self.high_outside else fen <= self.high))

    def lowest(self) -> int:
        """The lowest whole fen inside; a fraction of a fen is given to neither side."""
        whole = -(-self.low.numerator // self.low.denominator)
        return whole + (self.low_outside and whole == self.low)

    def highest(self) -> int | None:
        """The highest whole fen inside, None where there is no upper end."""
        if self.high is None:
            return None
        whole = self.high.numerator // self.high.denominator
        return whole - (self.high_outside and whole == self.high)


@dataclass(frozen=True)
class Measured:
    """What may be imposed: one of the spans. `missing` names the facts without which a prong cannot be reckoned."""

    spans: tuple[Span, ...]
    missing: tuple[str, ...] = ()

    def holds(self, fen: int) -> bool:
        return any(span.holds(fen) for span in self.spans)


class Party(NamedTuple):
    """Who is fined: a natural person or not, and whether as one who is responsible in an organisation.

    A sole trader is a natural person (民法典 54); a table that speaks of organisations alone means the trade too.
    """

    person: bool
    responsible: bool = False
    trader: bool = False


def measured(fines: Sequence[Fine], penalty: Penalty, party: Party) -> Measured:
    """The ranges that fines give for a penalty's base, measures and party.

    A prong whose condition or amount needs a fact that the penalty does not state gives no range: the fact is missing.
    """
    own = [fine for fine in fines if _is_for(fine, party)]
    if not own and party.trader:
        own = [fine for fine in fines if _is_for(fine, Party(person=False))]
    facts = _Facts(penalty, own)
    spans, missing = [], list[str]()
    for fine in own:
        holds = [_within(condition, facts) for condition in fine.when]
        if False in holds:
            continue
        if None in holds:
            missing += [c.of for c, held in zip(fine.when, holds, strict=True) if held is None]
            continue
        span = _span(fine, facts)
        if span is None:
            missing.append(fine.per or fine.of)
        else:
            spans.append(span)
    return Measured(tuple(spans), tuple(dict.fromkeys(missing)))


def fines_in(band: Band) -> list[Fine]:
    """What a band lets be imposed, whether it is written out or in the short form. Nothing is: no fine, or one unread."""
    if band.fines:
        return list(band.fines)
    if band.HasField("min_fine") or band.HasField("max_fine"):
        return [Fine(low=End(value=band.min_fine.fen), high=End(value=band.max_fine.fen))]
    if band.max_rate:
        return [Fine(low=End(value=band.min_rate), high=End(value=band.max_rate), rated=True)]
    return []


def unread(band: Band) -> bool:
    """Whether a band speaks of a fine and says no amount that was read."""
    return "罚款" in band.standard and not fines_in(band)


def measured_band(band: Band, penalty: Penalty, party: Party) -> Measured:
    """The ranges of a band; one that speaks of no fine allows none."""
    fines = fines_in(band)
    if fines or unread(band):
        return measured(fines, penalty, party)
    return Measured((Span(Fraction(0), Fraction(0), False, False, Fine()),))


def _is_for(fine: Fine, party: Party) -> bool:
    if party.responsible:
        return fine.whom == Whom.WHOM_RESPONSIBLE
    if fine.whom == Whom.WHOM_RESPONSIBLE:
        return False
    return fine.whom in (Whom.WHOM_UNSPECIFIED, Whom.WHOM_PERSON if party.person else Whom.WHOM_ORGANISATION)


_FOUND = (GainsFinding.GAINS_FINDING_NONE, GainsFinding.GAINS_FINDING_AMOUNT)


class _Facts:
    """The amounts and quantities that a penalty states. Its `base` is the one amount that its fines are about; the illegal gains
    are what it says of them, wherever a fine is about them.
    """

    def __init__(self, penalty: Penalty, fines: Iterable[Fine]) -> None:
        self.stated = {measure.of: measure.value for measure in penalty.measures}
        if penalty.gains.finding in _FOUND:
            self.stated.setdefault(GAINS, penalty.gains.amount.fen)
        amounts = {c.of for fine in fines for c in fine.when if not c.quantity}
        amounts |= {fine.of for fine in fines if fine.rated}
        if len(amounts) == 1 and penalty.HasField("base"):
            self.stated.setdefault(amounts.pop(), penalty.base.fen)

    def value(self, of: str) -> int | None:
        return self.stated.get(of)


def _within(condition: Condition, facts: _Facts) -> bool | None:
    value = facts.value(condition.of)
    if value is None:
        return None
    low, high = condition.low, condition.high
    if condition.HasField("low") and (value <= low.value if low.outside else value < low.value):
        return False
    return not (condition.HasField("high") and (value >= high.value if high.outside else value > high.value))


def _span(fine: Fine, facts: _Facts) -> Span | None:
    factor: Fraction | None = Fraction(1)
    if fine.rated or fine.per:
        value = facts.value(fine.of if fine.rated else fine.per)
        factor = None if value is None else _factor(fine, value)
    # A rate of nothing is no fine: the law has another way for who gained nothing, or the fact is not yet known.
    if factor is None or (fine.rated and not factor):
        return None
    low = _limited(fine, fine.low.value * factor)
    high = _limited(fine, fine.high.value * factor) if fine.HasField("high") else None
    if high is None and fine.HasField("most"):
        high = Fraction(fine.most.fen)
    return Span(low, high, fine.low.outside, fine.high.outside, fine)


def _factor(fine: Fine, value: int) -> Fraction:
    counted = max(value, fine.counts_as) if value else value
    if fine.rounded_up:
        counted = -(-counted // MILLION) * MILLION
    return Fraction(counted, MILLION)


def _limited(fine: Fine, amount: Fraction) -> Fraction:
    """An end of the range within the limits of the whole."""
    if fine.HasField("most"):
        amount = min(amount, Fraction(fine.most.fen))
    return max(amount, Fraction(fine.least.fen)) if fine.HasField("least") else amount
