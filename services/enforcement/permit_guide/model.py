"""The guides of the permits of this department's bodies."""

from typing import Any

from sqlalchemy import BigInteger, select
from sqlmodel import Field

from services.enforcement.row import Row


class PermitGuide(Row, table=True):
    """One guide: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.PermitGuide."""

    guide_id: str = Field(primary_key=True)
    body_id: str
    item_id: str = Field(index=True)
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes


def published_of(look: Any, body_id: str, item_id: str) -> list[Any]:
    """The rows of the guides of an item that are published. `look` is a transaction or a view."""
    its = select(PermitGuide).where(
        PermitGuide.body_id == body_id,  # type: ignore[arg-type]
        PermitGuide.item_id == item_id,  # type: ignore[arg-type]
        PermitGuide.state == "PUBLISHED",  # type: ignore[arg-type]
    )
    return list(look.query(its))
