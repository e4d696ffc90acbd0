"""Rows, or the same columns of a select, as messages of the contract."""

from typing import Any

from yifa.supervision.v1 import case_view_pb2

from services.supervision.event.line import line


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
        record_time=row.record_time,
        certificate_number=row.certificate_number,
        area_code=row.area_code,
        late=row.late,
    )
