"""Judging inspections again when something beside them changed: another visit, a certificate, a head of the body."""

from datetime import datetime
from typing import Any

from sqlmodel import select

from services.kit.tx import Tx
from services.law.procedures.inspection import BEFORE
from services.supervision.inspection.judging import STATES, judge
from services.supervision.inspection.model import InspectionView, Inspector


def judge_neighbours(tx: Tx, view: InspectionView) -> None:
    """Other departments' visits to the enterprise, which this one may make one too many."""
    others = select(InspectionView).where(
        InspectionView.credit_code == view.credit_code, InspectionView.inspection_id != view.inspection_id
    )
    for other in tx.query(others):
        if STATES.get(other.state) not in BEFORE.split():
            judge(tx, other)


def officer_changed(tx: Tx, officer_id: str) -> None:
    """Judge again what an officer took part in, whose certificate or department changed."""
    for part in tx.query(select(Inspector).where(Inspector.officer_id == officer_id)):
        judge(tx, tx.get(InspectionView, part.inspection_id))


def judge_again(tx: Tx, body_ids: list[str], since: datetime | None) -> None:
    """The inspections of bodies that are warned of, and those that something was told of since a moment."""
    touched: Any = InspectionView.warned > 0
    if since is not None:
        touched |= InspectionView.update_time >= since
    of_them: Any = InspectionView.body_id.in_(body_ids)  # type: ignore[attr-defined]
    for view in tx.query(
        select(InspectionView).where(of_them, touched).order_by(InspectionView.inspection_id)
    ):
        judge(tx, view)
