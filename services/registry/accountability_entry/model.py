"""What pursuits of responsibility left in the files of officers and units, as it is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.registry.v1 import accountability_entry_pb2 as messages

from services.kit.store import Instant
from services.law.moment import moment_of
from services.registry.row import Row


class AccountabilityEntry(Row, table=True):
    """One entry: the columns it is searched by, and `record`, the whole as a yifa.registry.v1.AccountabilityEntry."""

    accountability_id: str = Field(primary_key=True)
    officer_id: str = Field(default="", index=True)
    body_id: str = Field(index=True)
    serve_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def entry(self) -> messages.AccountabilityEntry:
        return messages.AccountabilityEntry.FromString(self.record)


def entry_values(entry: messages.AccountabilityEntry) -> dict[str, Any]:
    """The columns of an entry but its key."""
    return {
        "officer_id": entry.officer_id,
        "body_id": entry.body_id,
        "serve_time": moment_of(entry.serve_time),
        "version": entry.version,
        "record": entry.SerializeToString(deterministic=True),
    }
