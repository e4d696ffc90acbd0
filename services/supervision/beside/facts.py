"""The facts of what runs beside a case as the city sees them: from the record in the events, from what its registry told, and
from what it knows of the case. What none of them shows is not known here, and a rule on it is listed as not judged.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import credit_repair_pb2 as repairs
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1.advance_registration_pb2 import AdvanceRegistration
from yifa.enforcement.v1.case_pb2 import EVIDENCE_KIND_EXPERT_OPINION, RECUSAL_STATE_GRANTED, Case
from yifa.enforcement.v1.evidence_pb2 import Evidence

from services.kit.clocks import term_end
from services.law.moment import moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.advance_registration.recorded import TERM as REGISTERED
from services.law.procedures.advance_registration.recorded import RecordedRegistration, names_held
from services.law.procedures.court_enforcement.recorded import (
    FINE,
    as_remedied,
    last_demand,
    left_of,
    remedy_end,
    remedy_used,
)
from services.law.procedures.credit_repair.recorded import RecordedRepair
from services.law.procedures.enforcement.recorded import as_it_stood, of_duty
from services.law.procedures.measure.recorded import (
    TERM,
    RecordedMeasure,
    decided_by,
    holding_at,
    holds,
    serves_at,
)
from services.law.procedures.papers import Demand
from services.law.procedures.penalty.amounts import CONFISCATIONS
from services.law.procedures.penalty.body import designated
from services.law.procedures.penalty.outcome import in_its_round
from services.law.procedures.penalty.recorded import recusals_by
from services.law.procedures.referral.recorded import RecordedReferral, appraised_by
from services.law.process import Move
from services.law.rule import Unknown, fact
from services.law.standing import Person, Scope
from services.supervision.beside.model import (
    courts_of,
    enforcements_of,
    holders_of,
    measures_of,
    referrals_of,
    repairs_of,
)
from services.supervision.case.facts import rank_then, seen_person
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.event.model import Received
from services.supervision.important_matter.awaited import awaited

POWER = "what the power list of the body held"
CASE = "how the case stood"
Pending = frozenset[str]


class Seen:
    """What these have in common here. `only` narrows those who act to some of them."""

    look: Any
    only: tuple[str, ...] | None
    pending: Pending

    @fact
    def case(self) -> Case:
        """The case, as it was told last, with the decision that it had at the time of the act. Raises Unknown for one that has
        not come.
        """
        view = self.look.find(CaseView, self._record().case_id)
        if view is None:
            raise Unknown(CASE)
        case = Case.FromString(view.record)
        return in_its_round(case, self.at()) if case.earlier_decisions else case

    def rank(self, person: str) -> int:
        record = self._record()
        return rank_then(self.look, record.body_id or self.case().body_id, record.node, person, self.at())

    def standing_aside(self) -> frozenset[str]:
        asked = recusals_by(self.case(), self.at())
        return frozenset(r.officer_id for r in asked if r.state == RECUSAL_STATE_GRANTED)

    def case_open(self) -> bool:
        """By the times of the case: not decided, closed or given up before."""
        return serves_at(self.case(), self.at())

    def decided_at(self) -> datetime | None:
        return decided_by(self.case(), self.at())

    def confiscation_decided(self) -> bool:
        return self.decided_at() is not None and not CONFISCATIONS.isdisjoint(
            self.case().decision.penalty.kinds
        )

    @abstractmethod
    def _record(self) -> Any:
        """The record that the act is in."""

    def named_officers(self) -> Sequence[Any]:
        """Those who act, with their certificates."""
        return tuple(self._record().officers)

    def _seen(self, names: Sequence[str], at: datetime, place: str) -> tuple[Person, ...]:
        record = self._record()
        return tuple(
            seen_person(self.look, name, at, Scope(place=place), record.officers, record.node, self.pending)
            for name in dict.fromkeys(names)
        )


class SeenMeasure(Seen, RecordedMeasure):
    """An act about a measure as the city sees it."""

    def __init__(
        self,
        look: Any,
        measure: measures.Measure,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(measure, move, look.now, at)
        self.look, self.pending, self.only = look, pending, only
        self.parameters = look.parameters

    def alone(self, *officers: str) -> "SeenMeasure":
        """The same act, as if none but these officers had done it."""
        return SeenMeasure(self.look, self.measure, self.move, self._at, self.pending, officers)

    def _record(self) -> measures.Measure:
        return self.measure

    def officer_ids(self) -> tuple[str, ...]:
        return tuple(self.measure.execution.officer_ids) if self.only is None else self.only

    @fact
    def officers(self) -> Sequence[Person]:
        place = "" if designated(self.case()) else self.measure.area_code
        return self._seen(self.officer_ids(), self.at(), place)

    def taking_part(self) -> frozenset[str]:
        return super().taking_part() if self.only is None else frozenset(self.only)

    def empowered(self) -> bool:
        raise Unknown(POWER)

    def empowered_to_freeze(self) -> bool:
        raise Unknown(POWER)

    def held_already(self) -> bool:
        others = holders_of(self.look, holds(self.measure))
        mine = self.measure.measure_id
        return any(m.measure_id != mine and holding_at(m, self.at()) for m in others)

    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as the city itself has them."""
        return awaited(self.look, self.measure.measure_id, self.at())

    def police_opened(self) -> bool:
        said = (a for r in referrals_of(self.look, self.measure.case_id) for a in r.answers)
        opened = (a for a in said if a.said == referrals.POLICE_SAID_OPENED)
        return any(moment_of(a.receive_time) <= self.at() for a in opened)

    def term_end(self) -> datetime | None:
        row = self.look.find(Clock, f"{self.measure.measure_id}/{TERM[self.measure.kind]}")
        return None if row is None else term_end(self.look.parameters, row, self.look.calendar, self.now)

    def remedy_end(self) -> datetime | None:
        return remedy_end(as_remedied(self.case(), self.at()), self.parameters, self.look.calendar)

    def remedy_used(self) -> bool:
        return remedy_used(as_remedied(self.case(), self.at()))

    def fine_left(self) -> bool:
        return FINE in left_of(as_it_stood(self.case(), self.at()), self.at(), self.look.calendar)

    @fact
    def demand(self) -> Demand:
        case_id = self.measure.case_id
        by_itself = (e for e in enforcements_of(self.look, case_id) if not of_duty(e))
        return last_demand([*courts_of(self.look, case_id), *by_itself])


class SeenReferral(Seen, RecordedReferral):
    """An act about a referral as the city sees it."""

    def __init__(
        self,
        look: Any,
        referral: referrals.Referral,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(referral, look, move, at)
        self.pending, self.only = pending, only
        self.parameters = look.parameters

    def alone(self, *officers: str) -> "SeenReferral":
        """The same act, as if none but these officers had done it."""
        return SeenReferral(self.look, self.referral, self.move, self._at, self.pending, officers)

    def _record(self) -> referrals.Referral:
        return self.referral

    def officer_ids(self) -> tuple[str, ...]:
        return tuple(self.referral.officer_ids) if self.only is None else self.only

    def place(self) -> str:
        """Papers are verified nowhere in particular."""
        return ""

    @fact
    def officers(self) -> Sequence[Person]:
        return self._seen(self.officer_ids(), self.at(), self.place())

    def appraised(self) -> bool:
        """By the evidence that the department told of, and by the measures of the case."""
        look, case_id = self.look, self.referral.case_id
        opinions = (
            moment_at(e, "collect_time")
            for e in evidence_of(look, case_id)
            if e.kind == EVIDENCE_KIND_EXPERT_OPINION
        )
        return appraised_by(self.at(), opinions, measures_of(look, case_id))

    def referred_already(self) -> bool:
        raise Unknown(CASE)

    def things_held(self) -> bool:
        return any(holding_at(m, self.at()) for m in measures_of(self.look, self.referral.case_id))


class SeenRegistration(Seen, RecordedRegistration):
    """An act about an advance registration as the city sees it."""

    def __init__(
        self,
        look: Any,
        registration: AdvanceRegistration,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(registration, move, look.now, at)
        self.look, self.pending, self.only = look, pending, only
        self.parameters = look.parameters

    def alone(self, *officers: str) -> "SeenRegistration":
        """The same act, as if none but these officers had done it."""
        return SeenRegistration(self.look, self.registration, self.move, self._at, self.pending, officers)

    def _record(self) -> AdvanceRegistration:
        return self.registration

    def officer_ids(self) -> tuple[str, ...]:
        return tuple(self.registration.on_site.officer_ids) if self.only is None else self.only

    @fact
    def officers(self) -> Sequence[Person]:
        place = "" if designated(self.case()) else self.registration.area_code
        return self._seen(self.officer_ids(), self.at(), place)

    def case_open(self) -> bool:
        filed = moment_at(self.case(), "file_time")
        return filed is not None and filed <= self.at() and super().case_open()

    def handling(self) -> frozenset[str]:
        return frozenset(o.officer_id for o in self.case().officers)

    def taking_part(self) -> frozenset[str]:
        return super().taking_part() if self.only is None else frozenset(self.only)

    def preserved(self) -> frozenset[str]:
        told = evidence_of(self.look, self.registration.case_id)
        return frozenset(e.evidence_id for e in told if self.since(moment_at(e, "collect_time")))

    def held_by_measures(self) -> frozenset[str]:
        its = measures_of(self.look, self.registration.case_id)
        return names_held(self, (m for m in its if holding_at(m, self.at())))

    def term_end(self) -> datetime | None:
        row = self.look.find(Clock, f"{self.registration.registration_id}/{REGISTERED}")
        return None if row is None else term_end(self.look.parameters, row, self.look.calendar, self.now)


def evidence_of(look: Any, case_id: str) -> Iterator[Evidence]:
    """The evidence of a case that its department told of."""
    told = select(Received).where(
        Received.case_id == case_id,
        Received.type == events.EvidenceRecorded.DESCRIPTOR.full_name,
    )
    return (events.EvidenceRecorded.FromString(row.data).evidence for row in look.query(told))


class SeenCreditRepair(Seen, RecordedRepair):
    """An act about a credit repair as the city sees it. Nobody acts in the field."""

    def __init__(
        self,
        look: Any,
        repair: repairs.CreditRepair,
        move: Move,
        at: datetime | None,
        pending: Pending = frozenset(),
    ) -> None:
        super().__init__(repair, look, move, at)
        self.pending, self.only, self.parameters = pending, None, look.parameters

    def alone(self, *officers: str) -> "SeenCreditRepair":
        """The same act: its rules ask for no officer."""
        return self

    def _record(self) -> repairs.CreditRepair:
        return self.repair

    def named_officers(self) -> Sequence[Any]:
        return ()

    def officer_ids(self) -> tuple[str, ...]:
        return ()

    def others(self) -> Iterable[repairs.CreditRepair]:
        """As they were told last."""
        every = repairs_of(self.look, self.repair.case_id)
        return tuple(each for each in every if each.repair_id != self.repair.repair_id)

    def answered_before(self) -> bool:
        raise Unknown("the record before the act")


for seen in (SeenMeasure, SeenReferral, SeenRegistration, SeenCreditRepair):
    whole(seen)
