"""The rules of services/law/procedures/penalty/correction.py broken."""

from yifa.enforcement.v1.case_pb2 import RECORD_CORRECTION_STATE_APPROVED

from tests.law.penalty.change import Before, Breaks, facts
from tests.law.penalty.known import slip

BEFORE: Before = {
    "DECIDE_CORRECTION": lambda c: c.corrections.append(slip()),
}
BREAKS: Breaks = {
    "correctable": facts(correction=slip(field="party.name")),
    "slip_shown": facts(correction=slip(proof=" ")),
    "still_wrong": facts(correction=slip(before="另一违法行为")),
    "in_its_place": facts(correction=slip(field="violation.occur_time", after="2999-01-01T00:00:00+08:00")),
    "correction_pending": facts(correction=slip(state=RECORD_CORRECTION_STATE_APPROVED)),
    "another_approves": lambda f: f.known["correction"].__setattr__("proposer", f.known["caller"]),
}
