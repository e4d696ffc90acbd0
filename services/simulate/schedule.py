"""What goes on in a year, laid on its days by the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as hour
from random import Random

import grpc

from services.law.calendar import SHANGHAI, china
from services.node.callers import reasons
from services.simulate import before, taken_over, training
from services.simulate.agenda import Agenda
from services.simulate.bureau import Bureau
from services.simulate.kinds.oversight import few_sessions
from services.simulate.lawful import LASTS, LAWFUL
from services.simulate.plot import Plot, Tell, plots
from services.simulate.scene import FIRST, Expected, Scene
from services.simulate.town import Town
from services.simulate.wanted import REST, Played, Wanted

# Plots of whole departments have numbers from here on, and dice of their own.
WHOLE = 50_000


@dataclass
class Schedule:
    """Everything that goes on, each plot in a department and on a day."""

    agenda: Agenda
    town: Town
    played: Played
    number: int = 0
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(f"yifa {self.wanted.seed}")

    @property
    def wanted(self) -> Wanted:
        return self.played.wanted

    def begin(
        self, tell: Tell, kind: str, bureau: Bureau, *, near: bool = True, at: datetime | None = None,
        others: Sequence[Bureau] = (), number: int = 0,
    ) -> None:  # fmt: skip
        """A plot begins at a moment, or at once."""
        if not number:
            self.number = number = self.number + 1
        dice = Random(f"{self.wanted.seed} {number}")
        scene = Scene(
            kind,
            near,
            bureau,
            list(others),
            self.agenda,
            self.town,
            self.played.book,
            dice,
            number,
            tell.__name__,
        )
        self.agenda.begin(told(at or self.agenda.now, scene, tell))

    def year_before(self, bureaus: Sequence[Bureau]) -> None:
        """What departments did before the year in which all is judged."""
        for n, (bureau, stories) in enumerate(zip(bureaus, before.STORIES, strict=True)):
            for number, tell in enumerate(stories, WHOLE + 10 * n):
                self.begin(tell, "before", bureau, number=number)

    def compared(self, bureaus: Sequence[Bureau]) -> None:
        """The same departments in this year: the income of the first grows, that of the other does not."""
        for near, bureau in zip((False, True), bureaus, strict=False):
            self.begin(before.takes_in, "EW-13", bureau, near=near, number=WHOLE + 20 + near)
            self.begin(training.as_asked, "lawful", bureau, number=WHOLE + 22 + near)
            self.played.book.near["EW-13"] = int(near)

    def idle(self, bureau: Bureau, others: int) -> None:
        """A department that does nothing but train its people."""
        book = self.played.book
        book.expected.append(
            Expected("EW-28", bureau.body_id, "idle for a year", self.agenda.now, bureau.node)
        )
        book.near["EW-28"] = others
        self.begin(training.as_asked, "EW-28", bureau, number=WHOLE + 30)

    def taken_over(self, bureau: Bureau) -> None:
        """The department whose node gives way to other software; its people were trained before."""
        self.begin(training.early, "lawful", bureau, number=WHOLE + 31)
        latest = self.wanted.days - REST - taken_over.LASTS
        at = self.on(self.dice.randint(taken_over.SINCE, latest))
        self.begin(taken_over.taken_over, "taken over", bureau, near=False, at=at, number=WHOLE + 32)

    def usual(self, bureaus: Sequence[Bureau]) -> None:
        """Each plot so often as a breach and as a near miss, and lawful work."""
        trained = {bureau.node for one in self.chosen() for bureau in self.plotted(one, bureaus)}
        for bureau in bureaus:
            if bureau.node not in trained and self.wanted.days > training.LAST_DAY:
                self.begin(training.as_asked, "lawful", bureau)
            for _ in range(self.wanted.cases):
                self.played.book.lawful += 1
                at = self.on(self.dice.randint(0, self.wanted.days - REST - LASTS))
                self.begin(self.dice.choice(LAWFUL), "lawful", bureau, at=at)

    def chosen(self) -> Iterator[Plot]:
        """The plots that are wanted and fit into the days."""
        only = set(self.wanted.only)
        for one in plots():
            if only and not {one.kind, one.name} & only:
                continue
            if one.since + one.lasts + REST <= self.wanted.days:
                yield one
            else:
                left = f"{one.kind} {one.name}: {one.lasts} days do not fit into {self.wanted.days}"
                self.played.left_out.append(left)

    def plotted(self, one: Plot, bureaus: Sequence[Bureau]) -> Iterator[Bureau]:
        """Begin a plot as often as it is wanted; the departments that hold no other trainings than its own."""
        free = self.dice.sample(bureaus, len(bureaus))
        for near in (False, True):
            for _ in range(self.wanted.breaches):
                if one.alone and not free:
                    continue
                bureau = free.pop() if one.alone else self.dice.choice(bureaus)
                at = self.on(self.dice.randint(one.since, self.wanted.days - REST - one.lasts))
                others = [other for other in bureaus if other is not bureau]
                self.begin(one.tell, one.kind, bureau, near=near, at=at, others=others)
                if near:
                    self.played.book.near[one.kind] = self.played.book.near.get(one.kind, 0) + 1
                if one.tell is few_sessions:
                    yield bureau

    def on(self, day: int) -> datetime:
        """An office hour of a working day."""
        working = china().next_working(FIRST + timedelta(days=day))
        return datetime.combine(working, hour(self.dice.choice((10, 15))), SHANGHAI)


async def told(at: datetime, scene: Scene, tell: Tell) -> None:
    """One plot from its first day. What goes wrong in it is noted, and ends it."""
    await scene.agenda.until(at)
    try:
        await tell(scene)
    except grpc.aio.AioRpcError as no:
        why = ", ".join(reasons(no)) or no.code().name
        scene.book.problems.append(f"{said(scene)}: {why}: {no.details()}")
    except Exception as wrong:
        scene.book.problems.append(f"{said(scene)}: {wrong!r}")


def said(scene: Scene) -> str:
    side = "near miss" if scene.near else "breach"
    return f"{scene.kind} {scene.name} ({side}) at {scene.bureau.node} on {scene.now:%Y-%m-%d}"
