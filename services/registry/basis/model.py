"""Legal bases, as they are kept."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import basis_pb2

from services.kit.store import Instant
from services.law.moment import moment_at
from services.registry.row import Row


class LegalBasis(Row, table=True):
    """An article of the catalogue; `record` is a yifa.registry.v1.LegalBasis."""

    basis_id: str = Field(primary_key=True)
    place: str = Field(unique=True)
    law: str = Field(index=True)
    level: int
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1
    record: bytes


def basis_columns(basis: basis_pb2.LegalBasis) -> dict[str, object]:
    """The columns of a basis but its key."""
    return {
        "place": f"{basis.law}/{basis.article}",
        "law": basis.law,
        "level": basis.level,
        "from_time": moment_at(basis.versions[0], "from_time"),
        "until_time": moment_at(basis, "repeal_time"),
        "version": basis.version,
        "record": basis.SerializeToString(),
    }


BASES = select(*LegalBasis.__table__.columns)
