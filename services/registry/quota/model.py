"""What must be held in a year, as it is kept and as it goes on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import quota_pb2 as messages

from services.kit.store import Instant
from services.registry.row import Row
from services.registry.training.model import citation_proto


class YearQuota(Row, table=True):
    """What must be held in a year; the key is `clock_id/subject_id/year`, `next_time` when it reminds or falls due."""

    key: str = Field(primary_key=True)
    clock_id: str
    subject_id: str
    node: str
    year: int = Field(index=True)
    needed: int
    done: int = 0
    state: str = "RUNNING"
    law: str
    due_time: datetime = Field(sa_type=Instant)
    meet_time: datetime | None = Field(default=None, sa_type=Instant)
    next_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    version: int = 0


def year_quota_proto(row: Any) -> messages.YearQuota:
    return messages.YearQuota(
        clock_id=row.clock_id,
        subject_id=row.subject_id,
        year=row.year,
        needed=row.needed,
        done=row.done,
        state=f"YEAR_QUOTA_STATE_{row.state}",
        due_time=row.due_time,
        meet_time=row.meet_time,
        citation=citation_proto(row.law),
        node=row.node,
        version=row.version,
    )


QUOTAS = select(*YearQuota.__table__.columns)
