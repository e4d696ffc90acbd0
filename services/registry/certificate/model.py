"""Certificates, as they are kept and as they go on the wire."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import certificate_pb2

from services.kit.store import Instant, JsonList
from services.registry.certificate.standing import Interval, Validity, standing
from services.registry.row import Row
from services.registry.standing.objections import ENFORCEMENT, Held


class Certificate(Row, table=True):
    """A certificate. How it stands at a moment follows from its dates and its suspensions.

    Whatever ends it brings `expire_time` forward from `term_time`, even into the past, and names itself in `ending`;
    so a reader of the dates alone is right at every moment. `loss_time` holds at a department before the city knows.
    """

    certificate_number: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    officer_name: str
    body_id: str = Field(index=True)
    body_name: str
    node: str
    kind: int = ENFORCEMENT
    fields: tuple[str, ...] = Field(sa_type=JsonList)
    area_code: str
    acts: tuple[int, ...] = Field(default=(), sa_type=JsonList)
    issue_time: datetime = Field(sa_type=Instant)
    expire_time: datetime = Field(sa_type=Instant, index=True)
    term_time: datetime | None = Field(default=None, sa_type=Instant)
    renew_time: datetime | None = Field(default=None, sa_type=Instant, index=True)
    remind_time: datetime | None = Field(default=None, sa_type=Instant)
    ending: str = "EXPIRED"
    replaces: str = ""
    issuer: str = ""
    loss_time: datetime | None = Field(default=None, sa_type=Instant)
    declare_time: datetime | None = Field(default=None, sa_type=Instant)
    return_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1


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
        kind=row.kind,
        fields=row.fields,
        area_code=row.area_code,
        acts=row.acts,
        state=f"CERTIFICATE_STATE_{state_of(row, recorded, now)}",
        issue_time=row.issue_time,
        expire_time=row.expire_time,
        term_time=row.term_time,
        renew_time=row.renew_time,
        suspensions=[
            certificate_pb2.Suspension(
                from_time=s.from_time, until_time=s.until_time, cause=s.cause, law=s.law
            )
            for s in recorded
        ],
        replaces=row.replaces,
        issuer=row.issuer,
        loss_time=row.loss_time,
        declare_time=row.declare_time,
        return_time=row.return_time,
        version=row.version,
    )


def state_of(row: Any, suspensions: Iterable[Any], now: datetime) -> str:
    """How it stands now; an active one in the time of its renewal is EXPIRING."""
    # a node whose clock is behind the city's sees the day of issue still ahead
    stood = standing(validity(row, suspensions), max(now, row.issue_time))
    expiring = stood == "ACTIVE" and row.renew_time is not None and now >= row.renew_time
    return "EXPIRING" if expiring else stood


def validity(row: Any, suspensions: Iterable[Any]) -> Validity:
    """From when until when it holds. A loss that the city does not know yet counts where it was reported."""
    intervals = tuple(Interval(s.from_time, s.until_time) for s in suspensions)
    if row.loss_time is not None and row.loss_time < row.expire_time:
        return Validity(row.issue_time, row.loss_time, intervals, "LOST")
    return Validity(row.issue_time, row.expire_time, intervals, row.ending)


def held(row: Any, suspensions: Iterable[Any]) -> Held:
    """The certificate as the rule on standing looks at it."""
    number = row.certificate_number
    return Held(number, validity(row, suspensions), row.kind, row.fields, row.area_code, row.acts)


CERTIFICATES = select(*Certificate.__table__.columns)
