"""Payments of the fine, to the designated bank (APL 67)."""

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import payment_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.deferral.term import moved_term
from services.enforcement.payment.model import PaymentReference, count, refuse_known
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY


def _new_payment(request: pb.RecordPaymentRequest, _case: cases.Case, tx: Tx) -> None:
    """Raise Malformed for no amount, Exists for a payment that is recorded already."""
    if request.amount.fen <= 0:
        raise Malformed({"amount.fen": ("must be more than zero", "必须大于零")})
    refuse_known(tx, request.bank_reference.strip())


def _in_full(request: pb.RecordPaymentRequest, case: cases.Case) -> Act:
    left = case.decision.penalty.fine.fen - case.paid.fen
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
    """Record a payment to the designated bank (APL 67); the last one completes it."""
    reference = request.bank_reference.strip()
    paid = case.payments.add(amount=request.amount, bank_reference=reference, recorder=do.caller)
    put_moment(paid.pay_time, do.at)
    count(do.tx, case.case_id, paid, do.at)
    case.paid.fen += request.amount.fen
    if do.move.act == "RECORD_PAYMENT":
        return events.PaymentRecorded(amount=request.amount), *moved_term(do.tx, case)
    do.at = max(moment_of(p.pay_time) for p in case.payments)
    put_moment(case.perform_time, do.at)
    return events.PaymentCompleted(amount=request.amount)
