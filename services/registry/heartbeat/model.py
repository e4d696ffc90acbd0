"""How far this node has read the registries of others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.registry.v1 import standing_pb2

from services.kit.store import Instant
from services.registry.row import Row


class Heard(Row, table=True):
    """The last entry of a node's registry under one address that was read here: when it happened, when it was read."""

    key: str = Field(primary_key=True)  # node/address
    node: str = Field(index=True)
    journal_seq: int = Field(sa_type=BigInteger)
    event_time: datetime = Field(sa_type=Instant)
    read_time: datetime = Field(sa_type=Instant)


def knowledge(node: str, rows: Sequence[Any], whole: bool) -> standing_pb2.Knowledge:
    """Up to where a node was read. A department reads two addresses apart, so it knows all up to the older of both."""
    if not rows or (not whole and len(rows) < 2):
        return standing_pb2.Knowledge(node=node)
    row = (max if whole else min)(rows, key=lambda r: r.journal_seq)
    return standing_pb2.Knowledge(
        node=node, journal_seq=row.journal_seq, event_time=row.event_time, read_time=row.read_time
    )
