"""Payments, so that none is counted twice."""

from sqlmodel import Field

from services.enforcement.row import Row


class PaymentReference(Row, table=True):
    """A bank's number for a payment: the same payment is not counted twice."""

    bank_reference: str = Field(primary_key=True)
    case_id: str
