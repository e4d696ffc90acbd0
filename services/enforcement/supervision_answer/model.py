"""What this department, or an officer of it, answered to the oversight body."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class SupervisionAnswer(Row, table=True):
    """One answer: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.SupervisionAnswer.

    turn: the matter, the kind and which of its turns it answers, so that each is answered once.
    """

    answer_id: str = Field(primary_key=True)
    order_id: str = Field(index=True)
    turn: str = Field(index=True)
    state: str
    version: int = Field(sa_type=BigInteger)
    record: bytes
