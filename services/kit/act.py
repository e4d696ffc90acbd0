"""Acts: what every act of a procedure shares, done once.

An act opens its record, builds the facts, holds every rule, sets the state, runs its body, starts and stops the clocks that know
its event, counts the version, writes the row, announces the event and replies. The body changes the record and returns the event;
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from services.kit.clocks import ClockRow, deadline_proto, named_by, observe
from services.kit.refusal import Malformed
from services.kit.rpc import Loads
from services.kit.store import Row
from services.kit.tx import Tx
from services.kit.view import View, packed
from services.law.moment import moment_of, put_moment
from services.law.procedure import Act, Procedure, whole
from services.law.process import Move
from services.law.rule import Broken, Facts, Rule, Unlawful, judge

# Every event carries its record whole, and the bus takes a megabyte.
LARGEST = 700_000
Body = Callable[[Any, Any, "Do"], Any]


@dataclass(slots=True)
class Do:
    """One act while it is done. `at` is when it was done, `to` another node than the city that its event is for."""

    tx: Tx
    row: Any
    facts: Any
    move: Move
    at: datetime
    to: str | None = None
    then: Callable[[], None] | None = None
    """Done after all is written, in the same transaction."""

    @property
    def now(self) -> datetime:
        return self.tx.now

    @property
    def caller(self) -> str:
        return self.tx.caller.subject

    def new_id(self, prefix: str) -> str:
        return self.tx.new_id(prefix)


class Standing(NamedTuple):
    """How an act of a record stands now: whether it is open, what stands against it, what depends on a request."""

    move: Move
    open: bool
    against: tuple[Rule | Broken, ...] = ()
    depends_on: tuple[Rule, ...] = ()


class Acts:
    """The acts of one kind of record. Called with acts of its procedure it marks the function that does them.

    row: the table, whose `record` column holds the message. record: the message, with `state`, `version`, `update_time` and,
    where clocks run, `deadlines` and `sector`. key: the field of both, and of the requests, that names it. facts: what the
    rules are told, made as `facts(record, look, move, request)`: `look` is a Tx or a View, `request` None in a listing.
    columns: the other columns of the row, from the record. conditions: which conditions of clocks hold for a record. tags: the
    fields by which a trace is found. stamp: puts into the record who did an act and when, given the event and the moment.
    follow: brings terms that go by what the record says in line, once the clocks saw the event.
    then: follows once all of an act is written, in the same transaction, as what the early warnings look at.
    Raises TypeError when the facts are not whole.
    """

    def __init__(
        self,
        *,
        row: type[Row],
        record: type[Message],
        key: str,
        procedure: Procedure,
        facts: type[Facts],
        columns: Callable[[Any], dict[str, Any]],
        clocks: type[ClockRow] | None = None,
        conditions: Callable[[Any], frozenset[str]] = lambda record: frozenset(),
        tags: tuple[str, ...] = (),
        stamp: Callable[[Tx, Any, Any, datetime, str], None] = lambda tx, record, event, at, by: None,
        follow: Callable[[Tx, Any], None] = lambda tx, record: None,
        then: Callable[[Tx, Any, Any], None] = lambda tx, record, event: None,
    ) -> None:
        self.stamp, self.follow, self.then = stamp, follow, then
        self.row, self.record, self.key, self.procedure = row, record, key, procedure
        self.facts: Any = whole(facts)
        self.columns, self.clocks, self.conditions = columns, clocks, conditions
        self.tags = {f"yifa.{name}": name for name in tags}
        self.field = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", record.DESCRIPTOR.name).lower()
        states = record.DESCRIPTOR.fields_by_name["state"].enum_type
        lead = states.values[0].name.removesuffix("UNSPECIFIED")
        self.names = {v.number: v.name.removeprefix(lead) if v.number else "" for v in states.values}
        self.numbers = {name: number for number, name in self.names.items()}

    def __call__(
        self,
        *acts: Act,
        by: Callable[[Any, Any], Act] | None = None,
        begins: Callable[[Any, Tx], Any] | None = None,
        takes: Callable[[Any, Any, Tx], None] | None = None,
        loads: tuple[Loads, ...] = (),
    ) -> Callable[[Body], Callable[[Any, Tx], bytes]]:
        """Mark a function as what is done in one of these acts. It answers with the reply as bytes.

        `by(request, record)` says which of several it is. `begins(request, tx)` makes the record that the act begins.
        `takes(request, record, tx)` puts into the record what the request adds before it is judged. `loads` names rows
        besides the record's.
        """

        def mark(body: Body) -> Callable[[Any, Tx], bytes]:
            def run(request: Any, tx: Tx) -> bytes:
                record = begins(request, tx) if begins else self.open(tx, getattr(request, self.key))
                if takes is not None:
                    takes(request, record, tx)
                act = acts[0] if by is None else by(request, record)
                return reply(request, self.do(tx, act, record, request, body), self.field)

            run.__name__, run.__module__, run.__doc__ = body.__name__, body.__module__, body.__doc__
            run.kind = "write"  # type: ignore[attr-defined]
            run.loads = loads if begins else ((self.row, self.key), *loads)  # type: ignore[attr-defined]
            run.acts, run.by, run.takes = acts, by, takes  # type: ignore[attr-defined]
            return run

        return mark

    def open(self, tx: Tx, key: str) -> Any:
        """The record. Raises Missing."""
        return self.record.FromString(tx.get(self.row, key).record)  # type: ignore[attr-defined]

    def do(self, tx: Tx, act: Act, record: Any, request: Any, body: Body) -> tuple[bytes, Any]:
        """One act on a record that is at hand; returns the record as it is kept, and the event. Raises Unlawful."""
        named = self.procedure.named(act.name)
        facts = self.facts(record, tx, named, request)
        move = self.step(act, record, facts)
        key = getattr(record, self.key)
        row: Any = tx.find(self.row, key) or tx.add(
            self.row.new(**{self.key: key, **self.columns(record)}, record=b"")
        )
        done = Do(tx, row, facts, move, facts.at())
        record.state = self.numbers[move.target]
        events = body(request, record, done)
        for event in events if isinstance(events, tuple) else (events,):
            self.write(tx, record, event, done.at, done.to, row)
        if done.then is not None:
            done.then()
        return row.record, event

    def step(self, act: Act, record: Any, facts: Any) -> Move:
        """The move. Raises Unlawful, naming the record."""
        try:
            return self.procedure.step(act.name, record, self.names[record.state], facts)
        except Unlawful as no:
            raise Unlawful(no.broken, {self.key: getattr(record, self.key)} | no.about, no.sector) from None

    def write(
        self,
        tx: Tx,
        record: Any,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
        row: Any = None,
    ) -> None:
        """Write down that something happened to a record: its clocks, version, row, and the event with the record in it.

        `row` is that of the record, where it is at hand. Raises Malformed as `keep` does.
        """
        record.version += 1
        put_moment(record.update_time, tx.now)
        self.stamp(tx, record, event, at or tx.now, "")
        self.run_clocks(tx, record, event.DESCRIPTOR.full_name, at or tx.now)
        self.announce(tx, record, self.keep(tx, record, row), event, at, to)
        self.then(tx, record, event)

    def keep(self, tx: Tx, record: Any, row: Any = None) -> bytes:
        """The row as the record says, and the record as it is kept. The row is there.

        Raises Malformed for a record that has grown beyond what an event can carry.
        """
        kept: bytes = record.SerializeToString(deterministic=True)
        if len(kept) > LARGEST:
            said = (f"would hold more than {LARGEST} bytes", f"记录将超过{LARGEST}字节")
            raise Malformed({self.field: said})
        if row is None:
            row = tx.get(self.row, getattr(record, self.key))
        known = vars(row)  # not through the attributes, which cost more than the comparison
        stood = known.get("state") if known.get("record") else None
        for name, value in self.columns(record).items():
            if known.get(name) != value:
                setattr(row, name, value)
        if "since" in known and known["state"] != stood:
            row.since = moment_of(record.update_time)
        row.record = kept
        for tag, name in self.tags.items():
            tx.tag(tag, getattr(record, name))
        return kept

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        """An event that carries the record as it is kept."""
        number = event.DESCRIPTOR.fields_by_name[self.field].number
        tx.emit(event, packed(number, (kept,)), subject=getattr(record, self.key), at=at, to=to)

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        """Start and stop the clocks that know the event, show them in the record, and let what goes by the record follow."""
        if self.clocks is None:
            return
        if named := named_by(event):
            subject = getattr(record, self.key)
            observe(tx, self.clocks, event, subject, at, self.conditions(record), record.sector)
            rows = (tx.find(self.clocks, f"{subject}/{clock_id}") for clock_id in named)
            show_deadlines(record, [row for row in rows if row is not None])
        self.follow(tx, record)

    def open_acts(self, view: View, record: Any) -> Iterator[Standing]:
        """Every act of the table that the record goes by, and how it stands: what a rule only warns of stands against nothing.

        The facts are those of the acts themselves; what only a request tells is not asked.
        """
        table, state = self.procedure.goes_by(record), self.names[record.state]
        for act in table.acts:
            named = next(m for m in table.moves if m.act == act)
            if not named.source:
                continue
            move = table.move(act, state)
            facts = self.facts(record, view, move or named, None)
            if move is not None:
                verdict = judge(move.blocking, facts)
                yield Standing(move, not verdict.broken, verdict.broken, verdict.not_asked)
            else:
                first = self.procedure.too_early(act, record, facts)
                yield Standing(named, False, (*table.why_not(act, state, facts), *first))


def show_deadlines(record: Any, rows: list[Any]) -> None:
    """Put clocks into a record's deadlines, in the order in which they fall due."""
    shown = {d.clock_id: d for d in record.deadlines} | {row.clock_id: deadline_proto(row) for row in rows}
    ordered = sorted(shown.values(), key=lambda d: (d.due_time.seconds, d.clock_id))
    copies = [type(d).FromString(d.SerializeToString()) for d in ordered]
    del record.deadlines[:]
    record.deadlines.extend(copies)


class Answer(NamedTuple):
    """The fields of a reply: the number of that of the record, the numbers and names of what the event tells too."""

    record: int
    others: tuple[tuple[int, str], ...]


@cache
def _answer(request: Descriptor, event: Descriptor, field: str) -> Answer:
    """The reply to a request: FooRequest gets a FooResponse."""
    name = f"{request.full_name.removesuffix('Request')}Response"
    fields = descriptor_pool.Default().FindMessageTypeByName(name).fields_by_name
    others = tuple((f.number, f.name) for f in fields.values() if f.name in event.fields_by_name)
    return Answer(fields[field].number, tuple(other for other in others if other[1] != field))


def reply(request: Any, done: tuple[bytes, Any], field: str) -> bytes:
    """The reply: the record, and whatever else both it and the event carry."""
    kept, event = done
    record, others = _answer(request.DESCRIPTOR, event.DESCRIPTOR, field)
    parts = [packed(record, (kept,))]
    parts += [packed(number, (getattr(event, name).SerializeToString(),)) for number, name in others]
    return b"".join(parts)
