"""Queues of work: the records of several kinds that wait for somebody, the longest waiting first.

A queue reads the records of one kind by their state and since when they stand in it. What they wait for is read off the moves of
their procedure, and who may do it off the contract, where the move names somebody who has no role of this system.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from google.protobuf.descriptor import ServiceDescriptor
from sqlalchemy import LargeBinary, String, bindparam, or_, select
from yifa.law.v1 import options_pb2
from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING

from services.kit.holding import holds
from services.kit.store import BEFORE, Instant
from services.kit.view import View, token_of
from services.kit.words import ACTORS
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.process import Move

Role = options_pb2.Role
DEFAULT = 50


class Holder(NamedTuple):
    """Somebody who has a record to do; the name and the certificate are empty where they are not known."""

    officer_id: str
    name: str = ""
    certificate_number: str = ""


class About(NamedTuple):
    """What a list says of a record: its number, whom or what it is about, its case if it has one, and who has it to do."""

    number: str = ""
    party: str = ""
    title: str = ""
    case_id: str = ""
    case_number: str = ""
    node: str = ""
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is asked for; what is empty narrows nothing. `noun` is the kind of record."""

    noun: str = ""
    role: str = ""
    officer_id: str = ""
    query: str = ""
    days: int = 0


Narrow = Callable[[Any, Asked], tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Queue:
    """The records of one kind that wait.

    waits: the acts that they wait for, by state. about: what a list says of a record; None for one that waits elsewhere. since:
    the column that says when it came into its state, that of the row where none is given. read: the record of a row. narrow: how
    the database finds what is asked for by columns of its own, so that nothing of it is looked at again. Where there are none, it
    finds what says the text somewhere, in the record or by `also` elsewhere; what a list shows of it is held against it then.
    only: which of the records are in it at all.
    """

    noun: str
    row: Any
    key: str
    record: Any
    waits: Mapping[str, tuple[Move, ...]]
    about: Callable[[Any, View], About | None]
    contracts: tuple[ServiceDescriptor, ...]
    since: Any = None
    read: Callable[[Any], Any] | None = None
    narrow: Narrow | None = None
    columns: tuple[Any, ...] = field(default=())
    also: Callable[[str], Any] | None = None
    only: tuple[Any, ...] = field(default=())

    @cached_property
    def begun(self) -> Any:
        table = self.row.__table__
        return (table.c.since if self.since is None else self.since).label("since")

    @cached_property
    def name(self) -> Any:
        return self.row.__table__.c[self.key].label("key")

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The states by their names."""
        values = self.record.DESCRIPTOR.fields_by_name["state"].enum_type.values
        lead = values[0].name.removesuffix("UNSPECIFIED")
        return {value.name.removeprefix(lead): value.number for value in values}

    @cached_property
    def names(self) -> Mapping[int, str]:
        return {number: name for name, number in self.numbers.items()}

    def roles(self, move: Move) -> tuple[str, ...]:
        """Who may do an act, in the roles of this system: as the move says, else as its RPC does."""
        named = tuple(role for role in move.roles if f"ROLE_{role}" in Role.keys() and role != "SYSTEM")
        if named:
            return named
        methods = (each.methods_by_name.get(move.method) for each in self.contracts)
        method = next((each for each in methods if each is not None), None)
        admitted = method.GetOptions().Extensions[options_pb2.access].roles if method is not None else ()
        return tuple(Role.Name(role).removeprefix("ROLE_") for role in admitted if role != Role.ROLE_SYSTEM)

    def states(self, role: str) -> list[str]:
        """The states that wait for somebody of a role; all that wait, where it is empty."""
        return [s for s, moves in self.waits.items() if not role or any(role in self.roles(m) for m in moves)]

    def statement(self) -> Any:
        table = self.row.__table__
        payload = self.columns or (table.c.record,)
        return select(self.name, self.begun, *payload).where(
            table.c.state.in_(bindparam("states", expanding=True)),
            self.begun.element <= bindparam("moved_by", type_=Instant),
            *self.only,
        )

    def saying(self, statement: Any, asked: Asked) -> Any:
        """Those that say what is asked for: the text, and by whom they are to be done."""
        for text in filter(None, (asked.query.strip(), asked.officer_id)):
            statement = statement.where(or_(*self._says(text)))
        return statement

    def _says(self, text: str) -> Iterator[Any]:
        """The conditions of which one holds where a list may show a text of a record."""
        yield self.name.element.contains(text, autoescape=True)
        for column in self.columns or (self.row.__table__.c.record,):
            if isinstance(column.type, LargeBinary):
                yield holds(column, text)
            elif isinstance(column.type, String):
                yield column.contains(text, autoescape=True)
        if self.also is not None:
            yield self.also(text)

    def recorded(self, row: Any) -> Any:
        return self.record.FromString(row.record) if self.read is None else self.read(row)


class Waiting(NamedTuple):
    """A record that waits."""

    queue: Queue
    key: str
    since: datetime
    record: Any
    about: About


def waiting(
    queues: Iterable[Queue], view: View, asked: Asked, size: int, token: str
) -> tuple[list[Waiting], str]:
    """A page of what waits over several queues, the longest waiting first, and the token of the next.

    Refuses with BAD_PAGE_TOKEN.
    """
    size = size or DEFAULT
    lines = [_coming(queue, view, asked, size, token) for queue in queues if asked.noun in ("", queue.noun)]
    merged = heapq.merge(*lines, key=lambda w: (w.since, w.key))
    found = list(islice(merged, size + 1))
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], token_of([last.since, last.key])


def _coming(queue: Queue, view: View, asked: Asked, size: int, token: str) -> Iterator[Waiting]:
    """What waits in one queue behind a place, read page by page as it is wanted."""
    states = queue.states(asked.role)
    statement, params = queue.statement(), dict[str, Any]()
    if queue.narrow is not None:
        statement, params = queue.narrow(statement, asked)
    else:
        statement = queue.saying(statement, asked)
    params |= {"states": states, "moved_by": by(view.now, asked.days)}
    while states:
        rows, token = view.page(statement, (queue.begun, queue.name), size + 1, token, **params)
        for row in rows:
            record = queue.recorded(row)
            about = queue.about(record, view)
            if about is not None and fits(about, asked, row.key, queue.narrow is not None):
                yield Waiting(queue, row.key, row.since, record, about)
        if not token:
            return


def by(now: datetime, days: int) -> datetime:
    """By when a record came into its state that has waited for so many days, as the days are counted that are shown."""
    if days == 0:
        return now
    today = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1, microseconds=1)


def fits(about: About, asked: Asked, key: str, narrowed: bool) -> bool:
    """Whether a record is one that is asked for. What the database searched is not searched again."""
    if asked.officer_id and asked.officer_id not in {holder.officer_id for holder in about.holders}:
        return False
    part = asked.query.strip()
    shown = (key, about.number, about.party, about.title, about.case_number)
    return narrowed or not part or any(part in text for text in shown)


def tell(item: Any, waits: Waiting, now: datetime) -> Any:
    """Put how a record waits into a message: for which acts, who may do them, since when, with whom, and what falls due next."""
    queue, record, about = waits.queue, waits.record, waits.about
    since = waits.since if waits.since > BEFORE else moment_of(record.update_time)
    item.noun, item.record_id, item.number = queue.noun, waits.key, about.number
    item.case_id, item.case_number, item.node = about.case_id, about.case_number, about.node
    item.party_name, item.title = about.party, about.title
    item.state_kind = record.DESCRIPTOR.fields_by_name["state"].enum_type.name
    item.record_state = record.state
    item.days = max((now.astimezone(SHANGHAI).date() - since.astimezone(SHANGHAI).date()).days, 0)
    for move in queue.waits[queue.names[record.state]]:
        roles = [Role.Value(f"ROLE_{role}") for role in queue.roles(move)]
        act = item.acts.add(rpc=move.method, title_zh=move.title_zh, title_en=move.title_en, roles=roles)
        actors = [ACTORS[role] for role in move.roles if role in ACTORS]
        act.actor_zh, act.actor_en = "、".join(a[0] for a in actors), ", ".join(a[1] for a in actors)
    for holder in about.holders:
        item.officers.add(**holder._asdict())
    running = [d for d in getattr(record, "deadlines", ()) if d.state == CLOCK_STATE_RUNNING]
    if running:
        item.deadline.CopyFrom(min(running, key=lambda d: (d.due_time.seconds, d.clock_id)))
    put_moment(item.since_time, since)
    return item
