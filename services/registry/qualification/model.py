"""How far an officer has come, as it is kept and as it goes on the wire."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.store import Instant
from services.registry.row import Row


class Qualification(Row, table=True):
    """How far an officer has come."""

    officer_id: str = Field(primary_key=True)
    state: str
    training_hours: int = 0
    failures: int = 0
    legal_qualification: str = Field(default="", index=True)
    reviewing_since: str = ""
    reviewing_proof: str = ""
    update_time: datetime = Field(sa_type=Instant)
    version: int = 1


def qualification_proto(row: Any) -> qualifications.Qualification:
    return qualifications.Qualification(
        officer_id=row.officer_id,
        state=f"QUALIFICATION_STATE_{row.state or 'UNSPECIFIED'}",
        training_hours=row.training_hours,
        failures=row.failures,
        update_time=row.update_time,
        version=row.version,
        legal_qualification=row.legal_qualification,
        reviewing_since=row.reviewing_since,
        reviewing_proof=row.reviewing_proof,
    )


QUALIFICATIONS = select(*Qualification.__table__.columns)
