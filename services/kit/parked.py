"""Events whose reaction kept failing: kept where people see them, to be tried again or discarded."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError
from sqlalchemy import Row, delete, select, tuple_

from services.kit.arrival import message_class
from services.kit.fit import Unfit, hold_fit
from services.kit.journal import Envelope
from services.kit.refusal import Missing
from services.kit.store import KitTables, micros
from services.kit.time import wall
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

PAGE = 500
NAMED = "恢复备份"
"""How the reason of an entry begins that is named to people after a restore: nothing of it is tried again."""
_BYTES = ("data", "prev_hash", "hash")


def park(tx: Tx, kit: KitTables, e: Envelope, error: str, tries: int) -> None:
    """Keep an event with what went wrong. Another one that has its id stays too: a sender chooses the ids."""
    key = e.event_id
    was = tx.db.execute(select(kit.parked.c.envelope).where(kit.parked.c.event_id == key)).first()
    if was is not None and not same(json.loads(bytes(was.envelope)), e):
        e = replace(e, event_id=f"{key}~{sha256(e.hash + e.data).hexdigest()[:8]}")
    plain = asdict(e)
    for name in _BYTES:
        plain[name] = plain[name].hex()
    kept = json.dumps(plain).encode()
    values = {
        "event_id": e.event_id,
        "node": e.node,
        "envelope": kept,
        "error": error[:2000],
        "at": micros(wall()),
        "tries": tries,
    }
    tx.put(kit.parked, values)


def same(kept: dict[str, Any], e: Envelope) -> bool:
    return (kept["node"], kept["hash"], kept["data"]) == (e.node, e.hash.hex(), e.data.hex())


def unpack(row: Row[Any]) -> Envelope:
    plain = json.loads(bytes(row.envelope))
    for name in _BYTES:
        plain[name] = bytes.fromhex(plain[name])
    return Envelope(**plain)


def unfit(running: "Running") -> Iterator[Envelope]:
    """The parked events that said what the contract did not know when they came, and that it knows now, as they came."""
    table = running.kit.parked
    wanted = select(table).where(table.c.error.startswith("Unfit(")).order_by(table.c.at, table.c.event_id)
    at, key = -1, ""
    while rows := running.rows(wanted.where(tuple_(table.c.at, table.c.event_id) > (at, key)).limit(PAGE)):
        yield from filter(fits, map(unpack, rows))
        at, key = rows[-1].at, rows[-1].event_id


def fits(e: Envelope) -> bool:
    """Whether the contract knows all that an event says."""
    if (kind := message_class(e.type)) is None:
        return False
    try:
        hold_fit(kind.FromString(e.data), e.data)
    except (DecodeError, Unfit):
        return False
    return True


def discard(tx: Tx, kit: KitTables, event_id: str) -> None:
    """Take an event out of the parked ones. Raises Missing."""
    gone = tx.db.connection().execute(delete(kit.parked).where(kit.parked.c.event_id == event_id))
    if not gone.rowcount:
        raise Missing("ParkedEvent", event_id)
