"""The rules of services/law/procedures/penalty/inquiry.py broken."""

from yifa.enforcement.v1.evidence_pb2 import Monitoring, Sampling

from tests.law.penalty.change import Breaks, case, facts, put, stood

BREAKS: Breaks = {
    "cause_given": facts(cause=" "),
    "first_evidence": case(lambda c: c.clue.ClearField("evidence")),
    "punishable": case(lambda c: (c.violation.Clear(), setattr(c, "item_id", ""))),
    "occur_time_stated": case(lambda c: c.violation.ClearField("occur_time")),
    "happened": case(lambda c: put(c, "violation.occur_time", -900)),
    "within_limitation": case(lambda c: put(c, "violation.occur_time", 900)),
    "by_handling_officers": facts(caller="O-9", roles=frozenset()),
    "collected_on_case": facts(officer_ids=("O-1", "O-9")),
    "by_officer_named": facts(caller="O-9"),
    "in_scope": stood(outside=True),
    "in_area": stood(elsewhere=True),
    "rights_told": facts(told_when_taken=False),
    "admissible": facts(evidence_source=" "),
    "sampled_before_party": facts(
        sampling=Sampling(present="甲", absence_note="未到场", seal_number="封1", list_number="单1")
    ),
    "sample_sealed": facts(
        sampling=Sampling(told="通知书1号", present="甲", list_number="单1", signature="甲")
    ),
    "sampler_qualified": facts(sampling=Sampling(sampler="示例检测所", qualification=" ")),
    "device_reviewed": facts(monitoring=Monitoring(device="设备1", place="某路口", legal_review="法审1号")),
    "monitoring_record_fit": facts(monitoring=Monitoring(reviewer="O-5", fit=True)),
    "monitoring_told": facts(monitoring=Monitoring(told=" ")),
    "evidence_recorded": case(lambda c: setattr(c, "evidence_count", 0)),
}
