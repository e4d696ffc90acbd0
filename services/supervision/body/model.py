"""Bodies and the items of their power lists, as the city's registry announces them; and the keys that nodes sign with."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.kit.store import Instant, JsonList
from services.supervision.row import Row


class Body(Row, table=True):
    """An enforcement body. A replica."""

    kept: ClassVar[bool] = True
    body_id: str = Field(primary_key=True)
    name: str = ""
    node: str = ""
    document_prefix: str = ""
    field: str = ""
    confirmed: bool = False
    version: int = Field(sa_type=BigInteger)
    kind: int = 0
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    listed: bool = False
    mandator_id: str = ""
    mandator_name: str = ""
    mandate_items: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    mandate_from: datetime | None = Field(default=None, sa_type=Instant)
    mandate_until: datetime | None = Field(default=None, sa_type=Instant)
    predecessors: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    area_code: str = ""
    # The body to which it asks and reports.
    superior_id: str = ""
    # The record number of its seal.
    seal: str = ""


class PowerItem(Row, table=True):
    """An item of a published power list. A replica. Held from `from_time` until `until_time`."""

    item_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    code: str = ""
    name: str = ""
    kind: int = Field(default=0, index=True)
    level: int = 0
    basis_ids: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    # The kinds of penalty that it gives the power to impose.
    penalty_kinds: tuple[int, ...] = Field(default=(), sa_type=JsonList)
    predecessor_id: str = ""
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


class ShowingKey(Row, table=True):
    """A public key by which a node's shown certificates are known. A replica."""

    key_id: str = Field(primary_key=True)
    node: str = Field(index=True)
    public_key: bytes
