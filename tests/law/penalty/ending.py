"""The rules of services/law/procedures/penalty/ending.py and closing_clocks.py broken, and the record before their acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.penalty_pb2 import PENALTY_KIND_CONFISCATION_OF_GAINS
from yifa.law.v1.law_pb2 import CLOCK_STATE_SUSPENDED

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, case, facts, put, time
from tests.law.penalty.known import NOW


def _published_and_set_aside(c: cases.Case) -> None:
    put(c, "publish_time", 1)
    c.set_aside.document = "示府行复〔2026〕8号"


def _carried_out(c: cases.Case) -> None:
    c.paid.fen = c.decision.penalty.fine.fen
    c.decision.penalty.confiscation.fen = 100
    c.performances.add(kind=PENALTY_KIND_CONFISCATION_OF_GAINS, proof="没收物品处理单")
    put_moment(c.performances[0].perform_time, NOW - timedelta(days=1))


BEFORE: Before = {
    "RECORD_PAYMENT": lambda c: setattr(c.decision.penalty.fine, "fen", 100),
    "COMPLETE_PAYMENT": lambda c: setattr(c.decision.penalty.fine, "fen", 100),
    "WITHDRAW_PUBLICATION": _published_and_set_aside,
    "REPORT_SPOT_DECISION": lambda c: c.ClearField("spot_report_time"),
    "CLOSE_CASE": lambda c: (put(c, "service.serve_time", 15), _carried_out(c)),
}
BREAKS: Breaks = {
    "paid_to_bank": facts(bank_reference=" "),
    "collected_apart": lambda f: (
        setattr(f.case.decision, "decider", "head-1"),
        f.known.update(collectors=("head-1",)),
    ),
    "not_overpaid": facts(amount=101),
    "major": case(lambda c: setattr(c.decision, "major", False)),
    "not_filed_yet": time("report_time"),
    "decision_made": case(lambda c: c.ClearField("decision")),
    "stands": case(lambda c: setattr(c.set_aside, "document", "行复决字〔2026〕1号")),
    "to_be_withdrawn": lambda f: (f.case.ClearField("set_aside"), f.known.update(withhold_ground=0)),
    "not_published_yet": time("publish_time"),
    "not_reported_yet": time("spot_report_time"),
    "corrected": lambda f: (
        setattr(f.case, "sector", "environment"),
        f.known.update(closing=cases.Closing()),
    ),
    "termination_reasoned": facts(cause=" "),
    "clocks_over": case(lambda c: c.deadlines.add(clock_id="PEN-16", state=CLOCK_STATE_SUSPENDED)),
    "settled": case(lambda c: (setattr(c.paid, "fen", 0), setattr(c.decision.penalty.fine, "fen", 100))),
}
