"""The batches of receipts of a body, and what became of their numbers."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import receipt_batch_pb2 as pb
from yifa.enforcement.v1.collection_pb2 import ReceiptBatch as BatchProto

from services.enforcement.receipt_batch.model import ReceiptBatch, UsedReceipt
from services.kit.rpc import read
from services.kit.view import View

OF_BODY = select(ReceiptBatch.batch_id, ReceiptBatch.record).where(
    ReceiptBatch.body_id == bindparam("wanted_body")
)


@read
def list_receipts(request: pb.ListReceiptsRequest, view: View) -> pb.ListReceiptsResponse:
    """The batches of a body, the first first, each with the receipts given out. Refuses with BAD_PAGE_TOKEN."""
    rows, token = view.page(
        OF_BODY, (ReceiptBatch.batch_id,), request.page_size, request.page_token, wanted_body=request.body_id
    )
    answer = pb.ListReceiptsResponse(next_page_token=token)
    for row in rows:
        batch = BatchProto.FromString(row.record)
        given = select(UsedReceipt).where(
            UsedReceipt.series == batch.series,
            UsedReceipt.number.between(batch.first_number, batch.last_number),  # type: ignore[attr-defined]
        )
        used = [
            pb.UsedReceipt(number=each.number, case_id=each.case_id)
            for each in view.query(given.order_by(UsedReceipt.number))  # type: ignore[arg-type]
        ]
        answer.batches.add(batch=batch, used=used)
    return answer
