"""Cases: the columns they are searched by, who investigates them, the numbers of their papers."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class Case(Row, table=True):
    """One case: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Case.

    The record shows the party's identity number masked, as replies and events do; the number stands apart.
    """

    case_id: str = Field(primary_key=True)
    case_number: str = Field(default="", index=True)
    state: str = Field(index=True)
    identity_number: str = ""
    matter: str = Field(default="", index=True)
    version: int = Field(sa_type=BigInteger)
    weighed: str = ""  # the edition of the law data by which the penalty was
    record: bytes


class Assignment(Row, table=True):
    """A person who investigates or investigated a case; stays when the officers change."""

    assignment_id: str = Field(primary_key=True)
    case_id: str
    officer_id: str = Field(index=True)


class Number(Row, table=True):
    """The last document number given out for one body, kind of document and year."""

    series: str = Field(primary_key=True)
    last: int
