"""Rows, or the same columns of a select, as messages of the contract."""

from typing import Any

from yifa.supervision.v1 import filing_pb2


def filing_message(row: Any) -> filing_pb2.FilingReview:
    """As lists show it: without what was looked at."""
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
        order_id=row.order_id,
    )


def whole_message(row: Any) -> filing_pb2.FilingReview:
    """With what was looked at, and what was found."""
    message = filing_message(row)
    message.MergeFromString(row.substance)
    return message
