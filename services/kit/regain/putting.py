"""Entries put into the journal again, as they were sealed, and what they tell into the rows.

What a reaction had brought about comes about again when the service hears of its cause again, and is then announced no second
time. What people did, and what the service did of its own accord, is put into the rows as its event tells it, in the order of the
journal. What no event tells in full is named: it stands among the parked events until somebody has seen to it.
"""

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message
from sqlalchemy import delete, func, select

from services.kit import journal
from services.kit.arrival import message_class
from services.kit.checkpoint.epoch import had_back
from services.kit.journal import Envelope
from services.kit.parked import NAMED, park
from services.kit.store import micros
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
EVENT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
TO_SEE_TO = (
    f"{NAMED}后取回：事件未载明全部内容，请核对相应记录后放弃本条；had back after a restore: its event does not tell "
    "everything, see to the record and then discard this"
)


def put(tx: Tx, entries: Sequence[Envelope]) -> None:
    """Put entries behind the journal's head. They follow from it."""
    batch, kit = tx.batch, tx.batch.kit
    tx.wide = True  # what fails here leaves nothing behind
    for e in entries:
        batch.regain(e)
        had_back(tx, e)
        itself = e.actor == tx.caller.subject
        waits = itself and EVENT_ID.fullmatch(e.request_id) is not None
        values = {"seq": e.seq, "cause": e.request_id, "waits": waits, "itself": itself}
        tx.put(kit.regained, values)
        if not itself and e.request_id:
            done = {"request_id": e.request_id, "body_hash": b"", "data": b"", "at": micros(wall())}
            tx.put(kit.reply, done)


class Regained:
    """What of the entries that a service had back is not in its rows yet. `some`: whether there is anything."""

    def __init__(self, running: "Running") -> None:
        self.running, self.kit = running, running.kit
        self.some = bool(running.rows(select(self.kit.regained.c.seq).limit(1)))

    def before(self, tx: Tx, e: Envelope) -> None:
        """What came before all that an event had brought about: put into the rows first."""
        table = self.kit.regained
        first = tx.reader.execute(select(func.min(table.c.seq)).where(table.c.cause == e.event_id)).scalar()
        if first is not None:
            self.fold(tx, select(table).where(table.c.seq < first, table.c.waits.is_(False)))
        left = tx.reader.execute(select(func.min(table.c.seq))).scalar()
        tx.batch.behind = None if left is None else left - 1

    def after(self, tx: Tx, e: Envelope, announced: int) -> None:
        """What an event brought about just now was announced then: it is not announced again."""
        table = self.kit.regained
        wanted = (
            select(table.c.seq, self.kit.journal.c.type, self.kit.journal.c.subject)
            .join(self.kit.journal, self.kit.journal.c.seq == table.c.seq)
            .where(table.c.cause == e.event_id)
            .order_by(table.c.seq)
        )
        then = list(tx.reader.execute(wanted))
        for now in tx.events[announced:]:
            same = next((row for row in then if (row.type, row.subject) == (now.type, now.subject)), None)
            if same is not None:
                then.remove(same)
                tx.events.remove(now)
                tx.raw.execute(delete(table).where(table.c.seq == same.seq))
        if then:
            self.fold(tx, select(table).where(table.c.seq.in_([row.seq for row in then])))

    def rest(self, tx: Tx) -> None:
        """What is left once all was heard again."""
        self.fold(tx, select(self.kit.regained))

    def one(self, tx: Tx) -> None:
        """The first of what is left."""
        self.fold(tx, select(self.kit.regained).limit(1))

    def put_aside(self, tx: Tx, why: str) -> None:
        """Name the first of what is left to people, where it cannot be put into the rows."""
        table, entries = self.kit.regained, self.kit.journal
        wanted = select(entries).join(table, table.c.seq == entries.c.seq).order_by(table.c.seq).limit(1)
        row = tx.reader.execute(wanted).one()
        park(tx, self.kit, journal.from_row(row, tx.node, self.running.name), f"{TO_SEE_TO}: {why}", 0)
        tx.raw.execute(delete(table).where(table.c.seq == row.seq))

    def fold(self, tx: Tx, wanted: Any) -> None:
        table, entries = self.kit.regained, self.kit.journal
        for row in list(tx.reader.execute(wanted.order_by(table.c.seq))):
            found = tx.reader.execute(select(entries).where(entries.c.seq == row.seq)).first()
            if found is not None:
                self.tell(tx, journal.from_row(found, tx.node, self.running.name), itself=row.itself)
            tx.raw.execute(delete(table).where(table.c.seq == row.seq))

    def tell(self, tx: Tx, e: Envelope, *, itself: bool) -> None:
        """Put into the rows what an entry tells; where that is not all of it, or nothing, people are to see to it."""
        kind, announced = message_class(e.type), len(tx.events)
        told = kind is not None and self.told(tx, e, kind)
        del tx.events[announced:]
        if not (told or itself):
            park(tx, self.kit, e, TO_SEE_TO, 0)

    def told(self, tx: Tx, e: Envelope, kind: type[Message]) -> bool:
        """By the service's fold; or as it reacts to its own event, as those do that keep each other's records. Says whether that
        was all.
        """
        service, event = self.running.service, kind.FromString(e.data)
        if service.fold is not None:
            return bool(service.fold(tx, e, event))
        if (react := service.reactions.get(kind)) is None:
            return False
        before = tx.batch.changes.count, len(tx.added)
        react(event, tx, e)
        return (tx.batch.changes.count, len(tx.added)) != before
