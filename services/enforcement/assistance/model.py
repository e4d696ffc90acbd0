"""Requests for help between departments, on both sides."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class Assistance(Row, table=True):
    """One request: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Assistance."""

    assistance_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    node: str
    to_node: str
    state: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes
