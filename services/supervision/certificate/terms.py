"""Since when and until when everybody holds which certificate, whatever its kind: for what watches the roster, not the acts."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.registry.v1 import certificate_pb2

from services.kit.store import Instant
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.supervision.row import Row
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, warning_id

EXPIRES = "CERTIFICATE_EXPIRES"


class CertificateTerm(Row, table=True):
    """The term of a certificate, as the registry last told of it."""

    __table_args__ = (Index("certificate_term_until", "until_time"),)

    kept: ClassVar[bool] = True
    certificate_number: str = Field(primary_key=True)
    officer_id: str
    officer_name: str = ""
    node: str = ""
    kind: int
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


def term_told(tx: Tx, told: certificate_pb2.Certificate) -> None:
    """Keep the term of a certificate; where it ends otherwise now, what was warned of its end is settled."""
    since, until = moment_at(told, "issue_time"), moment_at(told, "expire_time")
    row: Any = tx.find(CertificateTerm, told.certificate_number)
    if since is None or until is None or (row is not None and row.version >= told.version):
        return
    if row is None:
        row = tx.add(CertificateTerm.new(certificate_number=told.certificate_number))
    elif row.until_time != until:
        end(tx, tx.find(Warning, warning_id(EXPIRES, row.officer_id, told.certificate_number)), SETTLED)
    values = {
        "officer_id": told.officer_id,
        "officer_name": told.officer_name,
        "node": told.node,
        "kind": told.kind or certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT,
        "from_time": since,
        "until_time": until,
        "version": told.version,
    }
    for name, value in values.items():
        setattr(row, name, value)
