"""What people did at the city, put into the rows as the event of the act tells it: the request itself is kept nowhere."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import filing_pb2
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.kit.act import Acts
from services.kit.clocks import mark_of, observe
from services.kit.journal import Envelope
from services.kit.store import moment
from services.kit.tx import Tx
from services.supervision.accountability.act import act as accountability
from services.supervision.assessment.act import act as assessment
from services.supervision.assistance.keeping import keep as keep_assistance
from services.supervision.assistance.model import AssistanceView
from services.supervision.case.model import CaseView
from services.supervision.compensation.act import act as compensation
from services.supervision.complaint.act import act as complaint
from services.supervision.deadline.model import Clock
from services.supervision.dispute.clock import stop_clocks
from services.supervision.dispute.model import Dispute
from services.supervision.document_cleanup.act import act as document_cleanup
from services.supervision.document_filing.act import act as document_filing
from services.supervision.document_request.act import act as document_request
from services.supervision.file_review.act import act as file_review
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing
from services.supervision.important_matter.act import act as important_matter
from services.supervision.legal_meeting.act import act as legal_meeting
from services.supervision.normative_document.act import act as normative_document
from services.supervision.officer_assessment.act import act as officer_assessment
from services.supervision.outside_decision.act import act as outside_decision
from services.supervision.rule_of_law_report.act import act as rule_of_law_report
from services.supervision.service_promise.act import act as service_promise
from services.supervision.suggestion.act import act as suggestion
from services.supervision.suit.act import act as suit
from services.supervision.supervision_order.act import act as supervision_order
from services.supervision.supervision_plan.act import act as supervision_plan
from services.supervision.warning.model import Warning
from services.supervision.work_task.act import act as work_task

OF_OFFICE: Mapping[str, Acts] = {
    each.field: each
    for each in (
        accountability,
        assessment,
        compensation,
        complaint,
        document_cleanup,
        document_filing,
        document_request,
        file_review,
        important_matter,
        normative_document,
        officer_assessment,
        suggestion,
        outside_decision,
        rule_of_law_report,
        service_promise,
        suit,
        supervision_order,
        supervision_plan,
        work_task,
        legal_meeting,
    )
}
REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name


def fold(tx: Tx, about: Envelope, event: Any) -> bool:
    """Put into the rows what an event of an act tells. Says whether it tells of any."""
    for name in event.DESCRIPTOR.fields_by_name:
        if (act := OF_OFFICE.get(name)) is not None and isinstance(getattr(event, name), act.record):
            matter(tx, act, getattr(event, name), about)
            return True
        if (its := FOLDS.get(name)) is not None:
            its(tx, getattr(event, name), about)
            return True
    return False


def matter(tx: Tx, act: Acts, record: Any, about: Envelope) -> None:
    """A matter of the office: the record as the event tells it, and the clocks that know the event."""
    key = getattr(record, act.key)
    row: Any = tx.find(act.row, key) or tx.add(
        act.row.new(**{act.key: key, **act.columns(record)}, record=b"")
    )
    told = type(record).FromString(record.SerializeToString())
    act.run_clocks(tx, told, about.type, moment(about.at))
    act.keep(tx, record, row)
    if act is supervision_order:
        named_by(tx, record)


def warning(tx: Tx, told: Any, about: Envelope) -> None:
    """A warning that a person's act raised, closed or took up."""
    values = {
        name: getattr(told, name)
        for name in (
            "rule_id", "level", "state", "node", "case_id", "inspection_id", "body_id", "escalations",
            "escalated_to", "closer", "close_reason", "case_number", "detail_zh", "detail_en", "clock_id",
            "version", "order_id",
        )
    }  # fmt: skip
    for name in ("escalated_time", "escalate_time", "occur_time", "raise_time", "end_time"):
        values[name] = time_of(told, name)
    values["law"], values["edition"] = told.citation.code, mark_of(told.receipt)
    put(tx, Warning, "warning_id", told.warning_id, values)


def filing(tx: Tx, told: filing_pb2.FilingReview, about: Envelope) -> None:
    """A filing that a person registered, returned or concluded; or that a matter put right."""
    substance = filing_pb2.FilingReview.FromString(told.SerializeToString())
    row = tx.get(Filing, told.filing_id)
    for field in filing_message(row).DESCRIPTOR.fields:
        if field.name not in SUBSTANCE:
            substance.ClearField(field.name)
    row.state = filing_pb2.FilingState.Name(told.state).removeprefix("FILING_STATE_")
    row.substance = substance.SerializeToString(deterministic=True)
    row.reviewer, row.opinion, row.order_id = told.reviewer, told.opinion, told.order_id
    row.conclude_time, row.version = time_of(told, "conclude_time"), told.version
    if about.type == REVIEWED and row.conclude_time is not None:
        row.late = row.late or row.conclude_time > row.due_time
        view = tx.find(CaseView, row.case_id)
        sector = view.case().sector if view is not None else ""
        observe(tx, Clock, REVIEWED, row.case_id, row.conclude_time, sector=sector)


def named_by(tx: Tx, order: Any) -> None:
    """The filing from which a matter was opened names it."""
    of_filing = order.source.kind == orders.SUPERVISION_SOURCE_KIND_FILING
    row = tx.find(Filing, order.source.source_id) if of_filing else None
    if row is not None and row.order_id != order.order_id:
        row.order_id, row.version = order.order_id, row.version + 1


SUBSTANCE = frozenset({"missing", "registrar", "register_time", "standard", "items", "verdicts"})


def dispute(tx: Tx, told: Any, about: Envelope) -> None:
    """A dispute that the city decided."""
    row = tx.get(Dispute, told.dispute_id)
    if row.version >= told.version:
        return  # the same to the other of the two departments
    row.state = type(told).DESCRIPTOR.fields_by_name["state"].enum_type.values_by_number[told.state].name
    row.state = row.state.removeprefix("DISPUTE_STATE_")
    row.designated_case_id, row.designate_time = told.designated_case_id, time_of(told, "designate_time")
    row.opinion, row.document_number, row.version = told.opinion, told.document_number, told.version
    stop_clocks(tx, row)


def assistance(tx: Tx, told: Any, about: Envelope) -> None:
    """A request for help on which the city ruled."""
    row = tx.get(AssistanceView, told.assistance_id)
    if row.version < told.version:
        keep_assistance(tx, row, told)


FOLDS: Mapping[str, Callable[[Tx, Any, Envelope], None]] = {
    "warning": warning,
    "filing": filing,
    "dispute": dispute,
    "assistance": assistance,
}


def put(tx: Tx, kind: Any, key: str, name: str, values: Mapping[str, Any]) -> None:
    row = tx.find(kind, name)
    if row is None:
        tx.add(kind.new(**{key: name}, **values))
        return
    for column, value in values.items():
        setattr(row, column, value)


def time_of(told: Any, name: str) -> datetime | None:
    """A moment that an event tells, to the microsecond; None where it tells none."""
    return getattr(told, name).ToDatetime(UTC) if told.HasField(name) else None
