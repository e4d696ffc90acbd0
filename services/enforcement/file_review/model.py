"""The reviews of this department's files, as the oversight body told of them, and what was objected to them."""

from typing import ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.supervision.v1 import file_review_pb2 as reviews

from services.enforcement.row import Row


class FileReview(Row, table=True):
    """One review; `record` is the whole as it was told. A replica."""

    kept: ClassVar[bool] = True
    review_id: str = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def review(self) -> reviews.FileReview:
        return reviews.FileReview.FromString(self.record)


class FileReviewObjection(Row, table=True):
    """One objection; `record` is the whole as a yifa.enforcement.v1.FileReviewObjection. Its home is here."""

    objection_id: str = Field(primary_key=True)
    review_id: str = Field(index=True)
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes
