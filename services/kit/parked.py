"""Events whose reaction kept failing: kept where people see them, to be tried again or discarded."""

import json
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, select

from services.kit.journal import Envelope
from services.kit.refusal import Missing
from services.kit.store import KitTables, micros
from services.kit.time import wall
from services.kit.tx import Tx

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


def discard(tx: Tx, kit: KitTables, event_id: str) -> None:
    """Take an event out of the parked ones. Raises Missing."""
    gone = tx.db.connection().execute(delete(kit.parked).where(kit.parked.c.event_id == event_id))
    if not gone.rowcount:
        raise Missing("ParkedEvent", event_id)
