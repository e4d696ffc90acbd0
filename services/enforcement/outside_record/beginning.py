"""How a record begins of which another system tells, and the case that it belongs to."""

from datetime import UTC, datetime

from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.case.act import act as case_act
from services.enforcement.outside.assembling import begin, matter_told, of_the_archive, put_matter, report
from services.enforcement.outside.model import OutsideCase, OutsideRecord, case_key
from services.enforcement.outside_record.facts import AsTold
from services.enforcement.outside_record.kind import Kind
from services.kit.tx import Tx
from services.law.moment import moment_of

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Stages = list[pb.OutsideStage]


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
