"""Up to where the registries of others were read here."""

from collections.abc import Sequence

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.heartbeat.model import Heard
from services.registry.replica import Reaction, of_city


def note(tx: Tx, events: Sequence[Envelope]) -> None:
    """Remember the newest event of each other node and address, in the transaction of its effect."""
    newest = {f"{e.node}/{e.to}": e for e in events if e.node != tx.node and e.service == "registry"}
    tx.load(Heard, newest)
    for key, e in newest.items():
        row = tx.find(Heard, key)
        if row is None:
            values = {"journal_seq": e.seq, "event_time": e.occur_time, "read_time": tx.now}
            tx.add(Heard.new(key=key, node=e.node, **values))
        elif e.seq > row.journal_seq:
            row.journal_seq, row.event_time, row.read_time = e.seq, e.occur_time, tx.now


def on_heartbeat(_event: object, _tx: Tx) -> None:
    """Nothing to keep: that it was read is what it tells."""


REACTIONS: dict[type[Message], Reaction] = {
    events.RegistryPulsed: of_city(on_heartbeat),
}
