"""The rules of services/law/procedures/penalty/deferral.py broken, and the record before its acts."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.law.penalty.change import Before, Breaks, case, facts, put, time


def _unpaid(c: cases.Case) -> None:
    c.decision.penalty.fine.fen = 100
    put(c, "service.serve_time", 3)


def _applied(c: cases.Case) -> None:
    _unpaid(c)
    put(c, "deferral.request_time", 2)


REFUSED = cases.Deferral(reason=" ")
BEFORE: Before = {"REQUEST_DEFERRAL": _unpaid, "DECIDE_DEFERRAL": _applied}
BREAKS: Breaks = {
    "applied_in_writing": facts(deferral=cases.Deferral(application="申请书", cause=" ")),
    "fine_left": case(lambda c: setattr(c.paid, "fen", 100)),
    "none_waits": time("deferral.request_time"),
    "deferral_asked": time("deferral.decide_time"),
    "refusal_reasoned": facts(deferral=REFUSED),
    "deferral_in_time": case(lambda c: put(c, "service.serve_time", 30)),
    "instalments_whole": lambda f: setattr(f.known["instalments"][0].amount, "fen", 99),
}
