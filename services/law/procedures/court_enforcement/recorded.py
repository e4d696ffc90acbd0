"""The facts of an enforcement by the court as its record and its case show them: for the department that does the act, and for
the city that judges it again. What has to be looked up stays abstract.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case, CloseGround
from yifa.enforcement.v1.surcharge_pb2 import RemedyEnd, RemedyKind, RemedyTime

from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import catalogue, due
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers
from services.law.procedures.court_enforcement.facts import CourtFacts, CourtRecord, Paper
from services.law.procedures.papers import Demand, Duty, Statement
from services.law.procedures.penalty.owed import owed
from services.law.procedures.penalty.performance import undone
from services.law.procedures.penalty.stayed import stayed_by
from services.law.process import Move
from services.law.rule import Unknown

# Where the record says when an act was done.
DONE: Mapping[str, str] = {
    "DEMAND": "demand.serve_time",
    "RECORD_STATEMENT": "statement.receive_time",
    "RECHECK_STATEMENT": "statement.recheck_time",
    "APPLY": "application.apply_time",
    "APPLY_FOR_IMMEDIATE": "application.apply_time",
    "CHALLENGE": "challenge_time",
    "WITHDRAW": "withdraw_time",
}
# What an act builds on.
AFTER: Mapping[str, str] = {"DEMAND": "remedy_end_time", "RECORD_STATEMENT": "demand.serve_time"}
# What the court says, by the state in which it says it.
SAID: Mapping[tuple[str, int], str] = {
    ("APPLIED", pb.COURT_SAID_ACCEPTED): "ACCEPT",
    ("APPLIED", pb.COURT_SAID_REFUSED): "REFUSE",
    ("ACCEPTED", pb.COURT_SAID_RULED): "RULE",
    ("ACCEPTED", pb.COURT_SAID_RULED_AT_ONCE): "RULE_URGENTLY",
    ("ACCEPTED", pb.COURT_SAID_RULED_AGAINST): "RULE_AGAINST",
    ("CHALLENGED", pb.COURT_SAID_CHALLENGE_ALLOWED): "ALLOW",
    ("CHALLENGED", pb.COURT_SAID_CHALLENGE_DISMISSED): "DISMISS",
    ("RULED", pb.COURT_SAID_ENFORCED): "ENFORCE",
    ("RULED", pb.COURT_SAID_ENDED): "END",
}
ANSWERS = frozenset(SAID.values())
AGAINST = frozenset({pb.COURT_SAID_REFUSED, pb.COURT_SAID_RULED_AGAINST})
# How the money that is owed is called among what is left to carry out.
FINE = "FINE"
ENDED = frozenset({"LAPSED", "FAILED", "ENFORCED", "TERMINATED", "WITHDRAWN", "PERFORMED"})
# The states in which the court has the matter.
AT_COURT = frozenset({"APPLIED", "ACCEPTED", "REFUSED", "RULED", "CHALLENGED"})
# Which states show a ground to close the case.
SHOWS: Mapping[int, frozenset[str]] = {
    CloseGround.CLOSE_GROUND_COURT_ACCEPTED: frozenset({"ACCEPTED", "RULED", "ENFORCED", "TERMINATED"}),
    CloseGround.CLOSE_GROUND_ENFORCEMENT_ENDED: frozenset({"TERMINATED"}),
}
_NO_SUIT = frozenset({RemedyEnd.REMEDY_END_REFUSED, RemedyEnd.REMEDY_END_WITHDRAWN})


def state_of(enforcement: pb.CourtEnforcement) -> str:
    return str(pb.CourtEnforcementState.Name(enforcement.state)).removeprefix("COURT_ENFORCEMENT_STATE_")


def tells(enforcement: pb.CourtEnforcement, act: str) -> bool:
    """Whether an application is that act: one to enforce at once says what is urgent, and what it protects (ACL 59)."""
    asked = enforcement.application
    at_once = bool(asked.urgency.strip() and asked.public_safety.strip())
    return act not in ("APPLY", "APPLY_FOR_IMMEDIATE") or (act == "APPLY_FOR_IMMEDIATE") is at_once


def left_of(case: Case, at: datetime, calendar: Calendar) -> tuple[str, ...]:
    """What of a decision is not carried out at a moment: FINE, where money is owed, the kinds of the other orders, and DUTY."""
    money = (FINE,) if owed(case, at, calendar).total.fen > 0 else ()
    return () if case.HasField("set_aside") else (*money, *undone(case, at))


def remedy_used(case: Case) -> bool:
    """Whether a remedy lasts, took the decision away, or ended in a judgment, which is then what is enforced (ALIT 95)."""
    return any(_used(remedy) for remedy in case.remedies) or case.HasField("set_aside")


def as_remedied(case: Case, at: datetime) -> Case:
    """A case with the remedies of a moment, those that lasted then as lasting, and the decision as it was then.

    Raises Unknown where no other remedy was used and one that ended later does not say when it began.
    """
    later = [r for r in case.remedies if _after(r, "begin_time", at) or _after(r, "end_time", at)]
    undone = _after(case.set_aside, "set_aside_time", at)
    if not (later or undone):
        return case
    stood = Case()
    stood.CopyFrom(case)
    del stood.remedies[:]
    for remedy in case.remedies:
        over = not _after(remedy, "end_time", at)
        if _after(remedy, "begin_time", at) or not (over or remedy.HasField("begin_time")):
            continue
        its = stood.remedies.add()
        its.CopyFrom(remedy)
        if not over:
            its.ClearField("end_time")
            its.ClearField("end")
    if undone:
        stood.ClearField("set_aside")
    if not remedy_used(stood) and not all(remedy.HasField("begin_time") for remedy in later):
        raise Unknown("when a remedy began")
    return stood


def _after(message: Any, name: str, at: datetime) -> bool:
    done = moment_at(message, name)
    return done is not None and done > at


def _used(remedy: RemedyTime) -> bool:
    if not remedy.HasField("end_time") or remedy.end == RemedyEnd.REMEDY_END_SET_ASIDE:
        return True
    return remedy.kind == RemedyKind.REMEDY_KIND_SUIT and remedy.end not in _NO_SUIT


def known_time(case: Case) -> datetime | None:
    """When the party got the decision as it stands: of one that the agency corrected itself, the paper that says so too.
    None before.

    A correction of an earlier decision, which was made anew since, is none of it.
    """
    served, decided = moment_at(case, "service.serve_time"), moment_at(case, "decision.decide_time")
    corrected = moment_at(case, "correcting_paper.decide_time")
    if served is None or corrected is None or (decided is not None and corrected < decided):
        return served
    again = moment_at(case, "correcting_paper.service.serve_time")
    return None if again is None else max(served, again)


def remedy_end(case: Case, parameters: Layers, calendar: Calendar) -> datetime | None:
    """When the time for remedies is over, and a deferral too: six months from service to sue, or fifteen days from what the
    reconsideration body said (ALIT 45, 46; APL 72(2)). None before service, and while a remedy lasts.
    """
    served = known_time(case)
    if served is None or any(not remedy.HasField("end_time") for remedy in case.remedies):
        return None
    ends = [term_end("LIT-01", served, case, parameters, calendar)]
    for remedy in case.remedies:
        received = moment_of(remedy.end_time)
        if remedy.kind != RemedyKind.REMEDY_KIND_RECONSIDERATION:
            ends.append(received)
            continue
        after = term_end("REC-22", received, case, parameters, calendar)
        ends = [after] if remedy.end == RemedyEnd.REMEDY_END_UPHELD else [*ends, after]
    ends += [moment_of(part.due_time) for part in case.instalments]
    return None if None in ends else max(end for end in ends if end is not None)


def term_end(
    clock_id: str, start: datetime, case: Case, parameters: Layers, calendar: Calendar
) -> datetime | None:
    """When a term of the law ends that starts, or counted backwards ends, with a moment; None where the law has it not then."""
    local = start.astimezone(SHANGHAI)
    clock = parameters.clock(catalogue()[clock_id], local.date(), case.sector)
    return None if clock is None else due(clock, local, calendar).at


def demand_of(enforcement: Any) -> Demand:
    """The demand in the record of an enforcement, the court's or the agency's own."""
    d = enforcement.demand
    return Demand(
        d.document_number, moment_at(d, "serve_time"), d.receipt, moment_at(d, "term_end_time"), d.manner, d.amount.fen,
        d.rights_told,
    )  # fmt: skip


def last_demand(enforcements: Iterable[Any]) -> Demand:
    """The one that was served last; a blank one where there is none."""
    served = [d for d in map(demand_of, enforcements) if d.serve_time is not None]
    return max(served, key=lambda d: d.serve_time or datetime.min, default=Demand())


def record_of(enforcement: pb.CourtEnforcement, duty: Duty) -> CourtRecord:
    """What the rules ask of the record."""
    s, a = enforcement.statement, enforcement.application
    last = enforcement.answers[-1] if enforcement.answers else pb.CourtAnswer()
    against = [x for x in enforcement.answers if x.said in AGAINST]
    return CourtRecord(
        duty=duty,
        demand=demand_of(enforcement),
        statement=Statement(moment_at(s, "receive_time"), moment_at(s, "recheck_time"), s.recheck_opinion),
        papers=tuple(Paper(pb.CourtPaper.Name(p).removeprefix("COURT_PAPER_")) for p in a.papers),
        head_sign_time=moment_at(a, "apply_time") if a.head.strip() else None,
        apply_time=moment_at(a, "apply_time"),
        urgency=a.urgency,
        public_safety=a.public_safety,
        ruling_receive_time=moment_of(against[-1].receive_time) if against else None,
        ruling_document=last.document,
        good_reason=s.adopted,
    )  # fmt: skip


class RecordedCourt(CourtFacts):
    """The facts that the record with the act in it shows. `look` has the law and the calendar of the node, `at` is the time of
    the event, for what has none of its own.
    """

    def __init__(
        self, enforcement: pb.CourtEnforcement, look: Any, move: Move, at: datetime | None = None
    ) -> None:
        self.enforcement, self.look, self.move, self._at = enforcement, look, move, at
        self.now = look.now
        self.calendar: Calendar = look.calendar
        self.parameters: Layers = look.parameters
        money = enforcement.demand.amount.fen > 0 or not enforcement.HasField("demand")
        self.record = record_of(enforcement, Duty.MONEY if money else Duty.OTHER)

    @abstractmethod
    def case(self) -> Case:
        """The case whose decision is enforced."""

    def sector(self) -> str:
        return self.enforcement.sector

    def at(self) -> datetime:
        done = DONE.get(self.move.act, "")
        at = moment_at(self.enforcement, done) if done else None
        if self.move.act in ANSWERS and self.enforcement.answers:
            at = moment_of(self.enforcement.answers[-1].receive_time)
        at = at or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    def signer(self) -> str:
        """Who signed the application."""
        return self.enforcement.application.head

    def after(self) -> datetime | None:
        """When what this act builds on was done."""
        if self.move.act in ANSWERS:
            earlier = self.enforcement.answers[-2:-1]
            last = moment_of(earlier[0].receive_time) if earlier else None
            return moment_at(self.enforcement, "challenge_time") or last or self.record.apply_time
        return moment_at(self.enforcement, AFTER[self.move.act])

    def left(self) -> tuple[str, ...]:
        return left_of(self.case(), self.at(), self.calendar)

    def remedy_end(self) -> datetime | None:
        return remedy_end(self.case(), self.parameters, self.calendar)

    def remedy_used(self) -> bool:
        return remedy_used(self.case())

    def stayed_by(self) -> tuple[str, ...]:
        return stayed_by(self.case(), self.at())

    def application_not_before(self) -> datetime | None:
        """When the ten working days are over: the first moment after them."""
        served = self.record.demand.serve_time
        return (
            None
            if served is None
            else term_end("ENF-05", served, self.case(), self.parameters, self.calendar)
        )

    def application_end(self) -> datetime | None:
        end = moment_at(self.enforcement, "remedy_end_time")
        return None if end is None else term_end("ENF-06", end, self.case(), self.parameters, self.calendar)
