"""A simulated year: the city set up, everything laid on its days, played and judged."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from datetime import time as hour
from functools import partial

from services.law.calendar import SHANGHAI, china
from services.node.plan import Plan
from services.simulate import before, training
from services.simulate.agenda import Agenda
from services.simulate.bureau import Bureau, found_all, office
from services.simulate.judge import all_warnings, judge
from services.simulate.office import hear_of_the_year, report_on_the_year, review_filings
from services.simulate.scene import FIRST
from services.simulate.schedule import WHOLE, Schedule
from services.simulate.silence import fall_silent
from services.simulate.town import Town, running
from services.simulate.wanted import Played, Wanted

# The city is set up so many working days before the year.
SET_UP = 12
MIDNIGHT = hour(0, 5)
Report = Callable[[int, int, str], None]


async def play(plan: Plan, wanted: Wanted, report: Report = lambda done, total, what: None) -> Played:
    """Play a year in a city of its own, and judge it. Raises AioRpcError when the city cannot be set up."""
    began = time.monotonic()
    played = Played(wanted)
    first = datetime.combine(china().add_working(FIRST, -SET_UP), hour(9), SHANGHAI)
    sites = [(s.id, s.title_zh, s.title_en) for s in plan.departments]
    earlier = sites[len(sites) - len(before.STORIES) :] if wanted.grows else []
    async with running(
        plan, datetime.combine(before.FOUNDED, hour(9), SHANGHAI) if earlier else first
    ) as town:
        report(0, wanted.days, "设立 setting up")
        compared = await found_all(town.say, earlier)
        if compared:
            await year_before(town, compared, first, played, report)
        await arrive(town, first)
        bureaus = await found_all(town.say, sites[: len(sites) - len(earlier)])
        await town.calm()
        played.set_up = time.monotonic() - began
        await this_year(town, bureaus, compared, played, report)
        played.verdict = judge(played.book, await all_warnings(town.say))
        played.events = town.known()
    played.seconds = time.monotonic() - began
    return played


async def year_before(
    town: Town, bureaus: Sequence[Bureau], end: datetime, played: Played, report: Report
) -> None:
    """What departments did before the year in which all is judged."""
    agenda = Agenda(datetime.combine(before.FOUNDED, hour(10), SHANGHAI))
    Schedule(agenda, town, played).year_before(bureaus)
    agenda.begin(review_filings(agenda, town.say, (end - agenda.now).days))
    agenda.begin(report_on_the_year(agenda, town.callers, (end - agenda.now).days))
    agenda.begin(hear_of_the_year(agenda, town.say, (end - agenda.now).days))
    report(0, played.wanted.days, "上年 the year before")
    await agenda.run(end, partial(arrive, town), lambda _: town.calm())


async def this_year(
    town: Town, bureaus: Sequence[Bureau], compared: Sequence[Bureau], played: Played, report: Report
) -> None:
    """Everything that is judged, up to the end of the year."""
    wanted, usual = played.wanted, list(bureaus)
    agenda = Agenda(datetime.combine(FIRST, hour(8), SHANGHAI))
    schedule = Schedule(agenda, town, played)
    schedule.compared(compared)
    if wanted.idle:
        schedule.idle(usual.pop(), len(usual))
    if wanted.takes_over:
        schedule.taken_over(usual.pop())
    schedule.usual(usual)
    if wanted.days > training.LAST_DAY:
        schedule.begin(training.as_asked, "lawful", await office(town.say), number=WHOLE + 33)
    agenda.begin(review_filings(agenda, town.say, wanted.days - 1))
    agenda.begin(report_on_the_year(agenda, town.callers, wanted.days - 1))
    agenda.begin(hear_of_the_year(agenda, town.say, wanted.days - 1))
    agenda.begin(nights(agenda, wanted, report))
    end = datetime.combine(FIRST + timedelta(days=wanted.days), hour(8), SHANGHAI)
    await agenda.run(end, partial(arrive, town), lambda _: town.calm())
    await arrive(town, end)
    if wanted.falls_silent:
        await fall_silent(town, usual[-1], [*bureaus, *compared], played.book)


async def arrive(town: Town, at: datetime) -> None:
    """The clock comes to a moment, and what fell due until then is done before anything else."""
    town.set_time(at)
    await town.calm()


async def nights(agenda: Agenda, wanted: Wanted, report: Report) -> None:
    """The clock stops shortly after each midnight, when terms end and months are over."""
    for n in range(1, wanted.days + 1):
        day = FIRST + timedelta(days=n)
        await agenda.until(datetime.combine(day, MIDNIGHT, SHANGHAI))
        report(n, wanted.days, f"{day}")
