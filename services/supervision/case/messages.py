"""Rows, or the same columns of a select, as messages of the contract."""

from typing import Any

from yifa.supervision.v1 import case_view_pb2


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
