"""Transfers of powers between bodies, as they are kept."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field
from yifa.registry.v1 import power_transfer_pb2 as pb

from services.kit.store import Instant
from services.law.moment import moment_at
from services.registry.row import Row


class PowerTransfer(Row, table=True):
    """Which body took over powers from whom; `record` is a yifa.registry.v1.PowerTransfer."""

    __table_args__ = (Index("powertransfer_effect", "effect_time", "transfer_id"),)

    transfer_id: str = Field(primary_key=True)
    from_body_id: str = Field(index=True)
    to_body_id: str = Field(index=True)
    effect_time: datetime = Field(sa_type=Instant)
    record: bytes


def transfer_columns(transfer: pb.PowerTransfer) -> dict[str, object]:
    """The columns of a transfer but its key."""
    return {
        "from_body_id": transfer.from_body_id,
        "to_body_id": transfer.to_body_id,
        "effect_time": moment_at(transfer, "effect_time"),
        "record": transfer.SerializeToString(),
    }
