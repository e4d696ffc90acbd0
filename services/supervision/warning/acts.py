"""Closing a warning by a person (ASR 26, 37(1))."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.warning import WARNING, ClosingRecord, WarningFacts
from services.supervision.supervision_order.source import handled
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import CLOSED, address, change


@whole
class Closing(WarningFacts):
    """What a person closes."""

    def __init__(self, tx: Tx, row: Warning, reasons: str) -> None:
        self.tx, self.row, self.now = tx, row, tx.now
        self.record = ClosingRecord(reasons)

    def at(self) -> datetime:
        return self.now

    def in_handling(self) -> bool:
        return handled(self.tx, self.row)


@write(loads=(Warning, "warning_id"))
def close_warning(request: pb.CloseWarningRequest, tx: Tx) -> pb.CloseWarningResponse:
    """Close a warning, with reasons. It opens again when something else is found. Refuses with NOT_FOUND, ACT_NOT_OPEN,
    REASONS_MISSING, WARNING_IN_HANDLING.
    """
    row = tx.get(Warning, request.warning_id)
    state = pb.WarningState.Name(row.state).removeprefix("WARNING_STATE_")
    WARNING.tables[0].step("CLOSE_WARNING", state, Closing(tx, row, request.reasons))
    change(row, state=CLOSED, end_time=tx.now, closer=tx.caller.subject, close_reasons=request.reasons)
    told = warning_message(row)
    tx.emit(events.WarningClosed(warning=told), subject=row.warning_id, to=address(tx, row.node))
    return pb.CloseWarningResponse(warning=told)
