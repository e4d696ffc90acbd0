"""What a payment goes to: the fine first, then its surcharge."""

from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.calendar import Calendar
from services.law.moment import put_moment
from services.law.procedures.penalty.owed import last_payment, owed


def credit(case: cases.Case, fen: int, at: datetime, by: str, calendar: Calendar) -> cases.Payment:
    """Enter a payment of so many fen, recorded by somebody; shows what is owed after it."""
    to_fine = min(fen, max(case.decision.penalty.fine.fen - case.paid.fen, 0))
    paid = case.payments.add(recorder=by)
    paid.amount.fen = fen
    put_moment(paid.pay_time, at)
    case.paid.fen += to_fine
    if rest := fen - to_fine:
        paid.surcharge.fen = rest
        case.surcharge_paid.fen += rest
    show_owed(case, at, calendar)
    return paid


def show_owed(case: cases.Case, at: datetime, calendar: Calendar) -> None:
    """Put into a case what is owed at the end of the day of a moment, or of the last payment."""
    case.owed.CopyFrom(owed(case, max(at, last_payment(case) or at), calendar))
