"""The rules of services/law/procedures/penalty/heads.py broken."""

from yifa.enforcement.v1.case_pb2 import RECUSAL_STATE_PENDING

from services.law.procedures.penalty.facts import Discussion
from tests.law.penalty.change import Breaks, facts
from tests.law.penalty.known import Known


def _own_recusal_waits(f: Known) -> None:
    f.case.recusals.add(officer_id=f.known["caller"], state=RECUSAL_STATE_PENDING)


def _filed_by_an_officer(f: Known) -> None:
    f.case.filer = "O-2"


BREAKS: Breaks = {
    "by_head": facts(rank={"head-2": 2}),
    "head_apart": lambda f: f.known["handled"].add(f.known["caller"]),
    "filer_not_officer": _filed_by_an_officer,
    "members_are_heads": facts(discussion=Discussion("记录", ("head-1", "O-7"))),
    "own_recusal_settled": _own_recusal_waits,
}
