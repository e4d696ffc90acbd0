"""The surcharge on a fine that is paid late: three per cent a day, never more than the fine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from services.law.parameters import Layers, national
from services.law.term import Interval, When, day_of

LAW = "APL-2021:72(1)[1]"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Surcharge:
    """What has accrued: days counted, yuan to the cent, and the day from which it grows no more."""

    days: int
    yuan: Decimal
    capped_on: date | None

    @property
    def fen(self) -> int:
        return int(self.yuan * 100)


def surcharge(fine: Decimal, due: date, until: When, excluded: Sequence[Interval] = ()) -> Surcharge:
    """The surcharge on a fine (in yuan) that was due on a day and is unpaid on another, both in Shanghai.

    The first day counted is the day after `due`, `until` is counted too. Excluded intervals —
    reconsideration, litigation, approved deferral — are left out with their first and last day, which
    favours the party (APL-2021:73(3)). Raises ValueError for a negative fine.
    """
    if fine < 0:
        raise ValueError(f"a fine of {fine} yuan is negative")
    layers = Layers(national())
    rate = Decimal(layers.value("surcharge.rate", due).value) / 100
    cap = fine * layers.value("surcharge.cap", due).value / 100
    free = sorted((day_of(a), day_of(b)) for a, b in excluded)
    days = _counted(due, day_of(until), free)
    most = int((cap / (fine * rate)).to_integral_value(ROUND_CEILING)) if fine else 0
    yuan = min(fine * rate * days, cap).quantize(_CENT, ROUND_HALF_UP)
    # Three per cent reaches the whole fine within the thirty-fourth day.
    capped_on = _nth(due, most, free) if most and days >= most else None
    return Surcharge(days, yuan, capped_on)


def _counted(due: date, until: date, free: list[tuple[date, date]]) -> int:
    """Days after `due` up to `until` that no free interval covers."""
    days, last = max((until - due).days, 0), due
    for begin, end in free:
        first = max(begin, last + timedelta(days=1))
        stop = min(end, until)
        if stop >= first:
            days -= (stop - first).days + 1
            last = stop
    return days


def _nth(due: date, number: int, free: list[tuple[date, date]]) -> date:
    """The day that is the number-th counted day after `due`."""
    day = due + timedelta(days=number)
    while (counted := _counted(due, day, free)) < number:
        day += timedelta(days=number - counted)
    return day
