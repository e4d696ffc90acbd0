"""The rules of services/law/procedures/penalty/decision.py broken, and the record before its acts."""

from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.procedures.penalty.facts import Discussion, SpotForm
from tests.law.penalty.change import Before, Breaks, case, facts, penalised, time

BEFORE: Before = {
    "MAKE_DECISION": lambda c: c.ClearField("decision"),
}
BREAKS: Breaks = {
    "reviewer_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "decider_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "decider_not_reviewer": case(lambda c: setattr(c.review, "reviewer", "head-1")),
    "reviewer_qualified": facts(complexity="案情复杂", stood={}),
    "advisers_stand": facts(advisers=("AV-1", "AV-9")),
    "adviser_heard": facts(complexity="案情复杂", advisers=("AV-1",), advice=" "),
    "review_passed": case(lambda c: setattr(c.review, "passed", False)),
    "reviewed_after_hearing": time("defence.hearing_time"),
    "reviewer_not_host": lambda f: setattr(f.case.hearing, "host", f.known["caller"]),
    "correction_ordered": penalised(correction_order=" "),
    "kinds_allowed": penalised(kinds=[99]),
    "kinds_given": lambda f: (
        setattr(f.case, "item_id", " "),
        penalised(kinds=[penalties.PENALTY_KIND_REVOCATION_OF_LICENCE])(f),
    ),
    "not_heavier": penalised(fine=151_000_00),
    "heads_apart": lambda f: f.known["handled"].add(f.known["discussion"].members[0]),
    "discussed": facts(discussion=Discussion(" ", ("head-1", "head-2"))),
    "discussed_as_the_sector_asks": lambda f: (
        setattr(f.case, "sector", "environment"),
        penalised(kinds=[penalties.PENALTY_KIND_CLOSURE])(f),
        f.known.update(discussion=Discussion()),
    ),
    "within_spot_limit": penalised(fine=3_001_00, kinds=[penalties.PENALTY_KIND_FINE]),
    "form_complete": facts(form=SpotForm("F-1", True, False, True)),
}
