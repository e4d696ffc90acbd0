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
    """Judge the cases in which a term makes, or made, a difference: those that are warned of, and those since its end."""
    since = moment_at(told, "until_time")
    touched: Any = CaseView.warned > 0
    if since is not None:
        touched |= CaseView.update_time >= since
    for view in tx.query(
        select(CaseView).where(CaseView.node == told.node, touched).order_by(CaseView.case_id)
    ):
        if view.case().body_id == told.body_id:
            judge_case(tx, view)
