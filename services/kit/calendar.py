"""The calendar at run time: years that the city loads reach every service, and its clocks are counted anew.

Each service keeps the loaded years in a table of its own, so that a restart knows them at once. The table also says how
far the recount of its clocks has got; a process that is killed goes on from there. Law data that is otherwise than it was is
the other reason to count anew (editions.py).
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select
from sqlalchemy.exc import DBAPIError
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1.events_pb2 import CalendarYearLoaded

from services.kit.clocks.recount import Corrected, recount
from services.kit.editions import known_of
from services.kit.fit import Unfit
from services.kit.journal import Envelope
from services.kit.refusal import Busy, Full, Malformed, Rejected
from services.kit.rpc import read
from services.kit.store import micros, moment
from services.kit.tx import Tx
from services.kit.view import View
from services.law.calendar import SHANGHAI, Calendar, YearData, china

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
PAUSE = 1.0
LONGEST_PAUSE = 5.0
# How far a recount has got, once all clocks are counted: no key of a clock begins so.
JUDGING = "/"
CALENDAR, EDITION = "calendar", "edition"
FIRST_YEAR, LAST_YEAR = 2000, 2200
STATE = calendars.CalendarYearState


class NotTheCity(Rejected):
    """A year came from a node that may not proclaim one. The event is parked."""


def year_data(year: calendars.CalendarYear) -> YearData:
    """A loaded year as the law's calendar takes it. Raises ValueError for what cannot be a proclaimed year."""
    off = frozenset(_day(d) for d in year.holidays)
    return YearData(year.year, off, frozenset(_day(d) for d in year.make_up_days), year.source)


def _day(said: calendars.CalendarDay) -> date:
    return date(said.day.year, said.day.month, said.day.day)


def on_year_loaded(event: CalendarYearLoaded, tx: Tx, about: Envelope) -> None:
    """The city loaded a year: keep it. Every service of every node reacts so."""
    if about.node != tx.city:
        raise NotTheCity(f"{about.node} loaded the year {event.calendar_year.year}; only {tx.city} may")
    try:
        keep_year(tx, event.calendar_year)
    except ValueError as wrong:
        raise Unfit(f"calendar_year: {wrong}") from None


def keep_year(tx: Tx, year: calendars.CalendarYear) -> None:
    """Keep a loaded year, unless the same or a newer version is kept. Raises ValueError for one that cannot be."""
    year_data(year)
    known = known_year(tx, year.year)
    if known is not None and known.version >= year.version:
        return
    values = {
        "year": year.year,
        "version": year.version,
        "record": year.SerializeToString(deterministic=True),
        "done": False,
        "cursor": "",
        "seen": 0,
        "moved": 0,
        "updated": micros(tx.now),
    }
    tx.put(tx.batch.kit.calendar_year, values)


def known_year(tx: Tx, year: int) -> calendars.CalendarYear | None:
    """A loaded year, as it stands in this transaction."""
    table = tx.batch.kit.calendar_year
    for into, values in reversed([*tx.batch.puts, *tx.puts]):
        if into is table and values["year"] == year:
            return parsed(values["record"])
    row = tx.batch.connection.execute(select(table.c.record).where(table.c.year == year)).first()
    return None if row is None else parsed(row.record)


def parsed(record: bytes) -> calendars.CalendarYear:
    year: calendars.CalendarYear = calendars.CalendarYear.FromString(bytes(record))
    return year


def calendar_with(rows: Iterable[Any]) -> Calendar:
    """What the release knows, with the years that the city loaded in place of its own."""
    calendar = china()
    for row in rows:
        calendar = calendar.with_year(year_data(parsed(row.record)))
    return calendar


class Keeper:
    """Keeps one service's calendar and clocks in step with the years in its table, and with the law data that it has."""

    def __init__(self, running: "Running"):
        self.running = running
        self.known: dict[int, int] = {}
        self.take(self.rows())
        self.editions = known_of(self.edition_rows())
        self.law = Corrected(self.editions, running.around.edition.mark)

    def rows(self) -> Any:
        table = self.running.kit.calendar_year
        return self.running.rows(select(table).order_by(table.c.year))

    def edition_rows(self) -> Any:
        """The editions that counted here, the one in force last."""
        table = self.running.kit.edition
        return self.running.rows(select(table).order_by(table.c.number))

    def corrected(self) -> Any | None:
        """The edition in force, while clocks are still to be counted by it."""
        table = self.running.kit.edition
        waiting = select(table).where(table.c.mark == self.law.mark, ~table.c.done)
        return next(iter(self.running.rows(waiting)), None)

    def take(self, rows: Any) -> None:
        """Count by these years from now on. The writer's thread sees the old calendar or the new one, whole."""
        versions = {row.year: row.version for row in rows}
        if versions != self.known:
            self.running.around.calendar = calendar_with(rows)
            self.known = versions

    async def run(self) -> None:
        """Look for loaded years and count the clocks anew, for ever. A database that does not answer is asked again."""
        pause = PAUSE
        while True:
            try:
                rows = self.rows()
                # First the calendar, then the clocks: what starts meanwhile is counted by the new one already.
                self.take(rows)
                # What law data moved is said to be moved by that, also where a year waits.
                if (edition := self.corrected()) is not None:
                    await self.running.of_itself(EDITION, partial(self.step_edition, edition))
                    continue
                if waiting := [row for row in rows if not row.done]:
                    row = waiting[0]
                    await self.running.of_itself(
                        CALENDAR, partial(self.step, row), (str(row.year), row.cursor)
                    )
                    continue
                pause = PAUSE
            except Exception as problem:
                known = isinstance(problem, Busy | Full | DBAPIError)
                log.error("%s: the calendar waits: %s", self.running.title, problem, exc_info=not known)
                pause = min(2 * pause, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    def step(self, row: Any, tx: Tx) -> None:
        """One batch of the recount of a year."""
        year = parsed(row.record)
        now_known = known_year(tx, row.year)
        if now_known is not None and now_known.version == row.version:
            self.advance(tx, self.running.kit.calendar_year, row, year)

    def step_edition(self, row: Any, tx: Tx) -> None:
        """One batch of the recount by the law data in force; when the clocks are through, of what else it judges."""
        table, why = self.running.kit.edition, self.law
        keeping = self.running.service.clocks
        judge = keeping.judge_again if keeping is not None else None
        if judge is None or not row.cursor.startswith(JUDGING):
            return self.advance(tx, table, row, why, JUDGING if judge else "")
        further = judge(tx, why, row.cursor.removeprefix(JUDGING))
        values = {"cursor": JUDGING + (further or ""), "done": further is None, "updated": micros(tx.now)}
        tx.put(table, {**row._mapping, **values})

    def advance(
        self, tx: Tx, table: Table, row: Any, why: calendars.CalendarYear | Corrected, then: str = ""
    ) -> None:
        """One batch of a recount, together with how far it got; `then` is where it goes on after the last clock."""
        keeping = self.running.service.clocks
        values = {**row._mapping, "updated": micros(tx.now)}
        if keeping is not None:
            progress = recount(tx, keeping, why, row.cursor)
            values["cursor"] = then if progress.cursor is None else progress.cursor
            values["done"] = progress.cursor is None and not then
            values["seen"], values["moved"] = row.seen + progress.seen, row.moved + progress.moved
        else:
            values["done"] = True
        tx.put(table, values)


class Calendars:
    """CalendarService: by which calendar this node counts. It answers for every service of its process."""

    domain = "law.yifa"

    def __init__(self, keepers: Sequence[Keeper]):
        self.keepers = keepers

    @read
    def ListCalendarYears(
        self, request: calendars.ListCalendarYearsRequest, view: View
    ) -> calendars.ListCalendarYearsResponse:
        """The years asked for. Refuses with MALFORMED."""
        this = view.now.astimezone(SHANGHAI).year
        first, last = request.first_year or this - 1, request.last_year or (request.first_year or this) + 5
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            said = (
                f"must be a year from first_year to {LAST_YEAR}, and that one from {FIRST_YEAR} on",
                f"应当不早于起始年度且不晚于{LAST_YEAR}年，起始年度不早于{FIRST_YEAR}年",
            )
            raise Malformed({"last_year": said})
        kept = {k.running.name: {row.year: row for row in k.rows()} for k in self.keepers}
        return calendars.ListCalendarYearsResponse(
            years=[self.known(year, view.calendar, kept) for year in range(first, last + 1)]
        )

    def known(
        self, year: int, calendar: Calendar, kept: Mapping[str, Mapping[int, Any]]
    ) -> calendars.KnownYear:
        rows = {service: rows[year] for service, rows in kept.items() if year in rows}
        state = STATE.CALENDAR_YEAR_STATE_LOADED if rows else STATE.CALENDAR_YEAR_STATE_KNOWN
        if not calendar.is_known(year):
            state = STATE.CALENDAR_YEAR_STATE_PROVISIONAL
        told = calendars.KnownYear(year=year, state=state, source=calendar.source(year))
        for service, row in rows.items():
            told.calendar_year.ParseFromString(bytes(row.record))
            recounted = told.services.add(service=service, done=row.done, seen=row.seen, moved=row.moved)
            recounted.update_time.FromDatetime(moment(row.updated))
        return told
