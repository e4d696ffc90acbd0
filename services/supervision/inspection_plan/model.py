"""The plans of departments as they were approved, and the joint visits that come of them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.store import Instant
from services.supervision.row import Row


class PlanView(Row, table=True):
    """An approved plan; `record` is a yifa.enforcement.v1.InspectionPlan."""

    plan_id: str = Field(primary_key=True)
    node: str
    body_id: str = Field(index=True)
    body_name: str = ""
    title: str = ""
    year: int
    approve_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    warned: int = 0
    record: bytes

    @property
    def subject(self) -> str:
        return self.plan_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"inspection_id": "", "case_number": self.title}

    def case(self) -> None:
        """A warning about a plan carries no case."""
        return None


class PlannedVisit(Row, table=True):
    """One enterprise in an approved plan."""

    key: str = Field(primary_key=True)  # plan_id/number
    plan_id: str
    node: str
    body_id: str
    body_name: str
    credit_code: str = Field(index=True)
    planned_time: datetime = Field(sa_type=Instant)


class JointProposal(Row, table=True):
    """A joint visit that was proposed; `record` is a yifa.supervision.v1.JointProposal."""

    __table_args__ = (Index("joint_proposal_enterprise", "credit_code", "until_time"),)

    proposal_id: str = Field(primary_key=True)
    credit_code: str
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime = Field(sa_type=Instant)
    propose_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes
