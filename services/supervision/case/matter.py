"""One act that two departments have filed: the first to file handles it (APL 25(1)), the other is warned."""

from operator import attrgetter
from typing import Any

from yifa.enforcement.v1 import case_pb2

from services.kit.tx import Tx
from services.law.procedures.penalty.body import matters_near
from services.supervision.case.model import CaseView, taken_up
from services.supervision.dispute.reactions import open_twice, settle_twice
from services.supervision.warning.judging import judge_case
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, look, warning_id
from services.supervision.warning.seen import SeenMatter

# A case that ended so was not handled.
GIVEN_UP = frozenset(
    {
        case_pb2.CASE_STATE_NOT_FILED,
        case_pb2.CASE_STATE_TERMINATED,
        case_pb2.CASE_STATE_TRANSFERRED_OUT,
    }
)
# No parameter of EW-04 reaches farther.
FARTHEST = 31
TWICE = "FILED_TWICE"


def place_of(view: CaseView | None) -> tuple[object, ...]:
    """Where a case stands among those of its matter; while this is the same, nothing has to be compared."""
    if view is None or not view.matter:
        return ()
    return view.matter, view.area_code, view.file_time, view.state in GIVEN_UP, view.fine > 0


def near(look: Any, case: case_pb2.Case, days: int) -> list[CaseView]:
    """The other cases of the party about acts of the same kind, some days before or after, wherever they are handled."""
    same = look.among(CaseView, "matter", matters_near(case, days)) if case.matter else []
    others = (view for view in same if view.case_id != case.case_id)
    return sorted(others, key=attrgetter("case_id"))


def fined_after(tx: Tx, view: CaseView) -> None:
    """A fine of a case came or went: judge those anew that may have come after it."""
    case = view.seen()
    for other in near(tx, case, FARTHEST):
        if other.fine:
            judge_case(tx, other)


def compare(tx: Tx, matter: str) -> None:
    """Warn of every case of a matter that another department filed first; settle what is so no longer."""
    if not matter:
        return
    views: list[CaseView] = sorted(tx.among(CaseView, "matter", [matter]), key=attrgetter("case_id"))
    filed = tuple(v for v in views if taken_up(v) is not None and v.state not in GIVEN_UP)
    tx.load(Warning, [warning_id(TWICE, view.case_id) for view in views])
    for view in views:
        seen = SeenMatter(view, filed)
        found = look(tx, view, "matter", seen, [])
        if found:
            open_twice(tx, seen.filed_first, view, found[0].zh)
        else:
            end(tx, tx.find(Warning, warning_id(TWICE, view.case_id)), SETTLED)
            settle_twice(tx, view.case_id)
