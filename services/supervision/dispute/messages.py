"""Rows, or the same columns of a select, as messages of the contract."""

from typing import Any

from yifa.supervision.v1 import dispute_pb2


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
