"""How a replica is kept: by version, and only from its home."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from services.kit.fit import Unfit
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome
from services.kit.store import Row
from services.kit.tx import Tx

Reaction = Callable[[Any, Tx, Envelope], None]


def of_city(react: Callable[[Any, Tx], None]) -> Reaction:
    """A reaction to what only the city may announce."""

    def reaction(event: Message, tx: Tx, about: Envelope) -> None:
        if about.node != tx.city:
            raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")
        react(event, tx)

    return reaction


def keep(tx: Tx, kind: type[Row], key: dict[str, str], values: dict[str, Any]) -> bool:
    """Put a replica at the version that an event carries. False if what is kept is as new already.

    Raises Unfit for half of one.
    """
    row = tx.find(kind, *key.values())
    if row is None:
        made = kind.new(**key, **values)
        if lacks := kind.model_fields.keys() - vars(made).keys():
            raise Unfit(f"{kind.__name__}: nothing is said of {', '.join(sorted(lacks))}")
        tx.add(made)
        return True
    if row.version >= values["version"]:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True


def utc(at: Timestamp) -> datetime:
    return at.ToDatetime(tzinfo=UTC)


def from_home(about: Envelope, node: str) -> None:
    """Raise NotItsHome unless an event comes from the node that keeps its record."""
    if about.node != node:
        raise NotItsHome(f"{about.type} about a record of {node} came from {about.node}")
