"""When people of an office act: working days, in the morning and in the afternoon."""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from services.law.calendar import SHANGHAI, china

# The hours of a day in which something is done. All that is done in one of them is done at the same moment, which is
# another one every day: so the acts of different cases can be played at once.
HOURS = (time(8, 35), time(9, 30), time(10, 30), time(14, 35), time(15, 30), time(16, 30))
SPREAD = 55 * 60 - 1


def later(rng: Random, after: datetime, days: int) -> datetime:
    """A moment in office hours so many working days after another; with none, later on the same day or the next."""
    calendar, local = china(), after.astimezone(SHANGHAI)
    if days == 0 and calendar.is_working(local.date()):
        rest = [at for n in range(len(HOURS)) if (at := moment(local.date(), n)) > local]
        if rest:
            return rng.choice(rest[:2])
    return on(rng, calendar.add_working(local.date(), max(days, 1)))


def on(rng: Random, day: date) -> datetime:
    """A moment in office hours of a day, or of the next working day."""
    return moment(china().next_working(day), rng.randrange(len(HOURS)))


@cache
def moment(day: date, hour: int) -> datetime:
    """When the office does what it does in one of the hours of a day."""
    seconds = Random(f"{day} {hour}").randint(0, SPREAD)
    return datetime.combine(day, HOURS[hour], SHANGHAI) + timedelta(seconds=seconds)
