"""A run: writers write, faults that were drawn befall the city, overlapping; then it is left alone, and judged."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from services.kit.time import wall
from services.node.callers import Callers
from services.node.city import settled
from tests.chaos.absent import Absent
from tests.chaos.judge import Found, journals, judged, reading
from tests.chaos.kinds import Drawn, drawn
from tests.chaos.notices import untold
from tests.chaos.town import CITY, Town
from tests.chaos.writers import Writers

AHEAD = 16
"""Of so many next faults the first is taken that lays hold of nothing that another one holds now."""
AT_ONCE = 5
WAITING = ("stores", "databases")
"""Faults of these wait while the supervisor starts the city: they lay hold of what it has begun already."""
SETTLE, TOLD = 600.0, 60.0
AFTER = timedelta(days=45)
"""So far the clocks leap at the end: what is due by then has to be told."""
Report = Callable[[str], None]


@dataclass
class Run:
    """One run, and what came of it. `done` are the faults by kind, `absent` those that found no occasion, `failed` what the city
    did otherwise than is said of it.
    """

    town: Town
    seed: int
    faults: int
    seconds: float
    groups: Sequence[str] = ()
    but: Sequence[str] = ()
    report: Report = print
    done: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)
    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    busy: set[str] = field(default_factory=set)
    freed: asyncio.Event = field(default_factory=asyncio.Event)
    settled_in: float = 0.0

    async def go(self) -> tuple[Writers, Found]:
        async with self.town.callers() as callers:
            writers = Writers(self.town, callers, random.Random(self.seed), pace=0.2)
            await writers.settle_in()
            writers.begin()
            began = time.monotonic()
            try:
                await self.go_wrong()
            finally:
                self.report(f"faults over after {time.monotonic() - began:.0f} s; waiting until all is quiet")
                await self.mend()
                await asyncio.sleep(2)
                await writers.end()
            try:
                await self.quiet(callers)
                return writers, await judged(self.town, writers.ledger)
            finally:
                await self.mend()

    # Faults ------------------------------------------------------------------------------------------

    async def go_wrong(self) -> None:
        """All that was drawn, spread over the time; for one that finds no occasion another one is drawn."""
        waiting = drawn(self.town, self.seed, 2 * self.faults, self.groups, self.but)
        pause = self.seconds / max(self.faults, 1)
        running: set[asyncio.Task[None]] = set()
        due = time.monotonic()
        while waiting and (self.over + len(running) < self.faults or await self.come_up_short(running)):
            due = max(due + pause, time.monotonic() - 5 * pause)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            fault = await self.next(waiting, running)
            self.busy |= fault.holds
            task = asyncio.create_task(self.befall(fault))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)

    @property
    def over(self) -> int:
        """How many faults are over, done or failed."""
        return self.done.total() + sum(map(len, self.failed.values()))

    async def come_up_short(self, running: set[asyncio.Task[None]]) -> bool:
        """Wait until one more is over; whether there have to be more than those that go on."""
        while running and self.over + len(running) >= self.faults:
            await asyncio.wait(set(running), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)
        return self.over < self.faults

    async def next(self, waiting: list[Drawn], running: set[asyncio.Task[None]]) -> Drawn:
        """The first of the next few that lays hold of nothing that is held."""
        while True:
            self.freed.clear()
            if len(running) < AT_ONCE:
                for fault in waiting[:AHEAD]:
                    if not fault.holds & self.busy:
                        waiting.remove(fault)
                        return fault
            await self.freed.wait()

    async def befall(self, fault: Drawn) -> None:
        kind, began = fault.kind, time.monotonic()
        try:
            if kind.group in WAITING:
                await self.town.standing()
            await kind.do(self.town, fault.about, fault.draw())
            self.done[kind.name] += 1
            said = "done"
        except Absent as why:
            self.absent[kind.name] += 1
            said = f"no occasion {why}"
        except Exception as wrong:
            self.failed[kind.name].append(f"{fault.about}: {wrong!r}")
            said = f"FAILED {wrong!r}"
        finally:
            self.busy -= fault.holds
            self.freed.set()
        self.report(
            f"{self.over}/{self.faults} {kind.name} {fault.about}: {said}, {time.monotonic() - began:.1f} s"
        )

    # And then ----------------------------------------------------------------------------------------

    async def mend(self) -> None:
        """The clocks go right, and the links stand."""
        for node in self.town.nodes:
            self.town.set_clock(node, None)
        for cable in self.town.cables.values():
            cable.through.set()
            await cable.mend()

    async def quiet(self, callers: Callers) -> None:
        """Nobody writes, nobody does anything by hand: wait until all is everywhere; then let the clocks leap, and wait again."""
        began = time.monotonic()
        for node in self.town.nodes:
            await self.town.serving(node)
        await self.settle(callers)
        self.settled_in = time.monotonic() - began
        self.report(f"quiet after {self.settled_in:.0f} s; the clocks leap by {AFTER.days} days")
        at = wall() + AFTER
        for node in self.town.nodes:
            self.town.set_clock(node, at)
        await self.town.until(self.all_fired, "every clock that is due fired", SETTLE)
        await self.settle(callers)
        with suppress(TimeoutError):  # who was not told by then is named by the judge
            await self.town.until(self.all_told, "everybody is told", TOLD, pause=1.0)
        await self.settle(callers)  # what was told last is told of to the city

    async def settle(self, callers: Callers) -> None:
        await settled(callers, SETTLE)
        await self.town.until(self.all_there, "the city has every event of every department", SETTLE)

    async def all_there(self) -> bool:
        """Whether the city received all that the departments' journals have."""
        with reading(self.town, CITY, "supervision") as db:
            asked = "SELECT node, service, count(DISTINCT journal_seq) FROM received GROUP BY node, service"
            there = {(node, name): n for node, name, n in db.execute(asked)}
        for site in self.town.plan.departments:
            for name in site.services:
                with reading(self.town, site.id, name) as db:
                    [(seq,)] = db.execute("SELECT seq FROM head").fetchall()
                if there.get((site.id, name), 0) < seq:
                    return False
        return True

    async def all_told(self) -> bool:
        """Whether people have all the notifications that are due: a node's services hear of each other after a moment."""
        kept = await asyncio.to_thread(journals, self.town)
        entries = [e for some in kept.values() for e in some]
        return not any([untold(self.town, node, entries) for node in self.town.nodes])

    async def all_fired(self) -> bool:
        at = (wall() + AFTER).timestamp() * 1e6 - 300e6
        places = [(node, "enforcement") for node in self.town.departments] + [(CITY, "supervision")]
        for node, name in places:
            with reading(self.town, node, name) as db:
                asked = "SELECT count(*) FROM clock WHERE next_time <= ?"
                if db.execute(asked, (at,)).fetchone()[0]:
                    return False
        return True
