"""The rules of services/law/procedures/penalty/performance.py broken, and the record before its acts."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.penalty_pb2 import PENALTY_KIND_CONFISCATION_OF_GAINS

from tests.law.penalty.change import Before, Breaks, case, facts

GAINS = PENALTY_KIND_CONFISCATION_OF_GAINS
BEFORE: Before = {"RECORD_PERFORMANCE": lambda c: setattr(c.decision.penalty.confiscation, "fen", 100)}
BREAKS: Breaks = {
    "ordered": case(lambda c: c.decision.penalty.ClearField("confiscation")),
    "performance_proved": facts(performance=cases.Performance(kind=GAINS, proof=" ")),
    "not_performed_yet": case(lambda c: c.performances.add(kind=GAINS)),
}
