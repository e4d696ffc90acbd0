"""The facts of a claim: the register with what the act hands in, and what the city knows of body, people, case and remedy."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import compensation_pb2 as pb

from services.kit.clocks import clock_on
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.compensation import CompensationFacts
from services.law.process import Move
from services.law.rule import fact
from services.supervision.accountability.source import acted_in
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate
from services.supervision.compensation.recorded import record_of
from services.supervision.deadline.model import Clock
from services.supervision.reconsideration.model import Reconsideration
from services.supervision.suit.model import Suit

CLAIM, ASK, DECIDE, SUE = "CMP-01", "CMP-02", "CMP-03", "CMP-05"
LAST_MONTHS = 6  # in which a bar to claiming stops the time, SCL 39(2)


@whole
class Claimed(CompensationFacts):
    """An act about a claim. `look` is a transaction or a view."""

    def __init__(self, record: pb.Compensation, look: Any, move: Move, request: Any = None) -> None:
        self.entry, self.look, self.now, self.move, self.request = record, look, look.now, move, request
        self.record = record_of(record, request)

    def at(self) -> datetime:
        done = moment_at(self.entry, "done_time") if self.request is not None else None
        return done or self.now

    def case(self) -> cases.Case | None:
        view = self.look.find(CaseView, self.entry.case_id) if self.entry.case_id else None
        return view.case() if view is not None else None

    @fact
    def unit_known(self) -> bool:
        body = self.look.find(Body, self.entry.body_id) if self.entry.body_id else None
        if body is None or body.from_time is None:
            return False
        case = self.case()
        return not self.entry.case_id or (case is not None and case.body_id == self.entry.body_id)

    @fact
    def claim_end(self) -> datetime | None:
        known = moment_at(self.entry, "know_time")
        if known is None:
            return None
        start = known.astimezone(SHANGHAI)
        clock = clock_on(self.look.parameters, CLAIM, start.date(), "")
        if clock is None:
            return None
        custody = [
            _span(each) for each in self.entry.pauses if each.ground == pb.COMPENSATION_PAUSE_GROUND_CUSTODY
        ]
        end = due(clock, start, self.look.calendar, custody)
        last = six_months_before(end.day)
        barred = [
            (max(since, datetime.combine(last, datetime.min.time(), SHANGHAI)), until)
            for since, until in (
                _span(each)
                for each in self.entry.pauses
                if each.ground == pb.COMPENSATION_PAUSE_GROUND_BARRED
            )
            if until.date() > last
        ]
        return due(clock, start, self.look.calendar, [*custody, *barred]).at

    def ask_end(self) -> datetime | None:
        return self._due(ASK)

    def decision_end(self) -> datetime | None:
        return self._due(DECIDE)

    def suit_end(self) -> datetime | None:
        return self._due(SUE)

    @fact
    def remedy_stands(self) -> bool:
        """One that was brought since the decision was made, or since the time for it ended."""
        named, since = self.entry.remedy, moment_at(self.entry, "decision.decide_time") or self._due(DECIDE)
        if bool(named.suit_id) == bool(named.reconsideration_id) or since is None:
            return False
        if named.suit_id:
            sued = self.look.find(Suit, named.suit_id)
            begun = moment_at(sued.suit(), "file_time") if sued is not None else None
            return (
                sued is not None
                and sued.body_id == self.entry.body_id
                and begun is not None
                and begun >= since
            )
        asked = self.look.find(Reconsideration, named.reconsideration_id)
        begun = moment_at(asked.reconsideration(), "apply_time") if asked is not None else None
        return (
            asked is not None and asked.body_id == self.entry.body_id and begun is not None and begun >= since
        )

    @fact
    def involved(self) -> frozenset[str]:
        case = self.case()
        return acted_in(case) if case is not None else frozenset()

    @fact
    def took_part(self) -> bool:
        officer, case = self.record.recourse.officer_id, self.case()
        if self.entry.case_id and (case is None or officer not in acted_in(case)):
            return False
        held = select(Certificate).where(
            Certificate.officer_id == officer, Certificate.body_id == self.entry.body_id
        )
        return bool(officer) and bool(self.look.query(held.limit(1)))

    def _due(self, clock_id: str) -> datetime | None:
        row = self.look.find(Clock, f"{self.entry.compensation_id}/{clock_id}")
        return row.due_time if row is not None else None


def _span(pause: pb.CompensationPause) -> tuple[datetime, datetime]:
    return (
        moment_of(pause.from_time).astimezone(SHANGHAI),
        moment_of(pause.until_time).astimezone(SHANGHAI),
    )


def six_months_before(day: date) -> date:
    """The day that is six months earlier, or the last of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 - LAST_MONTHS, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
