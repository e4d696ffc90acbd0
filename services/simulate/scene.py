"""What a plot is told in: a department, the time that passes, and what has to be found of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from services.law.calendar import SHANGHAI, china
from services.simulate.agenda import Agenda
from services.simulate.bureau import Bureau
from services.simulate.town import Town

# The year begins when the early warnings are in force (ASR-2025: 1 February 2026), on a working day.
FIRST = date(2026, 2, 2)
# The hours in which offices act: what is done in one of them is done at the same moment.
HOURS = (time(10, 0), time(15, 0))


@dataclass
class Expected:
    """A breach that was done: the warning that has to come, what it is about, and since when it could be known."""

    rule_id: str
    subject: str
    plot: str
    since: datetime
    node: str
    words: str = ""
    settled: bool = False
    """Whether it is put right afterwards, so that the warning is settled by the facts."""


@dataclass
class Book:
    """What was injected, what was lawful and near, and what went wrong in the telling."""

    expected: list[Expected] = field(default_factory=list)
    near: dict[str, int] = field(default_factory=dict)
    lawful: int = 0
    problems: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    """What each case was told for."""
    told_late: set[str] = field(default_factory=set)
    """Cases that were told when all was over: of what was not told yet it may be warned, if that is taken back."""


@dataclass
class Scene:
    """One plot under way. `near` is whether it stays on the lawful side."""

    kind: str
    near: bool
    bureau: Bureau
    others: list[Bureau]
    agenda: Agenda
    town: Town
    book: Book
    rng: Random
    number: int
    name: str = ""

    @property
    def now(self) -> datetime:
        return self.agenda.now

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    async def work(self, days: int = 1) -> None:
        """So many working days pass."""
        await self.agenda.until(self.hour(china().add_working(self.today, days)))

    async def days(self, days: int) -> None:
        """So many days pass, and those until the next working day."""
        await self.agenda.until(self.hour(china().next_working(self.today + timedelta(days=days))))

    async def exactly(self, days: int) -> None:
        """So many days pass, whatever day it is."""
        await self.agenda.until(self.hour(self.today + timedelta(days=days)))

    def hour(self, day: date) -> datetime:
        return datetime.combine(day, self.rng.choice(HOURS), SHANGHAI)

    def breach(self, subject: str, rule_id: str = "", words: str = "", *, settled: bool = False) -> None:
        """From now on this has to be found, unless the plot is a near miss; the plot's own warning, if not another is named."""
        if not self.near:
            self.expect(rule_id or self.kind, subject, words, settled=settled)

    def expect(self, rule_id: str, subject: str, words: str = "", *, settled: bool = False) -> None:
        """This has to be found, in a near miss too."""
        self.book.expected.append(
            Expected(rule_id, subject, self.kind, self.now, self.bureau.node, words, settled)
        )

    def near_of(self, rule_id: str) -> None:
        """Something near another warning was done, and is lawful."""
        self.book.near[rule_id] = self.book.near.get(rule_id, 0) + 1

    def about(self, case_id: str) -> None:
        """A case is of this plot."""
        self.book.about[case_id] = f"{self.kind} {self.name} {'near' if self.near else 'breach'}"

    async def city(self, rpc: str, by: tuple[str, ...], **fields: Any) -> Any:
        """A call of the city's supervision."""
        return await self.bureau.say("city", "supervision", rpc, by, **fields)
