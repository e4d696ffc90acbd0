"""Every event received, and how much came from whom."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.kit.journal import Envelope
from services.kit.store import Instant, JsonList, micros
from services.supervision.row import Row


class Received(Row, table=True):
    """One event as it came. `position` grows by one with every event and is what Watch resumes from."""

    __table_args__ = (
        Index("received_node", "node", "position"),
        Index("received_case", "case_id", "position"),
        Index("received_journal", "node", "service", "journal_seq"),
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
    record_time: datetime | None = Field(default=None, sa_type=Instant)
    certificate_number: str = ""
    area_code: str = ""
    late: bool = False
    trace: str
    journal_seq: int = Field(sa_type=BigInteger)
    hash: bytes
    addressee: str = ""
    entry: int = Field(sa_type=BigInteger, default=-1)
    """The last entry of supervision's own journal when it came: its place among what the city did itself. -1: not known."""
    number: int = Field(sa_type=BigInteger, default=0)
    request_id: str = ""
    prev_hash: bytes | None = None
    signature: str = ""
    """With these its node can have the entry back when it lost it (services.supervision.event.kept). Empty: not known, or the
    city's own."""
    data: bytes


def envelope(row: Any) -> Envelope:
    """An event that was kept, as it came."""
    return Envelope(
        row.node,
        row.service,
        row.journal_seq,
        row.event_id,
        row.type,
        row.addressee or "city",
        row.number,
        row.subject,
        micros(row.occur_time),
        row.actor,
        row.request_id,
        row.trace,
        bytes(row.data),
        bytes(row.prev_hash or b""),
        bytes(row.hash),
        signature=row.signature,
    )


class Worked(Row, table=True):
    """Something that supervision did of its own accord, when its clock or its calendar said so, and not because an event came.

    That it was done then, after which event and which entry of the own journal, is in no event: together with them all that is
    kept of events follows from it. `keys` are what the work was about.
    """

    key: str = Field(primary_key=True)
    name: str
    position: int = Field(sa_type=BigInteger)
    entry: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Instant)
    keys: tuple[str, ...] = Field(default=(), sa_type=JsonList)


class Source(Row, table=True):
    """How much came from a node, and what its cases come to (services.supervision.case.tally); the row named "*" counts every
    event and gives out the positions.
    """

    kept: ClassVar[bool] = True
    node: str = Field(primary_key=True)
    events: int = Field(sa_type=BigInteger, default=0)
    body_name: str = ""
    last_event_time: datetime | None = Field(default=None, sa_type=Instant)
    cases: int = 0
    ended: int = 0
    fines: int = Field(sa_type=BigInteger, default=0)
    late_entries: int = 0
    corrections: int = 0
