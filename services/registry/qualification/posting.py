"""The posting of a name for objections, before a certificate is issued."""

from datetime import datetime

from services.kit.tx import Tx
from services.registry.certificate.record import due_by


def posting_end(tx: Tx, start: datetime) -> datetime:
    return due_by(tx, "OFF-11", start)
