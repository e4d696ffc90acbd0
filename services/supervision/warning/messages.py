"""Rows, or the same columns of a select, as messages of the contract."""

from typing import Any

from yifa.supervision.v1 import warning_pb2

from services.kit.clocks import receipt
from services.law.citation import cite
from services.supervision.warning.catalogue import kinds


def warning_message(row: Any) -> warning_pb2.Warning:
    kind, cited = kinds()[row.rule_id], cite(row.law)
    return warning_pb2.Warning(
        warning_id=row.warning_id,
        rule_id=row.rule_id,
        level=row.level,
        state=row.state,
        node=row.node,
        case_id=row.case_id,
        inspection_id=row.inspection_id,
        body_id=row.body_id,
        escalations=row.escalations,
        escalated_to=row.escalated_to,
        escalated_time=row.escalated_time,
        escalate_time=row.escalate_time,
        closer=row.closer,
        close_reason=row.close_reason,
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
        order_id=row.order_id,
        receipt=receipt(row.edition, (row.clock_id,) if row.clock_id else ()),
    )
