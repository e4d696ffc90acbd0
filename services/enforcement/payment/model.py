"""Payments, so that none is counted twice and each can be found at the bank."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.enforcement_pb2 import CostsPayment

from services.enforcement.row import Row
from services.kit.refusal import Exists
from services.kit.store import Instant
from services.kit.tx import Tx


class PaymentReference(Row, table=True):
    """A bank's number for a payment: the same payment is not counted twice. `fen` is its amount."""

    bank_reference: str = Field(primary_key=True)
    case_id: str
    fen: int = Field(sa_type=BigInteger)
    pay_time: datetime = Field(sa_type=Instant, index=True)


def refuse_known(tx: Tx, reference: str) -> None:
    """Raise Exists for a payment that is recorded already, in whatever case."""
    if known := tx.find(PaymentReference, reference):
        raise Exists(
            "PAYMENT_ALREADY_RECORDED",
            f"the payment {reference} is recorded already",
            f"银行流水号{reference}的缴款已记录",
            bank_reference=reference,
            case_id=known.case_id,
        )


def count(tx: Tx, case_id: str, paid: cases.Payment | CostsPayment, at: datetime) -> None:
    """Remember a payment by its number, and when it was made."""
    tx.add(
        PaymentReference.new(
            bank_reference=paid.bank_reference,
            case_id=case_id,
            fen=paid.amount.fen,
            pay_time=at,
        )
    )
