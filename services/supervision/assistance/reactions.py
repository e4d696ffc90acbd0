"""What the city hears of requests for help: the newest snapshot of each, and a term to answer that ended (APL 26, SAMR 45)."""

from typing import Any

from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.supervision.assistance.keeping import keep
from services.supervision.assistance.model import AssistanceView
from services.supervision.event.foreign import Foreign
from services.supervision.event.known import hold_term
from services.supervision.warning.catalogue import Finding, kinds, said
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, id_of, raise_about

LATE = "EW-02"
BY_ASKING = (events.AssistanceAsked, events.AssistanceObjected)
# While help is under way its term is missed.
UNDER_WAY = pb.ASSISTANCE_STATE_RECEIVED


def on_assistance(event: Any, tx: Tx, about: Envelope) -> None:
    """An act about a request: each side speaks for itself alone, and the newest snapshot holds, in whatever order they come."""
    record = event.assistance
    view = tx.find(AssistanceView, record.assistance_id)
    sides = (record.node, record.to_node, record.case_id)
    if about.node != (record.node if isinstance(event, BY_ASKING) else record.to_node):
        raise Foreign(f"{about.node} speaks of {record.assistance_id}, which is not its own")
    if view is not None and sides != (view.from_node, view.node, view.case_id):
        raise Foreign(f"{about.node} speaks of {record.assistance_id} as of a request between others")
    view = keep(tx, view, record)
    if isinstance(event, events.AssistanceDeadlinePassed):
        if view.assistance().state == UNDER_WAY:
            raise_about(tx, kinds()[LATE], view, _late(event.deadline))
        return
    if view.assistance().state != UNDER_WAY:
        for deadline in record.deadlines:
            end(tx, tx.find(Warning, id_of(kinds()[LATE], view.subject, _late(deadline))), SETTLED)


def _late(deadline: Any) -> Finding:
    hold_term(deadline)
    due = said(moment_of(deadline.due_time))
    return Finding(
        at=moment_of(deadline.due_time),
        zh=f"“{deadline.title_zh}”期限已于{due}届满，至今没有答复。",
        en=f"The term “{deadline.title_en}” ended on {due} and no answer is there.",
        about=deadline.clock_id,
        reason="CLOCK_PASSED",
        law=deadline.citation.code,
        clock_id=deadline.clock_id,
    )
