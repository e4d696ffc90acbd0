"""What the reviews of files came to for those who took part in the cases. A replica."""

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import Field

from services.registry.row import Row


class OfficerFileReview(Row, table=True):
    """One review of one officer; `record` is a yifa.registry.v1.OfficerFileReview."""

    key: str = Field(primary_key=True)  # review_id/officer_id
    officer_id: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes


OF_OFFICER = (
    select(OfficerFileReview.record)  # type: ignore[call-overload]
    .where(OfficerFileReview.officer_id == bindparam("officer"))
    .order_by(OfficerFileReview.key.desc())  # type: ignore[attr-defined]
)
