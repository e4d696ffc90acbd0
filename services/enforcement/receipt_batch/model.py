"""Receipts of the finance department: the batches that bodies were issued, and which numbers were given out."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, select
from sqlmodel import Field
from yifa.enforcement.v1.collection_pb2 import ReceiptNumber

from services.enforcement.row import Row
from services.kit.store import Instant
from services.kit.tx import Tx


class ReceiptBatch(Row, table=True):
    """One batch; `record` is a yifa.enforcement.v1.ReceiptBatch."""

    batch_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    series: str = Field(index=True)
    first_number: int = Field(sa_type=BigInteger)
    last_number: int = Field(sa_type=BigInteger)
    issue_time: datetime = Field(sa_type=Instant)
    record: bytes


class UsedReceipt(Row, table=True):
    """A receipt that was given for the fine of a case: each number once."""

    key: str = Field(primary_key=True)
    series: str = Field(index=True)
    number: int = Field(sa_type=BigInteger)
    case_id: str


def receipt_key(receipt: ReceiptNumber) -> str:
    return f"{receipt.series.strip()}/{receipt.number}"


def batches_holding(look: Any, series: str, first: int, last: int) -> list[Any]:
    """The batches of a series that hold one of some numbers. `look` is a transaction or a view."""
    its = select(ReceiptBatch).where(
        ReceiptBatch.series == series.strip(),
        ReceiptBatch.first_number <= last,
        ReceiptBatch.last_number >= first,
    )
    return list(look.query(its.order_by(ReceiptBatch.batch_id)))


def receipt_issued(look: Any, body_id: str, receipt: ReceiptNumber, at: datetime) -> bool:
    """Whether a receipt was issued to a body by a moment."""
    holding = batches_holding(look, receipt.series, receipt.number, receipt.number)
    return any(batch.body_id == body_id and batch.issue_time <= at for batch in holding)


def receipt_used(look: Any, case_id: str, receipt: ReceiptNumber) -> bool:
    """Whether a receipt was given for another case than this."""
    used = look.find(UsedReceipt, receipt_key(receipt))
    return used is not None and used.case_id != case_id


def use_receipt(tx: Tx, case_id: str, receipt: ReceiptNumber) -> None:
    """Remember for which case a receipt was given; the first holds."""
    key = receipt_key(receipt)
    if receipt.number > 0 and receipt.series.strip() and tx.find(UsedReceipt, key) is None:
        tx.add(
            UsedReceipt.new(key=key, series=receipt.series.strip(), number=receipt.number, case_id=case_id)
        )
