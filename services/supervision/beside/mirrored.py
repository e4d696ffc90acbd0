"""The procedures beside the case whose rules the city holds again, by the record that their events carry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from services.law.event import announced_by
from services.law.paper_form import name_at
from services.law.procedures.advance_registration import TABLE as REGISTRATIONS
from services.law.procedures.court_enforcement import TABLE as ENFORCEMENTS
from services.law.procedures.court_enforcement.recorded import tells
from services.law.procedures.credit_repair import TABLE as CREDIT_REPAIRS
from services.law.procedures.enforcement import TABLE as OWN_ENFORCEMENTS
from services.law.procedures.enforcement.recorded import conditions
from services.law.procedures.measure import TABLE as MEASURES
from services.law.procedures.measure.recorded import conditions as of_measure
from services.law.procedures.referral import TABLE as REFERRALS
from services.law.process import Move, Process
from services.supervision.beside.enforcing import SeenCourt, SeenEnforcement
from services.supervision.beside.facts import (
    SeenCreditRepair,
    SeenMeasure,
    SeenReferral,
    SeenRegistration,
)
from services.supervision.beside.model import (
    COURT,
    CREDIT_REPAIR,
    ENFORCEMENT,
    MEASURE,
    REFERRAL,
    REGISTRATION,
)


@dataclass(frozen=True)
class Kind:
    """A procedure that runs beside cases. `facts` is made as facts(look, record, move, at, pending)."""

    name: str
    key: str
    table: Process
    facts: Callable[..., Any]
    conditions: Callable[[Any], frozenset[str]] = lambda record: frozenset()
    """Which conditions of clocks hold for a record."""
    tells: Callable[[Any, str], bool] = lambda record, act: True
    """Whether an event with the record may tell of an act, where several acts have the same event."""

    def state(self, record: Any) -> str:
        """Where a record stands, as its table names it."""
        return name_at(record, "state")


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(REGISTRATION, "registration_id", REGISTRATIONS, SeenRegistration),
        Kind(MEASURE, "measure_id", MEASURES, SeenMeasure, of_measure),
        Kind(REFERRAL, "referral_id", REFERRALS, SeenReferral),
        Kind(CREDIT_REPAIR, "repair_id", CREDIT_REPAIRS, SeenCreditRepair),
        Kind(COURT, "enforcement_id", ENFORCEMENTS, SeenCourt, tells=tells),
        Kind(ENFORCEMENT, "enforcement_id", OWN_ENFORCEMENTS, SeenEnforcement, conditions),
    )
}


def kind_of(event: Any) -> Kind | None:
    """Which of them an event is about; None for the case itself and all else."""
    return next((kind for name, kind in KINDS.items() if name in event.DESCRIPTOR.fields_by_name), None)


def moves_of(kind: Kind, event: Any, state: str) -> tuple[Move, ...]:
    """The moves that an event may tell of; only those from a state, where that is known and one leads on from there."""
    record = getattr(event, kind.name)
    found = tuple(m for m in _announcing(kind.name, event.DESCRIPTOR.full_name) if kind.tells(record, m.act))
    here = tuple(move for move in found if move.source == state)
    return here or found


@cache
def _announcing(name: str, event: str) -> tuple[Move, ...]:
    named = set(announced_by(event))
    return tuple(move for move in KINDS[name].table.moves if set(move.events) == named)
