"""Random draws of enterprises and officers."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class InspectionDraw(Row, table=True):
    """One draw; `record` is a yifa.enforcement.v1.InspectionDraw with all that it is made of."""

    draw_id: str = Field(primary_key=True)
    body_id: str
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes
