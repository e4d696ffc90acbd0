"""Which acts a case waits for in each of its states, and who may do them."""

from services.law.procedures.penalty import PENALTY
from services.law.waiting import waits_for

# What ends a case before its time, stops it, sends it elsewhere or begins it anew: done on occasion, and waited for by nobody.
ON_OCCASION = frozenset({
    "TERMINATE_CASE", "SUSPEND_INQUIRY", "TRANSFER_CASE", "REOPEN_CASE", "REOPEN_SPOT_DECISION",
    "REOPEN_OWN_DECISION", "REOPEN_OWN_SPOT_DECISION", "YIELD",
})  # fmt: skip
# Served, the penalty waits to be carried out; a case without one waits to be told to the party.
ALSO = frozenset({("NO_PENALTY", "SERVE_DECISION"), ("SERVED", "RECORD_PERFORMANCE")})

WAITS_FOR = waits_for(PENALTY, ON_OCCASION, ALSO)
"""The acts that lead on, by the state of a case. A state that is none of these waits for nothing."""


def waiting_for(role: str) -> list[str]:
    """The states that wait for somebody of a role (as LEGAL_REVIEWER); all that wait, where it is empty."""
    return [s for s, moves in WAITS_FOR.items() if not role or any(role in move.roles for move in moves)]
