"""The newest snapshot of each case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field
from yifa.enforcement.v1 import case_pb2

from services.kit.store import Instant, JsonList
from services.law.data_quality import possible
from services.law.moment import moment_at
from services.supervision.row import Row

# A condition of an index and of the select that is to use it: most cases name no matter.
HAS_MATTER = "matter <> ''"
# As few have had a remedy against them.
REMEDIED = "remedied > 0"
# What only some cases have: a fine in force, a band that it was weighed by, an item of the power list, an end.
FINED, COMPARED, OF_ITEM, CLOSED = "act <> ''", "alike <> ''", "item_id <> ''", "close_time IS NOT NULL"


def partial(name: str, condition: str, *columns: str) -> Index:
    """An index of those rows only that have something."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


class CaseView(Row, table=True):
    """The newest snapshot of a case, and the columns it is searched by."""

    __table_args__ = (
        Index("case_view_update", "update_time", "case_id"),
        Index("case_view_number", "case_number"),
        Index("case_view_node", "node", "update_time", "case_id"),
        Index("case_view_state", "state", "update_time", "case_id"),
        Index("case_view_node_state", "node", "state", "update_time", "case_id"),
        Index("case_view_matter", "matter", sqlite_where=text(HAS_MATTER), postgresql_where=text(HAS_MATTER)),
        Index("case_view_remedied", "body_id", sqlite_where=text(REMEDIED), postgresql_where=text(REMEDIED)),
        Index("case_view_taken", "body_id", "taken_time"),
        partial("case_view_act", FINED, "act", "decide_time"),
        partial("case_view_alike", COMPARED, "alike", "decide_time", "weighed"),
        partial("case_view_item", OF_ITEM, "item_id", "taken_time"),
        partial("case_view_closed", CLOSED, "close_time"),
    )

    case_id: str = Field(primary_key=True)
    case_number: str = ""
    node: str
    body_id: str = ""
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
    warned: int = 0  # how many warnings about how it is handled are open: while some are, every event judges all of it again
    late_entries: int = 0  # how many acts were entered late
    corrections: int = 0  # how many slips of its record were corrected
    remedied: int = 0  # how many reconsiderations and suits against it ended
    beside: int = 0  # how many measures, referrals and registrations run beside it
    not_judged: tuple[Mapping[str, str], ...] = Field(default=(), sa_type=JsonList)
    """The rules that could not be judged here, never taken for kept: {act, reason, about, why} each."""
    edition: str = ""
    """The edition of the law data by which all of it was judged; `earlier`: by which it was before, and how many warnings were
    open then: {edition, warned} each."""
    earlier: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    # The figures of services.supervision.figure.keeping.
    taken_time: datetime | None = Field(default=None, sa_type=Instant)
    decide_time: datetime | None = Field(default=None, sa_type=Instant)
    item_id: str = ""
    act: str = ""
    alike: str = ""
    weighed: int = Field(sa_type=BigInteger, default=0)
    at_most: int = 0
    officer_ids: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    close_time: datetime | None = Field(default=None, sa_type=Instant)
    edited: bool = False
    record: bytes = b""

    @property
    def subject(self) -> str:
        return self.case_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.case_number, "body_id": self.body_id}

    def case(self) -> case_pb2.Case:
        """The record, in a message of the caller's own."""
        return case_pb2.Case.FromString(self.record)

    def seen(self) -> case_pb2.Case:
        """The record in a message that is shared, and that nobody changes: read once, as long as the record is the same."""
        held = self.__dict__
        known = held.get("_seen")
        if known is None or known[0] is not held["record"]:
            known = held["_seen"] = held["record"], self.case()
        return known[1]  # type: ignore[no-any-return]

    def sound(self) -> bool:
        """Whether nothing in the record is what cannot be: asked once, as long as the record is the same."""
        held = self.__dict__
        known = held.get("_sound")
        if known is None or known[0] is not held["record"]:
            known = held["_sound"] = held["record"], possible(self.seen())
        return known[1]  # type: ignore[no-any-return]

    def saw(self, record: bytes, case: case_pb2.Case) -> None:
        """A record that was just written down, in a message that nobody changes any more."""
        self.__dict__["_seen"] = record, case


def record_of(view: Any) -> case_pb2.Case:
    """The record of a case, which nobody changes. Takes a row or a select of its columns."""
    return view.seen() if isinstance(view, CaseView) else case_pb2.Case.FromString(view.record)


def taken_up(view: Any) -> datetime | None:
    """When a case was filed, or decided on the spot; None before. Takes a row or a select of its columns."""
    if view.procedure != case_pb2.PROCEDURE_SUMMARY:
        return view.file_time  # type: ignore[no-any-return]
    return moment_at(record_of(view), "decision.decide_time")
