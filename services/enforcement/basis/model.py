"""Laws that ended, as the department knows that it looked through its cases."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class Basis(Row, table=True):
    """What the city announced of an article that powers rest on: its rank, and since when it is in force no longer. A replica."""

    kept: ClassVar[bool] = True
    basis_id: str = Field(primary_key=True)
    level: int = 0
    repeal_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


class EndedLaw(Row, table=True):
    """A statute that ended, and when it was told of what rests on it: once."""

    code: str = Field(primary_key=True)
    end_time: datetime = Field(sa_type=Instant)
    tell_time: datetime = Field(sa_type=Instant)
