"""What supervision keeps: every event received, the cases they tell of, and what is made of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import registry
from sqlmodel import Field
from yifa.enforcement.v1 import case_pb2

from services.kit.clocks import ClockRow, due_index
from services.kit.store import Instant, JsonList
from services.kit.store import Row as KitRow

# A condition of an index and of the select that is to use it: most cases name no matter.
HAS_MATTER = "matter <> ''"


class Row(KitRow, registry=registry()):
    """The base of this service's tables."""


class Received(Row, table=True):
    """One event as it came. `position` grows by one with every event and is what Watch resumes from."""

    __table_args__ = (
        Index("received_node", "node", "position"),
        Index("received_case", "case_id", "position"),
    )

    key: str = Field(primary_key=True)  # node/event_id: no node can take the place of another's event
    position: int = Field(sa_type=BigInteger, unique=True)
    event_id: str
    type: str
    node: str
    service: str
    actor: str
    subject: str
    case_id: str = ""
    case_number: str = ""
    level: int = 0  # of the warning, if the event is about one
    occur_time: datetime = Field(sa_type=Instant)
    receive_time: datetime = Field(sa_type=Instant, index=True)
    trace: str
    journal_seq: int = Field(sa_type=BigInteger)
    hash: bytes
    data: bytes


class Source(Row, table=True):
    """How much came from a node; the row named "*" counts everything and gives out the positions."""

    kept: ClassVar[bool] = True
    node: str = Field(primary_key=True)
    events: int = Field(sa_type=BigInteger, default=0)
    body_name: str = ""
    last_event_time: datetime | None = Field(default=None, sa_type=Instant)


class CaseView(Row, table=True):
    """The newest snapshot of a case, and the columns it is searched by."""

    __table_args__ = (
        Index("case_view_update", "update_time", "case_id"),
        Index("case_view_node", "node", "update_time", "case_id"),
        Index("case_view_matter", "matter", sqlite_where=text(HAS_MATTER), postgresql_where=text(HAS_MATTER)),
    )

    case_id: str = Field(primary_key=True)
    case_number: str = ""
    node: str
    body_name: str = ""
    party_name: str = ""
    violation_title: str = ""
    state: int = 0
    procedure: int = 0
    fine: int = Field(sa_type=BigInteger, default=0)
    file_time: datetime | None = Field(default=None, sa_type=Instant)
    update_time: datetime = Field(sa_type=Instant)
    major: bool = False
    area_code: str = ""
    matter: str = ""
    version: int = Field(sa_type=BigInteger)
    record: bytes = b""

    def case(self) -> case_pb2.Case:
        return case_pb2.Case.FromString(self.record)


class Warning(Row, table=True):
    """An early warning. Its id follows from what it is about, so it is never raised twice."""

    __table_args__ = (
        Index("warning_raise", "raise_time", "warning_id"),
        Index("warning_state", "state", "node", "level"),
    )

    warning_id: str = Field(primary_key=True)
    rule_id: str
    level: int
    state: int
    node: str
    case_id: str = Field(default="", index=True)
    case_number: str = ""
    detail_zh: str
    detail_en: str
    law: str
    occur_time: datetime = Field(sa_type=Instant)
    raise_time: datetime = Field(sa_type=Instant)
    end_time: datetime | None = Field(default=None, sa_type=Instant)
    clock_id: str = ""
    version: int = Field(sa_type=BigInteger, default=1)


class Filing(Row, table=True):
    """The review of one major penalty."""

    __table_args__ = (Index("filing_decide", "decide_time", "filing_id"),)

    filing_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    node: str
    case_number: str
    decision_number: str
    party_name: str
    fine: int = Field(sa_type=BigInteger)
    state: str = Field(index=True)
    decide_time: datetime = Field(sa_type=Instant)
    file_time: datetime | None = Field(default=None, sa_type=Instant)
    conclude_time: datetime | None = Field(default=None, sa_type=Instant)
    reviewer: str = ""
    opinion: str = ""
    due_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger, default=1)


class Dispute(Row, table=True):
    """Two departments and one matter: who handles it."""

    __table_args__ = (Index("dispute_open", "open_time", "dispute_id"),)

    dispute_id: str = Field(primary_key=True)
    state: str = Field(default="DISPUTED", index=True)
    case_id: str = ""
    node: str = ""
    case_number: str = ""
    other_case_id: str = Field(default="", index=True)
    other_node: str = ""
    other_case_number: str = ""
    cause: str = ""
    open_time: datetime = Field(sa_type=Instant)
    refer_time: datetime | None = Field(default=None, sa_type=Instant)
    settle_time: datetime | None = Field(default=None, sa_type=Instant)
    designate_time: datetime | None = Field(default=None, sa_type=Instant)
    designated_case_id: str = ""
    opinion: str = ""
    document_number: str = ""
    version: int = Field(sa_type=BigInteger, default=1)


class Clock(Row, ClockRow, table=True):
    """The clocks of all cases, run here independently of the departments' own."""

    __table_args__ = due_index()


class Certificate(Row, table=True):
    """An enforcement certificate as the registry last told of it."""

    kept: ClassVar[bool] = True
    certificate_number: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    officer_name: str
    issue_time: datetime = Field(sa_type=Instant)
    expire_time: datetime = Field(sa_type=Instant)
    suspensions: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    area_code: str = ""
    version: int = Field(sa_type=BigInteger)


class Moved(Row, table=True):
    """An officer who was with more than one department: {node, from, until} each, moments in microseconds."""

    kept: ClassVar[bool] = True
    officer_id: str = Field(primary_key=True)
    spans: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)


class FieldAct(Row, table=True):
    """One officer's part in an act of enforcement; an act without officers has one row that names none."""

    __table_args__ = (
        Index("fieldact_pending", "key", sqlite_where=text("pending = 1"), postgresql_where=text("pending")),
    )

    key: str = Field(primary_key=True)  # node/event_id/officer_id
    case_id: str = Field(index=True)
    officer_id: str = Field(index=True)
    officer_name: str = ""
    certificate_number: str = Field(default="", index=True)
    type: str
    act_time: datetime = Field(sa_type=Instant)
    area_code: str = ""  # where it was done, if that is known
    officers: int  # how many took part
    pending: bool = False  # the certificate is not known; it may be on its way
