"""The supervision matters about this department, as the oversight body told of them. A replica."""

from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.enforcement.row import Row


class SupervisionOrder(Row, table=True):
    """One matter: the columns it is searched by, and `record`, the whole as it was told."""

    kept: ClassVar[bool] = True
    order_id: str = Field(primary_key=True)
    state: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def order(self) -> pb.SupervisionOrder:
        return pb.SupervisionOrder.FromString(self.record)
