"""The facts of a measure as its record shows them with the act in it: for the department that does the act, and for the city that
judges it again from what the event carries. What has to be looked up stays abstract.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case

from services.law.moment import moment_at, moment_of
from services.law.procedures.correcting import Slip, slip_of
from services.law.procedures.measure.facts import (
    Extension,
    MeasureDecision,
    MeasureFacts,
    MeasureRecord,
    Release,
    Thing,
)
from services.law.procedures.papers import Minutes
from services.law.procedures.penalty.outcome import undone
from services.law.procedures.penalty.stayed import stayed_by
from services.law.procedures.publishing import Publishing, age_of, ground_of
from services.law.process import Move
from services.law.rule import NotAsked, Unknown

# Where the record says when an act was done, and by whom.
DONE: Mapping[str, str] = {
    "REQUEST": "request_time",
    "APPROVE": "approve_time",
    "REFUSE": "refuse_time",
    **dict.fromkeys(("SEAL", "SEIZE", "FREEZE", "SEAL_URGENTLY", "SEIZE_URGENTLY"), "execution.execute_time"),
    "APPROVE_AFTERWARDS": "approve_time",
    "DELIVER_FREEZING_DECISION": "execution.decision_deliver_time",
    "RELEASE": "release.release_time",
    **dict.fromkeys(("CONFISCATE", "DESTROY", "AUCTION", "DISPOSE", "HAND_OVER"), "end.end_time"),
}
BY: Mapping[str, str] = {"REQUEST": "requester", "APPROVE": "approver", "APPROVE_AFTERWARDS": "approver"}
PUBLICITY = frozenset({"PUBLISH", "WITHHOLD"})
TAKEN = frozenset({"SEAL", "SEIZE", "FREEZE", "SEAL_URGENTLY", "SEIZE_URGENTLY"})
FREEZE = pb.MEASURE_KIND_FREEZE
"""Which clock runs for a measure once it is taken."""
TERM: Mapping[int, str] = {
    pb.MEASURE_KIND_SEAL: "ENF-02",
    pb.MEASURE_KIND_SEIZE: "ENF-02",
    FREEZE: "ENF-03",
}
# The states in which it holds something.
HOLDING = frozenset({"EXECUTED", "URGENT", "EXTENDED", "FROZEN", "FREEZE_EXTENDED", "RELEASE_DUE"})
# The states in which nothing is left to be done about it.
ENDED = frozenset({"REFUSED", "RELEASED", "CONFISCATED", "DESTROYED", "AUCTIONED", "SETTLED", "HANDED_OVER"})


def conditions(measure: pb.Measure) -> frozenset[str]:
    """The conditions of clocks that hold for a measure: taken in urgency and not approved yet, it is no decision."""
    decided = measure.HasField("approve_time") and measure.execution.HasField("execute_time")
    return frozenset({"force_decided"}) if decided else frozenset()


def record_of(measure: pb.Measure) -> MeasureRecord:
    """What the rules ask of a measure's record."""
    e = measure.execution
    appraisal = measure.appraisals[-1] if measure.appraisals else pb.Appraisal()
    return MeasureRecord(
        urgency=measure.urgency,
        approve_time=moment_at(measure, "approve_time"),
        execute_time=moment_at(e, "execute_time"),
        certificate_shown=e.certificate_shown,
        party_call_time=moment_at(e, "party_call_time"),
        party_present=e.party_present,
        witness=e.witness,
        rights_tell_time=moment_at(e, "rights_tell_time"),
        hear_time=moment_at(e, "hear_time"),
        minutes=Minutes(
            moment_at(e, "record.write_time"),
            e.record.party_signed,
            e.record.refusal_noted,
            e.record.witness_signed,
        ),
        things=tuple(Thing(t.name, t.quantity, t.mark, t.related, t.dispensable) for t in e.things),
        other_organs_asked=e.other_organs_asked,
        decision=_decision(e.decision),
        violation_fen=e.violation.fen,
        frozen_fen=e.frozen.fen,
        freeze_notice_time=moment_at(e, "freeze_notice_time"),
        decision_deliver_time=moment_at(e, "decision_deliver_time"),
        list_deliver_time=moment_at(e, "list_deliver_time"),
        extensions=tuple(_extension(x) for x in measure.extensions),
        appraisal_end_time=moment_at(appraisal, "planned_end_time"),
        appraisal_tell_time=moment_at(appraisal, "tell_time"),
        release=_release(measure.release.ground),
        release_cause=measure.release.cause,
        destruction_law=measure.end.law,
        transfer_tell_time=moment_at(measure, "end.tell_time"),
    )


def _decision(d: pb.HoldingDecision) -> MeasureDecision:
    return MeasureDecision(
        d.party, d.address, d.reasons, d.basis, d.days, d.remedies, d.agency, moment_at(d, "seal_time")
    )


def _extension(x: pb.MeasureExtension) -> Extension:
    return Extension(
        moment_at(x, "approve_time"), x.days, x.complexity, moment_at(x, "tell_time"), x.told_reasons
    )


def _release(ground: int) -> Release | None:
    return Release(pb.ReleaseGround.Name(ground).removeprefix("RELEASE_GROUND_")) if ground else None  # type: ignore[arg-type]


def holds(measure: pb.Measure) -> frozenset[str]:
    """What a measure holds, each thing as another measure would name it: by name and mark; one without a mark is known within
    its case only. Money is known by bank and account.
    """
    e = measure.execution
    things = {f"{_plain(t.name)}/{_plain(t.mark) or measure.case_id}" for t in e.things}
    account = {_plain(e.bank) + "/" + _plain(e.account)} if e.account.strip() else set()
    return frozenset(things | account)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def held_until(measure: pb.Measure) -> datetime | None:
    """When a measure held nothing any more; None while it does."""
    if str(pb.MeasureState.Name(measure.state)).removeprefix("MEASURE_STATE_") not in ENDED:
        return None
    ends = (moment_at(measure, path) for path in ("release.release_time", "end.end_time", "update_time"))
    return next(at for at in ends if at is not None)


def holding_at(measure: pb.Measure, at: datetime) -> bool:
    """Whether a measure held something at a moment."""
    taken, until = moment_at(measure, "execution.execute_time"), held_until(measure)
    return taken is not None and taken <= at and (until is None or at < until)


def serves_at(case: Case, at: datetime) -> bool:
    """Whether a measure could serve a case at a moment, by the times of the case: it was neither decided nor closed before."""
    ends = (moment_at(case, path) for path in ("decision.decide_time", "close_time"))
    return all(end is None or end >= at for end in ends)


def decided_by(case: Case, at: datetime) -> datetime | None:
    """When a case was decided, if the decision stood at a moment."""
    ended = moment_at(case, "set_aside.set_aside_time") if undone(case) else None
    return None if ended is not None and ended <= at else moment_at(case, "decision.decide_time")


class RecordedMeasure(MeasureFacts):
    """The facts that the record with the act in it shows. `at` is the time of the event, for what has none of its own; `asked` is
    false in a listing, where nothing is handed in.
    """

    asked = True

    def __init__(self, measure: pb.Measure, move: Move, now: datetime, at: datetime | None = None) -> None:
        self.measure, self.move, self.now, self._at = measure, move, now, at

    @cached_property
    def record(self) -> MeasureRecord:  # type: ignore[override]
        """What the rules ask of it; who its case is about is looked up where it is to be made public alone."""
        known = record_of(self.measure)
        if self.move.act not in PUBLICITY:
            return known
        case, kept = self.case(), self.measure.withholding
        withheld = case.HasField("withholding") or self.measure.HasField("withholding")
        return replace(known, publishing=Publishing(age_of(case.party), withheld, ground_of(kept)))

    def sector(self) -> str:
        return self.measure.sector

    def at(self) -> datetime:
        done = DONE.get(self.move.act, "")
        at = (moment_at(self.measure, done) if done else None) or self._last_time() or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    def _last_time(self) -> datetime | None:
        """When an extension was approved or an appraisal began."""
        act, m = self.move.act, self.measure
        if act == "EXTEND" and m.extensions:
            return moment_of(m.extensions[-1].approve_time)
        if act == "SEND_TO_APPRAISAL" and m.appraisals:
            return moment_of(m.appraisals[-1].from_time)
        return None

    @abstractmethod
    def case(self) -> Case:
        """The case that it is of."""

    def stayed_by(self) -> tuple[str, ...]:
        return stayed_by(self.case(), self.at())

    def slip(self) -> Slip:
        if not self.asked:
            raise NotAsked(self.move.act)
        m = self.measure
        people = {m.requester, *m.execution.officer_ids}
        return slip_of(m, "measure", self.move.act, people)

    def place(self) -> str:
        return self.measure.area_code

    def signer(self) -> str:
        """Who approved it, or its extension."""
        m = self.measure
        if self.move.act == "EXTEND":
            return m.extensions[-1].approver if m.extensions else ""
        return m.approver

    def taking_part(self) -> frozenset[str]:
        """Those who took it, or who asked for it, approved or extended it."""
        m, act = self.measure, self.move.act
        if act in TAKEN:
            return frozenset(m.execution.officer_ids)
        if act == "EXTEND":
            return frozenset([self.signer()]) - {""}
        return frozenset([str(getattr(m, BY[act]))]) if act in BY else frozenset()
