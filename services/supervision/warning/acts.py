"""Closing a warning, by somebody who says why."""

from datetime import datetime

from yifa.supervision.v1 import warning_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.warning import WARNING, WarningFacts
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import CLOSED, end


@whole
class Closing(WarningFacts):
    """Who closes a warning, and why."""

    def __init__(self, now: datetime, reason: str) -> None:
        self.now, self._reason = now, reason

    def at(self) -> datetime:
        return self.now

    def reason(self) -> str:
        return self._reason


@write(loads=(Warning, "warning_id"))
def close_warning(request: pb.CloseWarningRequest, tx: Tx) -> pb.CloseWarningResponse:
    """Close a warning (ASR 26(1)). Refuses with NOT_FOUND, ACT_NOT_OPEN, CLOSING_NOT_REASONED."""
    row = tx.get(Warning, request.warning_id)
    state = pb.WarningState.Name(row.state).removeprefix("WARNING_STATE_")
    WARNING.step("CLOSE_WARNING", state, Closing(tx.now, request.reason))
    row.closer, row.close_reason = tx.caller.subject, request.reason.strip()
    end(tx, row, CLOSED)
    return pb.CloseWarningResponse(warning=warning_message(row))
