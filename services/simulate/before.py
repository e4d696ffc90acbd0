"""The year before: what a department took in then, with which the city compares."""

from datetime import date

from services.simulate.scene import Scene
from services.simulate.told import Told

# When the departments are set up of which the year before is known.
FOUNDED = date(2024, 12, 9)
# The day of the year on which both take up the case whose fine counts, in yuan; and three fines of the year before.
DAY, FINE, EARLIER = 150, 150_000, 42_000


async def first_case(s: Scene) -> None:
    """A small case in the first weeks, and one in the autumn."""
    await Told(s).way()
    await s.agenda.until(s.hour(date(2025, 10, 15)))
    case = Told(s)
    case.source += "-2"
    await case.way()


async def took_in(s: Scene) -> None:
    """A fine in the same months of the year before, in the department whose income hardly grows."""
    await s.agenda.until(s.hour(date(2025, 7, 2)))
    case = Told(s, EARLIER)
    await case.way()


async def takes_in(s: Scene) -> None:
    """A high fine is paid, in a department that took in nothing in these months of the year before; near: almost as much."""
    await s.days(DAY)
    case = Told(s, FINE)
    case.source += "-3"
    await case.way(until="record_payment")
    s.breach(s.bureau.body_id)
    await case.way("close_case")


STORIES = ((first_case,), (first_case, took_in, took_in, took_in))
"""What is told of each department: of the one whose income grows, and of the other."""
