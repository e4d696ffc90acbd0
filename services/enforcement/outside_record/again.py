"""What runs beside a case that another system keeps, judged again when something of the case is told late: that it was decided,
that execution of the decision was stayed, that a stay or a remedy ended; and a permit whose acts rest on a case or an inspection.
"""

from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.measure.model import measures_of
from services.enforcement.outside.model import OutsideNamed, OutsideRecord, OutsideStage, case_key, record_key
from services.enforcement.outside.stage import asked_of
from services.enforcement.outside_record.assembling import known_of, settle
from services.enforcement.outside_record.going_through import Run, Step
from services.enforcement.outside_record.kind import KINDS, event_of
from services.enforcement.referral.model import referrals_of
from services.kit.tx import Tx
from services.law.moment import moment_of


def judge_beside_again(tx: Tx, case: cases.Case, since: datetime) -> None:
    """Find anew what the acts of its measures and referrals broke, where one was done at or after a moment."""
    if not case.origin.system:
        return
    for name, records in (
        ("measure", measures_of(tx, case.case_id)),
        ("referral", referrals_of(tx, case.case_id)),
    ):
        for record in records:
            kept = record.origin
            key = record_key(case_key(kept.system, kept.source_case), name, kept.source_record)
            home = tx.find(OutsideRecord, key) if kept.system else None
            if home is None or home.last_time < since:
                continue
            kind, reordered = KINDS[name], kept.reordered
            opened = kind.act.open(tx, home.record_id)
            Run(tx, kind, home, opened, again=True).through(known_of(tx, home), [])
            opened.origin.reordered = reordered
            settle(tx, kind, home, opened)


def judge_naming_again(tx: Tx, target: str) -> None:
    """Something was told of an inspection or a case that acts of a permit name: what these broke is found anew, and told if it is
    something else now.
    """
    for naming in tx.query(select(OutsideNamed).where(OutsideNamed.target == target)):
        kind, home = KINDS["permit"], tx.find(OutsideRecord, naming.home)
        told = tx.find(OutsideStage, naming.stage)
        if home is None or told is None:
            continue
        record = kind.act.open(tx, home.record_id)
        before, reordered = [*record.breaches], record.origin.reordered
        run = Run(tx, kind, home, record, again=True)
        run.through(known_of(tx, home), [])
        record.origin.reordered = reordered
        if before != [*record.breaches]:
            stage = pb.OutsideStage.FromString(told.record)
            name = kind.methods[asked_of(stage)].acts[0].name
            event = event_of(kind.name, kind.kept.table.named(name))()
            run.announce([Step(stage, name, moment_of(stage.act_time), event)])
        settle(tx, kind, home, record)
