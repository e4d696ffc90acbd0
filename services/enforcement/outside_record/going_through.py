"""Going through the stages of an inspection, a measure, a referral or a permit, by when they were done: each enters the record,
and every rule of its act that it breaks is recorded there.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION, PARTY_KIND_SOLE_TRADER, Party

from services.enforcement.case.act import act as case_act
from services.enforcement.deadline.model import Clock
from services.enforcement.deadline.standstill import REFERRAL_TIME, go_on, stand_still
from services.enforcement.outside.judging import NotJudged, record_breaches
from services.enforcement.outside.model import OutsideCase, OutsideRecord, case_key
from services.enforcement.outside.stage import KIND_OF, asked_of, request_of
from services.enforcement.outside.terms import let_go, take_up
from services.enforcement.outside_record.beginning import Stages, begin_case
from services.enforcement.outside_record.done_here import begun_here, keep_done_here
from services.enforcement.outside_record.entering import act_of, enter, put_about, put_last
from services.enforcement.outside_record.facts import AsTold
from services.enforcement.outside_record.kind import Kind, event_of
from services.enforcement.permit.befalling import LEAST, befallen, follow, forget
from services.enforcement.permit.showing import show_permit
from services.kit.clocks import EXPIRED
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.elsewhere import (
    PERMIT,
    arrive,
    as_seen,
    coded,
    copy,
    in_force,
    of_its_day,
    without,
)
from services.law.procedures.measure.recorded import HOLDING, TERM
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful

_RANK = {name: n for n, name in enumerate(KIND_OF)}
_ASKS = "REQUEST_INSPECTION_CODE"


@dataclass
class Step:
    """One stage that was gone through: the act that it was, and the event that tells of it."""

    stage: pb.OutsideStage
    act: str
    at: datetime
    event: Message
    unknown: list[NotJudged] = field(default_factory=list)


def place(stage: pb.OutsideStage) -> tuple[datetime, int, str]:
    """Where a stage comes in its record: when it was done; of one moment, by the order of the procedure."""
    return moment_of(stage.act_time), _RANK[asked_of(stage)], stage.stage_id


class Run:
    """Going through the stages of a record: those that are new, or again all of them."""

    def __init__(self, tx: Tx, kind: Kind, home: OutsideRecord, record: Any, *, again: bool) -> None:
        self.tx, self.kind, self.home, self.record, self.again = tx, kind, home, record, again
        self.stood = kind.act.names[record.state]
        self.by_clock = self.stood == "RELEASE_DUE"
        self.by_city = home.state == "CODE_ASKED" and self.stood in ("CODED", "APPROVED")
        self.by_law = kind.kept is PERMIT and coded(PERMIT, record, home.state, tx.now) == self.stood
        self.moved = self.stood != home.state and not (self.by_clock or self.by_city or self.by_law)

    def through(self, known: Stages, fresh: Stages) -> list[Step]:
        """The new stages as they were gone through."""
        record, kept = self.record, {}
        new = {id(s) for s in fresh}
        state = self.stood if self.moved or self.by_city or self.by_law else self.home.state
        was = copy(record)
        if self.again:
            state, kept = "", self.begin_again()
        told = sorted([*known, *fresh], key=place)
        if self.home.about and not record.origin.told:
            put_about(record, self.home.about, AsTold(self.tx, moment_of(told[0].act_time), ""))
        steps = []
        for stage in told:
            state, step = self.step(stage, state, fresh=id(stage) in new)
            if id(stage) in new:
                steps.append(step)
        self.home.state = state
        if self.again and isinstance(record, permits.Permit):
            self.keep_here(was, state)
        record.state = self.kind.act.numbers[self.end(state, steps)]
        if self.again:
            take_up(self.tx, record, kept)
            self.announce(steps)
        return steps

    def begin_again(self) -> Mapping[str, Mapping[str, Any]]:
        """Take out of the record what its stages put into it, and what followed; the deadlines as they stood."""
        record = self.record
        gone = [(each.act, moment_of(each.act_time)) for each in record.origin.told]
        if isinstance(record, permits.Permit):
            begun_here(record, {at for _, at in gone})
            forget(record)
        record.CopyFrom(without(self.kind.kept, record, gone))
        del record.breaches[:]
        del record.origin.told[:]
        record.origin.reordered = True
        return let_go(self.tx, record, self.home.record_id)

    def keep_here(self, was: permits.Permit, state: str) -> None:
        """Put back what was done here, and what the clock would have brought by now as it did before."""
        told = {moment_of(each.act_time) for each in self.record.origin.told}
        done = keep_done_here(was, self.record, told)
        self.moved = self.moved or (self.by_law and done)
        self.record.state = self.kind.act.numbers[self.stood if self.moved else state]
        if (noticed := befallen(was)) is not None:
            follow(self.record, noticed + LEAST)

    def step(self, stage: pb.OutsideStage, state: str, *, fresh: bool) -> tuple[str, Step]:
        """One stage: into the record, and judged by the rules of its act that were law on its day; where it stands then."""
        kind, record, at = self.kind, self.record, moment_of(stage.act_time)
        look = AsTold(self.tx, at, stage.actor)
        if isinstance(record, permits.Permit):
            record.state = kind.act.numbers[state]
            follow(record, at)
        before = copy(record)
        state = coded(kind.kept, record, state, at)
        name = act_of(kind, stage, record, state)
        arrival = arrive(kind.kept, name, state, getattr(record, "kind", 0))
        enter(kind, stage, name, record, look)
        record.origin.told.add(act=name, act_time=stage.act_time)
        if name == "REFER_CLUE":
            self.link(stage)
        unknown = self.judge(stage, arrival, before, look)
        put_last(stage, name, record, look)
        record.state = kind.act.numbers[arrival.state]
        event = event_of(kind.name, arrival.move)()
        if self.again:
            kind.act.run_clocks(self.tx, record, event.DESCRIPTOR.full_name, at)
        else:
            kind.act.write(self.tx, record, event, at)
        if fresh and not self.home.imported:
            self.follow(name, at)
        return arrival.state, Step(stage, name, at, event, unknown)

    def judge(self, stage: pb.OutsideStage, arrival: Any, before: Any, look: AsTold) -> list[NotJudged]:
        """Record what the act broke; what of it could not be judged, or was no law yet."""
        move, at = arrival.move, look.now
        # what is only advised is no breach, unless oversight is warned of it
        rules = [
            r
            for r in move.rules
            if (r.severity == "block" or r.warning) and r.holds is not not_in_future.holds
        ]
        held, not_yet = of_its_day(rules, self.record, at)
        seen = as_seen(self.kind.kept, self.record, at)
        facts = self.kind.facts(seen, look, move, request_of(stage), before)
        not_open = arrival.not_open
        if not_open is not None and not in_force(not_open.law, at):
            not_open = None
        unknown = record_breaches(self.tx, self.record, move, not_open, held, facts, at)
        return [*unknown, *((move.method, rule.reason) for rule in not_yet)]

    def end(self, state: str, steps: list[Step]) -> str:
        """Where the record stands: by its stages, or as acts here, the city or the clock of its term left it."""
        if self.moved and self.again:
            return self.stood
        if self.by_city and state == "CODE_ASKED" and all(step.act != _ASKS for step in steps):
            return self.stood
        if self.by_clock and state in HOLDING:
            row = self.tx.find(Clock, f"{self.home.record_id}/{TERM[self.record.kind]}")
            if state == "URGENT" or (row is not None and row.state == EXPIRED):
                return self.stood
        return coded(self.kind.kept, self.record, state, self.tx.now)

    def announce(self, steps: list[Step]) -> None:
        """Tell of stages that came after later ones, with the record as it is put together now."""
        act, record = self.kind.act, self.record
        if isinstance(record, permits.Permit):
            show_permit(self.tx, record)
        for step in steps:
            record.version += 1
            put_moment(record.update_time, self.tx.now)
            act.announce(self.tx, record, act.keep(self.tx, record), step.event, step.at)

    def follow(self, name: str, at: datetime) -> None:
        """While the police have it the term of a case stands still, once the case was told of."""
        record = self.record
        with suppress(Unlawful):
            if name == "SEND":
                stand_still(self.tx, record.case_id, record.document_number, REFERRAL_TIME, at)
            elif name in ("RESUME_CASE", "TAKE_BACK"):
                go_on(self.tx, record.case_id, REFERRAL_TIME, at)

    def link(self, stage: pb.OutsideStage) -> None:
        """The case that began with what an inspection found: each names the other. One that nobody told of yet begins with it."""
        record = self.record
        if not stage.linked_case:
            return
        key = case_key(stage.system, stage.linked_case)
        home = self.tx.find(OutsideCase, key)
        if home is None:
            began = pb.OutsideStage.FromString(stage.SerializeToString())
            began.source_case = stage.linked_case
            began.matter.CopyFrom(matter_of_clue(record, stage.refer_clue))
            home = begin_case(self.tx, began, key)
        if home.body_id != record.body_id:
            return
        record.case_id = home.case_id
        case = case_act.open(self.tx, home.case_id)
        if not case.clue.inspection_id:
            case.clue.inspection_id = record.inspection_id
            case_act.keep(self.tx, case)


def matter_of_clue(record: inspections.Inspection, asked: inspections.ReferClueRequest) -> pb.OutsideMatter:
    """What a case is about that begins with what an inspection found."""
    enterprise = record.enterprise
    trader = enterprise.credit_code.startswith("92")
    return pb.OutsideMatter(
        body_id=record.body_id,
        procedure=cases.PROCEDURE_ORDINARY,
        party=Party(
            kind=PARTY_KIND_SOLE_TRADER if trader else PARTY_KIND_ORGANISATION,
            name=enterprise.name,
            identity_number=enterprise.credit_code,
        ),
        violation=asked.violation,
        item_id=asked.item_id,
        area_code=enterprise.area_code,
    )
