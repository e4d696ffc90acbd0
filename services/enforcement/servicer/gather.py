"""Facts for the rules, from rows: the same for a write, which finds rows in its batch, and for a read."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.benchmark_pb2 import Band
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.enforcement.v1.case_pb2 import Penalty, ReviewOrder

from services.enforcement.facts import Person, Thresholds, is_person, person_at
from services.enforcement.model import Assignment, Benchmark, Body, Standing
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.parameters import Layers

Find = Callable[[Any, str], Any]


def finder(view: View) -> Find:
    """Look rows up in a read as a write does."""

    def find(kind: Any, key: str) -> Any:
        table = kind.__table__
        [column] = table.primary_key.columns
        return view.one(select(*table.columns).where(column == key))

    return find


def people(find: Find, officer_ids: Iterable[str], at: datetime) -> tuple[Person, ...]:
    """How the officers named stood at a moment."""
    found = []
    for officer_id in dict.fromkeys(officer_ids):
        row = find(Standing, officer_id)
        found.append(
            Person(officer_id) if row is None else person_at(officer_id, row.name, row.certificates, at)
        )
    return tuple(found)


def band_of(find: Find, penalty: Penalty) -> Band | None:
    """The band of the published benchmark that a penalty names."""
    row = find(Benchmark, penalty.benchmark_id) if penalty.benchmark_id else None
    if row is None:
        return None
    bands = BenchmarkProto.FromString(row.record).bands
    return next((band for band in bands if band.code == penalty.band_code), None)


def thresholds(parameters: Layers, case: CaseProto, at: datetime) -> Thresholds:
    """The amounts that hold for the case's party on a day."""
    who, day = "citizen" if is_person(case) else "organisation", at.astimezone(SHANGHAI).date()
    names = ("hearing.fine", "hearing.confiscation", "major.fine", "simplified.fine")
    return Thresholds(*(parameters.value(f"{name}.{who}", day, case.sector).value for name in names))


def review_order(parameters: Layers, sector: str, at: datetime) -> int:
    """When legal review comes in the procedure of a sector, on a day."""
    after = parameters.value("review.after_defence", at.astimezone(SHANGHAI).date(), sector).value
    return ReviewOrder.REVIEW_ORDER_AFTER_DEFENCE if after else ReviewOrder.REVIEW_ORDER_BEFORE_NOTICE


def confirmed(find: Find, body_id: str, node: str) -> bool:
    """Whether a body may enforce at this node now."""
    row = find(Body, body_id)
    return row is not None and row.confirmed and row.node == node


def investigated(find: Find, case_id: str, person: str) -> bool:
    """Whether a person handles or ever handled the case."""
    return find(Assignment, f"{case_id}/{person}") is not None
