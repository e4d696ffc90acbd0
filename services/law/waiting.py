"""Which acts a record waits for in each of its states, and who may do them: read off the moves of its procedure."""

from collections.abc import Container, Mapping
from types import MappingProxyType

from services.law.procedure import Procedure
from services.law.process import Move


def waits_for(
    procedure: Procedure,
    on_occasion: Container[str] = (),
    also: Container[tuple[str, str]] = (),
    done_by: Container[str] | None = None,
) -> Mapping[str, tuple[Move, ...]]:
    """The acts that lead on, by the state of a record; a state that is none of these waits for nothing.

    `on_occasion` are acts that end a record before its time, stop it or begin it anew: nobody waits for them. `also` are states
    with acts that are waited for though the state stays. `done_by` are the RPCs by which people act, where they are known: what
    follows by itself is waited for by nobody.
    """
    found: dict[str, dict[str, Move]] = {}
    for table in procedure.tables:
        for move in table.moves:
            leads_on = move.target != move.source and move.act not in on_occasion
            by_people = done_by is None or (move.method in done_by and set(move.roles) != {"SYSTEM"})
            if move.source and by_people and (leads_on or (move.source, move.act) in also):
                found.setdefault(move.source, {}).setdefault(move.act, move)
    return MappingProxyType({state: tuple(moves.values()) for state, moves in found.items()})
