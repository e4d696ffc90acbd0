"""Civil disputes that this department mediates in."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class Mediation(Row, table=True):
    """One mediation: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Mediation. `collective`
    tells a collective or sudden matter.
    """

    mediation_id: str = Field(primary_key=True)
    body_id: str
    state: str = Field(index=True)
    collective: bool = False
    version: int = Field(sa_type=BigInteger)
    record: bytes
