"""The rules of services/law/procedures/penalty/proving.py broken."""

from yifa.enforcement.v1.evidence_mark_pb2 import EVIDENCE_VERDICT_EXCLUDED as EXCLUDED
from yifa.enforcement.v1.evidence_mark_pb2 import EVIDENCE_VERDICT_NOT_RELIED
from yifa.enforcement.v1.evidence_pb2 import Evidence, Exclusion, Verification

from tests.law.penalty.change import Breaks, case, facts

BREAKS: Breaks = {
    "verification_shown": facts(examined=Evidence(evidence_id="E-1", verification=Verification(how=" "))),
    "exclusion_grounded": facts(
        examined=Evidence(evidence_id="E-1", exclusion=Exclusion(ground=1, reason=" "))
    ),
    "not_excluded": case(lambda c: setattr(c.evidence_marks[0], "verdict", EXCLUDED)),
    "rests_on_verified": case(lambda c: setattr(c.evidence_marks[0], "verdict", EVIDENCE_VERDICT_NOT_RELIED)),
    "all_examined": case(lambda c: setattr(c, "evidence_count", 2)),
}
