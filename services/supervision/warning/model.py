"""Early warnings."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row

# A condition of an index: most warnings are about a record, not about a month.
OF_MONTH = "month <> ''"
TO_ESCALATE = "escalate_time IS NOT NULL"


class Warning(Row, table=True):
    """An early warning. Its id follows from what it is about, so it is never raised twice."""

    __table_args__ = (
        Index("warning_raise", "raise_time", "warning_id"),
        Index("warning_state", "state", "node", "level"),
        Index(
            "warning_escalate",
            "escalate_time",
            sqlite_where=text(TO_ESCALATE),
            postgresql_where=text(TO_ESCALATE),
        ),
        Index("warning_month", "month", sqlite_where=text(OF_MONTH), postgresql_where=text(OF_MONTH)),
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
    body_id: str = ""
    escalations: int = 0
    escalated_to: str = ""
    escalated_time: datetime | None = Field(default=None, sa_type=Instant)
    escalate_time: datetime | None = Field(default=None, sa_type=Instant)
    closer: str = ""
    close_reason: str = ""
    month: str = ""  # what was looked at, as "2026-03", where that was a month of the whole city
    version: int = Field(sa_type=BigInteger, default=1)
