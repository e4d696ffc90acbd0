"""The facts of an enforcement by the agency itself as its record and its case show them: for the department that does the act,
and for the city that judges it again. What has to be looked up stays abstract.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case, CloseGround
from yifa.enforcement.v1.surcharge_pb2 import Owed

from services.law.calendar import SHANGHAI, Calendar
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers
from services.law.procedures.court_enforcement import recorded as court
from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.reading import record_of
from services.law.procedures.enforcement.record import EnforcementRecord, Wrong
from services.law.procedures.penalty.outcome import REPLACES, undone
from services.law.procedures.penalty.owed import owed
from services.law.procedures.penalty.performance import DUTY, duty_by
from services.law.procedures.penalty.stayed import stayed_by
from services.law.process import Move
from services.law.rule import Unknown

# No law says when night begins; it is taken for that in which homes are to be quiet.
NIGHT_ENDS, NIGHT_BEGINS = 6, 22  # hours of the day in Shanghai
# Where the record says when an act was done.
DONE: Mapping[str, str] = {
    "CHARGE_SURCHARGE": "surcharge.charge_time",
    "DEMAND": "demand.serve_time",
    "RECORD_STATEMENT": "statement.receive_time",
    "RECHECK_STATEMENT": "statement.recheck_time",
    "DECIDE": "decision.decide_time",
    "DECIDE_AT_ONCE": "decision.decide_time",
    "SERVE": "decision.serve_time",
    "EXECUTE": "execution.execute_time",
    "RESUME": "resumption.resume_time",
    "AGREE": "agreement.agree_time",
    "SUSPEND": "suspension.suspend_time",
    "GIVE_UP": "end.end_time",
    "TERMINATE": "end.end_time",
    "COMPLETE": "completion.complete_time",
    "ANNOUNCE_DEMOLITION": "demolition.announce_time",
    "SCHEDULE_SUBSTITUTE": "plan.schedule_time",
    "DEMAND_ONCE_MORE": "plan.demand_time",
    "EXECUTE_BY_SUBSTITUTE": "execution.execute_time",
    "CLEAR_AT_ONCE": "clearing.clear_time",
    "TELL_CLEARED": "clearing.tell_time",
    "CLAIM_COSTS": "costs.claim_time",
}
# The same for what was done last of several.
LAST: Mapping[str, tuple[str, str]] = {
    "RESTORE": ("restitutions", "restore_time"),
    "RECORD_COSTS": ("costs.payments", "pay_time"),
}
# Who did as head of the body what is for one alone.
BY: Mapping[str, str] = {
    "DECIDE": "decision.decider",
    "DECIDE_AT_ONCE": "decision.decider",
    "CLAIM_COSTS": "costs.decider",
    "AGREE": "agreement.decider",
    "SUSPEND": "suspension.decider",
    "RESUME": "resumption.decider",
    "GIVE_UP": "end.decider",
    "TERMINATE": "end.decider",
    "WITHHOLD": "withholding.decider",
}
# What an act builds on; of several, the first that there is.
AFTER: Mapping[str, tuple[str, ...]] = {
    "DEMAND": ("begin_time",),
    "RECORD_STATEMENT": ("demand.serve_time",),
    "SERVE": ("decision.decide_time",),
    "EXECUTE": ("decision.serve_time",),
    "RESUME": ("suspension.suspend_time", "agreement.agree_time"),
    "DEMAND_ONCE_MORE": ("plan.schedule_time",),
    "EXECUTE_BY_SUBSTITUTE": ("decision.serve_time",),
    "TELL_CLEARED": ("clearing.clear_time",),
    "RECORD_COSTS": ("costs.claim_time",),
}
ENDED = frozenset({"ENFORCED", "TERMINATED", "PERFORMED"})
# Which states show a ground to close the case.
SHOWS: Mapping[int, frozenset[str]] = {CloseGround.CLOSE_GROUND_ENFORCEMENT_ENDED: frozenset({"TERMINATED"})}


def state_of(enforcement: pb.Enforcement) -> str:
    return str(pb.EnforcementState.Name(enforcement.state)).removeprefix("ENFORCEMENT_STATE_")


def of_duty(enforcement: pb.Enforcement) -> bool:
    """Whether it enforces, or cleared, something that is to be done, and no money."""
    return bool(enforcement.HasField("duty") or enforcement.HasField("clearing"))


def force_over(enforcement: pb.Enforcement) -> bool:
    """Whether something was done by force, a demolition above all, and that is over: what has to be recorded of it is there."""
    if enforcement.HasField("clearing"):
        return True
    over = any(
        moment_at(enforcement, path) is not None
        for path in ("completion.complete_time", "end.end_time", "performed_time")
    )
    return (
        over and enforcement.HasField("duty") and moment_at(enforcement, "execution.execute_time") is not None
    )


def conditions(enforcement: pb.Enforcement) -> frozenset[str]:
    """The conditions of clocks that hold for an enforcement: what starts the term to publish it is the decision itself."""
    return frozenset({"force_decided", "force_over"} if force_over(enforcement) else {"force_decided"})


def paid_by(case: Case, at: datetime) -> int:
    """What was paid of fine and surcharge up to a moment, in fen."""
    return sum(p.amount.fen for p in case.payments if (t := moment_at(p, "pay_time")) is not None and t <= at)


def as_it_stood(case: Case, at: datetime) -> Case:
    """A case without what was paid or deferred, or became of its decision, after a moment."""
    then = Case()
    then.CopyFrom(case)
    if then.HasField("set_aside") and moment_of(then.set_aside.set_aside_time) > at:
        then.ClearField("set_aside")
    if then.HasField("deferral") and (moment_at(then, "deferral.decide_time") or at) > at:
        del then.instalments[:]
    later = [p for p in case.payments if p.HasField("pay_time") and moment_of(p.pay_time) > at]
    surcharge = sum(p.surcharge.fen for p in later)
    then.paid.fen -= sum(p.amount.fen for p in later) - surcharge
    then.surcharge_paid.fen -= surcharge
    earlier = [p for p in case.payments if p not in later]
    del then.payments[:]
    then.payments.extend(earlier)
    return then


def shows(ground: int, case: Case, mine: Iterable[pb.Enforcement], at: datetime, calendar: Calendar) -> bool:
    """Whether the agency's own enforcements show a ground to close a case: of the money and of the duty, each where it is left,
    one has come to such an end.
    """
    wanted, left = SHOWS.get(ground, frozenset()), court.left_of(case, at, calendar)
    ended = {of_duty(e) for e in mine if state_of(e) in wanted and not e.HasField("clearing")}
    needed = {duty for name, duty in ((court.FINE, False), (DUTY, True)) if name in left}
    return bool(ended) and needed <= ended


class RecordedEnforcement(EnforcementFacts):
    """The facts that the record with the act in it shows. `look` has the law and the calendar of the node, `at` is the time of
    the event, for what has none of its own.
    """

    def __init__(
        self, enforcement: pb.Enforcement, look: Any, move: Move, at: datetime | None = None
    ) -> None:
        self.enforcement, self.look, self.move, self._at = enforcement, look, move, at
        self.now = look.now
        self.calendar: Calendar = look.calendar
        self.parameters: Layers = look.parameters

    @property
    def record(self) -> EnforcementRecord:  # type: ignore[override]
        return record_of(self.enforcement, self.case())

    @abstractmethod
    def case(self) -> Case:
        """The case whose decision is enforced."""

    def sector(self) -> str:
        return self.enforcement.sector

    def at(self) -> datetime:
        done = DONE.get(self.move.act, "")
        at = moment_at(self.enforcement, done) if done else None
        if (last := self._last()) is not None:
            at = moment_at(last, LAST[self.move.act][1])
        at = at or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    def _last(self) -> Any:
        """What the act added to several; None for an act that adds to none."""
        found: Any = self.enforcement
        for name in LAST.get(self.move.act, ("", ""))[0].split("."):
            found = getattr(found, name) if name else ()
        return found[-1] if found else None

    def signer(self) -> str:
        done = self._last()
        if done is not None:
            return str(done.decider)
        return str(attrgetter(BY[self.move.act])(self.enforcement)) if self.move.act in BY else ""

    def after(self) -> datetime | None:
        times = (moment_at(self.enforcement, path) for path in AFTER[self.move.act])
        return next((at for at in times if at is not None), None)

    def served_time(self) -> datetime | None:
        """Of the demand while that is the act, else of the decision."""
        return self.record.demand.serve_time if self.move.act == "DEMAND" else super().served_time()

    def receipt(self) -> str:
        return self.record.demand.receipt if self.move.act == "DEMAND" else super().receipt()

    def overdue(self) -> bool:
        if self.money_duty() is False:
            by = duty_by(self.case(), self.calendar)
            return by is not None and by < self.at()
        due = moment_at(owed(as_it_stood(self.case(), self.at()), self.at(), self.calendar), "due_time")
        return due is not None and due < self.at()

    def left(self) -> bool:
        if self.money_duty() is not False:
            return self.left_fen() > 0
        case = as_it_stood(self.case(), self.at())
        return self._stands() and DUTY in court.left_of(case, self.at(), self.calendar)

    def left_fen(self) -> int:
        return int(self._owed().total.fen)

    def surcharge_left_fen(self) -> int:
        return int(self._owed().surcharge.fen)

    def _owed(self) -> Any:
        """At the time of the act, by the payments up to then, and before what the act itself waives."""
        if not self._stands():
            return Owed()
        case, at = as_it_stood(self.case(), self.at()), self.at()
        mine = self.enforcement.enforcement_id
        if self.move.act == "AGREE":
            earlier = [
                w for w in case.surcharge_waivers if w.enforcement_id != mine or moment_of(w.waive_time) != at
            ]
            del case.surcharge_waivers[:]
            case.surcharge_waivers.extend(earlier)
        return owed(case, at, self.calendar)

    def _stands(self) -> bool:
        """Whether the case still holds the decision that is enforced, and none made anew; what was cleared rests on none."""
        if self.enforcement.HasField("clearing"):
            return True
        return self.case().decision.document_number == self.enforcement.penalty_number

    def surcharge_days(self) -> int:
        return int(owed(self.case(), self.at(), self.calendar).days)

    def brought_in_fen(self) -> int:
        mine = self.enforcement.enforcement_id
        return sum(paid.amount.fen for paid in self.case().payments if paid.enforcement_id == mine)

    def stage_missed(self) -> bool:
        if self.money_duty() is False:
            last = max((x.due_time for x in self.record.stages if x.due_time is not None), default=None)
            return last is not None and last < self.at() and self.left()
        due = sum(
            x.amount_fen for x in self.record.stages if x.due_time is not None and x.due_time < self.at()
        )
        return paid_by(self.case(), self.at()) - self.enforcement.agreement.paid_before.fen < due

    def wrong(self) -> frozenset[Wrong]:
        case = self.case()
        if self.enforcement.HasField("clearing"):
            return frozenset()
        if undone(case) or not self._stands():
            return frozenset({Wrong.ANNULLED})
        return frozenset({Wrong.CHANGED} if case.set_aside.kind in REPLACES else ())

    def remedy_end(self) -> datetime | None:
        return court.remedy_end(self.case(), self.parameters, self.calendar)

    def remedy_used(self) -> bool:
        return court.remedy_used(self.case())

    def stayed_by(self) -> tuple[str, ...]:
        return stayed_by(self.case(), self.at())

    def night_or_holiday(self) -> bool:
        at = self.at().astimezone(SHANGHAI)
        return not NIGHT_ENDS <= at.hour < NIGHT_BEGINS or not self.calendar.is_working(at.date())

    def substitute_demand_by(self) -> datetime | None:
        """Before the day that is set while that is the act, else before the moment at which it is done."""
        day = self.record.perform_time if self.move.act == "SCHEDULE_SUBSTITUTE" else self.at()
        return (
            None
            if day is None
            else court.term_end("ENF-08", day, self.case(), self.parameters, self.calendar)
        )

    def handling(self) -> frozenset[str]:
        return frozenset(officer.officer_id for officer in self.case().officers)

    def case_open(self) -> bool:
        case = self.case()
        closed, at = moment_at(case, "close_time"), self._at or self.now
        return case.HasField("file_time") and (closed is None or closed > at)
