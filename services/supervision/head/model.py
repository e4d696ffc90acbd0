"""The heads of enforcement bodies, as their departments' registries announced them."""

from typing import Any, ClassVar

from sqlmodel import Field

from services.kit.store import JsonList
from services.supervision.row import Row


class Heads(Row, table=True):
    """Who was a head of a body from when until when, as `services.law.heads` writes it. A replica."""

    kept: ClassVar[bool] = True
    body_id: str = Field(primary_key=True)
    node: str
    terms: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonList)
