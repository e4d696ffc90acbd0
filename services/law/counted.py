"""What a clock is counted by: the rows of the law data, by the names that services/law/edition.py gives them."""

from datetime import date
from functools import cache

from services.law.clock import catalogue
from services.law.parameters import national
from services.law.reminding import parameters_of


@cache
def shown_of(clock_id: str) -> tuple[str, ...]:
    """The rows that say how long a clock runs, as a receipt names them."""
    limits = (e.limit for e in catalogue()[clock_id].extensions if e.limit)
    return (
        clock_id,
        *(key for key in sorted({f"clock.{clock_id}", *limits}) if key in national().parameters),
    )


@cache
def counts_by(clock_id: str) -> tuple[str, ...]:
    """The rows by which a clock is counted and reminds, but for the years that it runs through."""
    return (*shown_of(clock_id), *parameters_of(clock_id), "kernel")


def years_of(first: date, last: date) -> tuple[str, ...]:
    """The rows of the years that a term leans on: the New Year holiday of the next may reach back into December."""
    return tuple(f"calendar.{year}" for year in range(first.year, last.year + 1 + (last.month == 12)))
