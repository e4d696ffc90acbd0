"""Compulsory measures: the columns they are searched by, and what is open."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, select
from sqlmodel import Field
from yifa.enforcement.v1.measure_pb2 import Measure as MeasureProto

from services.enforcement.row import Row
from services.kit.store import since
from services.law.procedures.measure.recorded import HOLDING, holds


class Measure(Row, table=True):
    """One measure: the columns it is searched by, and `record`, the whole as a yifa.enforcement.v1.Measure."""

    __table_args__ = (Index("measure_waiting", "state", "since", "measure_id"),)

    measure_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    case_number: str = ""
    state: str = Field(index=True)
    since: datetime = since()
    version: int = Field(sa_type=BigInteger)
    record: bytes


def open_measures(look: Any, case_id: str) -> list[Any]:
    """The rows of the measures of a case that hold something. `look` is a transaction or a view."""
    its = select(Measure).where(Measure.case_id == case_id, Measure.state.in_(HOLDING))  # type: ignore[attr-defined]
    return list(look.query(its.order_by(Measure.measure_id)))


def measures_of(look: Any, case_id: str) -> list[MeasureProto]:
    """Those of a case, the first first."""
    its = select(Measure).where(Measure.case_id == case_id).order_by(Measure.measure_id)  # type: ignore[arg-type]
    return [MeasureProto.FromString(row.record) for row in look.query(its)]


def held_by_another(look: Any, measure: MeasureProto) -> bool:
    """Whether another measure of this department holds one of the things or the money already."""
    wanted = holds(measure)
    taken = select(Measure).where(Measure.state.in_(HOLDING), Measure.measure_id != measure.measure_id)  # type: ignore[attr-defined]
    return any(wanted & holds(MeasureProto.FromString(row.record)) for row in look.query(taken))
