"""The normative documents of the city's list, by their titles, as the city announced them."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from services.kit.store import Instant, JsonList
from services.law.document_use import Listed, key_of_title
from services.registry.row import Row


class ListedDocument(Row, table=True):
    """The document that a title means. A replica."""

    kept: ClassVar[bool] = True
    title: str = Field(primary_key=True)
    document_id: str = ""
    number: str = ""
    on_list: bool = False
    effect_time: datetime | None = Field(default=None, sa_type=Instant)
    expire_time: datetime | None = Field(default=None, sa_type=Instant)
    off_time: datetime | None = Field(default=None, sa_type=Instant)
    suspended: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    version: int = 1


def listed(tx: Any, title: str) -> Listed | None:
    """The document of a title."""
    row = tx.find(ListedDocument, key_of_title(title))
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
