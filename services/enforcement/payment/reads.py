"""What the bank received, against what the cases have on record (对账), and what is owed still."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import payment_pb2 as pb
from yifa.law.v1.law_pb2 import Money

from services.enforcement.case.facts import legible
from services.enforcement.case.reads import case_of
from services.enforcement.payment.model import PaymentReference
from services.enforcement.payment.statement import read_statement
from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.penalty.owed import owed

AT_ONCE = 500


@read
def reconcile_payments(request: pb.ReconcilePaymentsRequest, view: View) -> pb.ReconcilePaymentsResponse:
    """Compare the bank's list of a period with the payments on record: by number and to the fen, never by likeness."""
    since, until = legible(request, "from_time"), legible(request, "until_time")
    if until < since:
        raise Malformed({"until_time": ("lies before from_time", "早于起始时间")})
    received = read_statement(request.statement)
    times = Counter(number for number, _ in received)
    known = {row.bank_reference: row for row in recorded(view, list(times))}
    answer = pb.ReconcilePaymentsResponse()
    for number, fen in received:
        answer.payments.append(compared(number, fen, known.get(number), times[number]))
    in_time = select(PaymentReference).where(PaymentReference.pay_time.between(since, until))
    for row in view.query(in_time.order_by(PaymentReference.pay_time, PaymentReference.bank_reference)):
        if row.bank_reference not in times:
            missing = answer.payments.add(outcome=pb.RECONCILIATION_NOT_RECEIVED)
            tell(missing, row)
    return answer


def recorded(view: View, numbers: Sequence[str]) -> Iterator[Any]:
    """What is on record under these numbers of the bank."""
    for n in range(0, len(numbers), AT_ONCE):
        some = PaymentReference.bank_reference.in_(numbers[n : n + AT_ONCE])
        yield from view.query(select(PaymentReference).where(some))


def compared(number: str, fen: int, row: Any, times: int) -> pb.ReconciledPayment:
    """One line of the bank's list. What the bank tells more than once is for a person to look at."""
    found = pb.ReconciledPayment(bank_reference=number, received=Money(fen=fen))
    if row is not None:
        tell(found, row)
    if times > 1:
        found.outcome = pb.RECONCILIATION_REPEATED
    elif row is None:
        found.outcome = pb.RECONCILIATION_NOT_RECORDED
    else:
        same = row.fen == fen
        found.outcome = pb.RECONCILIATION_MATCHED if same else pb.RECONCILIATION_AMOUNT_DIFFERS
    return found


def tell(found: pb.ReconciledPayment, row: Any) -> None:
    """What is on record here."""
    found.bank_reference, found.case_id = row.bank_reference, row.case_id
    found.recorded.fen = row.fen


@read
def get_owed(request: pb.GetOwedRequest, view: View) -> pb.GetOwedResponse:
    """What the party owes at the end of a day, by the payments on record (APL 72, 73). Refuses with NOT_FOUND."""
    case = case_of(view, request.case_id)
    at = legible(request, "at_time") if request.HasField("at_time") else view.now
    return pb.GetOwedResponse(owed=owed(case, at, view.calendar))
