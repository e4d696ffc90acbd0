"""The rules of services/law/procedures/penalty/service.py and decision_paper.py broken, and the record before their acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, facts, penalised, put, time
from tests.law.penalty.known import NOW, PAPER, Known


def _without(*names: str) -> cases.DecisionPaper:
    paper = cases.DecisionPaper.FromString(PAPER.SerializeToString())
    for name in names:
        paper.ClearField(name)  # type: ignore[arg-type]
    return paper


def _left_before_it_was_decided(f: Known) -> None:
    """The refusal lies before the decision, so that it is none of it."""
    left = cases.LeftService(witness="居委会工作人员", record="E-1")
    put_moment(left.refuse_time, NOW - timedelta(days=300))
    f.known.update(service_method=2, left=left)


def _corrected(c: cases.Case) -> None:
    c.correcting_paper.document_number = "示罚纠〔2026〕1号"
    put(c, "correcting_paper.decide_time", 1)


def _another_bank(f: Known) -> None:
    penalised(fine=100_00, kinds=[penalties.PENALTY_KIND_FINE])(f)
    f.known.update(bank=("另一银行", ""))


BEFORE: Before = dict.fromkeys(("ANNOUNCE_OWN_CORRECTION", "SERVE_OWN_CORRECTION"), _corrected)
BREAKS: Breaks = {
    "receipt_given": facts(receipt=" "),
    "notice_run_out": facts(service_method=5),
    "electronic_consented": facts(
        service_method=3, electronic_consent=" ", electronic_address="a@example.cn"
    ),
    "no_other_way": facts(cause=" "),
    "not_announced_yet": time("announcement.announce_time"),
    "refused_before_witness": _left_before_it_was_decided,
    "direct_failed": facts(service_method=4),
    "other_ways_failed": facts(whereabouts=" "),
    "decision_whole": facts(decision_paper=_without("bank", "court")),
    "seal_own": facts(seal="another"),
    "bank_designated": _another_bank,
}
