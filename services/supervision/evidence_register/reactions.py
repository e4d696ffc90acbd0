"""What supervision learns of the registers that stand behind evidence: the newest of each entry holds."""

from typing import Any

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.event.foreign import Foreign
from services.supervision.evidence_register.model import DEVICE, ENDED, INSTITUTION, ON_LIST, RegisteredSource

KEYS = {
    DEVICE: ("device_id", "number", "retire_time"),
    INSTITUTION: ("institution_id", "qualification", "leave_time"),
}


def on_registered(event: Any, tx: Tx, about: Envelope) -> None:
    """Keep an entry of a device or an institution; only its own department speaks of it."""
    kind = next(name for name in KEYS if name in event.DESCRIPTOR.fields_by_name)
    told = getattr(event, kind)
    *named, end = KEYS[kind]
    key, number = (getattr(told, name) for name in named)
    row = tx.find(RegisteredSource, key)
    if told.node != about.node or (row is not None and (row.node, row.kind) != (told.node, kind)):
        raise Foreign(f"{about.node} speaks of {kind} {key} of another department")
    if row is None:
        values = {"node": told.node, "kind": kind, "number": number, "version": -1, "record": b""}
        row = tx.add(RegisteredSource.new(key=key, **values))
    if told.version > row.version:
        row.version, row.state = told.version, ENDED if told.HasField(end) else ON_LIST
        row.record = told.SerializeToString(deterministic=True)
