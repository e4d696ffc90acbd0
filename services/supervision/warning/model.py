"""Early warnings."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class Warning(Row, table=True):
    """An early warning. Its id follows from what it is about, so it is never raised twice."""

    __table_args__ = (
        Index("warning_raise", "raise_time", "warning_id"),
        Index("warning_state", "state", "node", "level"),
    )

    warning_id: str = Field(primary_key=True)
    rule_id: str
    level: int
    state: int
    node: str
    case_id: str = Field(default="", index=True)
    inspection_id: str = Field(default="", index=True)
    case_number: str = ""
    order_id: str = Field(
        default="", index=True
    )  # the supervision matter that handles it, or that it is about
    detail_zh: str
    detail_en: str
    law: str
    edition: str = ""  # of the law data by which it was found
    occur_time: datetime = Field(sa_type=Instant)
    raise_time: datetime = Field(sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    clock_id: str = ""
    closer: str = ""  # the person who closed it, and why
    close_reasons: str = ""
    version: int = Field(sa_type=BigInteger, default=1)
