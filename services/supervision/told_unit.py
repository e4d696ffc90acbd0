"""Acts on the record of a unit: its department is told what concerns it."""

from datetime import datetime
from typing import Any

from yifa.law.v1.options_pb2 import ADDRESSEE_NODE

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.event import events as declared
from services.supervision.warning.runner import address


def to_node(tx: Tx, node: str, event: Any) -> str | None:
    """Where an event about a record goes: to the node of whose it is, if it is for that."""
    to = declared()[event.DESCRIPTOR.full_name].to
    return address(tx, node) if to == ADDRESSEE_NODE and node else None


class ToldUnit(Acts):
    """What is announced goes to the node that the record names, as the contract of the event has it."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to_node(tx, record.node, event))
