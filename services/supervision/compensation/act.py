"""The acts of a claim: bound to the procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.law.v1.options_pb2 import ADDRESSEE_NODE
from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Acts, Do
from services.kit.tx import Tx
from services.law.event import events as declared
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.compensation import COMPENSATION
from services.law.procedures.shared import in_order, not_in_future
from services.law.rule import Unlawful
from services.supervision.compensation.facts import DECIDE, Claimed
from services.supervision.compensation.judging import judge
from services.supervision.compensation.model import Compensation
from services.supervision.deadline.model import Clock
from services.supervision.warning.runner import address

_STATES = {n: name.removeprefix("COMPENSATION_STATE_") for name, n in pb.CompensationState.items()}
OVERDUE = events.CompensationOverdue.DESCRIPTOR.full_name


def columns(record: pb.Compensation) -> dict[str, Any]:
    return {
        "node": record.node,
        "body_id": record.body_id,
        "case_id": record.case_id,
        "case_number": record.case_number,
        "state": _STATES[record.state],
        "register_time": moment_of(record.register_time),
        "version": record.version,
    }


class Acting(Acts):
    """The department is told what came of it, and the early warnings look at what was done."""

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
        judge(tx, tx.get(Compensation, record.compensation_id), record)

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        """The time to sue for want of a decision begins when that to decide ended, whenever it is noted (SCL 14(1))."""
        ended = tx.find(Clock, f"{record.compensation_id}/{DECIDE}") if event == OVERDUE else None
        super().run_clocks(tx, record, event, ended.due_time if ended is not None else at)


act = Acting(
    row=Compensation,
    record=pb.Compensation,
    key="compensation_id",
    procedure=COMPENSATION,
    facts=Claimed,
    columns=columns,
    clocks=Clock,
    tags=("compensation_id", "case_id"),
)


def took(request: Any, record: pb.Compensation, tx: Tx) -> None:
    """Put down when an act was done and by which paper. Raises Unlawful for what is to come or lies before the last."""
    at, last = moment_of(request.done_time), moment_at(record, "done_time")
    about = {"compensation_id": record.compensation_id}
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], about)
    if last is not None and at < last:
        raise Unlawful([in_order.broken()], about)
    record.document = request.document
    record.done_time.CopyFrom(request.done_time)


def remark(record: pb.Compensation, do: Do) -> None:
    """Put down what of an act is against the law as it looks from here: what is the court's to refuse is not refused here."""
    for rule in do.move.rules:
        if rule.severity == "warn" and not rule.holds(do.facts):
            said = record.remarks.add(
                reason=rule.reason, law=rule.law, says_zh=rule.says_zh, says_en=rule.says
            )
            put_moment(said.remark_time, do.now)
