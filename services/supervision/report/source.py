"""What figures are counted over: the records of each kind that may count for a time, and what each is about."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.referral_pb2 import Referral

from services.kit.view import View
from services.law.clock import catalogue
from services.law.data_quality import faults
from services.law.procedures.penalty.outcome import undone
from services.supervision.accountability.model import Accountability
from services.supervision.beside import model as beside
from services.supervision.case.model import CaseView
from services.supervision.compensation.model import Compensation
from services.supervision.complaint.model import Complaint
from services.supervision.deadline.model import Clock
from services.supervision.filing.model import Filing
from services.supervision.inspection.model import InspectionView
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.warning.model import Warning
from services.supervision.work_task.model import WorkTask

CASES: Any = CaseView.__table__  # type: ignore[attr-defined]
BESIDE: Any = beside.Beside.__table__  # type: ignore[attr-defined]
INSPECTIONS: Any = InspectionView.__table__  # type: ignore[attr-defined]
AT_ONCE = 500
# Clocks of two systems may differ.
LEEWAY = timedelta(days=1)
OF_AGENCY = frozenset(
    {"agency", "agency_chief", "handling_officer", "filing_body", "implementing_agency", "assisting_agency", "unit"}
)  # fmt: skip
"""On whom a deadline lies that a body of enforcement can miss."""


class Span(NamedTuple):
    """A time: from its first moment, up to and without the moment after its last."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


class About(NamedTuple):
    """What a record is about, as far as it tells."""

    subject_id: str
    number: str = ""
    title: str = ""
    body_id: str = ""
    case_id: str = ""
    items: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    outcome: int = 0
    fault: bool = False
    """Whether the record cannot be as it is, and counts for nothing."""


Bodies = Collection[str]
Source = Callable[[View, Span, Bodies], Iterator[tuple[Any, About]]]


def _rows(view: View, table: Any, key: Any, *wanted: Any, columns: Any = ()) -> Iterator[Any]:
    """The rows that are wanted in the order of their keys, some at a time: they are never all in memory."""
    after = ""
    while rows := view.rows(
        select(*(columns or table.c)).where(and_(key > after, *wanted)).order_by(key).limit(AT_ONCE)
    ):
        yield from rows
        after = getattr(rows[-1], key.name)


def _of(column: Any, bodies: Bodies) -> list[Any]:
    """That a record is of one of some bodies; nothing where all are wanted."""
    return [column.in_(sorted(bodies))] if bodies else []


def _cases_of(bodies: Bodies) -> Any:
    return select(CASES.c.case_id).where(CASES.c.body_id.in_(sorted(bodies)))


def _of_cases(column: Any, bodies: Bodies) -> list[Any]:
    """The same of what names a case."""
    return [column.in_(_cases_of(bodies))] if bodies else []


def outcome_of(case: cases.Case) -> int:
    """How a case came out, as yifa.supervision.v1.ReportOutcome numbers it."""
    if undone(case):
        return 3
    if case.HasField("decision"):
        return 1
    return 2 if case.no_penalty.HasField("decide_time") else 4


def about_case(case: cases.Case) -> About:
    return About(
        case.case_id,
        case.case_number or case.decision.document_number,
        f"{case.party.name} {case.violation.title}".strip(),
        case.body_id,
        case.case_id,
        (case.item_id,) if case.item_id else (),
        tuple(officer.officer_id for officer in case.officers),
        outcome_of(case),
        next(faults(case), None) is not None,
    )


def _cases(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    """Whatever counts for a time was recorded since it began."""
    wanted = [CASES.c.update_time >= span.since - LEEWAY, *_of(CASES.c.body_id, bodies)]
    columns = (CASES.c.case_id, CASES.c.record)
    for row in _rows(view, CASES, CASES.c.case_id, *wanted, columns=columns):
        case = cases.Case.FromString(row.record)
        yield case, about_case(case)


def _of_case(view: View, case_id: str, seen: dict[str, About]) -> About:
    """What the case is about that something stands beside; nothing for one that the city does not know."""
    if case_id not in seen:
        row = view.one(select(CASES.c.record).where(CASES.c.case_id == case_id)) if case_id else None
        seen[case_id] = about_case(cases.Case.FromString(row.record)) if row is not None else About("")
    return seen[case_id]


def _beside(kind: str, record: Any, view: View, _span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    seen: dict[str, About] = {}
    for row in _rows(view, BESIDE, BESIDE.c.key, BESIDE.c.kind == kind, *_of_cases(BESIDE.c.case_id, bodies)):
        told = record.FromString(row.record)
        case = _of_case(view, row.case_id, seen)
        yield told, case._replace(subject_id=row.key, number=case.number, body_id=told.body_id)


def _inspections(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    checked = INSPECTIONS.c.check_in_time
    during = (checked >= span.since, checked < span.until, *_of(INSPECTIONS.c.body_id, bodies))
    for row in _rows(view, INSPECTIONS, INSPECTIONS.c.inspection_id, *during):
        told = InspectionView.inspection(row)
        yield (
            told,
            About(
                row.inspection_id,
                row.number,
                row.enterprise_name,
                row.body_id,
                told.case_id,
                tuple(told.item_ids),
                tuple(told.check_in.officer_ids),
            ),
        )


def _filings(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table, seen = Filing.__table__, {}  # type: ignore[attr-defined, var-annotated]
    during = (table.c.decide_time >= span.since, table.c.decide_time < span.until)
    for row in _rows(view, table, table.c.filing_id, *during, *_of_cases(table.c.case_id, bodies)):
        yield (
            row,
            _of_case(view, row.case_id, seen)._replace(subject_id=row.filing_id, number=row.case_number),
        )


def _warnings(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table, seen = Warning.__table__, {}  # type: ignore[attr-defined, var-annotated]
    during = (table.c.occur_time >= span.since, table.c.occur_time < span.until)
    if bodies:
        during += (or_(*_of(table.c.body_id, bodies), *_of_cases(table.c.case_id, bodies)),)
    for row in _rows(view, table, table.c.warning_id, *during):
        case = _of_case(view, row.case_id, seen)
        yield (
            row,
            case._replace(
                subject_id=row.warning_id,
                number=row.case_number or row.rule_id,
                title=row.detail_zh,
                body_id=row.body_id or case.body_id,
                case_id=row.case_id,
            ),
        )


def _deadlines(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    """Those that lie on a body of enforcement, about a case, what stands beside one, or an inspection."""
    table, seen = Clock.__table__, {}  # type: ignore[attr-defined, var-annotated]
    during = (table.c.due_time >= span.since, table.c.due_time < span.until)
    if bodies:
        beside_them = select(BESIDE.c.key).where(BESIDE.c.case_id.in_(_cases_of(bodies)))
        inspected = select(INSPECTIONS.c.inspection_id).where(*_of(INSPECTIONS.c.body_id, bodies))
        its = (_cases_of(bodies), beside_them, inspected)
        during += (or_(*(table.c.subject.in_(each) for each in its)),)
    for row in _rows(view, table, table.c.key, *during):
        clock = catalogue().get(row.clock_id)
        about = _subject(view, row.subject, seen)
        if clock is None or clock.who not in OF_AGENCY or not about.body_id:
            continue
        yield row, about._replace(subject_id=row.key, title=clock.title_zh)


def _subject(view: View, subject: str, seen: dict[str, About]) -> About:
    """What the record of a deadline is about."""
    case = _of_case(view, subject, seen)
    if case.body_id:
        return case
    stands = view.one(select(BESIDE.c.case_id).where(BESIDE.c.key == subject))
    if stands is not None:
        return _of_case(view, stands.case_id, seen)
    found = view.one(select(INSPECTIONS).where(INSPECTIONS.c.inspection_id == subject))
    return About(subject, found.number, found.enterprise_name, found.body_id) if found is not None else case


def _complaints(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table = Complaint.__table__  # type: ignore[attr-defined]
    for row in _rows(
        view, table, table.c.complaint_id, table.c.receive_time < span.until, *_of(table.c.body_id, bodies)
    ):
        told = Complaint.complaint(row)
        yield told, About(row.complaint_id, row.number, told.about.act, row.body_id)


def _orders(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table = SupervisionOrder.__table__  # type: ignore[attr-defined]
    for row in _rows(
        view, table, table.c.order_id, table.c.register_time < span.until, *_of(table.c.body_id, bodies)
    ):
        told = SupervisionOrder.order(row)
        number = told.document.document_number or row.case_number
        yield told, About(row.order_id, number, told.title, row.body_id, row.case_id)


def _claims(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table = Compensation.__table__  # type: ignore[attr-defined]
    for row in _rows(
        view,
        table,
        table.c.compensation_id,
        table.c.register_time < span.until,
        *_of(table.c.body_id, bodies),
    ):
        told = Compensation.compensation(row)
        number = told.decision.document or row.case_number
        yield told, About(row.compensation_id, number, told.claimant, row.body_id, row.case_id)


def _tasks(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table = WorkTask.__table__  # type: ignore[attr-defined]
    during = (table.c.assign_time < span.until, *_of(table.c.body_id, bodies))
    for row in _rows(view, table, table.c.task_id, *during):
        told = WorkTask.task(row)
        yield told, About(row.task_id, row.document_number, told.title, row.body_id)


def _matters(view: View, span: Span, bodies: Bodies) -> Iterator[tuple[Any, About]]:
    table = Accountability.__table__  # type: ignore[attr-defined]
    during = (table.c.register_time < span.until, *_of(table.c.body_id, bodies))
    for row in _rows(view, table, table.c.accountability_id, *during):
        told = Accountability.accountability(row)
        number = told.decision.document_number or row.case_number
        yield told, About(row.accountability_id, number, told.title, row.body_id, row.case_id)


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "case": _cases,
        "measure": partial(_beside, beside.MEASURE, Measure),
        "referral": partial(_beside, beside.REFERRAL, Referral),
        "court_enforcement": partial(_beside, beside.COURT, CourtEnforcement),
        "enforcement": partial(_beside, beside.ENFORCEMENT, Enforcement),
        "inspection": _inspections,
        "filing": _filings,
        "warning": _warnings,
        "deadline": _deadlines,
        "compensation": _claims,
        "complaint": _complaints,
        "order": _orders,
        "work_task": _tasks,
        "accountability": _matters,
    }
)
