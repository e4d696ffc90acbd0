"""What several acts on certificates look up: those in force, when one can be renewed, when a clock ends."""

from datetime import datetime

from sqlalchemy import select

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.registry.certificate.model import Certificate
from services.registry.request import local


def in_force(tx: Tx, officer_id: str, kind: int) -> list[Certificate]:
    """The officer's certificates of a kind that have not ended."""
    wanted = select(Certificate).where(
        Certificate.officer_id == officer_id, Certificate.kind == kind, Certificate.issuer == ""
    )
    return [c for c in tx.query(wanted) if c.expire_time > tx.now]


def renewal_opens(tx: Tx, end: datetime) -> datetime:
    """The first moment of the day from which a certificate that ends so can be renewed (OFF-06)."""
    day = local(end)
    clock = tx.parameters.held(catalogue()["OFF-06"], local(tx.now).date())
    return datetime.combine(due(clock, day.date(), tx.calendar).day, datetime.min.time(), day.tzinfo)


def due_by(tx: Tx, clock_id: str, start: datetime) -> datetime:
    """The last moment of a clock that starts at a moment."""
    local = start.astimezone(SHANGHAI)
    clock = tx.parameters.held(catalogue()[clock_id], local.date())
    return due(clock, local, tx.calendar).at
