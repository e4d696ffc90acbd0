"""Cases: the columns they are searched by, and who investigates them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import since


class Case(Row, table=True):
    """One case: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Case.

    The record shows the party's identity number masked, as replies and events do; the number stands apart. Of a state or an item
    the newest are asked for, however many there are, and of a party what it was penalised for.
    """

    __table_args__ = (
        Index("case_state", "state", "case_id"),
        Index("case_decided", "decided_item", "case_id"),
        Index("case_party_decided", "identity_number", "decided_item", "case_id"),
        Index("case_party_day", "party_name", "act_day"),
        Index("case_waiting", "state", "since", "case_id"),
    )

    case_id: str = Field(primary_key=True)
    case_number: str = Field(default="", index=True)
    state: str
    identity_number: str = ""
    matter: str = Field(default="", index=True)
    party_name: str = ""
    """As it is compared, and `act_day` the day of the act, as 2026-03-02; empty where that is not known."""
    act_day: str = ""
    decided_item: str = ""
    """The item of the benchmark that the decision names."""
    version: int = Field(sa_type=BigInteger)
    since: datetime = since()
    weighed: str = ""  # the edition of the law data by which the penalty was
    record: bytes


class Assignment(Row, table=True):
    """A person who investigates or investigated a case; stays when the officers change."""

    assignment_id: str = Field(primary_key=True)
    case_id: str
    officer_id: str = Field(index=True)
