"""Transfers of officers between bodies, as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import transfer_pb2 as transfers

from services.kit.store import Instant
from services.registry.row import Row


class Transfer(Row, table=True):
    """The way of an officer from one body to another. Asked for at a department, kept by the city from then on."""

    transfer_id: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    from_body_id: str
    from_node: str
    to_body_id: str
    to_node: str
    state: str
    cause: str
    request_time: datetime = Field(sa_type=Instant)
    decide_time: datetime | None = Field(default=None, sa_type=Instant)
    opinion: str = ""
    version: int = 1


FIELDS = tuple(name for name in Transfer.model_fields if name != "state")


def transfer_proto(row: Any) -> transfers.Transfer:
    values = {name: getattr(row, name) for name in FIELDS}
    return transfers.Transfer(state=f"TRANSFER_STATE_{row.state}", **values)


TRANSFERS = select(*Transfer.__table__.columns)
