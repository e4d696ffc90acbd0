"""Receipts of the finance department: the batches that bodies were issued, and which receipt was given in which case."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class IssuedBatch(Row, table=True):
    """Receipts that the finance department issued to a body, as its department registered them. A replica."""

    batch_id: str = Field(primary_key=True)
    node: str
    body_id: str = Field(index=True)
    series: str
    first_number: int = Field(sa_type=BigInteger)
    last_number: int = Field(sa_type=BigInteger)
    issue_time: datetime = Field(sa_type=Instant)


class GivenReceipt(Row, table=True):
    """The receipt that was given for a fine collected on the spot."""

    __table_args__ = (Index("given_receipt_number", "series", "number"),)

    case_id: str = Field(primary_key=True)
    body_id: str
    series: str
    number: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Instant)
