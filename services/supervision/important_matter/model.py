"""Important matters that departments tell their superior."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.kit.store import Instant, since
from services.supervision.row import Row


class ImportantMatter(Row, table=True):
    """The columns it is searched by, and `record`, the whole as a yifa.supervision.v1.ImportantMatter."""

    __table_args__ = (
        Index("importantmatter_draft", "draft_time", "matter_id"),
        Index("important_matter_waiting", "state", "since", "matter_id"),
    )

    matter_id: str = Field(primary_key=True)
    state: str = ""
    kind: int = 0
    code: str = ""
    node: str = Field(default="", index=True)
    body_id: str = ""
    record_id: str = Field(default="", index=True)
    # The department above to which it was sent; empty before, and where it went elsewhere.
    superior_id: str = Field(default="", index=True)
    draft_time: datetime = Field(sa_type=Instant)
    ask_time: datetime | None = Field(default=None, sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes

    @property
    def subject(self) -> str:
        return self.matter_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names whose matter it is."""
        return {"body_id": self.body_id}

    def case(self) -> None:
        """A warning about a matter carries no case."""
        return None

    def matter(self) -> pb.ImportantMatter:
        return pb.ImportantMatter.FromString(self.record)
