"""Changes of a body that departments report, as they are kept."""

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import body_pb2

from services.kit.tx import Tx
from services.registry.row import Row


class BodyChange(Row, table=True):
    """A reported change of a body's certificate; `record` is a yifa.registry.v1.BodyChange."""

    change_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    late: bool
    record: bytes


CHANGES = select(*BodyChange.__table__.columns)


def keep_change(tx: Tx, change: body_pb2.BodyChange) -> None:
    record = change.SerializeToString()
    tx.add(
        BodyChange.new(change_id=change.change_id, body_id=change.body_id, late=change.late, record=record)
    )
