"""What an early warning would have raised over the events as they are kept. Nothing is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import select
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.permit_pb2 import Permit as PermitProto
from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1.accountability_pb2 import Accountability as AccountabilityProto
from yifa.supervision.v1.compensation_pb2 import Compensation as CompensationProto
from yifa.supervision.v1.outside_decision_pb2 import OutsideDecision as OutsideDecisionProto
from yifa.supervision.v1.reconsideration_pb2 import Reconsideration as ReconsiderationProto
from yifa.supervision.v1.suggestion_pb2 import Suggestion as SuggestionProto
from yifa.supervision.v1.suit_pb2 import Suit as SuitProto
from yifa.supervision.v1.supervision_order_pb2 import SupervisionOrder as OrderProto

from services.kit.view import View
from services.law.parameters import Layers, Resolved
from services.supervision.accountability.judging import SeenAccountability
from services.supervision.accountability.model import Accountability
from services.supervision.beside.enforcing import enforces_itself
from services.supervision.beside.model import Beside
from services.supervision.case.matter import GIVEN_UP
from services.supervision.case.model import CaseView, taken_up
from services.supervision.compensation.judging import SeenCompensation
from services.supervision.compensation.model import Compensation
from services.supervision.complaint.concentrated import seen
from services.supervision.complaint.model import Complaint
from services.supervision.deadline.model import Clock
from services.supervision.document_filing.model import DocumentFiling
from services.supervision.event.model import Received
from services.supervision.file_review.model import FileReview
from services.supervision.file_review.overdue import RECHECK
from services.supervision.inspection.judging import SeenVisit, judged
from services.supervision.inspection.judging import history as acts_of
from services.supervision.inspection.model import InspectionView
from services.supervision.outside_decision.judging import SeenOutsideDecision
from services.supervision.outside_decision.model import OutsideDecision
from services.supervision.permit.judging import SeenPermit
from services.supervision.permit.model import PermitView
from services.supervision.reconsideration.judging import SeenReconsideration
from services.supervision.reconsideration.model import Reconsideration
from services.supervision.rule_of_law_report.act import TERMS
from services.supervision.rule_of_law_report.model import RuleOfLawReport
from services.supervision.suggestion.judging import SeenSuggestion
from services.supervision.suggestion.model import Suggestion
from services.supervision.suit.judging import SeenSuit
from services.supervision.suit.model import Suit
from services.supervision.supervision_order.judging import SeenOrder
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.warning.catalogue import MIRRORED, Finding, Kind, kinds, looks_of
from services.supervision.warning.judging import history
from services.supervision.warning.mirror import judge, shown
from services.supervision.warning.runner import id_of
from services.supervision.warning.seen import (
    SeenCase,
    SeenClock,
    SeenMatter,
    SeenMonth,
    later,
    month_of,
    recorded_by,
    risk_from,
)


def backtest(view: View, rule_id: str) -> list[tuple[str, Finding]]:
    """Each finding with the inspection or the case that it would have been about, in their order and that of what was told.

    `view` is the city's own database as it is read: certificates, officers and terms are those known now. Findings that were
    mended since are found too. Raises KeyError for a warning that is not declared, or that looks at nothing that is kept, as
    that of broken chains does.
    """
    kind = kinds()[rule_id]
    looks = [through] if rule_id in MIRRORED else []
    looks += [LOOKS[each.watches] for each in looks_of(rule_id) if each.watches in LOOKS]
    found: dict[str, tuple[str, Finding]] = {}
    for finding in monthly(view, rule_id):
        found.setdefault(id_of(kind, finding.subject, finding), (finding.subject, finding))
    for row in view.query(select(InspectionView).order_by(InspectionView.inspection_id)):
        for finding in inspected(view, row, rule_id):
            found.setdefault(id_of(kind, row.inspection_id, finding), (row.inspection_id, finding))
    for subject, finding in OF_OFFICE[kind.watches](view, kind) if kind.watches in OF_OFFICE else ():
        found.setdefault(id_of(kind, subject, finding), (subject, finding))
    for row in view.query(select(CaseView).order_by(CaseView.case_id)):
        for look in looks:
            for finding in look(view, row, rule_id):
                found.setdefault(id_of(kind, row.case_id, finding), (row.case_id, finding))
    return list(found.values())


def through(view: View, row: Any, rule_id: str) -> Iterator[Finding]:
    """The rules of the procedure, after each event in turn."""
    for done in history(view, row):
        for each in (done, *(shown(done.after) if done.kind is None else ())):
            yield from (finding for broken, finding in judge(view, each).broken if broken == rule_id)
    for each in shown(Case.FromString(row.record)):
        yield from (finding for broken, finding in judge(view, each).broken if broken == rule_id)


class Tried:
    """The law data with other numbers in place of some: what is tried before it is set."""

    def __init__(self, layers: Layers, numbers: Mapping[str, int]) -> None:
        self._layers, self._numbers = layers, dict(numbers)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layers, name)

    def value(self, key: str, on: date, sector: str = "") -> Resolved:
        """The number that is tried, from the day on from which there is one."""
        found = self._layers.value(key, on, sector)
        return replace(found, value=self._numbers[key]) if key in self._numbers else found


def with_numbers(view: View, numbers: Mapping[str, int]) -> View:
    """The same look, by other numbers."""
    tried: Any = Tried(view.around.parameters, numbers)
    return View(view.connection, replace(view.around, parameters=tried), view.caller)


def node_of(view: View, subject: str) -> str:
    """The department of a case, an inspection or a permit."""
    for kind in (CaseView, InspectionView, PermitView):
        if (row := view.find(kind, subject)) is not None:
            return str(row.node)
    return ""


def monthly(view: View, rule_id: str) -> Iterator[Finding]:
    """What watches months, over every month that is over since the first thing that was told of."""
    looks = [kind for kind in looks_of(rule_id) if kind.watches == "month"]
    first = view.one(select(func.min(Received.occur_time))) if looks else None
    if first is None or first[0] is None:
        return
    month = begun = month_of(first[0])
    while month < month_of(view.now):
        for kind in looks:
            yield from kind.find(SeenMonth(view, month, month == begun))
        month = later(month, 1)


def inspected(view: View, row: Any, rule_id: str) -> Iterator[Finding]:
    """The rules of an inspection, after each event in turn, and what watches inspections."""
    for done in acts_of(view, row):
        yield from (finding for broken, finding in judged(view, done)[0] if broken == rule_id)
    yield from _find(rule_id, "inspection", SeenVisit(view, row))


def _find(rule_id: str, what: str, seen: Any) -> Iterator[Finding]:
    for kind in looks_of(rule_id):
        if kind.watches == what:
            yield from kind.find(seen)


def _case(view: View, row: Any, rule_id: str) -> Iterator[Finding]:
    yield from _find(rule_id, "case", SeenCase(view, row))


def _matter(view: View, row: Any, rule_id: str) -> Iterator[Finding]:
    if row.matter:
        views = view.query(select(CaseView).where(CaseView.matter == row.matter, CaseView.matter != ""))
        filed = tuple(v for v in views if taken_up(v) is not None and v.state not in GIVEN_UP)
        yield from _find(rule_id, "matter", SeenMatter(row, filed))


def _clock(view: View, row: Any, rule_id: str) -> Iterator[Finding]:
    """The clocks of a case, and of what runs beside it, that ran out before they stopped."""
    beside = [b.key for b in view.query(select(Beside).where(Beside.case_id == row.case_id))]
    for clock in view.query(select(Clock).where(Clock.subject.in_([row.case_id, *beside]))):  # type: ignore[attr-defined]
        at_court = clock.clock_id == SeenClock.COURT
        enforced = at_court and enforces_itself(view, row.case_id)
        seen = SeenClock(
            clock,
            view.city,
            row.node,
            row.case_id,
            recorded_by=recorded_by(view, clock),
            risk_from=risk_from(view, clock, enforced),
            now=view.now,
        )
        yield from _find(rule_id, "clock", seen)


def _complained(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Complaint).order_by(Complaint.complaint_id)):
        for each in seen(view, pb.Complaint.FromString(row.record)):
            yield from ((each.about, finding) for finding in kind.find(each))


def _ordered(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(SupervisionOrder).order_by(SupervisionOrder.order_id)):
        order = OrderProto.FromString(row.record)
        yield from ((row.order_id, finding) for finding in kind.find(SeenOrder(view, row, order, view.now)))


def _pursued(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Accountability).order_by(Accountability.accountability_id)):
        seen = SeenAccountability(view, row, AccountabilityProto.FromString(row.record), view.now)
        yield from ((row.accountability_id, finding) for finding in kind.find(seen))


def _claimed(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Compensation).order_by(Compensation.compensation_id)):
        seen = SeenCompensation(view, row, CompensationProto.FromString(row.record))
        yield from ((row.compensation_id, finding) for finding in kind.find(seen))


def _suggested(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Suggestion).order_by(Suggestion.suggestion_id)):
        seen = SeenSuggestion(view, row, SuggestionProto.FromString(row.record))
        yield from ((row.suggestion_id, finding) for finding in kind.find(seen))


def _decided_outside(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(OutsideDecision).order_by(OutsideDecision.decision_id)):
        seen = SeenOutsideDecision(view, row, OutsideDecisionProto.FromString(row.record))
        yield from ((row.decision_id, finding) for finding in kind.find(seen))


def _sued(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Suit).order_by(Suit.suit_id)):
        seen = SeenSuit(view, row, SuitProto.FromString(row.record))
        yield from ((row.suit_id, finding) for finding in kind.find(seen))


def _own_clocks(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    """The clocks of the office's own matters that are warned of."""
    for table, clock_id in OWN_CLOCKS:
        for row in view.query(select(table)):
            clock = view.find(Clock, f"{row[0]}/{clock_id}")
            if clock is not None:
                seen = SeenClock(clock, view.city, row.node or view.city, row[0], now=view.now)
                yield from ((row[0], finding) for finding in kind.find(seen))


OWN_CLOCKS: tuple[tuple[Any, str], ...] = (
    (DocumentFiling, SeenClock.DOCUMENT),
    (FileReview, RECHECK),
    *((RuleOfLawReport, term) for term in TERMS),
)
"""The records with such a clock, whose first column is their key."""


def _reconsidered(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(Reconsideration).order_by(Reconsideration.reconsideration_id)):
        seen = SeenReconsideration(view, row, ReconsiderationProto.FromString(row.record))
        yield from ((row.reconsideration_id, finding) for finding in kind.find(seen))


def _permitted(view: View, kind: Kind) -> Iterator[tuple[str, Finding]]:
    for row in view.query(select(PermitView).order_by(PermitView.permit_id)):
        seen = SeenPermit(view, row, PermitProto.FromString(row.record))
        yield from ((row.permit_id, finding) for finding in kind.find(seen))


OF_OFFICE: Mapping[str, Callable[[View, Kind], Iterator[tuple[str, Finding]]]] = {
    "accountability": _pursued,
    "clock": _own_clocks,
    "compensation": _claimed,
    "complained": _complained,
    "outside_decision": _decided_outside,
    "permit": _permitted,
    "reconsideration": _reconsidered,
    "suggestion": _suggested,
    "suit": _sued,
    "supervision_order": _ordered,
}
"""What the office itself keeps, and permits."""
LOOKS: Mapping[str, Callable[[View, Any, str], Iterator[Finding]]] = {
    "case": _case,
    "clock": _clock,
    "matter": _matter,
}
