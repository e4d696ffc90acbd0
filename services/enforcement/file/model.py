"""The files of cases: what is said of each. Their bytes are with the node's files, by their hash."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class StoredFile(Row, table=True):
    """A file of a case or an inspection, whose id is `case_id`. The same bytes in two of them are two rows and one entry of the
    store.
    """

    file_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    sha256: bytes = Field(index=True)
    size: int = Field(sa_type=BigInteger)
    destroyed: bool = False
    store_time: datetime = Field(sa_type=Instant)
    record: bytes
    """The whole as a yifa.enforcement.v1.File."""
