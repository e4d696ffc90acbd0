"""The acts of a matter: bound to its procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.kit.act import show_deadlines
from services.kit.clocks import EXPIRED, RUNNING
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of
from services.law.procedures.important_matter import IMPORTANT_MATTER, REPLY, REPORT
from services.supervision.deadline.following import follow
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reminding import Reminding
from services.supervision.important_matter.facts import Told
from services.supervision.important_matter.model import ImportantMatter
from services.supervision.important_matter.superior import heads_of
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own
from services.supervision.warning.runner import address

_STATES = {n: name.removeprefix("IMPORTANT_MATTER_STATE_") for name, n in pb.ImportantMatterState.items()}


def judge(tx: Tx, matter_id: str, *, again: bool = False) -> None:
    """Bring the warnings about a report that came late, and a request that nobody replies to, in line (EW-02)."""
    row = tx.get(ImportantMatter, matter_id)
    look_at_own(tx, row, REPORT, row.node, again=again)
    look_at_own(tx, row, REPLY, row.matter().superior_node or tx.city, again=again)


def conditions(matter: pb.ImportantMatter) -> frozenset[str]:
    """What happened has to be reported in time; when something is asked is the department's own affair."""
    return frozenset({"told_as_happened"} if matter.kind == pb.IMPORTANT_MATTER_KIND_REPORT else ())


def was_sent(matter: pb.ImportantMatter) -> bool:
    return matter.HasField("ask_time") or matter.HasField("report_time")


def columns(matter: pb.ImportantMatter) -> dict[str, Any]:
    return {
        "state": _STATES[matter.state],
        "kind": matter.kind,
        "code": matter.code,
        "node": matter.node,
        "body_id": matter.body_id,
        "record_id": matter.record_id,
        "superior_id": matter.superior_body_id if was_sent(matter) else "",
        "draft_time": moment_of(matter.draft_time),
        "ask_time": moment_at(matter, "ask_time"),
        "end_time": moment_at(matter, "end_time"),
        "version": matter.version,
    }


def follow_due(tx: Tx, matter: pb.ImportantMatter) -> None:
    """The terms are those of the item on the list."""
    follow(tx, matter, matter.matter_id, REPORT, moment_at(matter, "due_time"))
    follow(tx, matter, matter.matter_id, REPLY, moment_at(matter, "reply_due_time"))
    row = tx.find(Clock, f"{matter.matter_id}/{REPORT}")
    if row is not None and row.state == RUNNING and row.due_time <= tx.now:
        # It ended before it was drafted: who then sends it at once is late all the same.
        row.state = EXPIRED
        show_deadlines(matter, [row])


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, record.matter_id)


class ToldSuperior(ToldUnit):
    """What was sent to the department above, and what happens to it since, is told there as well."""

    def announce(
        self,
        tx: Tx,
        record: Any,
        kept: bytes,
        event: Any,
        at: datetime | None = None,
        to: str | None = None,
    ) -> None:
        super().announce(tx, record, kept, event, at, to)
        if record.superior_node and was_sent(record) and _comes_up(event):
            heads = heads_of(tx, record.superior_body_id)
            told = events.ImportantMatterCameUp(important_matter=record, heads=heads)
            tx.emit(told, subject=record.matter_id, at=at, to=address(tx, record.superior_node))


COMES_UP = (
    events.ImportantMatterAsked,
    events.ImportantMatterReported,
    events.ImportantMatterSupplemented,
    events.ImportantMatterWithdrawn,
    events.ImportantMatterPassedUp,
    events.ImportantMatterReaddressed,
)


def _comes_up(event: Any) -> bool:
    """What the department above has to know of, its own acts apart: what came to it, and that its time to reply ends."""
    if isinstance(event, events.ImportantMatterReminded):
        return event.deadline.clock_id == REPLY
    return isinstance(event, COMES_UP)


act = ToldSuperior(
    row=ImportantMatter,
    record=pb.ImportantMatter,
    key="matter_id",
    procedure=IMPORTANT_MATTER,
    facts=Told,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("matter_id",),
    follow=follow_due,
    then=then,
)
TERMS = Reminding(act, judge, events.ImportantMatterReminded)
