"""The acts of a reconsideration: bound to the procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.law.v1.options_pb2 import ADDRESSEE_NODE
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.event import events as declared
from services.law.moment import moment_at, moment_of
from services.law.procedures.reconsideration import RECONSIDERATION
from services.law.procedures.reconsideration.facts import ENDS_AFTER_SIXTY_DAYS
from services.law.procedures.shared import in_order, not_in_future
from services.law.rule import Unlawful
from services.supervision.deadline.model import Clock
from services.supervision.reconsideration.facts import Reconsidered, act_key
from services.supervision.reconsideration.judging import judge
from services.supervision.reconsideration.model import Reconsideration
from services.supervision.reconsideration.recorded import record_of
from services.supervision.warning.runner import address

_STATES = {n: name.removeprefix("RECONSIDERATION_STATE_") for name, n in pb.ReconsiderationState.items()}
# Clocks that run by another moment than that of the act: the admission.
BY_OTHER = {
    events.ReconsiderationAccepted.DESCRIPTOR.full_name: "accept_time",
    events.ReconsiderationConverted.DESCRIPTOR.full_name: "accept_time",
}


def columns(record: pb.Reconsideration) -> dict[str, Any]:
    return {
        "node": record.node,
        "body_id": record.body_id,
        "case_id": record.case_id,
        "case_number": record.case_number,
        "act_key": act_key(record),
        "state": _STATES[record.state],
        "register_time": moment_of(record.receive_time),
        "version": record.version,
    }


def conditions(record: pb.Reconsideration) -> frozenset[str]:
    """What the agency does with what lies with it is not known yet: both terms run. Why it is suspended says which run then."""
    if record.state == pb.RECONSIDERATION_STATE_AT_AGENCY:
        return frozenset({"maintains_decision", "corrects_itself"})
    if record.state != pb.RECONSIDERATION_STATE_SUSPENDED:
        return frozenset()
    held = {"party_lost"} if record_of(record, None).suspension in ENDS_AFTER_SIXTY_DAYS else set()
    if record.suspensions[-1].ground == pb.RECONSIDERATION_SUSPENSION_GROUND_DOCUMENT_REVIEW:
        held.add("power_over_document" if record.document_review.own_power else "no_power_over_document")
    return frozenset(held)


class Acting(Acts):
    """The department is told what its case has to follow, and the early warnings look at what was done."""

    def write(
        self,
        tx: Tx,
        record: Any,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
        row: Any = None,
    ) -> None:
        told = declared()[event.DESCRIPTOR.full_name].to == ADDRESSEE_NODE and record.node
        super().write(tx, record, event, at, address(tx, record.node) if told else to, row)
        judge(tx, tx.get(Reconsideration, record.reconsideration_id), record)

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        other = moment_at(record, BY_OTHER[event]) if event in BY_OTHER else None
        super().run_clocks(tx, record, event, other or at)


act = Acting(
    row=Reconsideration,
    record=pb.Reconsideration,
    key="reconsideration_id",
    procedure=RECONSIDERATION,
    facts=Reconsidered,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("reconsideration_id", "case_id"),
)


def took(request: Any, record: pb.Reconsideration, tx: Tx) -> None:
    """Put down when an act was done and by which paper. Raises Unlawful for what is to come or lies before the last."""
    at, last = moment_of(request.done_time), moment_at(record, "done_time")
    about = {"reconsideration_id": record.reconsideration_id}
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], about)
    if last is not None and at < last:
        raise Unlawful([in_order.broken()], about)
    record.document = request.document
    record.done_time.CopyFrom(request.done_time)


def copy(source: Any, target: Any, *names: str) -> None:
    """Put fields of a request into a record, those that are there."""
    for name in names:
        field = source.DESCRIPTOR.fields_by_name[name]
        if field.is_repeated:
            target.ClearField(name)
            getattr(target, name).extend(getattr(source, name))
        elif not field.has_presence:
            setattr(target, name, getattr(source, name))
        elif source.HasField(name):
            getattr(target, name).CopyFrom(getattr(source, name))
        else:
            target.ClearField(name)
