"""An inspection, a measure, a referral or a permit put together from the stages that another system reported, by when they
were done.

Stages that follow all that is known enter the record as it stands. With one that does not, it is gone through again from its
first stage. What the city gave, what the clocks did and what was done in it here stays.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION, PARTY_KIND_SOLE_TRADER, Party

from services.enforcement.case.act import act as case_act
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.deadline.standstill import REFERRAL_TIME, go_on, stand_still
from services.enforcement.measure.showing import show_measure
from services.enforcement.outside.assembling import begin, matter_told, of_the_archive, put_matter, report
from services.enforcement.outside.judging import NotJudged, record_breaches
from services.enforcement.outside.model import OutsideCase, OutsideRecord, OutsideStage, case_key
from services.enforcement.outside.stage import KIND_OF, asked_of, key_of, request_of
from services.enforcement.outside.terms import hold, let_go, take_up
from services.enforcement.outside_record.entering import act_of, enter, put_about
from services.enforcement.outside_record.facts import AsTold
from services.enforcement.outside_record.kind import CASELESS, Kind, event_of
from services.enforcement.permit.showing import show_permit
from services.kit.clocks import EXPIRED
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.elsewhere import (
    arrive,
    as_seen,
    coded,
    copy,
    from_the_archive,
    in_force,
    of_its_day,
    without,
)
from services.law.procedures.measure.recorded import HOLDING, TERM
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_RANK = {name: n for n, name in enumerate(KIND_OF)}
_ASKS = "REQUEST_INSPECTION_CODE"
Stages = list[pb.OutsideStage]


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


def case_of(tx: Tx, stages: Stages) -> OutsideCase:
    """The case that a measure or a referral belongs to. One with no stage of its own yet begins with what it is about."""
    told = stages[0]
    key = case_key(told.system, told.source_case)
    home = tx.find(OutsideCase, key)
    return home or begin_case(tx, next(s for s in stages if s.HasField("matter")), key)


def begin_case(tx: Tx, stage: pb.OutsideStage, key: str) -> OutsideCase:
    """A case of which only what runs beside it was told: its own stages follow, from whatever time."""
    home = begin(tx, stage, key)
    case = case_act.open(tx, home.case_id)
    home.matter, home.last_time = matter_told(stage), LONG_AGO
    home.imported = case.origin.imported = of_the_archive(stage, tx.now)
    put_matter(tx, case, stage.matter)
    report(tx, case)
    return home


def begin_record(tx: Tx, kind: Kind, stages: Stages, key: str, case_id: str) -> OutsideRecord:
    """The record here of one there of which nothing was told yet."""
    first = next(
        (s for s in stages if s.HasField("inspection") or s.HasField("permit") or s.measure_kind), stages[0]
    )
    at = moment_of(first.act_time)
    record = kind.begin(first, case_id, AsTold(tx, at, first.actor))
    record.origin.system, record.origin.source_case = first.system, first.source_case
    record.origin.source_record = first.source_record
    record_id = getattr(record, kind.kept.key)
    tx.add(
        kind.act.row.new(
            **{kind.kept.key: record_id, **kind.act.columns(record)}, record=record.SerializeToString()
        )
    )
    return tx.add(
        OutsideRecord.new(
            key=key,
            record_id=record_id,
            last_time=min(moment_of(s.act_time) for s in stages),
            last_place=-1,
            imported=True,
            about=b"",
            about_time=at,
        )
    )


def assemble(tx: Tx, kind: Kind, home: OutsideRecord, fresh: Stages) -> tuple[Any, list[NotJudged]]:
    """Take new stages into their record; the record, and what of the new ones could not be judged. All of them were checked."""
    record = kind.act.open(tx, home.record_id)
    fresh = sorted(fresh, key=place)
    first = not record.origin.told
    early = not first and place(fresh[0])[:2] < (home.last_time, home.last_place)
    told_late = take_silence_back(home, record, fresh)
    anew = (take_about(home, fresh) and not first) or early or told_late
    known = known_of(tx, home) if anew else []
    home.imported = home.imported and all(of_the_archive(s, tx.now) for s in fresh)
    home.last_time, home.last_place = max((home.last_time, home.last_place), place(fresh[-1])[:2])
    record.origin.imported = home.imported
    if kind.name not in CASELESS:
        case = cases.Case.FromString(tx.get(Case, record.case_id).record)
        record.case_number = case.case_number or record.case_number
    for stage in fresh:
        row = OutsideStage.of(stage, key_of(stage), home.record_id, tx.now)
        tx.add(row)
        home.size += len(row.record)
    run = Run(tx, kind, home, record, again=bool(known))
    steps = run.through(known, fresh)
    settle(tx, kind, home, record)
    return record, [each for step in steps for each in step.unknown]


def settle(tx: Tx, kind: Kind, home: OutsideRecord, record: Any) -> None:
    """Keep a record that was gone through. Of one from the archive no term warns yet, or ever."""
    if home.imported and from_the_archive(kind.kept, record):
        let_go(tx, record, home.record_id)
    elif home.imported:
        hold(tx, record, home.record_id)
    if isinstance(record, permits.Permit):
        show_permit(tx, record)
    elif isinstance(record, measures.Measure):
        show_measure(tx, record)
    kind.act.keep(tx, record)


def known_of(tx: Tx, home: OutsideRecord) -> Stages:
    """The stages of a record that were told before."""
    rows = tx.query(select(OutsideStage).where(OutsideStage.case_id == home.record_id))
    return [pb.OutsideStage.FromString(row.record) for row in rows]


def take_about(home: OutsideRecord, fresh: Stages) -> bool:
    """Keep what an inspection or a permit is about as the last of its acts tells it; whether that is new."""
    told = next((s for s in reversed(fresh) if s.HasField("inspection") or s.HasField("permit")), None)
    if told is None or (at := moment_of(told.act_time)) < home.about_time:
        return False
    about: Message = told.inspection if told.HasField("inspection") else told.permit
    was, home.about = home.about, about.SerializeToString(deterministic=True)
    home.about_time = at
    return bool(was != home.about)


# What answers an application in the five working days, after which silence accepts it (ALIC 32(1)[4]).
_ANSWERS = frozenset({"accept_permit_application", "tell_permit_supplement", "refuse_permit_application"})


def take_silence_back(home: OutsideRecord, record: Any, fresh: Stages) -> bool:
    """An application counted as accepted by silence, and it is told now that it was answered: then nobody was silent."""
    if not isinstance(record, permits.Permit) or not record.acceptance.silent:
        return False
    if home.state not in ("RECEIVED", "SUPPLEMENTED") or all(asked_of(s) not in _ANSWERS for s in fresh):
        return False
    record.ClearField("acceptance")
    record.promise.ClearField("due_time")
    record.promise.ClearField("break_time")
    record.state = permits.PermitState.Value(f"PERMIT_STATE_{home.state}")
    return True


class Run:
    """Going through the stages of a record: those that are new, or again all of them."""

    def __init__(self, tx: Tx, kind: Kind, home: OutsideRecord, record: Any, *, again: bool) -> None:
        self.tx, self.kind, self.home, self.record, self.again = tx, kind, home, record, again
        self.stood = kind.act.names[record.state]
        self.by_clock = self.stood == "RELEASE_DUE"
        self.by_city = home.state == "CODE_ASKED" and self.stood in ("CODED", "APPROVED")
        self.moved = self.stood != home.state and not (self.by_clock or self.by_city)

    def through(self, known: Stages, fresh: Stages) -> list[Step]:
        """The new stages as they were gone through."""
        record, kept = self.record, {}
        new = {id(s) for s in fresh}
        state = self.stood if self.moved or self.by_city else self.home.state
        if self.again:
            gone = [(each.act, moment_of(each.act_time)) for each in record.origin.told]
            record.CopyFrom(without(self.kind.kept, record, gone))
            del record.breaches[:]
            del record.origin.told[:]
            record.origin.reordered, state = True, ""
            kept = let_go(self.tx, record, self.home.record_id)
        told = sorted([*known, *fresh], key=place)
        if self.home.about and not record.origin.told:
            put_about(record, self.home.about, AsTold(self.tx, moment_of(told[0].act_time), ""))
        steps = []
        for stage in told:
            state, step = self.step(stage, state, fresh=id(stage) in new)
            if id(stage) in new:
                steps.append(step)
        self.home.state = state
        record.state = self.kind.act.numbers[self.end(state, steps)]
        if self.again:
            take_up(self.tx, record, kept)
            self.announce(steps)
        return steps

    def step(self, stage: pb.OutsideStage, state: str, *, fresh: bool) -> tuple[str, Step]:
        """One stage: into the record, and judged by the rules of its act that were law on its day; where it stands then."""
        kind, record, at = self.kind, self.record, moment_of(stage.act_time)
        look = AsTold(self.tx, at, stage.actor)
        before = copy(record)
        state = coded(kind.kept, record, state, at)
        name = act_of(kind, stage, record, state)
        arrival = arrive(kind.kept, name, state, getattr(record, "kind", 0))
        enter(kind, stage, name, record, look)
        record.origin.told.add(act=name, act_time=stage.act_time)
        if name == "REFER_CLUE":
            self.link(stage)
        unknown = self.judge(stage, arrival, before, look)
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
