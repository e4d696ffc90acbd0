"""What enterprises say of inspections. Only oversight reads it."""

from datetime import datetime

from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class InspectionVoice(Row, table=True):
    """A rating or a complaint; `record` is a yifa.supervision.v1.InspectionVoice."""

    voice_id: str = Field(primary_key=True)
    inspection_id: str = Field(index=True)
    node: str
    complaint: bool
    give_time: datetime = Field(sa_type=Instant)
    record: bytes
