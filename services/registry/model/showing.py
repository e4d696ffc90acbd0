"""What a shown certificate needs: the officers' photos, and the keys that nodes sign with."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import showing_pb2

from services.kit.store import Instant
from services.registry.model.base import Row


class OfficerPhoto(Row, table=True):
    """An officer's photo, kept apart so that no list ever carries it. Its home is the officer's department."""

    officer_id: str = Field(primary_key=True)
    media_type: str
    data: bytes
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


class ShowingKey(Row, table=True):
    """A public key (Ed25519) by which a node's signed certificates are known. It is only ever added."""

    key_id: str = Field(primary_key=True)
    node: str = Field(index=True)
    public_key: bytes
    publish_time: datetime = Field(sa_type=Instant)


def photo_proto(row: Any) -> showing_pb2.OfficerPhoto:
    return showing_pb2.OfficerPhoto(
        officer_id=row.officer_id,
        media_type=row.media_type,
        data=bytes(row.data),
        update_time=row.update_time,
        version=row.version,
    )


def key_proto(row: Any) -> showing_pb2.ShowingKey:
    return showing_pb2.ShowingKey(
        key_id=row.key_id, node=row.node, public_key=bytes(row.public_key), publish_time=row.publish_time
    )
