"""Closing a warning, by somebody who says why."""

from datetime import datetime

from yifa.supervision.v1 import warning_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.warning import WARNING, WarningFacts
from services.supervision.supervision_order.source import handled
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import CLOSED, end


@whole
class Closing(WarningFacts):
    """Who closes a warning, and why."""

    def __init__(self, tx: Tx, row: Warning, reason: str) -> None:
        self.tx, self.row, self.now, self._reason = tx, row, tx.now, reason

    def at(self) -> datetime:
        return self.now

    def reasons(self) -> str:
        return self._reason

    def in_handling(self) -> bool:
        return handled(self.tx, self.row)


@write(loads=(Warning, "warning_id"))
def close_warning(request: pb.CloseWarningRequest, tx: Tx) -> pb.CloseWarningResponse:
    """Close a warning (ASR 26(1)). Refuses with NOT_FOUND, ACT_NOT_OPEN, REASONS_MISSING, WARNING_IN_HANDLING."""
    row = tx.get(Warning, request.warning_id)
    state = pb.WarningState.Name(row.state).removeprefix("WARNING_STATE_")
    WARNING.step("CLOSE_WARNING", state, Closing(tx, row, request.reason))
    row.closer, row.close_reason = tx.caller.subject, request.reason.strip()
    end(tx, row, CLOSED)
    return pb.CloseWarningResponse(warning=warning_message(row))
