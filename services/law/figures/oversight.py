"""Figures of what oversight keeps: filings, warnings, deadlines, complaints, supervision matters, claims of compensation."""

from collections.abc import Iterator
from typing import Any

from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED, CLOCK_STATE_MET
from yifa.supervision.v1 import accountability_pb2 as matters
from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1 import work_task_pb2 as tasks
from yifa.supervision.v1.warning_pb2 import WARNING_STATE_WITHDRAWN

from services.law.figures.counts import Counted, Known, counts
from services.law.moment import moment_at, moment_of
from services.law.procedures.work_task import CLOCK as TASK_TERM

DATA = "DATA"
"""The finding that a record cannot be as it is: its case counts in no figure, and it is no fault of how the case was handled."""
FOUNDED = (complaints.COMPLAINT_CONCLUSION_FOUNDED, complaints.COMPLAINT_CONCLUSION_PARTLY_FOUNDED)


@counts("filing")
def filing(row: Any, _known: Known) -> Iterator[Counted]:
    yield Counted(row.decide_time, which=row.decision_number)


@counts("filing.objected")
def objected(row: Any, _known: Known) -> Iterator[Counted]:
    if row.state == "OBJECTED":
        yield Counted(row.decide_time, which=row.decision_number)


@counts("warning")
def warning(row: Any, _known: Known) -> Iterator[Counted]:
    """Those that were not withdrawn. What says that a record is faulty is none (DATA)."""
    if row.state != WARNING_STATE_WITHDRAWN and row.rule_id != DATA:
        yield Counted(row.occur_time, which=row.rule_id)


@counts("deadline")
def deadline(row: Any, _known: Known) -> Iterator[Counted]:
    yield Counted(row.due_time, which=row.clock_id)


@counts("deadline.missed")
def missed(row: Any, _known: Known) -> Iterator[Counted]:
    """What was done after its day, or not at all when it was over."""
    late = row.state == "EXPIRED" or (row.stop_time is not None and row.stop_time > row.due_time)
    if late:
        yield Counted(row.due_time, which=row.clock_id)


@counts("complaint")
def complaint(record: Any, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(record, "conclude_time")) is not None:
        yield Counted(at, which=record.number)


@counts("complaint.founded")
def founded(record: Any, known: Known) -> Iterator[Counted]:
    if record.conclusion in FOUNDED:
        yield from complaint(record, known)


@counts("supervision")
def supervision(record: Any, _known: Known) -> Iterator[Counted]:
    """Letters, opinions and decisions by which something was ordered to be put right."""
    for each in (*record.earlier_documents, record.document):
        if (at := moment_at(each, "serve_time")) is not None:
            yield Counted(at, which=each.document_number)


@counts("compensation.decided")
def compensated(record: Any, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(record, "decision.decide_time")) is not None:
        yield Counted(at, which=record.decision.document)


@counts("compensation.paid")
def paid(record: Any, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(record, "pay_time")) is not None:
        yield Counted(at, record.paid_fen, record.paid_document)


@counts("compensation.recovered")
def recovered(record: Any, _known: Known) -> Iterator[Counted]:
    for each in record.recourses:
        if (at := moment_at(each, "order_time")) is not None:
            yield Counted(at, each.fen, each.document)


@counts("work_task")
def task(record: Any, _known: Known) -> Iterator[Counted]:
    """Those that were not withdrawn."""
    if record.state != tasks.WORK_TASK_STATE_WITHDRAWN:
        yield Counted(moment_of(record.assign_time), which=record.document_number)


@counts("work_task.accepted")
def accepted(record: Any, _known: Known) -> Iterator[Counted]:
    """By when it was found fit, the last time that it was; what a spot check sent back is accepted no more."""
    fit = [check for check in record.checks if check.fit and not check.spot]
    if fit and record.state == tasks.WORK_TASK_STATE_ACCEPTED:
        yield Counted(moment_of(fit[-1].check_time), which=record.document_number)


@counts("work_task.late")
def task_late(record: Any, _known: Known) -> Iterator[Counted]:
    """By when it fell due; each task once, by its last term. What was withdrawn need not be done."""
    if record.state == tasks.WORK_TASK_STATE_WITHDRAWN:
        return
    for each in record.deadlines:
        due = moment_of(each.due_time)
        late = each.state == CLOCK_STATE_MET and moment_of(each.stop_time) > due
        if each.clock_id == TASK_TERM and (late or each.state == CLOCK_STATE_EXPIRED):
            yield Counted(due, which=record.document_number)


@counts("work_task.spot_checked")
def spot_checked(record: Any, _known: Known) -> Iterator[Counted]:
    for check in record.checks:
        if check.spot:
            yield Counted(moment_of(check.check_time), which=record.document_number)


@counts("accountability")
def accountability(record: Any, _known: Known) -> Iterator[Counted]:
    """What was decided, as it was decided; what a review annulled is no decision any more."""
    if record.HasField("decision") and record.appeal.result != matters.ACCOUNTABILITY_APPEAL_RESULT_ANNULLED:
        yield Counted(moment_of(record.decision.decide_time), which=record.decision.document_number)


@counts("accountability.leader")
def leaders(record: Any, known: Known) -> Iterator[Counted]:
    if record.HasField("leading"):
        yield from accountability(record, known)
