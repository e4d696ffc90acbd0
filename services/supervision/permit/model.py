"""The newest snapshot of each application for a permit, and of each guide by which permits are given."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.enforcement.v1 import permit_pb2

from services.kit.store import Instant
from services.supervision.row import Row


class PermitView(Row, table=True):
    """An application, and the permit that came of it, with the columns it is searched and counted by. `late`: a term of the
    agency ended before what it is for was done; `broken`: so did the promised time; `decided`: granted, refused or sent up.
    """

    __table_args__ = (Index("permit_view_update", "update_time", "permit_id"),)

    permit_id: str = Field(primary_key=True)
    node: str
    body_id: str
    guide_id: str = Field(index=True)
    number: str = ""
    state: int
    late: bool = False
    broken: bool = False
    compensated: bool = False
    decided: bool = False
    update_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes = b""

    @property
    def subject(self) -> str:
        return self.permit_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_number": self.number, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a permit carries no case."""
        return None

    def permit(self) -> permit_pb2.Permit:
        return permit_pb2.Permit.FromString(self.record)


class PermitGuideView(Row, table=True):
    """A guide of an item of permission."""

    __table_args__ = (Index("permit_guide_view_state", "state", "publish_time", "guide_id"),)

    guide_id: str = Field(primary_key=True)
    node: str
    body_id: str
    state: int
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes = b""
