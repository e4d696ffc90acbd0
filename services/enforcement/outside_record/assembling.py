"""An inspection, a measure, a referral or a permit put together from the stages that another system reported, by when they
were done.

Stages that follow all that is known enter the record as it stands. With one that does not, it is gone through again from its
first stage. What the city gave, what the clocks did and what was done in it here stays.
"""

from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits

from services.enforcement.case.model import Case
from services.enforcement.measure.showing import show_measure
from services.enforcement.outside.assembling import of_the_archive
from services.enforcement.outside.judging import NotJudged
from services.enforcement.outside.model import OutsideRecord, OutsideStage
from services.enforcement.outside.stage import asked_of, key_of
from services.enforcement.outside.terms import hold, let_go
from services.enforcement.outside_record.beginning import Stages
from services.enforcement.outside_record.going_through import Run, place
from services.enforcement.outside_record.kind import CASELESS, Kind
from services.enforcement.outside_record.permitting import keep_named
from services.enforcement.permit.befalling import befallen
from services.enforcement.permit.showing import show_permit
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.elsewhere import (
    from_the_archive,
)


def assemble(tx: Tx, kind: Kind, home: OutsideRecord, fresh: Stages) -> tuple[Any, list[NotJudged]]:
    """Take new stages into their record; the record, and what of the new ones could not be judged. All of them were checked."""
    record = kind.act.open(tx, home.record_id)
    fresh = sorted(fresh, key=place)
    first = not record.origin.told
    early = not first and place(fresh[0])[:2] < (home.last_time, home.last_place)
    told_late = take_silence_back(home, record, fresh) or before_the_clock(record, fresh)
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
        keep_named(tx, stage, home)
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


def before_the_clock(record: Any, fresh: Stages) -> bool:
    """Whether something was done before a moment of which it was noted here what it brought: then it may have brought something
    else.
    """
    noticed = befallen(record) if isinstance(record, permits.Permit) else None
    return noticed is not None and moment_of(fresh[0].act_time) <= noticed
