"""The matters of accountability about this department and its officers, as the oversight body told of them. A replica."""

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.supervision.v1 import accountability_pb2 as pb

from services.enforcement.row import Row


class Accountability(Row, table=True):
    """One matter: the columns it is searched by, and `record`, the whole as it was told."""

    accountability_id: str = Field(primary_key=True)
    officer_id: str = Field(default="", index=True)
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def accountability(self) -> pb.Accountability:
        return pb.Accountability.FromString(self.record)
