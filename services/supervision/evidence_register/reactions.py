"""What supervision learns of the registers that stand behind evidence: the newest of each entry holds."""

from typing import Any

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.event.foreign import Foreign
from services.supervision.evidence_register.model import DEVICE, INSTITUTION, RegisteredSource

KEYS = {DEVICE: ("device_id", "number"), INSTITUTION: ("institution_id", "qualification")}


def on_registered(event: Any, tx: Tx, about: Envelope) -> None:
    """Keep an entry of a device or an institution; only its own department speaks of it."""
    kind = next(name for name in KEYS if name in event.DESCRIPTOR.fields_by_name)
    told = getattr(event, kind)
    key, number = (getattr(told, name) for name in KEYS[kind])
    row = tx.find(RegisteredSource, key)
    if told.node != about.node or (row is not None and (row.node, row.kind) != (told.node, kind)):
        raise Foreign(f"{about.node} speaks of {kind} {key} of another department")
    record = told.SerializeToString(deterministic=True)
    if row is None:
        values = {
            "node": told.node,
            "kind": kind,
            "number": number,
            "version": told.version,
            "record": record,
        }
        tx.add(RegisteredSource.new(key=key, **values))
    elif told.version > row.version:
        row.version, row.record = told.version, record
