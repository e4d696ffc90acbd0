"""The acts of a promise: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.clocks import MET
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.service_promise import OWED, SERVICE_PROMISE, TELLING
from services.supervision.deadline.following import follow
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reminding import Reminding
from services.supervision.service_promise.facts import Promised, owed_in
from services.supervision.service_promise.model import ServicePromise
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own

PREFIX = "SV-"
_STATES = {n: name.removeprefix("SERVICE_PROMISE_STATE_") for name, n in pb.ServicePromiseState.items()}


def columns(promise: pb.ServicePromise) -> dict[str, Any]:
    return {
        "state": _STATES[promise.state],
        "node": promise.node,
        "body_id": promise.body_id,
        "title": promise.title,
        "publish_time": moment_of(promise.publish_time),
        "version": promise.version,
    }


def judge(tx: Tx, promise_id: str, *, again: bool = False) -> None:
    """Bring the warnings about a promise of which nothing is heard, and one that nobody makes good, in line (EW-02)."""
    row = tx.get(ServicePromise, promise_id)
    for clock_id in (TELLING, OWED):
        look_at_own(tx, row, clock_id, row.node, again=again)


def told(tx: Tx, promise: pb.ServicePromise) -> None:
    """It was reported how the promise was kept: what is warned of is settled before the time of the next report begins."""
    row = tx.find(Clock, f"{promise.promise_id}/{TELLING}")
    if row is not None:
        row.state, row.stop_time = MET, tx.now
        judge(tx, promise.promise_id)


def follow_due(tx: Tx, promise: pb.ServicePromise) -> None:
    """Of several matters in which it was not kept the one that is owed first counts."""
    dues = [moment_of(each.due_time) for each in owed_in(promise) if each.HasField("due_time")]
    follow(tx, promise, promise.promise_id, OWED, min(dues, default=None))


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, record.promise_id)


act = ToldUnit(
    row=ServicePromise,
    record=pb.ServicePromise,
    key="promise_id",
    procedure=SERVICE_PROMISE,
    facts=Promised,
    columns=columns,
    clocks=Clock,
    tags=("promise_id",),
    follow=follow_due,
    then=then,
)
TERMS = Reminding(act, judge, events.ServicePromiseReminded)
