"""What supervision learns of the heads of bodies; what they signed is judged again when it changes."""

from typing import Any

from sqlmodel import select
from yifa.registry.v1 import events_pb2 as registry

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.heads import RANKS, with_term
from services.law.moment import moment_at
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.event.foreign import Foreign
from services.supervision.head.model import Heads
from services.supervision.inspection.again import judge_again as inspections
from services.supervision.inspection_plan.judging import judge_again as plans
from services.supervision.warning.judging import judge_case


def on_appointment(
    event: registry.OfficerAppointed | registry.AppointmentEnded, tx: Tx, about: Envelope
) -> None:
    """Only the department that keeps a body speaks of its posts."""
    told = event.appointment
    body, heads = tx.find(Body, told.body_id), tx.find(Heads, told.body_id)
    home = body.node if body is not None else heads.node if heads is not None else told.node
    if not about.node == told.node == home:
        raise Foreign(f"{about.node} speaks of a post of {told.body_id}, which only {home} may")
    if told.rank not in RANKS:
        return
    if heads is None:
        heads = tx.add(Heads.new(body_id=told.body_id, node=told.node))
    heads.terms = with_term(heads.terms, told)
    judge_again(tx, told)


def judge_again(tx: Tx, told: Any) -> None:
    """Judge what a term makes, or made, a difference to, of the body and of those that act for it: what is warned of, and what
    was told since its end.
    """
    since = moment_at(told, "until_time")
    wards = tx.query(select(Body).where(Body.mandator_id == told.body_id))
    its = [told.body_id, *sorted(ward.body_id for ward in wards)]
    touched: Any = CaseView.warned > 0
    if since is not None:
        touched |= CaseView.update_time >= since
    of_them: Any = CaseView.body_id.in_(its)  # type: ignore[attr-defined]
    for view in tx.query(select(CaseView).where(of_them, touched).order_by(CaseView.case_id)):
        judge_case(tx, view)
    inspections(tx, its, since)
    plans(tx, its, since)
