"""Regular meetings on legal work."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import legal_meeting_pb2 as pb

from services.kit.store import Instant
from services.supervision.row import Row


class LegalMeeting(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.LegalMeeting."""

    __table_args__ = (Index("legalmeeting_set", "set_time", "meeting_id"),)

    meeting_id: str = Field(primary_key=True)
    state: str = ""
    node: str = ""
    """The city's, whose meeting it is."""
    set_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.meeting_id

    @property
    def named(self) -> dict[str, str]:
        """A warning names no unit: it is the office's own."""
        return {}

    def case(self) -> None:
        """A warning about a meeting carries no case."""
        return None

    def meeting(self) -> pb.LegalMeeting:
        return pb.LegalMeeting.FromString(self.record)
