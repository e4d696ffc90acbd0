"""Laws that ended, as the department knows that it looked through its cases."""

from datetime import datetime

from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class EndedLaw(Row, table=True):
    """A statute that ended, and when it was told of what rests on it: once."""

    code: str = Field(primary_key=True)
    end_time: datetime = Field(sa_type=Instant)
    tell_time: datetime = Field(sa_type=Instant)
