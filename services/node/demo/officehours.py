"""When people of an office act: working days, mornings and afternoons."""

from datetime import date, datetime, time, timedelta
from random import Random

from services.law.calendar import SHANGHAI, china

HOURS = ((time(8, 40), time(11, 50)), (time(14, 35), time(17, 25)))


def later(rng: Random, after: datetime, days: int) -> datetime:
    """A moment in office hours so many working days after another; with none, later on the same day or the next."""
    calendar = china()
    local = after.astimezone(SHANGHAI)
    if days == 0 and calendar.is_working(local.date()):
        at = local.replace(second=0, microsecond=0) + timedelta(minutes=rng.randint(10, 100))
        if is_open(at):
            return at
    return on(rng, calendar.add_working(local.date(), max(days, 1)))


def on(rng: Random, day: date) -> datetime:
    """A moment in office hours of a day, or of the next working day."""
    opens, closes = rng.choice(HOURS)
    begin = datetime.combine(china().next_working(day), opens, SHANGHAI)
    return begin + timedelta(
        minutes=rng.randint(0, (closes.hour - opens.hour) * 60 + closes.minute - opens.minute)
    )


def is_open(at: datetime) -> bool:
    """Whether the office is open at a moment of a working day."""
    return any(opens <= at.time() <= closes for opens, closes in HOURS)
