"""Samples of case files."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class FileReviewBatch(Row, table=True):
    """One sample; `record` is a yifa.supervision.v1.FileReviewBatch with all that it is made of, `summary` what lists show."""

    __table_args__ = (Index("filereviewbatch_commit", "commit_time", "batch_id"),)

    batch_id: str = Field(primary_key=True)
    state: str
    commit_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    summary: bytes = b""
    record: bytes
