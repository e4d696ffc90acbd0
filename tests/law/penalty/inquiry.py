"""The rules of services/law/procedures/penalty/inquiry.py broken."""

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
    "evidence_recorded": case(lambda c: setattr(c, "evidence_count", 0)),
}
