"""The facts of a measure at the department: the record with what the act hands in, and what the registry and the case say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.registry.v1.act_pb2 import ACT_KIND_COERCION
from yifa.registry.v1.basis_pb2 import (
    BASIS_LEVEL_ADMINISTRATIVE_REGULATION,
    BASIS_LEVEL_LOCAL_REGULATION,
)
from yifa.registry.v1.power_pb2 import POWER_KIND_COERCION

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.body.power import LAWS, gives_power
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.enforcement.demanding import demand_of
from services.enforcement.head.facts import DoneByHead
from services.enforcement.important_matter.model import awaited
from services.enforcement.measure.model import held_by_another
from services.enforcement.officer.looking import stood_at
from services.enforcement.referral.model import newest_referral
from services.kit.clocks import term_end
from services.law.moment import moment_at
from services.law.procedures.court_enforcement.recorded import FINE, left_of, remedy_end, remedy_used
from services.law.procedures.measure.recorded import TERM, RecordedMeasure
from services.law.procedures.papers import Demand
from services.law.procedures.penalty import UNDECIDED
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.body import designated
from services.law.procedures.penalty.outcome import undone
from services.law.procedures.penalty.recusal import standing_aside
from services.law.procedures.referral.recorded import OPENED, state_of
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import Person, Scope

# A law, or a regulation of State Council or people's congress, gives the power (ACL 10, 17); to freeze, a law alone (29).
LAWS_AND_REGULATIONS = LAWS | {BASIS_LEVEL_ADMINISTRATIVE_REGULATION, BASIS_LEVEL_LOCAL_REGULATION}
INQUIRED_INTO = frozenset({"CLUE", *UNDECIDED.split()})


class DoneMeasure(DoneByHead, RecordedMeasure):
    """The facts of an act that is done. `look` is a transaction or a view."""

    HELD = "measure"

    def __init__(self, measure: pb.Measure, look: Any, move: Move, request: Any = None) -> None:
        super().__init__(measure, move, look.now, look.now)
        self.look, self.asked = look, request is not None

    @fact
    def case(self) -> cases.Case:
        return cases.Case.FromString(self.look.find(Case, self.measure.case_id).record)

    def empowered(self) -> bool:
        return self._power(LAWS_AND_REGULATIONS)

    def empowered_to_freeze(self) -> bool:
        return self._power(LAWS)

    def _power(self, levels: frozenset[int]) -> bool:
        """Whether an item of the body's own list gives it the power, on a basis of such a level."""
        m = self.measure
        item = self.look.find(PowerItem, m.item_id)
        return gives_power(self.look, m.body_id, item, POWER_KIND_COERCION, levels, m.node, self.at())

    @fact
    def officers(self) -> Sequence[Person]:
        body = self.look.find(Body, self.measure.body_id)
        place = "" if designated(self.case()) else self.measure.area_code
        scope = Scope(body.field if body is not None else "", act=ACT_KIND_COERCION, place=place)
        named = dict.fromkeys(self.measure.execution.officer_ids)
        return tuple([stood_at(self.look, person, self.at(), scope) for person in named])

    def standing_aside(self) -> frozenset[str]:
        return frozenset(standing_aside(self.case()))

    def case_open(self) -> bool:
        return cases.CaseState.Name(self.case().state).removeprefix("CASE_STATE_") in INQUIRED_INTO

    def held_already(self) -> bool:
        return held_by_another(self.look, self.measure)

    def decided_at(self) -> datetime | None:
        return decided_at(self.case())

    def confiscation_decided(self) -> bool:
        case = self.case()
        return decided_at(case) is not None and not CONFISCATIONS.isdisjoint(case.decision.penalty.kinds)

    @fact
    def awaited(self) -> tuple[str, ...]:
        return awaited(self.look, self.measure.measure_id)

    def police_opened(self) -> bool:
        referral = newest_referral(self.look, self.measure.case_id)
        return referral is not None and state_of(referral) in OPENED

    def term_end(self) -> datetime | None:
        row = self.look.find(Clock, f"{self.measure.measure_id}/{TERM[self.measure.kind]}")
        return None if row is None else term_end(self.look.parameters, row, self.look.calendar, self.now)

    def remedy_end(self) -> datetime | None:
        return remedy_end(self.case(), self.look.parameters, self.look.calendar)

    def remedy_used(self) -> bool:
        return remedy_used(self.case())

    def fine_left(self) -> bool:
        return FINE in left_of(self.case(), self.at(), self.look.calendar)

    @fact
    def demand(self) -> Demand:
        return demand_of(self.look, self.measure.case_id)


def decided_at(case: cases.Case) -> datetime | None:
    """When a case was decided, if the decision stands."""
    return None if undone(case) else moment_at(case, "decision.decide_time")
