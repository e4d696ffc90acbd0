"""The rules of services/law/procedures/penalty/own_correction.py broken, and the record before its acts."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.moment import put_moment
from services.law.procedures.penalty.outcome import decided_time
from services.law.procedures.penalty.own_correction import APPROVING
from tests.law.penalty.change import Before, Breaks, case, facts
from tests.law.penalty.known import NOW, Known, outcome, own_correction


def _proposed(c: cases.Case) -> None:
    c.decision.penalty.CopyFrom(own_correction("").penalty)
    c.decision.penalty.fine.fen += 100
    c.own_corrections.append(own_correction(""))
    if (made := decided_time(c)) is not None:
        put_moment(c.own_corrections[0].decision_time, made)


def _withdrawn(c: cases.Case) -> None:
    put_moment(c.withdrawal.withdraw_time, NOW)


def _changed(**values: Any) -> Any:
    def change(f: Known) -> None:
        own = cases.OwnCorrection.FromString(f.known["own_correction"].SerializeToString())
        for name, value in values.items():
            setattr(own, name, value)
        f.known["own_correction"] = own

    return change


def _heavier(f: Known) -> None:
    _changed(kind=cases.OUTCOME_KIND_CHANGED)(f)
    own = f.known["own_correction"]
    own.penalty.kinds.append(penalties.PENALTY_KIND_FINE)
    own.penalty.fine.fen = f.case.decision.penalty.fine.fen + 1


def _by_the_agency_itself(f: Known) -> None:
    said = outcome(f.move.act)
    said.remedy = cases.REMEDY_OWN
    f.known["outcome"] = said


BEFORE: Before = {
    **dict.fromkeys((*APPROVING, "REFUSE_OWN_CORRECTION"), _proposed),
    "CORRECT_CREDIT": _withdrawn,
}
BREAKS: Breaks = {
    "none_proposed": case(_proposed),
    "error_shown": _changed(proof=" "),
    "change_lighter": _heavier,
    "correction_proposed": case(
        lambda c: setattr(c.own_corrections[0], "state", cases.OWN_CORRECTION_STATE_REFUSED)
    ),
    "decided_by_another": lambda f: _changed(proposer=f.known["caller"])(f),
    "by_another_authority": _by_the_agency_itself,
    "withdrawn_untold": case(lambda c: put_moment(c.withdrawal.credit_time, NOW)),
    "paper_unannounced": case(lambda c: put_moment(c.correcting_paper.announcement.announce_time, NOW)),
    "paper_unserved": case(lambda c: put_moment(c.correcting_paper.service.serve_time, NOW)),
    "credit_told": facts(credit_receipt=" "),
    "reasons_public": facts(withdrawal_reasons=" "),
}
