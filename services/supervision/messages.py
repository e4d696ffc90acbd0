"""Rows, or the same columns of a select, as the messages of the contract."""

from typing import Any

from yifa.supervision.v1 import case_view_pb2, dispute_pb2, filing_pb2, warning_pb2

from services.law.citation import cite
from services.supervision.rules import RULES
from services.supervision.titles import line


def warning_message(row: Any) -> warning_pb2.Warning:
    kind, cited = RULES[row.rule_id], cite(row.law)
    return warning_pb2.Warning(
        warning_id=row.warning_id,
        rule_id=row.rule_id,
        level=row.level,
        state=row.state,
        node=row.node,
        case_id=row.case_id,
        case_number=row.case_number,
        title_zh=kind.title_zh,
        title_en=kind.title_en,
        detail_zh=row.detail_zh,
        detail_en=row.detail_en,
        citation={"code": cited.code, "text_zh": cited.text_zh, "text_en": cited.text_en},
        occur_time=row.occur_time,
        raise_time=row.raise_time,
        end_time=row.end_time,
        clock_id=row.clock_id,
        version=row.version,
    )


def filing_message(row: Any) -> filing_pb2.FilingReview:
    return filing_pb2.FilingReview(
        filing_id=row.filing_id,
        case_id=row.case_id,
        node=row.node,
        case_number=row.case_number,
        decision_number=row.decision_number,
        party_name=row.party_name,
        fine={"fen": row.fine},
        state=filing_pb2.FilingState.Value(f"FILING_STATE_{row.state}"),
        decide_time=row.decide_time,
        file_time=row.file_time,
        conclude_time=row.conclude_time,
        reviewer=row.reviewer,
        opinion=row.opinion,
        due_time=row.due_time,
        version=row.version,
    )


def dispute_message(row: Any) -> dispute_pb2.Dispute:
    return dispute_pb2.Dispute(
        dispute_id=row.dispute_id,
        state=dispute_pb2.DisputeState.Value(f"DISPUTE_STATE_{row.state}"),
        case_id=row.case_id,
        node=row.node,
        case_number=row.case_number,
        other_case_id=row.other_case_id,
        other_node=row.other_node,
        other_case_number=row.other_case_number,
        cause=row.cause,
        open_time=row.open_time,
        refer_time=row.refer_time,
        settle_time=row.settle_time,
        designate_time=row.designate_time,
        designated_case_id=row.designated_case_id,
        opinion=row.opinion,
        document_number=row.document_number,
        version=row.version,
    )


def summary_message(row: Any) -> case_view_pb2.CaseSummary:
    """A line of the list of cases; its next clock and its open warnings are filled in by the caller."""
    return case_view_pb2.CaseSummary(
        case_id=row.case_id,
        case_number=row.case_number,
        node=row.node,
        body_name=row.body_name,
        party_name=row.party_name,
        violation_title=row.violation_title,
        state=row.state,
        procedure=row.procedure,
        fine={"fen": row.fine},
        file_time=row.file_time,
        update_time=row.update_time,
        major=row.major,
        area_code=row.area_code,
    )


def entry_message(row: Any) -> case_view_pb2.TimelineEntry:
    """One received event, told in one line of each language."""
    told = line(row.type, row.data)
    parts = row.trace.split("-")
    return case_view_pb2.TimelineEntry(
        position=row.position,
        event_id=row.event_id,
        type=row.type,
        title_zh=told.title_zh,
        title_en=told.title_en,
        node=row.node,
        service=row.service,
        actor=row.actor,
        subject_id=row.subject,
        case_number=row.case_number,
        occur_time=row.occur_time,
        receive_time=row.receive_time,
        trace_id=parts[1] if len(parts) == 4 else "",
        journal_seq=row.journal_seq,
        hash=row.hash,
        summary_zh=told.summary_zh,
        summary_en=told.summary_en,
        level=row.level,
    )
