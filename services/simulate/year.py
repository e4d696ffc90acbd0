"""A simulated year: the city set up, the plots laid on its days, and played."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as hour
from functools import partial
from random import Random
from typing import Any

import grpc

from services.law.calendar import SHANGHAI, china
from services.node.callers import reasons
from services.node.plan import Plan
from services.simulate import before, taken_over, training
from services.simulate.agenda import Agenda
from services.simulate.bureau import Bureau, found_all
from services.simulate.judge import Verdict, all_warnings, judge
from services.simulate.kinds.oversight import few_sessions
from services.simulate.lawful import LASTS, LAWFUL
from services.simulate.office import review_filings
from services.simulate.plot import plots
from services.simulate.scene import FIRST, Book, Expected, Scene
from services.simulate.silence import fall_silent
from services.simulate.town import Town, running

# The city is set up so many working days before.
SET_UP = 12
# What falls due in the last days is found, and nothing begins in them.
REST = 3
YEAR = 365
# Plots of whole departments have numbers from here on.
LONG_BEFORE = 50_000
MIDNIGHT = hour(0, 5)
Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Wanted:
    """What is to be played. `only` names the warnings or plots that are injected, all where it is empty."""

    seed: int = 1
    departments: int = 20
    days: int = 365
    breaches: int = 2
    lawful: int = 20
    """Lawful cases of each department."""
    only: tuple[str, ...] = ()

    @property
    def takes_over(self) -> bool:
        """Whether the node of one more department gives way to other software."""
        fits = self.days >= taken_over.SINCE + taken_over.LASTS + REST
        return fits and (not self.only or bool(set(self.only) & set(taken_over.KINDS)))

    @property
    def idle(self) -> bool:
        """Whether one more department does nothing for a whole year, while all others do something."""
        return self.days >= YEAR and (not self.only or "EW-28" in self.only)

    @property
    def falls_silent(self) -> bool:
        """Whether a department falls silent at the end."""
        return not self.only or "SILENT" in self.only

    @property
    def cases(self) -> int:
        """How many lawful cases each department has; in a whole year one at least, for a year without any is a finding."""
        return max(self.lawful, int(self.days >= YEAR)) if self.days > LASTS + REST else 0

    @property
    def nodes(self) -> int:
        """How many departments the city has, with those that play a part of their own."""
        return self.departments + self.takes_over + self.idle + len(before.STORIES) * self.grows

    @property
    def grows(self) -> bool:
        """Whether two more departments are set up a year before, so that what they take in can be compared."""
        return self.days >= YEAR and (not self.only or "EW-13" in self.only)


@dataclass
class Played:
    """What came of it."""

    wanted: Wanted
    verdict: Verdict = field(default_factory=Verdict)
    book: Book = field(default_factory=Book)
    left_out: list[str] = field(default_factory=list)
    events: int = 0
    seconds: float = 0.0
    set_up: float = 0.0

    @property
    def good(self) -> bool:
        """Whether every breach was found in time, nothing lawful was warned of, and every plot was played to its end."""
        return self.verdict.good and not self.book.problems


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
    for n, (bureau, stories) in enumerate(zip(bureaus, before.STORIES, strict=True)):
        for number, tell in enumerate(stories, LONG_BEFORE + 10 * n):
            scene = Scene(
                "before", True, bureau, [], agenda, town, played.book, Random(number), number, "before"
            )
            agenda.begin(started(agenda, agenda.now, scene, tell))
    agenda.begin(review_filings(agenda, town.say, (end - agenda.now).days))
    report(0, played.wanted.days, "上年 the year before")
    await agenda.run(end, partial(arrive, town), lambda _: town.calm())


async def this_year(
    town: Town, bureaus: list[Bureau], compared: Sequence[Bureau], played: Played, report: Report
) -> None:
    """Everything that is judged, up to the end of the year."""
    wanted, book = played.wanted, played.book
    whole = tuple(bureaus)
    agenda = Agenda(datetime.combine(FIRST, hour(8), SHANGHAI))
    end = datetime.combine(FIRST + timedelta(days=wanted.days), hour(8), SHANGHAI)
    for near, bureau in zip((False, True), compared, strict=False):
        for n, tell in enumerate((before.takes_in, before.trained)):
            number = LONG_BEFORE + 20 + 2 * near + n
            scene = Scene("EW-13", near, bureau, [], agenda, town, book, Random(number), number, "takes_in")
            agenda.begin(started(agenda, agenda.now, scene, tell))
        book.near["EW-13"] = int(near)
    if wanted.idle:
        idle = bureaus.pop()
        book.expected.append(Expected("EW-28", idle.body_id, "idle for a year", agenda.now, idle.node))
        book.near["EW-28"] = len(bureaus)
        scene = Scene("EW-28", False, idle, [], agenda, town, book, Random(0), LONG_BEFORE, "idle")
        agenda.begin(started(agenda, agenda.now, scene, before.trained))
    if wanted.takes_over:
        scene = Scene(
            "lawful", True, bureaus[-1], [], agenda, town, book, Random(0), LONG_BEFORE + 1, "early"
        )
        agenda.begin(started(agenda, agenda.now, scene, training.early))
        agenda.begin(started(*taking_over(wanted, bureaus.pop(), bureaus, agenda, town, played)))
    for at, scene, tell in schedule(wanted, bureaus, agenda, town, played):
        agenda.begin(started(agenda, at, scene, tell))
    agenda.begin(review_filings(agenda, town.say, wanted.days - 1))
    agenda.begin(nights(agenda, wanted, report))
    await agenda.run(end, partial(arrive, town), lambda _: town.calm())
    await arrive(town, end)
    if wanted.falls_silent:
        everybody = [*whole, *compared]
        gone = {bureaus[-1].node, *(b.node for b in everybody if b.node not in town.tasks)}
        silent = [b for b in everybody if b.node in gone]
        await fall_silent(town, silent, [b for b in everybody if b.node not in gone], book)


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


Due = tuple[datetime, Scene, Any]


def schedule(
    wanted: Wanted, bureaus: Sequence[Bureau], agenda: Agenda, town: Town, played: Played
) -> Iterator[Due]:
    """Each plot so often as a breach and as a near miss, and lawful work, on days drawn by the seed."""
    rng = Random(f"yifa {wanted.seed}")
    number = 0

    def scene(kind: str, near: bool, bureau: Bureau, name: str = "") -> Scene:
        nonlocal number
        number += 1
        others = [b for b in bureaus if b is not bureau]
        dice = Random(f"{wanted.seed} {number}")
        return Scene(kind, near, bureau, others, agenda, town, played.book, dice, number, name)

    trained: list[Bureau] = []
    chosen = [p for p in plots() if not wanted.only or {p.kind, p.name} & set(wanted.only)]
    for one in chosen:
        latest = wanted.days - REST - one.lasts
        if latest < one.since:
            played.left_out.append(f"{one.kind} {one.name}: {one.lasts} days do not fit into {wanted.days}")
            continue
        alone = rng.sample(list(bureaus), len(bureaus)) if one.alone else []
        for near in (False, True):
            for _ in range(1 if one.once else wanted.breaches):
                if one.alone and not alone:
                    continue
                bureau = alone.pop() if one.alone else rng.choice(list(bureaus))
                trained += [bureau] if one.name == few_sessions.__name__ else []
                if near:
                    played.book.near[one.kind] = played.book.near.get(one.kind, 0) + 1
                yield (
                    on(rng, rng.randint(one.since, latest)),
                    scene(one.kind, near, bureau, one.name),
                    one.tell,
                )
    for bureau in bureaus:
        if bureau not in trained and wanted.days >= training.LASTS + REST:
            yield on(rng, 0), scene("lawful", True, bureau, "trained"), training.as_asked
        for _ in range(wanted.cases):
            played.book.lawful += 1
            at = on(rng, rng.randint(0, wanted.days - REST - LASTS))
            yield at, scene("lawful", True, bureau), rng.choice(LAWFUL)


def taking_over(
    wanted: Wanted, bureau: Bureau, others: list[Bureau], agenda: Agenda, town: Town, played: Played
) -> tuple[Agenda, datetime, Scene, Any]:
    """The department whose node gives way to other software, once in the year."""
    dice = Random(f"{wanted.seed} taken over")
    scene = Scene("taken over", False, bureau, others, agenda, town, played.book, dice, 0, "taken_over")
    latest = wanted.days - REST - taken_over.LASTS
    return agenda, on(dice, dice.randint(taken_over.SINCE, latest)), scene, taken_over.taken_over


def on(rng: Random, day: int) -> datetime:
    """An office hour of a working day."""
    return datetime.combine(
        china().next_working(FIRST + timedelta(days=day)), hour(rng.choice((10, 15))), SHANGHAI
    )


async def started(agenda: Agenda, at: datetime, scene: Scene, tell: Any) -> None:
    """One plot from its first day. What goes wrong in it is noted, and ends it."""
    await agenda.until(at)
    try:
        await tell(scene)
    except grpc.aio.AioRpcError as no:
        why = ", ".join(reasons(no)) or no.code().name
        scene.book.problems.append(f"{said(scene, tell)}: {why}: {no.details()}")
    except Exception as wrong:
        scene.book.problems.append(f"{said(scene, tell)}: {wrong!r}")


def said(scene: Scene, tell: Any) -> str:
    side = "near miss" if scene.near else "breach"
    return f"{scene.kind} {tell.__name__} ({side}) at {scene.bureau.node} on {scene.now:%Y-%m-%d}"
