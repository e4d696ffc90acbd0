"""Legal advisers and public lawyers, as they are kept."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.registry.row import Row


class LegalAdviser(Row, table=True):
    """`record` is a yifa.registry.v1.LegalAdviser; the columns are what is searched."""

    adviser_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    """Empty for an adviser of the government."""
    name: str = Field(index=True)
    state: str
    version: int
    record: bytes


def adviser_values(adviser: pb.LegalAdviser) -> dict[str, Any]:
    return {
        "body_id": adviser.body_id,
        "name": adviser.name,
        "state": pb.LegalAdviserState.Name(adviser.state).removeprefix("LEGAL_ADVISER_STATE_"),
        "version": adviser.version,
        "record": adviser.SerializeToString(),
    }


ADVISERS = select(LegalAdviser.adviser_id, LegalAdviser.record)
