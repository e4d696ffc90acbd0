"""The pool of experts who argue decisions."""

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.supervision.row import Row


class DecisionExpert(Row, table=True):
    """`record` is a yifa.supervision.v1.DecisionExpert."""

    expert_id: str = Field(primary_key=True)
    state: str = Field(default="", index=True)
    name: str = Field(default="", index=True)
    unit: str = ""
    version: int = Field(sa_type=BigInteger, default=1)
    record: bytes


def bound_to(record: bytes) -> frozenset[str]:
    """The units in which an expert of the pool has a direct interest: the own one, and what was declared."""
    expert = pb.DecisionExpert.FromString(record)
    return frozenset(each.strip() for each in (expert.unit, expert.name, *expert.interests)) - {""}
