"""What a shown certificate needs: the officers' photos, and the keys that nodes sign with."""

from datetime import datetime

from sqlmodel import Field

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
