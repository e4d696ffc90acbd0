"""What a year's records of officers say."""

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import select
from yifa.registry.v1 import training_pb2

from services.kit.tx import Tx
from services.law.procedures.annual_review import ReviewFacts
from services.law.procedures.training import half_days_needed
from services.registry.attendance.model import Attendance
from services.registry.officer_year.model import OfficerYear
from services.registry.request import number
from services.registry.training.model import Training


def facts_of(tx: Tx, officer_ids: list[str], year: int) -> dict[str, ReviewFacts]:
    """What the year's records of officers say; work in several departments is added up, the worst grade counts."""
    days, sessions = half_days_needed(tx.parameters, year).amount, number(tx, "annual_review.sessions")
    rows: dict[str, list[OfficerYear]] = defaultdict(list)
    for n in range(0, len(officer_ids), 500):
        some = officer_ids[n : n + 500]
        for row in tx.query(
            select(OfficerYear).where(OfficerYear.officer_id.in_(some), OfficerYear.year == year)
        ):
            rows[row.officer_id].append(row)
    return {
        officer_id: ReviewFacts(
            half_days=sum(r.half_days for r in rows[officer_id]),
            half_days_needed=days,
            sessions=sum(r.sessions for r in rows[officer_id]),
            sessions_needed=sessions,
            evaluation=max((r.evaluation for r in rows[officer_id]), default=0),
        )
        for officer_id in officer_ids
    }


RETRAINING = training_pb2.TRAINING_KIND_RETRAINING


def retrained_since(tx: Tx, officer_id: str, since: datetime) -> bool:
    """Whether a retraining that began since then was attended and its test, if there was one, passed."""
    mark = number(tx, "officer.exam.pass")
    came = tx.query(select(Attendance).where(Attendance.officer_id == officer_id, Attendance.attended))
    good = [a.training_id for a in came if a.score is None or a.score >= mark]
    held = tx.query(select(Training).where(Training.training_id.in_(good), Training.kind == RETRAINING))
    begun = (training_pb2.Training.FromString(t.record).start_time.ToDatetime(tzinfo=UTC) for t in held)
    return any(at >= since for at in begun)
