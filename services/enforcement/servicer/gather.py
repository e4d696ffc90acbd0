"""Facts for the rules, from rows: the same for a write, which finds rows in its batch, and for a read."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.benchmark_pb2 import Band
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.enforcement.v1.case_pb2 import Penalty, ReviewOrder
from yifa.registry.v1.act_pb2 import ACT_KIND_LEGAL_REVIEW
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_LEGAL_REVIEW
from yifa.registry.v1.power_pb2 import POWER_KIND_PENALTY, POWER_LEVEL_UNSPECIFIED

from services.enforcement.facts import Person, Scope, Thresholds, is_person, moment_of, person_at
from services.enforcement.model import Assignment, Benchmark, Body, Case, PowerItem, Standing
from services.enforcement.resting import ENDED
from services.enforcement.rules.jurisdiction import level_fits, same_place
from services.kit.view import View
from services.law.areas import covers
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


def people(
    find: Find, officer_ids: Iterable[str], at: datetime, body_id: str, place: str
) -> tuple[Person, ...]:
    """How the officers named stood at a moment, for acts of a body at a place."""
    body, found = find(Body, body_id), []
    scope = Scope(body.field if body is not None else "", place=place)
    for officer_id in dict.fromkeys(officer_ids):
        row = find(Standing, officer_id)
        found.append(
            Person(officer_id)
            if row is None
            else person_at(officer_id, row.name, row.certificates, at, row.away, scope)
        )
    return tuple(found)


def qualified(find: Find, parameters: Layers, person: str, at: datetime) -> bool:
    """Whether a person may review decisions; where the register keeps no reviewers, anyone in the role may."""
    if not parameters.value("legal_review.qualified", at.astimezone(SHANGHAI).date()).value:
        return True
    row, scope = find(Standing, person), Scope(kind=CERTIFICATE_KIND_LEGAL_REVIEW, act=ACT_KIND_LEGAL_REVIEW)
    if row is None:
        return False
    found = person_at(person, row.name, row.certificates, at, row.away, scope)
    return found.certified and not found.suspended and not found.outside


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


def confirmed(find: Find, body_id: str, node: str, at: datetime | None = None) -> bool:
    """Whether a body may enforce at this node now, or might at a moment."""
    row = find(Body, body_id)
    if row is None or row.node != node:
        return False
    if at is None:
        return bool(row.confirmed)
    known_end = row.from_time is not None and row.until_time is not None
    return bool(row.confirmed or known_end) and during(row.from_time, row.until_time, at)


def during(start: datetime | None, end: datetime | None, at: datetime) -> bool:
    """From a moment until just before another; one that is not known bounds nothing."""
    return (start is None or start <= at) and (end is None or at < end)


def powers(find: Find, case: CaseProto, at: datetime, *, named: bool) -> dict[str, bool | None]:
    """Whether the case's item was held at a moment, and whether a mandate covers it, as facts.

    With `named` the case has to name an item as soon as the list was published; without it, only one that is named counts.
    """
    body = find(Body, case.body_id)
    if body is None:
        return {}
    mandate = body.mandate_from is not None
    owner = find(Body, body.mandator_id) if mandate else body
    inside = during(body.mandate_from, body.mandate_until, at) if mandate else None
    if inside and body.mandate_items and (case.item_id or named):
        inside = case.item_id in body.mandate_items
    if not case.item_id:
        return {"item_held": False if named and owner and owner.listed else None, "mandate_holds": inside}
    item = find(PowerItem, case.item_id)
    held = (
        item is not None
        and owner is not None
        and item.body_id == owner.body_id
        and item.kind == POWER_KIND_PENALTY
        and item.from_time is not None
        and during(item.from_time, item.until_time, at)
    )
    return {"item_held": held, "mandate_holds": inside}


def jurisdiction(find: Find, case: CaseProto) -> dict[str, bool | None]:
    """Whether the place of the act and the level that the item belongs to are those of the body, as facts.

    An entrusted body acts for its agency, so it is the agency's area and level that count.
    """
    body = find(Body, case.body_id)
    owner = find(Body, body.mandator_id) if body is not None and body.mandate_from is not None else body
    if owner is None:
        return {}
    item = find(PowerItem, case.item_id) if case.item_id else None
    level = item.level if item is not None else POWER_LEVEL_UNSPECIFIED
    return {
        "place_inside": covers(owner.area_code, case.area_code),
        "level_fits": level_fits(owner.kind, owner.area_code, level, listed=item is not None),
    }


def of_matter(case: CaseProto) -> Any:
    """The select of the other open cases of a case's matter, the first to be filed first."""
    same = select(Case).where(Case.matter == case.matter, Case.case_id != case.case_id)
    return same.where(Case.state.not_in(ENDED)).order_by(Case.case_id)


def first_filed(records: Iterable[bytes], case: CaseProto) -> CaseProto | None:
    """The first of the cases of a matter that may be about the same place."""
    others = (CaseProto.FromString(record) for record in records)
    filed = (other for other in others if same_place(other.area_code, case.area_code))
    return min(filed, key=lambda other: moment_of(other.file_time), default=None)


def investigated(find: Find, case_id: str, person: str) -> bool:
    """Whether a person handles or ever handled the case."""
    return find(Assignment, f"{case_id}/{person}") is not None
