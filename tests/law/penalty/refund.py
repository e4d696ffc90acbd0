"""The rules of services/law/procedures/penalty/refund.py broken, and the record before its acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, case, facts
from tests.law.penalty.known import NOW


def _annulled_after_payment(c: cases.Case) -> None:
    """A decision of before, on which a hundred fen had been paid."""
    was = c.earlier_decisions.add()
    was.paid.fen = 100
    was.decision.decider = "head-2"
    put_moment(was.anew.outcome_time, NOW - timedelta(days=3))


BEFORE: Before = {"REFUND_FINE": _annulled_after_payment}
BREAKS: Breaks = {
    "something_due": case(lambda c: put_moment(c.earlier_decisions[0].anew.outcome_time, NOW + timedelta(1))),
    "not_beyond_due": facts(amount=101),
    "refund_shown": facts(bank_reference=" "),
    "refund_not_known": case(lambda c: c.refunds.add(bank_reference="BANK-1")),
    "refunded_apart": facts(collectors=("head-2",)),
    "given_back": case(_annulled_after_payment),
}
