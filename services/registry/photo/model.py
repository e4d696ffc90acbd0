"""The officers' photos, kept apart so that no list ever carries them."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import showing_pb2

from services.kit.store import Instant
from services.registry.row import Row


class OfficerPhoto(Row, table=True):
    """An officer's photo, kept apart so that no list ever carries it. Its home is the officer's department."""

    officer_id: str = Field(primary_key=True)
    media_type: str
    data: bytes
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


def photo_proto(row: Any) -> showing_pb2.OfficerPhoto:
    return showing_pb2.OfficerPhoto(
        officer_id=row.officer_id,
        media_type=row.media_type,
        data=bytes(row.data),
        update_time=row.update_time,
        version=row.version,
    )
