"""What a year's records of officers say."""

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import select
from yifa.registry.v1 import training_pb2

from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures import annual_review as law
from services.law.procedures.training import half_days_needed
from services.law.rule import NotAsked
from services.registry.attendance.model import Attendance
from services.registry.lawful import Looked
from services.registry.officer_assessment.model import OfficerGrade
from services.registry.officer_year.model import OfficerYear
from services.registry.request import number
from services.registry.training.model import Training


@whole
class FirstReview(Looked, law.ReviewFacts):
    """The review of a year as it is held for the first time."""

    def __init__(self, tx: Tx, year: law.Year, half_days_needed: int, sessions_needed: int) -> None:
        super().__init__(tx)
        self._year, self._half_days, self._sessions = year, half_days_needed, sessions_needed

    def year(self) -> law.Year:
        return self._year

    def half_days_needed(self) -> int:
        return self._half_days

    def sessions_needed(self) -> int:
        return self._sessions

    def retrained(self) -> bool:
        raise NotAsked


@whole
class Again(Looked, law.ReviewFacts):
    """The review once more, of a certificate that failed at a moment."""

    def __init__(self, tx: Tx, officer_id: str, since: datetime) -> None:
        super().__init__(tx)
        self._officer_id, self._since = officer_id, since

    def year(self) -> law.Year:
        raise NotAsked

    def half_days_needed(self) -> int:
        raise NotAsked

    def sessions_needed(self) -> int:
        raise NotAsked

    def retrained(self) -> bool:
        return retrained_since(self.tx, self._officer_id, self._since)


def facts_of(tx: Tx, officer_ids: list[str], year: int) -> dict[str, FirstReview]:
    """What the year's records of officers say; work in several departments is added up, the worst grade counts."""
    days, sessions = half_days_needed(tx.parameters, year).amount, number(tx, "annual_review.sessions")
    rows: dict[str, list[OfficerYear]] = defaultdict(list)
    for n in range(0, len(officer_ids), 500):
        some = officer_ids[n : n + 500]
        for row in tx.query(
            select(OfficerYear).where(OfficerYear.officer_id.in_(some), OfficerYear.year == year)
        ):
            rows[row.officer_id].append(row)
    failed = graded_lowest(tx, officer_ids, year)
    return {
        officer_id: FirstReview(tx, added_up(rows[officer_id], failed=officer_id in failed), days, sessions)
        for officer_id in officer_ids
    }


def graded_lowest(tx: Tx, officer_ids: list[str], year: int) -> set[str]:
    """Those of some whom the assessment of persons graded the lowest for a year."""
    found = tx.query(select(OfficerGrade).where(OfficerGrade.year == year, OfficerGrade.grade == "FAILED"))
    return {row.officer_id for row in found}.intersection(officer_ids)


def added_up(rows: list[OfficerYear], *, failed: bool = False) -> law.Year:
    """Who was graded the lowest in the assessment of persons did not pass, whatever the department says."""
    evaluation = training_pb2.EVALUATION_FAILED if failed else max((r.evaluation for r in rows), default=0)
    return law.Year(sum(r.half_days for r in rows), sum(r.sessions for r in rows), evaluation)


RETRAINING = training_pb2.TRAINING_KIND_RETRAINING


def retrained_since(tx: Tx, officer_id: str, since: datetime) -> bool:
    """Whether a retraining that began since then was attended and its test, if there was one, passed."""
    mark = number(tx, "officer.exam.pass")
    came = tx.query(select(Attendance).where(Attendance.officer_id == officer_id, Attendance.attended))
    good = [a.training_id for a in came if a.score is None or a.score >= mark]
    held = tx.query(select(Training).where(Training.training_id.in_(good), Training.kind == RETRAINING))
    begun = (training_pb2.Training.FromString(t.record).start_time.ToDatetime(tzinfo=UTC) for t in held)
    return any(at >= since for at in begun)
