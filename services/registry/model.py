"""What the registry keeps and how it goes on the wire. Away from its home a record is a replica."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import registry
from sqlmodel import Field
from yifa.registry.v1 import body_pb2, certificate_pb2, officer_pb2

from services.kit.store import Instant, JsonList
from services.kit.store import Row as KitRow
from services.registry.rules import Interval, Validity, masked, standing


class Row(KitRow, registry=registry()):
    """The base of this service's tables."""


class Body(Row, table=True):
    """An enforcement body. `part` is its place in certificate numbers, known at the city only."""

    body_id: str = Field(primary_key=True)
    name: str
    credit_code: str = Field(unique=True)
    kind: int
    node: str
    document_prefix: str
    field: str
    state: str
    confirm_time: datetime = Field(sa_type=Instant)
    part: int = 0
    version: int = 1


class Officer(Row, table=True):
    """A person on a roster. The id number is known at the department only."""

    officer_id: str = Field(primary_key=True)
    name: str
    id_number: str | None = Field(default=None, unique=True)
    body_id: str = Field(index=True)
    node: str
    unit: str
    post: str
    staff_kind: int
    training_hours: int = 0
    register_time: datetime = Field(sa_type=Instant)
    version: int = 1


class Qualification(Row, table=True):
    """How far an officer has come."""

    officer_id: str = Field(primary_key=True)
    state: str
    training_hours: int = 0
    failures: int = 0
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


class Certificate(Row, table=True):
    """A certificate. How it stands at a moment follows from its dates and its suspensions.

    Revocation brings `expire_time` forward, so that a reader of the dates alone is right at every moment.
    """

    certificate_number: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    officer_name: str
    body_id: str
    body_name: str
    node: str
    fields: tuple[str, ...] = Field(sa_type=JsonList)
    area_code: str
    issue_time: datetime = Field(sa_type=Instant)
    expire_time: datetime = Field(sa_type=Instant)
    revoked: bool = False
    version: int = 1


class Suspension(Row, table=True):
    """The n-th suspension of a certificate; the key is `number/n`."""

    suspension_id: str = Field(primary_key=True)
    certificate_number: str = Field(index=True)
    ordinal: int
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    cause: str
    law: str


class Serial(Row, table=True):
    """The last number given out in a series."""

    series: str = Field(primary_key=True)
    last: int = Field(default=0, sa_type=BigInteger)


# The functions below take a row or a selected row of all columns alike.


def body_proto(row: Any) -> body_pb2.EnforcementBody:
    return body_pb2.EnforcementBody(
        body_id=row.body_id,
        name=row.name,
        unified_social_credit_code=row.credit_code,
        kind=row.kind,
        node=row.node,
        document_prefix=row.document_prefix,
        field=row.field,
        state=f"BODY_STATE_{row.state}",
        confirm_time=row.confirm_time,
        version=row.version,
    )


def officer_proto(row: Any) -> officer_pb2.Officer:
    """The officer as a reply shows it: the id number masked."""
    return officer_pb2.Officer(
        officer_id=row.officer_id,
        name=row.name,
        id_number=masked(row.id_number or ""),
        body_id=row.body_id,
        node=row.node,
        unit=row.unit,
        post=row.post,
        staff_kind=row.staff_kind,
        training_hours=row.training_hours,
        register_time=row.register_time,
        version=row.version,
    )


def officer_announced(row: Any) -> officer_pb2.Officer:
    """The officer as an event carries it: without the id number."""
    officer = officer_proto(row)
    officer.ClearField("id_number")
    return officer


def qualification_proto(row: Any) -> officer_pb2.Qualification:
    return officer_pb2.Qualification(
        officer_id=row.officer_id,
        state=f"QUALIFICATION_STATE_{row.state}",
        training_hours=row.training_hours,
        failures=row.failures,
        update_time=row.update_time,
        version=row.version,
    )


def certificate_proto(row: Any, suspensions: Iterable[Any], now: datetime) -> certificate_pb2.Certificate:
    """The certificate as it stands now, with every suspension in the order of their recording."""
    recorded = sorted(suspensions, key=lambda s: s.ordinal)
    return certificate_pb2.Certificate(
        certificate_number=row.certificate_number,
        officer_id=row.officer_id,
        officer_name=row.officer_name,
        body_id=row.body_id,
        body_name=row.body_name,
        node=row.node,
        fields=row.fields,
        area_code=row.area_code,
        # a node whose clock is behind the city's sees the day of issue still ahead
        state=f"CERTIFICATE_STATE_{standing(validity(row, recorded), max(now, row.issue_time))}",
        issue_time=row.issue_time,
        expire_time=row.expire_time,
        suspensions=[
            certificate_pb2.Suspension(
                from_time=s.from_time, until_time=s.until_time, cause=s.cause, law=s.law
            )
            for s in recorded
        ],
        version=row.version,
    )


def validity(row: Any, suspensions: Iterable[Any]) -> Validity:
    intervals = tuple(Interval(s.from_time, s.until_time) for s in suspensions)
    return Validity(row.issue_time, row.expire_time, intervals, row.revoked)
