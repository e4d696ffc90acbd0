"""Enforcement bodies as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import body_pb2

from services.kit.store import Instant
from services.registry.model.base import Row


class Body(Row, table=True):
    """An enforcement body. `part` is its place in certificate numbers, known at the city only."""

    body_id: str = Field(primary_key=True)
    name: str
    credit_code: str = Field(unique=True)
    kind: int
    node: str
    document_prefix: str
    field: str
    state: str
    confirm_time: datetime = Field(sa_type=Instant)
    part: int = 0
    version: int = 1


# Takes a row or a selected row of all columns alike, as every function of this folder that writes a message.


def body_proto(row: Any) -> body_pb2.EnforcementBody:
    return body_pb2.EnforcementBody(
        body_id=row.body_id,
        name=row.name,
        unified_social_credit_code=row.credit_code,
        kind=row.kind,
        node=row.node,
        document_prefix=row.document_prefix,
        field=row.field,
        state=f"BODY_STATE_{row.state}",
        confirm_time=row.confirm_time,
        version=row.version,
    )
