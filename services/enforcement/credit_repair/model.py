"""Credit repairs: the columns they are searched by, and those of a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field
from yifa.enforcement.v1.credit_repair_pb2 import CreditRepair as CreditRepairProto

from services.enforcement.row import Row
from services.kit.store import since


class CreditRepair(Row, table=True):
    """One of them: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.CreditRepair."""

    __table_args__ = (Index("credit_repair_waiting", "state", "since", "repair_id"),)

    repair_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def repairs_of(look: Any, case_id: str) -> list[CreditRepairProto]:
    """Those of a case, the first first. `look` is a transaction or a view."""
    its = select(CreditRepair).where(CreditRepair.case_id == case_id).order_by(CreditRepair.repair_id)  # type: ignore[arg-type]
    return [CreditRepairProto.FromString(row.record) for row in look.query(its)]
