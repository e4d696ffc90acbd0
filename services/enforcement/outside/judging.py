"""Going through the stages of a case that was handled elsewhere: each enters the record, and every rule of its act that it
breaks is recorded there. Nothing is prevented: it happened.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.measure_pb2 import Measure as MeasureProto
from yifa.enforcement.v1.outside_pb2 import OutsideStage
from yifa.enforcement.v1.publication_pb2 import Redaction
from yifa.enforcement.v1.referral_pb2 import Referral

from services.enforcement.advance_registration.model import open_registrations
from services.enforcement.case.act import act
from services.enforcement.case.facts import IN_FORCE, LookedUp
from services.enforcement.deferral.term import moved_term
from services.enforcement.important_matter.model import awaited
from services.enforcement.measure.model import Measure
from services.enforcement.referral.model import referrals_of
from services.kit.tx import Tx
from services.kit.view import View
from services.law.moment import put_moment
from services.law.procedure import whole
from services.law.procedures.measure.recorded import holding_at
from services.law.procedures.penalty import stages, table_of
from services.law.procedures.penalty.beside import (
    measures_settled,
    no_fine_after_sentence,
    no_referral_open,
    not_in_place_of_referral,
)
from services.law.procedures.penalty.body import body_confirmed
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.outcome import remedy_named
from services.law.procedures.penalty.own_correction import by_another_authority
from services.law.procedures.penalty.recorded import RecordedFacts, as_it_stood
from services.law.procedures.penalty.transfer import undisputed
from services.law.procedures.referral.recorded import as_it_stood as referral_then
from services.law.procedures.shared import in_order, instructed, not_in_future
from services.law.process import Move
from services.law.rule import Broken, Rule, Unlawful, judge, told

# These refuse a report: what they say cannot be true, or is nobody's case.
REFUSED = (body_confirmed, not_in_future, in_order)
# Of a transfer a report says nothing: a case that goes to another body does so by acts here. Nor does one of a whole case say
# what ran beside it; stages do.
NOT_SAID = (
    undisputed,
    not_in_place_of_referral,
    no_fine_after_sentence,
    no_referral_open,
    measures_settled,
    instructed,
    by_another_authority,
    remedy_named,
)


class OutsideFacts(LookedUp, RecordedFacts):
    """The facts of an act that a report from outside tells of; it has no events, and the record tells of the form alone."""

    by_event: Mapping[str, frozenset[str]] = MappingProxyType(  # type: ignore[misc]
        {"certificate_shown": frozenset({"MAKE_SPOT_DECISION"})}
    )

    def __init__(
        self,
        tx: Tx | View,
        case: cases.Case,
        after: cases.Case,
        move: Move,
        at: datetime,
        since: datetime | None,
        event: Any = None,
    ) -> None:
        RecordedFacts.__init__(
            self,
            case,
            after,
            move,
            event=event,
            at=at,
            now=tx.now,
            parameters=tx.parameters,
            calendar=tx.calendar,
        )
        self.look, self.since = tx, since

    def at(self) -> datetime:
        return self._at or self.now

    def after(self) -> datetime | None:
        """The latest of the acts that this one builds on, by the order of the stages."""
        return self.since

    def standing_at(self) -> datetime:
        """A report is taken from a body that may enforce now; what it did is judged by the day of each act."""
        return self.at()

    def form_number(self) -> str:
        return self.record.decision.document_number

    def referral(self) -> Referral | None:
        """The newest referral of the case that was flagged by then, as it stood."""
        stood = (referral_then(r, self.at()) for r in referrals_of(self.look, self.case.case_id))
        return next((r for r in reversed([*stood]) if r is not None), None)

    def open_measures(self) -> tuple[str, ...]:
        """Those that held something then, and what lay registered, as far as is known here."""
        rows = self.look.query(select(Measure).where(Measure.case_id == self.case.case_id))
        told = (MeasureProto.FromString(row.record) for row in rows)
        registered = (row.registration_id for row in open_registrations(self.look, self.case.case_id))
        return (*(m.measure_id for m in told if holding_at(m, self.at())), *registered)

    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as far as the city told of them by now."""
        return awaited(self.look, self.case.case_id, self.at())

    def handled(self, person: str) -> bool:
        return RecordedFacts.handled(self, person)


class StageFacts(OutsideFacts):
    """The facts of a stage that was reported alone: it tells of the act what a request tells."""

    def __init__(
        self, tx: Tx, case: cases.Case, after: cases.Case, move: Move, step: "Step", stage: OutsideStage
    ) -> None:
        super().__init__(tx, case, after, move, step.at, None, step.event)
        self.stage = stage
        self.request: Any = getattr(stage, stage.WhichOneof("act") or "")

    def after(self) -> datetime | None:
        """By the record before it: the stages are gone through in the order of their times."""
        return PenaltyFacts.after(self)

    def caller(self) -> str:
        return self.stage.actor

    def place(self) -> str:
        return self.stage.area_code or super().place()

    def redactions(self) -> tuple[Redaction, ...]:
        return tuple(getattr(self.request, "redactions", ()))

    def adult_proof(self) -> str:
        return str(getattr(self.request, "adult_proof", ""))

    def credit_receipt(self) -> str:
        return str(getattr(self.request, "receipt", ""))

    def withdrawal_reasons(self) -> str:
        return str(getattr(self.request, "explanation", ""))

    def withdrawal_address(self) -> str:
        return str(getattr(self.request, "address", ""))


whole(OutsideFacts)
whole(StageFacts)


@dataclass(frozen=True)
class Step:
    """One stage on its way into a case. `enter` puts it into the record; `event` announces it. `since` is when the latest of the
    acts was done that it may not precede; `stage` is what was reported, where it came alone. `told` says that it was announced
    before, and is only gone through again; `more` are what else was announced with it.
    """

    act: str
    at: datetime
    enter: Callable[[cases.Case], None]
    event: Message
    since: datetime | None = None
    stage: OutsideStage | None = None
    told: bool = False
    more: list[Message] = field(default_factory=list)


NotJudged = tuple[str, str]
"""A method, and the reason of a rule on it that could not be judged."""


def go_through(tx: Tx, case: cases.Case, step: Step, before: cases.Case) -> list[NotJudged]:
    """One stage: into the case, which stood as `before` says, and judged by the rules of its act; what could not be judged."""
    step.enter(case)
    table = table_of(before)
    move, not_open = stages.move_at(table, step.act, act.names[before.state])
    if move.target != move.source and (
        not_open is None or stages.ahead(table, step.act, act.names[before.state])
    ):
        case.state = act.numbers[move.target]
    facts: Any
    if step.stage is None:
        facts = OutsideFacts(tx, before, case, move, step.at, step.since)
    else:
        facts = StageFacts(tx, before, case, move, step, step.stage)
    rules = [r for r in move.rules if r not in (not_in_future, in_order)]
    if step.at < IN_FORCE:  # the law of that day is not held here, and none of today's binds it
        return [(move.method, r.reason) for r in rules]
    return record_breaches(tx, case, move, not_open, rules, facts, step.at)


def record_breaches(
    tx: Tx, record: Any, move: Move, not_open: Broken | None, rules: Iterable[Rule], facts: Any, at: datetime
) -> list[NotJudged]:
    """Record what an act broke, with the article and the figures; what could not be judged."""
    verdict = judge(rules, facts)
    found: list[tuple[Broken, tuple[Rule, ...]]] = [(not_open, ())] if not_open else []
    found += [(r.broken(), (r,)) for r in verdict.broken]
    for broken, of in found:
        cited = tx.parameters.told(broken, record.sector).law
        breach = record.breaches.add(
            act=move.method, reason=broken.reason, law=cited, text_zh=broken.says_zh, text_en=broken.says
        )
        breach.figures.update(told(of, facts))
        put_moment(breach.act_time, at)
    return [(move.method, r.reason) for r in (*verdict.unknown, *verdict.not_asked)]


def announce(tx: Tx, case: cases.Case, step: Step) -> None:
    """Tell of a stage, with the case as it stood after it. One that was told before starts and stops its clocks again."""
    tell(tx, case, step.event, step)
    if step.act == "MAKE_SPOT_DECISION" and step.stage is not None:
        also(tx, case, events.DecisionServed(), step)
    if step.act == "DECIDE_DEFERRAL" and case.deferral.approved:
        with suppress(Unlawful):  # what lengthens nothing is a breach of the rules
            for event in moved_term(tx, case, case.deferral):
                also(tx, case, event, step)


def also(tx: Tx, case: cases.Case, event: Message, step: Step) -> None:
    step.more.append(event)
    tell(tx, case, event, step)


def tell(tx: Tx, case: cases.Case, event: Any, step: Step) -> None:
    if step.told:
        act.run_clocks(tx, case, event.DESCRIPTOR.full_name, step.at)
    elif step.stage is None:
        act.write(tx, case, event, step.at)
    else:
        say(tx, case, event, step.at, step.stage.actor, clocks=True)


def say(tx: Tx, case: cases.Case, event: Any, at: datetime, by: str, *, clocks: bool = False) -> None:
    """Announce what somebody did who is not the one who tells of it; `clocks`: it starts and stops those of the case."""
    case.version += 1
    put_moment(case.update_time, tx.now)
    act.stamp(tx, case, event, at, by)
    if clocks:
        act.run_clocks(tx, case, event.DESCRIPTOR.full_name, at)
    act.announce(tx, case, act.keep(tx, case), event, at)


def stood_before(case: cases.Case, at: datetime) -> cases.Case:
    """A copy of a case as an act of some moment found it."""
    stood = as_it_stood(case, at)
    return cases.Case.FromString(stood.SerializeToString()) if stood is case else stood
