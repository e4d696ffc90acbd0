"""The rows of the law data by which a penalty is weighed and its case is judged, as services/law/edition.py names them."""

from functools import cache

from yifa.enforcement.v1.case_pb2 import Case

from services.law.counted import counts_by
from services.law.parameters import national
from services.law.procedures.penalty.amounts import NAMES, is_person
from services.law.process import Process

DECISIONS = ("MAKE_DECISION", "MAKE_SPOT_DECISION")
# The terms of the party to answer the notice: no decision before they are over.
WINDOW = ("PEN-10", "PEN-11")
THRESHOLDS = frozenset(f"{name}.{who}" for name in NAMES for who in ("citizen", "organisation"))
REVIEWERS, ADVISERS = "legal_review.qualified", "legal_review.adviser"


def thresholds_of(case: Case) -> tuple[str, ...]:
    """The amounts from which the law treats the party of a case differently."""
    return tuple(f"{name}.{'citizen' if is_person(case) else 'organisation'}" for name in NAMES)


@cache
def weighed_by(table: Process) -> frozenset[str]:
    """What a decision of this table rests on, but for the thresholds of its party: the act, its rules, the party's window."""
    moves = [move for move in table.moves if move.act in DECISIONS]
    rules = {rule.name for move in moves for rule in move.rules}
    return frozenset(
        {
            "kernel",
            REVIEWERS,
            ADVISERS,
            *(f"act.{move.act}" for move in moves),
            *rules,
            *_window(),
            *_for_the_heads(),
        }
    )


@cache
def judged_by(table: Process) -> frozenset[str]:
    """What the judgement of a case of this table rests on, but for the thresholds: the rules whose breach is an early warning."""
    rules = {rule.name for move in table.moves for rule in move.rules if rule.warning}
    return frozenset({"kernel", REVIEWERS, ADVISERS, *rules, *_window(), *_for_the_heads()})


@cache
def _for_the_heads() -> frozenset[str]:
    """What gives a right to a hearing by its kind, and what the heads discuss."""
    return frozenset(
        key
        for key in national().parameters
        if key.startswith(("collective.", "hearing.kind.", "officers.spot_"))
    )


@cache
def _window() -> frozenset[str]:
    return frozenset(
        name for clock_id in WINDOW for name in counts_by(clock_id) if not name.startswith("warning.")
    )
