"""The rules of services/law/procedures/penalty/transfer.py broken, and the record before its acts."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.law.penalty.change import Before, Breaks, case, facts, put, time
from tests.law.penalty.known import body


def _came_in(c: cases.Case) -> None:
    c.transfer.to_case_id = c.case_id


def _disputed(c: cases.Case) -> None:
    put(c, "transfer.dispute_time", 1)


BEFORE: Before = {
    "ACKNOWLEDGE_TRANSFER": _came_in,
    "DISPUTE_TRANSFER": _came_in,
    "REFER_DISPUTE": lambda c: (_came_in(c), _disputed(c)),
    "TAKE_BACK_CLUE": _disputed,
    "TAKE_BACK_CASE": _disputed,
}
BREAKS: Breaks = {
    "receiver_qualified": facts(receiver=body(body_id="B-2", confirmed=False)),
    "not_sent_on": case(lambda c: setattr(c.transfer, "to_case_id", c.case_id)),
    "not_given_away": case(lambda c: setattr(c.designation, "case_id", c.case_id)),
    "transferred_in": case(lambda c: c.transfer.ClearField("to_case_id")),
    "not_acknowledged": time("transfer.acknowledge_time"),
    "not_disputed_yet": time("transfer.dispute_time"),
    "not_referred_yet": time("transfer.refer_time"),
    "dispute_open": time("transfer.settle_time"),
    "not_settled": time("transfer.settle_time"),
    "undisputed": time("transfer.dispute_time"),
}
