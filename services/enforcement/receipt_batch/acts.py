"""Registering receipts that the finance department issued to a body (APL 70)."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import receipt_batch_pb2 as pb
from yifa.enforcement.v1.collection_pb2 import ReceiptBatch as BatchProto

from services.enforcement.body.model import Body
from services.enforcement.body.own import own_body
from services.enforcement.case.facts import when
from services.enforcement.receipt_batch.model import ReceiptBatch, batches_holding
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.shared import local, not_in_future
from services.law.rule import Unlawful

LARGEST = 1_000_000


@write(loads=(Body, "body_id"))
def register_receipts(request: pb.RegisterReceiptsRequest, tx: Tx) -> pb.RegisterReceiptsResponse:
    """Register a batch of receipts by its series and numbers (APL 70).

    Raises Malformed, Missing, Unlawful for a time to come, Exists where one of the numbers is registered already.
    """
    body, at = own_body(tx, request.body_id), when(request, "issue_time", tx.now)
    first, last, series = request.first_number, request.last_number, request.series.strip()
    if not series:
        raise Malformed({"series": ("is required", "必填")})
    if not first <= last < first + LARGEST:
        said = (
            f"is before the first number, or makes more than {LARGEST} receipts",
            f"小于起始号码，或者超过{LARGEST}份",
        )
        raise Malformed({"last_number": said})
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], {"at": local(at)})
    if known := batches_holding(tx, series, first, last):
        raise Exists(
            "RECEIPTS_ALREADY_REGISTERED",
            f"receipts of the series {series} with these numbers are registered already",
            f"票据{series}的上述号码已登记",
            series=series,
            batch_id=known[0].batch_id,
        )
    batch = BatchProto(
        batch_id=tx.new_id("T-"),
        node=tx.node,
        body_id=body.body_id,
        series=series,
        first_number=first,
        last_number=last,
        issuer=request.issuer,
        document=request.document,
        recorder=tx.caller.subject,
    )
    put_moment(batch.issue_time, at)
    put_moment(batch.record_time, tx.now)
    tx.add(
        ReceiptBatch.new(
            batch_id=batch.batch_id,
            body_id=body.body_id,
            series=series,
            first_number=first,
            last_number=last,
            issue_time=at,
            record=batch.SerializeToString(deterministic=True),
        )
    )
    tx.emit(events.ReceiptsRegistered(receipt_batch=batch), subject=batch.batch_id, at=at)
    return pb.RegisterReceiptsResponse(batch=batch)
