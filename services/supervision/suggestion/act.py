"""The acts of a suggestion: bound to the procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.law.v1.options_pb2 import ADDRESSEE_NODE
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.act import Acts, show_deadlines
from services.kit.clocks import arrange
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.event import events as declared
from services.law.moment import moment_at, moment_of
from services.law.procedures.shared import in_order, not_in_future
from services.law.procedures.suggestion import SUGGESTION
from services.law.rule import Unlawful
from services.law.term import Term
from services.supervision.deadline.model import Clock
from services.supervision.suggestion.facts import Suggested
from services.supervision.suggestion.judging import judge
from services.supervision.suggestion.model import Suggestion
from services.supervision.warning.runner import address

BY_PAPER = "SGN-03"
_STATES = {n: name.removeprefix("SUGGESTION_STATE_") for name, n in pb.SuggestionState.items()}


def columns(record: pb.Suggestion) -> dict[str, Any]:
    return {
        "node": record.node,
        "body_id": record.body_id,
        "kind": pb.SuggestionKind.Name(record.kind).removeprefix("SUGGESTION_KIND_"),
        "suit_id": record.suit_id,
        "case_id": record.case_id,
        "case_number": record.case_number,
        "state": _STATES[record.state],
        "register_time": moment_of(record.register_time),
        "version": record.version,
    }


def conditions(record: pb.Suggestion) -> frozenset[str]:
    """Deputies are answered within the term of the law; others, and what was handed back, within that of the paper."""
    if record.returns or record.kind != pb.SUGGESTION_KIND_CONGRESS:
        return frozenset({"by_others"})
    return frozenset({"by_deputies_wide" if record.wide else "by_deputies"})


def by_paper(tx: Tx, row: Clock, record: pb.Suggestion) -> None:
    """The end of the term by the days that the paper sets, or who handed it back."""
    days = record.returns[-1].days if record.returns else record.days
    if row.clock_id == BY_PAPER and days:
        end = due(Term(days, "calendar_day"), row.start_time.astimezone(SHANGHAI), tx.calendar)
        row.due_time, row.provisional = end.at, end.provisional
        arrange(tx, row)


class Acting(Acts):
    """The department is told what it has to answer, and the early warnings look at what was done."""

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
        judge(tx, tx.get(Suggestion, record.suggestion_id), record)

    def run_clocks(self, tx: Tx, record: Any, event: str, at: datetime) -> None:
        super().run_clocks(tx, record, event, at)
        row = tx.find(Clock, f"{record.suggestion_id}/{BY_PAPER}")
        if row is not None and row.stop_time is None:
            by_paper(tx, row, record)
            show_deadlines(record, [row])


act = Acting(
    row=Suggestion,
    record=pb.Suggestion,
    key="suggestion_id",
    procedure=SUGGESTION,
    facts=Suggested,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("suggestion_id", "case_id"),
)


def took(request: Any, record: pb.Suggestion, tx: Tx) -> None:
    """Put down when an act was done and by which paper. Raises Unlawful for what is to come or lies before the last."""
    at, last = moment_of(request.done_time), moment_at(record, "done_time")
    about = {"suggestion_id": record.suggestion_id}
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], about)
    if last is not None and at < last:
        raise Unlawful([in_order.broken()], about)
    record.document = getattr(request, "document", "")
    record.done_time.CopyFrom(request.done_time)
