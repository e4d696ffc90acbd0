"""Payments of the fine and its surcharge, to the designated bank (APL 67, 72)."""

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import payment_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.case.facts import when
from services.enforcement.deferral.term import moved_term
from services.enforcement.enforcement.model import brings_in
from services.enforcement.payment.credit import credit, show_owed
from services.enforcement.payment.model import PaymentReference, count, refuse_known
from services.enforcement.payment.settling import settle
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY


def _new_payment(request: pb.RecordPaymentRequest, case: cases.Case, tx: Tx) -> None:
    """Raise Malformed for no amount or an enforcement that brings in nothing, Exists for a payment that is recorded already.
    Shows what is owed on its day.
    """
    if request.amount.fen <= 0:
        raise Malformed({"amount.fen": ("must be more than zero", "必须大于零")})
    refuse_known(tx, request.bank_reference.strip())
    if request.enforcement_id and not brings_in(tx, case.case_id, request.enforcement_id):
        said = ("names no enforcement of this case that is under way", "不是本案正在实施的强制执行")
        raise Malformed({"enforcement_id": said})
    show_owed(case, when(request, "pay_time", tx.now), tx.calendar)


@act(PENALTY.REFUND_FINE)
def record_refund(request: pb.RecordRefundRequest, case: cases.Case, do: Do) -> events.FineRefunded:
    """Record that what was paid and is not owed was given back (APL 74(3))."""
    given = case.refunds.add(
        amount=request.amount, bank_reference=request.bank_reference.strip(), recorder=do.caller
    )
    put_moment(given.refund_time, do.at)
    show_owed(case, do.at, do.tx.calendar)
    return events.FineRefunded(amount=request.amount)


def _in_full(request: pb.RecordPaymentRequest, case: cases.Case) -> Act:
    left = case.owed.total.fen
    return PENALTY.COMPLETE_PAYMENT if request.amount.fen >= left else PENALTY.RECORD_PAYMENT


@act(
    PENALTY.RECORD_PAYMENT,
    PENALTY.COMPLETE_PAYMENT,
    by=_in_full,
    takes=_new_payment,
    loads=((PaymentReference, "bank_reference"),),
)
def record_payment(
    request: pb.RecordPaymentRequest, case: cases.Case, do: Do
) -> tuple[Message, ...] | events.PaymentCompleted:
    """Record a payment to the designated bank (APL 67); the one that leaves nothing owed completes it."""
    reference = request.bank_reference.strip()
    paid = credit(case, request.amount.fen, do.at, do.caller, do.tx.calendar)
    paid.bank_reference, paid.enforcement_id = reference, request.enforcement_id
    count(do.tx, case.case_id, paid, do.at)
    if do.move.act == "RECORD_PAYMENT":
        return events.PaymentRecorded(amount=request.amount), *moved_term(do.tx, case)
    do.at = max(moment_of(p.pay_time) for p in case.payments)
    put_moment(case.perform_time, do.at)
    do.then = lambda: settle(do.tx, case, paid.enforcement_id)
    return events.PaymentCompleted(amount=request.amount)
