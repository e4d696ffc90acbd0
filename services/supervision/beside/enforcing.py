"""The facts of enforcements as the city sees them: by the court, and by the agency itself. Nobody's certificate is asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.registry.v1.power_pb2 import POWER_KIND_DUTY_ENFORCEMENT, POWER_KIND_MONEY_ENFORCEMENT

from services.law.procedure import whole
from services.law.procedures.court_enforcement.recorded import (
    FINE,
    RecordedCourt,
    as_remedied,
    remedy_end,
    remedy_used,
)
from services.law.procedures.enforcement.recorded import RecordedEnforcement, of_duty
from services.law.procedures.enforcement.recorded import state_of as own_state
from services.law.procedures.penalty.body import during, may_enforce
from services.law.procedures.penalty.performance import DUTY
from services.law.process import Move
from services.law.rule import Unknown
from services.supervision.beside.facts import CASE, POWER, Pending, Seen
from services.supervision.beside.model import enforcements_of
from services.supervision.body.model import Body, PowerItem

BEFORE = "the record before the act"


def enforces_money(look: Any, body_id: str, node: str, at: datetime) -> bool:
    """Whether the list that a body published had a power to enforce a duty to pay. Raises Unknown as `_enforces` does."""
    return _enforces(look, body_id, POWER_KIND_MONEY_ENFORCEMENT, node, at)


def enforces_duty(look: Any, body_id: str, node: str, at: datetime) -> bool:
    """The same of what was ordered to be done."""
    return _enforces(look, body_id, POWER_KIND_DUTY_ENFORCEMENT, node, at)


def _enforces(look: Any, body_id: str, kind: int, node: str, at: datetime) -> bool:
    """Whether the list that a body published had a power to enforce, which the registry takes in only where a law gives it.
    Raises Unknown for a body whose list the city does not know.
    """
    body = look.find(Body, body_id)
    if body is None or not body.listed:
        raise Unknown(POWER)
    if body.mandate_from is not None or body.mandator_id:
        return False
    wanted = PowerItem.body_id == body_id, PowerItem.kind == kind
    held = (i for i in look.query(select(PowerItem).where(*wanted)) if i.from_time is not None)
    return may_enforce(body, node, look.now, at) and any(during(i.from_time, i.until_time, at) for i in held)


def enforces_itself(look: Any, case_id: str) -> bool:
    """Whether the agency has taken up enforcing the decision of a case by itself, and did not let it be."""
    return any(own_state(each) != "TERMINATED" for each in enforcements_of(look, case_id))


class Remedied(Seen):
    """What has to wait for the remedies waits for those that there were when it was done."""

    def remedy_end(self) -> datetime | None:
        return remedy_end(as_remedied(self.case(), self.at()), self.look.parameters, self.look.calendar)

    def remedy_used(self) -> bool:
        return remedy_used(as_remedied(self.case(), self.at()))


class SeenCourt(Remedied, RecordedCourt):
    """An act about an enforcement by the court as the city sees it."""

    def __init__(
        self,
        look: Any,
        enforcement: CourtEnforcement,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(enforcement, look, move, at)
        self.pending, self.only = pending, only

    def alone(self, *officers: str) -> "SeenCourt":
        return SeenCourt(self.look, self.enforcement, self.move, self._at, self.pending, officers)

    def _record(self) -> CourtEnforcement:
        return self.enforcement

    def named_officers(self) -> Sequence[Any]:
        return ()

    def officer_ids(self) -> tuple[str, ...]:
        return ()

    def own_power(self) -> bool:
        e, left = self.enforcement, self.left()
        powers = {FINE: enforces_money, DUTY: enforces_duty}
        return bool(left) and all(
            name in powers and powers[name](self.look, e.body_id, e.node, self.at()) for name in left
        )

    def begun_already(self) -> bool:
        raise Unknown(CASE)


class SeenEnforcement(Remedied, RecordedEnforcement):
    """An act about an enforcement by the agency itself as the city sees it."""

    def __init__(
        self,
        look: Any,
        enforcement: Enforcement,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(enforcement, look, move, at)
        self.pending, self.only = pending, only

    def alone(self, *officers: str) -> "SeenEnforcement":
        return SeenEnforcement(self.look, self.enforcement, self.move, self._at, self.pending, officers)

    def _record(self) -> Enforcement:
        return self.enforcement

    def named_officers(self) -> Sequence[Any]:
        return ()

    def officer_ids(self) -> tuple[str, ...]:
        return ()

    def _stands(self) -> bool:
        """Of a decision that was made anew since, the city does not look back at what was owed."""
        if not super()._stands():
            raise Unknown(CASE)
        return True

    def own_power(self) -> bool:
        e = self.enforcement
        power = enforces_duty if of_duty(e) else enforces_money
        return power(self.look, e.body_id, e.node, self.at())

    def begun_already(self) -> bool:
        raise Unknown(CASE)

    def ended_for_good(self) -> bool:
        raise Unknown(CASE)

    def told_before(self) -> bool:
        raise Unknown(BEFORE)

    def claimed_before(self) -> bool:
        raise Unknown(BEFORE)

    def costs_left_fen(self) -> int:
        raise Unknown(BEFORE)


for seen in (SeenCourt, SeenEnforcement):
    whole(seen)
