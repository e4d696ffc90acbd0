"""Measures against the holders of certificates, as they are kept and as they go on the wire."""

from datetime import datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import certificate_pb2

from services.kit.store import Instant
from services.registry.model.base import Row


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
    version: int = 1


FIELDS = tuple(Measure.model_fields)


def measure_proto(row: Any) -> certificate_pb2.Measure:
    return certificate_pb2.Measure(**{name: getattr(row, name) for name in FIELDS})
