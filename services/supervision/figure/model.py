"""What the periodic warnings count: money that came in, and how far the months were judged."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class Income(Row, table=True):
    """A fine, or what was confiscated, that came in: one row for each payment of a case."""

    __table_args__ = (Index("income_body", "at", "body_id"),)

    key: str = Field(primary_key=True)  # case/which
    case_id: str = Field(index=True)
    body_id: str
    node: str
    at: datetime = Field(sa_type=Instant)
    fen: int = Field(sa_type=BigInteger)


class Judging(Row, table=True):
    """How far the months were judged by the warnings that look at a month of the whole city; one row.

    Months are written "2026-03". `first`: that in which the first thing happened that was told of. `bound`: those before it are
    judged, or are about to be; `next_month`: the next one to judge. What comes to be known later of a month that was judged sets
    `again`: from that month on they are judged anew, from `again_time` on. `figured`: the case up to which figures of what was
    known before there were any are taken; `ready` when all are.
    """

    kept: ClassVar[bool] = True
    key: str = Field(primary_key=True)
    first: str
    bound: str
    next_month: str
    again: str = ""
    again_time: datetime | None = Field(default=None, sa_type=Instant)
    figured: str = ""
    ready: bool = False
