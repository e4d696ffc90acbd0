"""When a clock that runs speaks up: by the parameters of the early warnings before and after its end (EW-01, EW-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from services.law.parameters import Layers

REMINDERS = ("first", "second", "third")
# A clock that has to speak up, besides, when a warning of its own looks at it.
ALSO = {"ENF-06": ("warning.EW-23.ahead",)}


@dataclass(frozen=True)
class Schedule:
    """When a clock speaks up: days before its end, else a share of its term; and days after its end."""

    days: Sequence[int]
    share: int
    least: int
    after: Sequence[int]


def parameters_of(clock_id: str) -> tuple[str, ...]:
    """The parameters that say when a clock speaks up."""
    first: tuple[str, ...] = tuple(f"warning.EW-01.{clock_id}.{name}" for name in REMINDERS)
    first = (*first, *ALSO.get(clock_id, ()))
    return (*first, "warning.EW-01.share", "warning.EW-01.least", f"warning.EW-20.{clock_id}.again")


@lru_cache(4096)
def schedule(parameters: Layers, clock_id: str, day: date, sector: str) -> Schedule:
    """The schedule in force on a day; one without reminders before there was a rule to remind."""

    def number(key: str) -> int | None:
        try:
            return parameters.value(key, day, sector).value
        except (KeyError, ValueError):
            return None

    *days, share, least, again = map(number, parameters_of(clock_id))
    return Schedule(
        tuple(sorted({d for d in days if d is not None}, reverse=True)),
        share or 0,
        least or 0,
        () if again is None else (again,),
    )
