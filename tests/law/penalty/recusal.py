"""The rules of services/law/procedures/penalty/recusal.py broken, and the record before its acts."""

from yifa.enforcement.v1.case_pb2 import (
    RECUSAL_ASKER_SELF,
    RECUSAL_STATE_GRANTED,
    RECUSAL_STATE_PENDING,
    Recusal,
)

from services.law.procedures.penalty.facts import Discussion
from tests.law.penalty.change import Before, Breaks, case, facts
from tests.law.penalty.known import Known, recusal


def _aside(f: Known) -> None:
    f.case.recusals.add(officer_id=f.known["caller"], state=RECUSAL_STATE_GRANTED)


def _one_left(f: Known) -> None:
    f.case.recusals.add(officer_id="O-9", state=RECUSAL_STATE_GRANTED)
    del f.case.officers[1:]


BEFORE: Before = {
    "DECIDE_RECUSAL": lambda c: c.recusals.append(recusal("DECIDE_RECUSAL")),
}
BREAKS: Breaks = {
    "recorded_by_case": facts(caller="O-9", roles=frozenset({"LEGAL_REVIEWER"})),
    "own_declaration": facts(recusal=Recusal(officer_id="O-7", asker=RECUSAL_ASKER_SELF)),
    "not_asked_yet": case(lambda c: c.recusals.add(officer_id="O-1", state=RECUSAL_STATE_PENDING)),
    "recusal_pending": facts(recusal=Recusal(recusal_id="R-1", officer_id="O-2", of_head=True)),
    "another_decides": lambda f: f.known["recusal"].__setattr__("officer_id", f.known["caller"]),
    "heads_together": facts(discussion=Discussion("记录", ("head-1",))),
    "none_pending": case(lambda c: c.recusals.add(officer_id="O-7", state=RECUSAL_STATE_PENDING)),
    "not_recused": _aside,
    "replaced": _one_left,
}
