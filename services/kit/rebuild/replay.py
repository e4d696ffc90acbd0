"""What happened, again: each event that was told, each work of the service's own, each act of people, in the order of then."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import configure_mappers
from yifa.law.v1.events_pb2 import CalendarYearLoaded

from services.kit import journal
from services.kit.access import Caller, Role
from services.kit.arrival import message_class
from services.kit.batch import Batch
from services.kit.calendar import CALENDAR, EDITION, calendar_with, keep_year, known_year
from services.kit.call import Call, Happened
from services.kit.checkpoint.making import CHECKPOINT
from services.kit.claims import ITSELF
from services.kit.clocks.recount import recount
from services.kit.journal import Envelope
from services.kit.reactions import ANY, begin
from services.kit.rebuild import beside
from services.kit.rebuild.live import Ahead
from services.kit.rebuilding import Rebuilding, Told, Work
from services.kit.service import Service, surroundings
from services.kit.settings import Settings
from services.kit.sql import Driver, upsert
from services.kit.store import kit_tables, moment
from services.kit.tx import Tx

log = logging.getLogger(__name__)
AT_ONCE = 200
MOST_UNLIKE = 1000


class Clock:
    """The moment at which something happened, for whoever asks what time it is."""

    def __init__(self) -> None:
        self.at = datetime.min

    def __call__(self) -> datetime:
        return self.at


class Again(Batch):
    """A transaction beside: what it announces was announced already, and is held against that."""

    expect: Callable[[Happened], None]

    def append(self, e: Happened) -> None:
        self.expect(e)


class Replay:
    """A service's past, played into the database beside. `live` is read, and never written."""

    def __init__(self, service: Service, settings: Settings, live: Connection, engine: Engine) -> None:
        assert service.rebuilding is not None
        configure_mappers()
        self.service, self.how, self.live = service, service.rebuilding, live
        self.kit = kit_tables(service.metadata)
        self.node, self.connection = settings.node, engine.connect()
        self.clock = Clock()
        self.around = replace(surroundings(settings, service.name), now=self.clock)
        title = f"{service.name}@{settings.node}"
        roles = frozenset({Role.ROLE_SYSTEM})
        self.system = Caller(f"{ITSELF}{service.name}", title, settings.node, roles)
        with self.connection.begin():
            self.progress = beside.read(self.connection)
            self.count_by_known_years()
        self.begin()

    def begin(self) -> None:
        """Read on from where it has got."""
        how: Rebuilding = self.how
        done = self.progress
        self.told: Ahead[Told] = Ahead(
            lambda after, most: how.told(self.live, after, most), done.position, lambda t: t.position
        )
        self.works: Ahead[Work] = Ahead(
            lambda after, most: how.works(self.live, after, most), done.work, lambda w: w.key
        )
        self.entries: Ahead[Envelope] = Ahead(
            lambda after, most: journal.read(
                self.live, self.kit.journal, self.node, self.service.name, after, most
            ),
            done.entry,
            lambda e: e.seq,
        )

    def close(self) -> None:
        self.connection.close()

    def count_by_known_years(self) -> None:
        """Count by the years that the city had proclaimed by then."""
        table = self.kit.calendar_year
        self.around.calendar = calendar_with(
            self.connection.execute(table.select().order_by(table.c.year)).all()
        )

    def step(self, most: int = AT_ONCE) -> bool:
        """Play some of what is left, in one transaction that also says how far it got. Says whether anything was."""
        before = beside.Progress(**vars(self.progress) | {"unlike": [*self.progress.unlike]})
        try:
            with self.connection.begin(), closing(Driver(self.connection)) as driver:
                played = self.play(driver, most)
                self.progress.whole = self.progress.whole and not played
                beside.write(self.connection, self.progress)
            return played
        except Exception as wrong:
            self.progress = before
            with self.connection.begin():
                self.count_by_known_years()
            self.begin()
            if most > 1:
                return any([self.step(1) for _ in range(most)])
            log.error("%s: cannot be played again: %r", self.what(), wrong)
            return self.pass_over(repr(wrong))

    def play(self, driver: Driver, most: int) -> bool:
        batch = self.batch = Again(self.connection, driver, self.kit, self.around, [])
        batch.expect = self.expect
        if self.service.prepare is not None and (coming := self.told.coming(most)):
            tx = self.tx(coming[0].now)
            self.service.prepare(tx, [each.envelope for each in coming])
        played = 0
        while played < most and self.one():
            played += 1
        batch.close()
        return played > 0

    def one(self) -> bool:
        """The next of all that happened."""
        told, work, entry = self.told.peek(), self.works.peek(), self.entries.peek()
        position, seq = self.progress.position, self.progress.entry
        if work is not None and work.position <= position and work.entry <= seq:
            self.do_work(work)
        elif entry is not None and (told is None or not self.comes_first(told, entry)):
            self.fold(entry)
        elif told is not None:
            self.react(told)
        elif work is not None:  # after an event that was not told: as soon as may be
            self.do_work(work)
        else:
            return False
        return True

    def comes_first(self, told: Told, entry: Envelope) -> bool:
        """Whether an event was told before an entry was written; where that is not noted, by their moments."""
        if told.entry >= 0:
            return told.entry < entry.seq
        return entry.request_id == told.envelope.event_id or told.now <= moment(entry.at)

    def tx(self, now: datetime) -> Tx:
        self.clock.at = now
        return Tx(self.batch, Call(lambda tx: None, self.system, ""))

    def done(self, tx: Tx) -> None:
        self.batch.accept(tx.added, tx.puts, tx.events)

    def react(self, told: Told) -> None:
        """The reactions to one event, as when it came."""
        e = told.envelope
        tx = self.tx(told.now)
        self.batch.seq = told.entry if told.entry >= 0 else self.progress.entry
        begin(tx, e, e.trace)
        kind = message_class(e.type)
        event = kind.FromString(e.data) if kind is not None else None
        for name in (ANY, kind) if kind is not None else (ANY,):
            if (reaction := self.service.reactions.get(name)) is not None:
                reaction(event, tx, e)
        self.done(tx)
        self.progress.position = told.position
        self.told.take()
        self.left_of(e.event_id)

    def do_work(self, work: Work) -> None:
        tx = self.tx(work.now)
        tx.cause = work.name
        self.batch.seq = work.entry
        if work.name == CALENDAR:
            self.count_anew(tx, work)
        elif work.name not in self.how.folds and work.name != EDITION:
            self.how.work(tx, work)
        self.done(tx)
        self.progress.work = work.key
        self.works.take()

    def count_anew(self, tx: Tx, work: Work) -> None:
        """One batch of the recount by a year that was proclaimed."""
        year, cursor = work.keys
        known = known_year(tx, int(year))
        if known is not None and self.service.clocks is not None:
            recount(tx, self.service.clocks, known, cursor)

    def proclaim(self, tx: Tx, event: CalendarYearLoaded) -> None:
        """From here on it is counted by a year as the city loaded it."""
        keep_year(tx, event.calendar_year)
        for table, values in tx.puts:
            tx.batch.run(upsert(table, tx.batch.dialect.name), [values])
        tx.puts.clear()
        self.count_by_known_years()

    def fold(self, entry: Envelope) -> None:
        """What people did, or what depended on what is nowhere kept, as its event tells it."""
        self.entries.take()
        self.progress.entry = entry.seq
        kind = message_class(entry.type)
        if entry.request_id == CHECKPOINT:
            return  # a signature is no record of anything else
        by_itself = entry.actor == self.system.subject and entry.request_id
        if kind is None or (by_itself and entry.request_id not in self.how.folds):
            if by_itself:
                self.note(f"not announced: {entry.type} {entry.subject}, entry {entry.seq}")
            return
        tx = self.tx(moment(entry.at))
        event: Any = kind.FromString(entry.data)
        if isinstance(event, CalendarYearLoaded):
            self.proclaim(tx, event)
        else:
            self.how.fold(tx, entry, event)
        tx.events.clear()
        self.done(tx)

    def expect(self, e: Happened) -> None:
        """What is announced again was announced then: the next entry of the journal says the same."""
        entry = self.entries.peek()
        if entry is None or (entry.type, entry.subject, entry.to) != (e.type, e.subject, e.addressee):
            self.note(f"announced only now: {e.type} {e.subject}")
            return
        if entry.data != e.data:
            self.note(f"announced otherwise: {e.type} {e.subject}, entry {entry.seq}")
        self.entries.take()
        self.progress.entry = entry.seq

    def left_of(self, event_id: str) -> None:
        """What the event brought about then, and not now."""
        while (entry := self.entries.peek()) is not None and entry.request_id == event_id:
            self.note(f"not announced: {entry.type} {entry.subject}, entry {entry.seq}")
            self.entries.take()
            self.progress.entry = entry.seq

    def note(self, said: str) -> None:
        if len(self.progress.unlike) < MOST_UNLIKE:
            self.progress.unlike.append(said)

    def what(self) -> str:
        told, work = self.told.peek(), self.works.peek()
        return f"{told.envelope.node}/{told.envelope.event_id}" if told else work.name if work else "the end"

    def pass_over(self, why: str) -> bool:
        """Leave out what cannot be played again, and say so."""
        told, entry, work = self.told.peek(), self.entries.peek(), self.works.peek()
        position, seq = self.progress.position, self.progress.entry
        if work is not None and ((work.position <= position and work.entry <= seq) or not (told or entry)):
            self.progress.work = self.works.take().key
            said = work.name
        elif entry is not None and (told is None or not self.comes_first(told, entry)):
            self.progress.entry = self.entries.take().seq
            said = f"{entry.type} {entry.subject}"
        elif told is not None:
            self.progress.position = self.told.take().position
            said = f"{told.envelope.node}/{told.envelope.event_id} {told.envelope.type}"
            with_it: Any = told.envelope.event_id
            while (next_ := self.entries.peek()) is not None and next_.request_id == with_it:
                self.progress.entry = self.entries.take().seq
        else:
            return False
        self.note(f"cannot be played again: {said}: {why}")
        with self.connection.begin():
            beside.write(self.connection, self.progress)
        return True
