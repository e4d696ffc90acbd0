"""Measures against the holders of certificates, and suspensions, as they are kept and as they go on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Field
from yifa.registry.v1 import certificate_pb2

from services.kit.store import Instant
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.certificate.model import certificate_proto
from services.registry.row import Row


class Measure(Row, table=True):
    """The n-th decision that took something from the holder of a certificate; the key is `number/mn`."""

    measure_id: str = Field(primary_key=True)
    certificate_number: str = Field(index=True)
    kind: int
    from_time: datetime = Field(sa_type=Instant)
    decide_time: datetime = Field(sa_type=Instant)
    cause: str
    law: str
    hear_time: datetime | None = Field(default=None, sa_type=Instant)
    statement: str = ""
    remedy_zh: str
    remedy_en: str
    remedy_due_time: datetime = Field(sa_type=Instant)
    appeal: int = certificate_pb2.APPEAL_STATE_NONE
    appeal_time: datetime | None = Field(default=None, sa_type=Instant)
    grounds: str = ""
    conclude_time: datetime | None = Field(default=None, sa_type=Instant)
    opinion: str = ""
    decider: str = ""  # nobody, in what was decided before that was kept
    version: int = 1


FIELDS = tuple(Measure.model_fields)


def measure_proto(row: Any) -> certificate_pb2.Measure:
    return certificate_pb2.Measure(**{name: getattr(row, name) for name in FIELDS})


class Suspension(Row, table=True):
    """The n-th suspension of a certificate; the key is `number/n`."""

    suspension_id: str = Field(primary_key=True)
    certificate_number: str = Field(index=True)
    ordinal: int
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    cause: str
    law: str


SUSPENSIONS = select(*Suspension.__table__.columns)


def with_suspensions(
    view: View, certificates: Sequence[Any], now: datetime
) -> list[certificate_pb2.Certificate]:
    """Selected certificates as messages, each with its suspensions."""
    numbers = [c.certificate_number for c in certificates]
    found = view.rows(SUSPENSIONS.where(Suspension.certificate_number.in_(numbers))) if numbers else ()
    return [
        certificate_proto(c, [s for s in found if s.certificate_number == c.certificate_number], now)
        for c in certificates
    ]


MEASURES = select(*Measure.__table__.columns).where(Measure.certificate_number == bindparam("number"))


def suspensions_of(tx: Tx, certificate: Any) -> list[Suspension]:
    return tx.query(
        select(Suspension)
        .where(Suspension.certificate_number == certificate.certificate_number)
        .order_by(Suspension.ordinal)
    )
