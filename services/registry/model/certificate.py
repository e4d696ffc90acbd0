"""Certificates and their suspensions, as they are kept and as they go on the wire."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import certificate_pb2

from services.kit.store import Instant, JsonList
from services.registry.model.base import Row
from services.registry.rules import Interval, Validity, standing


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
