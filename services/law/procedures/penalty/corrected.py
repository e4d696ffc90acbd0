"""How often reconsideration and courts correct what a body decided: counted over the remedies that ended (GBF-2005-37)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from yifa.enforcement.v1.case_pb2 import Case, Outcome, OutcomeKind, Remedy

from services.law.moment import moment_of
from services.law.procedures.penalty.outcome import EFFECT

CORRECTS = frozenset(kind for kind, effect in EFFECT.items() if effect.decision != "stands") - {
    OutcomeKind.OUTCOME_KIND_MEDIATED
}
"""Changed, annulled, declared unlawful or void, ordered to perform. What the parties agreed on corrects nobody."""
_REMEDIES = frozenset({Remedy.REMEDY_RECONSIDERATION, Remedy.REMEDY_SUIT})


class Ended(NamedTuple):
    """A remedy that ended: when, by which paper, and whether it corrected the body, for want of a reply in time (ARL 70) or
    otherwise. They sort by time.
    """

    at: datetime
    case_id: str
    paper: str
    corrected: bool
    unanswered: bool


def ended_remedies(case: Case) -> list[Ended]:
    """The reconsiderations and suits against the decisions of a case that ended, those against earlier decisions included."""
    if not case.outcomes:
        return []
    return sorted(
        Ended(
            moment_of(each.outcome_time),
            case.case_id,
            paper_of(each),
            each.kind in CORRECTS,
            each.kind in CORRECTS and each.unanswered,
        )
        for each in case.outcomes
        if each.remedy in _REMEDIES and each.kind and each.HasField("outcome_time")
    )


def paper_of(outcome: Outcome) -> str:
    return f"{outcome.authority.strip()} {outcome.document.strip()}"


class Rate(NamedTuple):
    """So many of the remedies that ended corrected the body."""

    corrected: int
    ended: int

    def high(self, percent: int, least: int) -> bool:
        """Whether it is so many per cent or more, of so many remedies at least."""
        return self.ended >= least and 100 * self.corrected >= percent * self.ended


def rate(remedies: Iterable[Ended]) -> Rate:
    every: Sequence[Ended] = list(remedies)
    return Rate(sum(each.corrected for each in every), len(every))
