"""Reviews of case files."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class FileReview(Row, table=True):
    """The columns it is searched by, `record`, the whole as a yifa.supervision.v1.FileReview, and `summary`, what lists show."""

    __table_args__ = (
        Index("filereview_open", "open_time", "review_id"),
        Index("filereview_final", "final_time"),
        Index("file_review_waiting", "state", "since", "review_id"),
    )

    review_id: str = Field(primary_key=True)
    batch_id: str = Field(index=True)
    node: str
    body_id: str = ""
    case_id: str = Field(index=True)
    state: str = Field(index=True)
    open_time: datetime = Field(sa_type=Instant)
    final_time: datetime | None = Field(default=None, sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    summary: bytes = b""
    record: bytes

    @property
    def subject(self) -> str:
        return self.review_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning about the review names the case whose file it is."""
        return {"case_id": self.case_id, "case_number": self.review().case_number}

    def case(self) -> None:
        """A warning about a review carries no case: it is about the office."""
        return None

    def review(self) -> pb.FileReview:
        return pb.FileReview.FromString(self.record)
