"""What the enforcement service keeps: cases, evidence, the benchmark, replicas of bodies and officers."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger
from sqlalchemy.orm import registry
from sqlmodel import Field

from services.kit import store
from services.kit.clocks import ClockRow, due_index
from services.kit.store import Instant, JsonList


class Row(store.Row, registry=registry()):
    """Base of this service's tables: its own metadata, so that no other service's tables land here."""

    __abstract__ = True


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
    record: bytes


class Assignment(Row, table=True):
    """A person who investigates or investigated a case; stays when the officers change."""

    assignment_id: str = Field(primary_key=True)
    case_id: str
    officer_id: str = Field(index=True)


class Evidence(Row, table=True):
    evidence_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: int
    title: str
    source: str
    collector_ids: tuple[str, ...] = Field(sa_type=JsonList)
    collect_time: datetime = Field(sa_type=Instant)
    sha256: bytes
    location: str
    certificate_shown: bool
    area_code: str = ""


class PaymentReference(Row, table=True):
    """A bank's number for a payment: the same payment is not counted twice."""

    bank_reference: str = Field(primary_key=True)
    case_id: str


class Benchmark(Row, table=True):
    """One item of the published discretion benchmark; `record` is a yifa.enforcement.v1.Benchmark."""

    benchmark_id: str = Field(primary_key=True)
    statute: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes


class Number(Row, table=True):
    """The last document number given out for one body, kind of document and year."""

    series: str = Field(primary_key=True)
    last: int


class Body(Row, table=True):
    """What the city announced of an enforcement body. A replica."""

    kept: ClassVar[bool] = True
    body_id: str = Field(primary_key=True)
    name: str
    node: str
    document_prefix: str
    field: str
    confirmed: bool
    version: int = Field(sa_type=BigInteger)
    kind: int = 0
    # It may enforce from the announcement until its end.
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    listed: bool = False
    mandator_id: str = ""
    mandator_name: str = ""
    mandate_items: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    mandate_from: datetime | None = Field(default=None, sa_type=Instant)
    mandate_until: datetime | None = Field(default=None, sa_type=Instant)
    # The bodies that ended and whose powers it goes on with.
    predecessors: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    area_code: str = ""


class PowerItem(Row, table=True):
    """What the city announced of an item of a power list. A replica. Held from `from_time` until `until_time`."""

    item_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    code: str
    kind: int
    basis_ids: tuple[str, ...] = Field(sa_type=JsonList)
    predecessor_id: str = ""
    level: int = 0
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


class Standing(Row, table=True):
    """An officer with their certificates, as the roster and the city announced them. A replica.

    A certificate is {number, version, from, to, lost, kind, fields, area, acts, suspensions: [[from, until], …]} with
    moments in microseconds; `to` is its end by whatever comes first, `until` is null while a suspension lasts. `away` are the
    times in which the officer is not of this department.
    """

    kept: ClassVar[bool] = True
    officer_id: str = Field(primary_key=True)
    name: str = ""
    node: str = ""
    version: int = Field(default=0, sa_type=BigInteger)
    certificates: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonList)
    away: tuple[list[int | None], ...] = Field(default=(), sa_type=JsonList)


class Clock(Row, ClockRow, table=True):
    """A statutory clock of a case."""

    __table_args__ = due_index()
