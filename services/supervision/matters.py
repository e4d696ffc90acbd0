"""One act that two departments have filed: the first to file handles it (APL 25(1)), the other is warned."""

from sqlmodel import select, text
from yifa.enforcement.v1 import case_pb2

from services.kit.tx import Tx
from services.law.areas import covers
from services.supervision.disputes import open_twice, settle_twice
from services.supervision.early import SETTLED, end, raise_about, warning_id
from services.supervision.model import HAS_MATTER, CaseView, Warning
from services.supervision.rules import Found, said

# A case that ended so was not handled.
GIVEN_UP = frozenset(
    {
        case_pb2.CASE_STATE_NOT_FILED,
        case_pb2.CASE_STATE_TERMINATED,
        case_pb2.CASE_STATE_TRANSFERRED_OUT,
    }
)
TWICE = "FILED_TWICE"


def place_of(view: CaseView | None) -> tuple[object, ...]:
    """Where a case stands among those of its matter; while this is the same, nothing has to be compared."""
    if view is None or not view.matter:
        return ()
    return view.matter, view.area_code, view.file_time, view.state in GIVEN_UP


def compare(tx: Tx, matter: str) -> None:
    """Warn of every case of a matter that another department filed first; settle what is so no longer."""
    if not matter:
        return
    views: list[CaseView] = tx.query(select(CaseView).where(CaseView.matter == matter, text(HAS_MATTER)))
    filed = [v for v in views if v.file_time is not None and v.state not in GIVEN_UP]
    for view in views:
        first = first_of(filed, view)
        if first is not None:
            figures = {"body": first.body_name, "number": first.case_number, "filed": said(first.file_time)}
            found = Found(TWICE, view.file_time, figures=figures)
            raise_about(tx, view, found)
            open_twice(tx, first, view, found.detail_zh)
        else:
            end(tx, tx.find(Warning, warning_id(TWICE, view.case_id)), SETTLED)
            settle_twice(tx, view.case_id)


def first_of(filed: list[CaseView], view: CaseView) -> CaseView | None:
    """The case of another department that was filed first and may be about the same place, if it came before."""
    if view.file_time is None or view.state in GIVEN_UP:
        return None
    before = [
        v
        for v in filed
        if v.node != view.node
        and (v.file_time, v.case_id) < (view.file_time, view.case_id)
        and (covers(v.area_code, view.area_code) or covers(view.area_code, v.area_code))
    ]
    return min(before, key=lambda v: (v.file_time, v.case_id), default=None)
