"""Leading groups, as they are kept: those that were replaced too."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlmodel import Field
from yifa.registry.v1 import leading_group_pb2 as pb

from services.kit.store import Instant
from services.law.moment import moment_at
from services.registry.row import Row


class LeadingGroup(Row, table=True):
    """`record` is a yifa.registry.v1.LeadingGroup; `until_time` is empty for the one in force."""

    __table_args__ = (Index("leadinggroup_body", "node", "body_id"),)

    group_id: str = Field(primary_key=True)
    node: str
    body_id: str
    """Empty for the group of the city."""
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int
    record: bytes


def group_values(group: pb.LeadingGroup) -> dict[str, Any]:
    return {
        "node": group.node,
        "body_id": group.body_id,
        "until_time": moment_at(group, "until_time"),
        "version": group.version,
        "record": group.SerializeToString(),
    }


GROUPS = select(*LeadingGroup.__table__.columns)
IN_FORCE: Any = LeadingGroup.until_time.is_(None)  # type: ignore[union-attr]
