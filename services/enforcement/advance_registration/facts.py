"""The facts of an advance registration at the department: the record with what the act hands in, and what the case, its evidence,
its measures and the registry say.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as measures

from services.enforcement.body.model import Body
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.evidence.model import Evidence
from services.enforcement.head.facts import DoneByHead
from services.enforcement.measure.facts import decided_at
from services.enforcement.measure.model import open_measures
from services.enforcement.officer.looking import stood_at
from services.kit.clocks import term_end
from services.law.procedures.advance_registration.recorded import TERM, RecordedRegistration, names_held
from services.law.procedures.penalty import UNDECIDED
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.body import designated
from services.law.procedures.penalty.recusal import standing_aside
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import Person, Scope


class DoneRegistration(DoneByHead, RecordedRegistration):
    """The facts of an act that is done. `look` is a transaction or a view."""

    HELD = "registration"

    def __init__(
        self, registration: pb.AdvanceRegistration, look: Any, move: Move, request: Any = None
    ) -> None:
        super().__init__(registration, move, look.now, look.now)
        self.look, self.parameters, self.asked = look, look.parameters, request is not None

    @fact
    def case(self) -> cases.Case:
        return cases.Case.FromString(self.look.find(Case, self.registration.case_id).record)

    def case_open(self) -> bool:
        return cases.CaseState.Name(self.case().state).removeprefix("CASE_STATE_") in UNDECIDED.split()

    @fact
    def officers(self) -> Sequence[Person]:
        body = self.look.find(Body, self.registration.body_id)
        place = "" if designated(self.case()) else self.registration.area_code
        scope = Scope(body.field if body is not None else "", place=place)
        named = dict.fromkeys(self.registration.on_site.officer_ids)
        return tuple([stood_at(self.look, person, self.at(), scope) for person in named])

    def handling(self) -> frozenset[str]:
        return frozenset(o.officer_id for o in self.case().officers)

    def standing_aside(self) -> frozenset[str]:
        return frozenset(standing_aside(self.case()))

    def preserved(self) -> frozenset[str]:
        its = select(Evidence).where(Evidence.case_id == self.registration.case_id)  # type: ignore[arg-type]
        return frozenset(e.evidence_id for e in self.look.query(its) if self.since(e.collect_time))

    def held_by_measures(self) -> frozenset[str]:
        rows = open_measures(self.look, self.registration.case_id)
        return names_held(self, (measures.Measure.FromString(row.record) for row in rows))

    def confiscation_decided(self) -> bool:
        case = self.case()
        return decided_at(case) is not None and not CONFISCATIONS.isdisjoint(case.decision.penalty.kinds)

    def term_end(self) -> datetime | None:
        row = self.look.find(Clock, f"{self.registration.registration_id}/{TERM}")
        return None if row is None else term_end(self.look.parameters, row, self.look.calendar, self.now)
