"""Legal advisers and public lawyers, as the city's registry announced them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.enforcement.row import Row
from services.law.registers import advised


class LegalAdviser(Row, table=True):
    """An adviser; `record` is a yifa.registry.v1.LegalAdviser. A replica."""

    adviser_id: str = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes


def adviser_then(look: Any, adviser_id: str, bodies: Iterable[str], at: datetime) -> bool:
    """Whether somebody was an adviser of one of some bodies, or of the government, at a moment. `look`: a transaction or view."""
    row = look.find(LegalAdviser, adviser_id) if adviser_id else None
    return row is not None and advised(pb.LegalAdviser.FromString(row.record), bodies, at)
