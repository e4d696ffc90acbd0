"""Enforcement bodies as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import body_pb2

from services.kit.store import Instant
from services.registry.row import Row


class Body(Row, table=True):
    """An enforcement body. `part` is its place in certificate numbers, known at the city only.

    `detail` holds what nothing is searched by, as an EnforcementBody without the fields that are columns.
    """

    body_id: str = Field(primary_key=True)
    name: str
    credit_code: str = Field(unique=True)
    kind: int
    node: str
    document_prefix: str = Field(index=True)
    field: str
    state: str
    confirm_time: datetime | None = Field(default=None, sa_type=Instant)
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    detail: bytes = b""
    part: int = 0
    version: int = 1


COLUMNS = (
    "body_id", "name", "unified_social_credit_code", "kind", "node", "document_prefix", "field", "state",
    "confirm_time", "publish_time", "version",
)  # fmt: skip


# Takes a row or a selected row of all columns alike, as every function of this folder that writes a message.
def body_proto(row: Any) -> body_pb2.EnforcementBody:
    body = body_pb2.EnforcementBody(
        body_id=row.body_id,
        name=row.name,
        unified_social_credit_code=row.credit_code,
        kind=row.kind,
        node=row.node,
        document_prefix=row.document_prefix,
        field=row.field,
        state=f"BODY_STATE_{row.state or 'UNSPECIFIED'}",
        confirm_time=row.confirm_time,
        publish_time=row.publish_time,
        version=row.version,
    )
    body.MergeFromString(row.detail)
    return body


def body_detail(body: body_pb2.EnforcementBody) -> bytes:
    """What of a body is kept in `detail`."""
    detail = body_pb2.EnforcementBody()
    detail.CopyFrom(body)
    for name in COLUMNS:
        detail.ClearField(name)
    return detail.SerializeToString()


BODIES = select(*Body.__table__.columns)
