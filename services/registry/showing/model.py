"""The keys that nodes sign shown certificates with."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import showing_pb2

from services.kit.store import Instant
from services.registry.row import Row


class ShowingKey(Row, table=True):
    """A public key by which a node's signed certificates are known. It is only ever added."""

    key_id: str = Field(primary_key=True)
    node: str = Field(index=True)
    public_key: bytes
    publish_time: datetime = Field(sa_type=Instant)


def key_proto(row: Any) -> showing_pb2.ShowingKey:
    return showing_pb2.ShowingKey(
        key_id=row.key_id, node=row.node, public_key=bytes(row.public_key), publish_time=row.publish_time
    )
