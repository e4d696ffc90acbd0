"""What everybody may see of decisions, by what it is searched for."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field
from yifa.enforcement.v1.publication_pb2 import PUBLIC_KIND_PENALTY

from services.enforcement.row import Row
from services.kit.store import Instant


class Published(Row, table=True):
    """One decision that was made public: `record` is a yifa.enforcement.v1.PublicDecision, the columns are of it alone; but
    `record_id` is the permit, the measure or the enforcement that follows what is public of it, empty for a penalty.

    A withdrawn one has no party any more, so that nobody finds it by one. credit_until is empty where the credit websites do
    not show it.
    """

    __table_args__ = (Index("published_kind", "kind", "publication_id"),)

    publication_id: str = Field(primary_key=True)
    party_name: str = Field(index=True)
    party_code: str = Field(index=True)
    document_number: str = Field(index=True)
    credit_until: datetime | None = Field(default=None, sa_type=Instant, index=True)
    kind: int = PUBLIC_KIND_PENALTY
    record_id: str = Field(default="", index=True)
    record: bytes
