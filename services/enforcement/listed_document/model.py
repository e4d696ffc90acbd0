"""The normative documents of the city's list, as the city announced them."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant, JsonList
from services.law.document_use import Listed


class ListedDocument(Row, table=True):
    """One way to cite a document: by its number, or by its title. A replica, with two rows for each document."""

    kept: ClassVar[bool] = True
    key: str = Field(primary_key=True)
    document_id: str = Field(index=True)
    title: str = ""
    number: str = ""
    on_list: bool = False
    effect_time: datetime | None = Field(default=None, sa_type=Instant)
    expire_time: datetime | None = Field(default=None, sa_type=Instant)
    off_time: datetime | None = Field(default=None, sa_type=Instant)
    suspended: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    version: int = Field(sa_type=BigInteger)


def listed(look: object, key: str) -> Listed | None:
    """The document that is cited so, in a transaction or a view."""
    row = look.find(ListedDocument, key)  # type: ignore[attr-defined]
    if row is None:
        return None
    return Listed(
        row.title,
        row.number,
        row.on_list,
        row.effect_time,
        row.expire_time,
        row.off_time,
        tuple(row.suspended),
    )
