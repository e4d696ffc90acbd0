"""Which acts a case waits for in each of its states, and who may do them."""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.procedures.penalty import PENALTY
from services.law.process import Move

# What ends a case before its time, stops it, sends it elsewhere or begins it anew: done on occasion, and waited for by nobody.
ON_OCCASION = frozenset({
    "TERMINATE_CASE", "SUSPEND_INQUIRY", "TRANSFER_CASE", "REOPEN_CASE", "REOPEN_SPOT_DECISION",
    "REOPEN_OWN_DECISION", "REOPEN_OWN_SPOT_DECISION", "YIELD",
})  # fmt: skip
# Served, the penalty waits to be carried out; a case without one waits to be told to the party.
ALSO = frozenset({("NO_PENALTY", "SERVE_DECISION"), ("SERVED", "RECORD_PERFORMANCE")})


def _waiting() -> dict[str, tuple[Move, ...]]:
    found: dict[str, dict[str, Move]] = {}
    for table in PENALTY.tables:
        for move in table.moves:
            leads_on = move.target != move.source and move.act not in ON_OCCASION
            if move.source and (leads_on or (move.source, move.act) in ALSO):
                found.setdefault(move.source, {}).setdefault(move.act, move)
    return {state: tuple(moves.values()) for state, moves in found.items()}


WAITS_FOR: Mapping[str, tuple[Move, ...]] = MappingProxyType(_waiting())
"""The acts that lead on, by the state of a case. A state that is none of these waits for nothing."""


def waiting_for(role: str) -> list[str]:
    """The states that wait for somebody of a role (as LEGAL_REVIEWER); all that wait, where it is empty."""
    return [s for s, moves in WAITS_FOR.items() if not role or any(role in move.roles for move in moves)]
