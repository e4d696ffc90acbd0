"""Figures of what oversight keeps: filings, warnings, deadlines, complaints, supervision matters, entries of records."""

from collections.abc import Iterator
from typing import Any

from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1.warning_pb2 import WARNING_STATE_WITHDRAWN

from services.law.figures.figure import Counted, Known, figure
from services.law.moment import moment_at

DATA = "DATA"
"""The finding that a record cannot be as it is: its case counts in no figure, and it is no fault of how the case was handled."""
FOUNDED = (complaints.COMPLAINT_CONCLUSION_FOUNDED, complaints.COMPLAINT_CONCLUSION_PARTLY_FOUNDED)


@figure("filing", "filing", "应当备案的重大处罚", "Major penalties to be filed", "ASR-2025:20", of_fines=True)
def filing(row: Any, _known: Known) -> Iterator[Counted]:
    yield Counted(row.decide_time, which=row.decision_number)


@figure(
    "filing.objected", "filing", "备案审查提出异议", "Filings objected to", "ASR-2025:20", within="filing"
)
def objected(row: Any, _known: Known) -> Iterator[Counted]:
    if row.state == "OBJECTED":
        yield Counted(row.decide_time, which=row.decision_number)


@figure("warning", "warning", "预警", "Early warnings", "ASR-2025:37", by="rule_id")
def warning(row: Any, _known: Known) -> Iterator[Counted]:
    """Those that were not withdrawn. What says that a record is faulty is none (DATA)."""
    if row.state != WARNING_STATE_WITHDRAWN and row.rule_id != DATA:
        yield Counted(row.occur_time, which=row.rule_id)


@figure(
    "deadline", "deadline", "法定期限", "Statutory deadlines", "GBF-2005-37:3", of_fines=True, by="clock_id"
)
def deadline(row: Any, _known: Known) -> Iterator[Counted]:
    yield Counted(row.due_time, which=row.clock_id)


@figure(
    "deadline.missed", "deadline", "超过法定期限", "Deadlines missed", "GBF-2005-37:3", within="deadline", by="clock_id"
)  # fmt: skip
def missed(row: Any, _known: Known) -> Iterator[Counted]:
    """What was done after its day, or not at all when it was over."""
    late = row.state == "EXPIRED" or (row.stop_time is not None and row.stop_time > row.due_time)
    if late:
        yield Counted(row.due_time, which=row.clock_id)


@figure("complaint", "complaint", "作出结论的投诉举报", "Complaints concluded", "CBZ-2019-7:19")
def complaint(record: Any, _known: Known) -> Iterator[Counted]:
    if (at := moment_at(record, "conclude_time")) is not None:
        yield Counted(at, which=record.number)


@figure(
    "complaint.founded", "complaint", "属实、部分属实的投诉举报", "Complaints found to be so", "CBZ-2019-7:19",
    within="complaint",
)  # fmt: skip
def founded(record: Any, known: Known) -> Iterator[Counted]:
    if record.conclusion in FOUNDED:
        yield from complaint(record, known)


@figure("supervision", "order", "发出的监督文书", "Documents of supervision served", "ASR-2025:27")
def supervision(record: Any, _known: Known) -> Iterator[Counted]:
    """Letters, opinions and decisions by which something was ordered to be put right."""
    for each in (*record.earlier_documents, record.document):
        if (at := moment_at(each, "serve_time")) is not None:
            yield Counted(at, which=each.document_number)
