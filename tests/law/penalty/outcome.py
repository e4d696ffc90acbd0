"""The rules of services/law/procedures/penalty/outcome.py broken, and the record before its acts."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.law.penalty.change import Before, Breaks, case
from tests.law.penalty.known import Known, outcome, penalty


def _known(c: cases.Case) -> None:
    c.outcomes.extend(outcome(act) for act in ("RECORD_UNDONE", "RECORD_UPHELD"))


def _heavier(f: Known) -> None:
    said = outcome("RECORD_SET_ASIDE")
    said.penalty.fine.fen = f.case.decision.penalty.fine.fen + 1
    f.known["outcome"] = said


def _annulled_before(f: Known) -> None:
    """The same was annulled for want of evidence, and none was gathered since."""
    was = f.case.earlier_decisions.add(evidence_count=f.case.evidence_count)
    was.decision.penalty.CopyFrom(penalty())
    was.no_penalty.outcome.CopyFrom(f.known["no_penalty"])
    was.anew.document = "示府行复〔2026〕8号"


BEFORE: Before = {"RECORD_SET_ASIDE": lambda c: c.decision.penalty.CopyFrom(penalty())}


def _by_nobody_knows_which(f: Known) -> None:
    said = outcome(f.move.act)
    said.remedy = cases.REMEDY_UNSPECIFIED
    f.known["outcome"] = said


BREAKS: Breaks = {
    "remedy_named": _by_nobody_knows_which,
    "decision_there": case(lambda c: c.ClearField("decision")),
    "outcome_not_known": case(_known),
    "not_undone_yet": case(lambda c: setattr(c.set_aside, "kind", cases.SET_ASIDE_KIND_ANNULLED)),
    "change_not_heavier": _heavier,
    "not_the_same_again": _annulled_before,
}
