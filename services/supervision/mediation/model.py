"""The newest snapshot of each civil dispute that a department mediates in."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.supervision.row import Row


class MediationView(Row, table=True):
    """A mediation, with the columns it is listed by. `collective` tells a collective or sudden matter."""

    mediation_id: str = Field(primary_key=True)
    node: str = Field(index=True)
    state: int
    collective: bool = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes = b""
