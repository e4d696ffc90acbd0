"""The acts of a matter: bound to its procedure, its table, its clocks and its facts."""

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
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own

_STATES = {n: name.removeprefix("IMPORTANT_MATTER_STATE_") for name, n in pb.ImportantMatterState.items()}


def judge(tx: Tx, matter_id: str, *, again: bool = False) -> None:
    """Bring the warnings about a report that came late, and a request that nobody replies to, in line (EW-02)."""
    row = tx.get(ImportantMatter, matter_id)
    for clock_id in (REPORT, REPLY):
        look_at_own(tx, row, clock_id, row.node, again=again)


def conditions(matter: pb.ImportantMatter) -> frozenset[str]:
    """What happened has to be reported in time; when something is asked is the department's own affair."""
    return frozenset({"told_as_happened"} if matter.kind == pb.IMPORTANT_MATTER_KIND_REPORT else ())


def columns(matter: pb.ImportantMatter) -> dict[str, Any]:
    return {
        "state": _STATES[matter.state],
        "kind": matter.kind,
        "code": matter.code,
        "node": matter.node,
        "body_id": matter.body_id,
        "record_id": matter.record_id,
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


act = ToldUnit(
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
