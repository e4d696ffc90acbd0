"""Enforcement bodies and the items of their power lists, as the city announced them."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant, JsonList


class Body(Row, table=True):
    """What the city announced of an enforcement body. A replica."""

    kept: ClassVar[bool] = True
    body_id: str = Field(primary_key=True)
    name: str
    node: str
    document_prefix: str
    field: str
    confirmed: bool
    version: int = Field(sa_type=BigInteger)
    kind: int = 0
    # It may enforce from the announcement until its end.
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    listed: bool = False
    mandator_id: str = ""
    mandator_name: str = ""
    mandate_items: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    mandate_from: datetime | None = Field(default=None, sa_type=Instant)
    mandate_until: datetime | None = Field(default=None, sa_type=Instant)
    # The bodies that ended and whose powers it goes on with.
    predecessors: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    area_code: str = ""
    # The record number of its seal.
    seal: str = ""
    credit_code: str = ""


class PowerItem(Row, table=True):
    """What the city announced of an item of a power list. A replica. Held from `from_time` until `until_time`."""

    item_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    code: str
    kind: int
    basis_ids: tuple[str, ...] = Field(sa_type=JsonList)
    # The kinds of penalty that it gives the power to impose.
    penalty_kinds: tuple[int, ...] = Field(default=(), sa_type=JsonList)
    predecessor_id: str = ""
    level: int = 0
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
