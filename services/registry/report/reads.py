"""The yearly report of the registry."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from yifa.registry.v1 import statistics_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.procedures.body import MAY_ENFORCE
from services.law.procedures.training import half_days_needed
from services.registry.annual_review.model import AnnualReview, unreviewed
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.exam.model import ExamEntry
from services.registry.law_study.model import LawStudy
from services.registry.officer.model import Officer
from services.registry.points.cycle import cycle_at
from services.registry.points.model import PointsEntry
from services.registry.quota.model import YearQuota
from services.registry.quota.sums import by_officer, whole
from services.registry.statistics.sums import (
    ABSENT,
    FAILED,
    PASSED,
    STAFF,
    covered,
    holders,
    renewable_by,
    sat_in,
)
from services.registry.training.model import Training, year_of


@read
def get_registry_report(
    request: messages.GetRegistryReportRequest, view: View
) -> messages.GetRegistryReportResponse:
    """The yearly report, as far as this node knows of bodies, officers and certificates."""
    year = request.year
    report = messages.RegistryReport(
        year=year,
        report_time=view.now,
        bodies=count(view, Body, Body.state.in_(MAY_ENFORCE)),
        **people(view),
        due_renewals=count(view, Certificate, *renewable_by(view.now, view.now)),
        **taught(view, year),
        **examined(view, year),
        **reviewed(view, year),
        **scored(view, year),
        quotas_met=count(view, YearQuota, YearQuota.year == year, YearQuota.state == "MET"),
        quotas_missed=count(view, YearQuota, YearQuota.year == year, YearQuota.state == "MISSED"),
        law_studies=count(view, LawStudy, LawStudy.year == year),
    )
    return messages.GetRegistryReportResponse(report=report)


def count(view: View, kind: Any, *conditions: Any) -> int:
    [row] = view.rows(select(func.count().label("n")).select_from(kind).where(*conditions))
    return int(row.n)


def people(view: View) -> dict[str, int]:
    """Officers at work, and the certificates that they hold."""
    [held] = view.rows(holders(view.now))
    return covered(count(view, Officer, *STAFF), (held.held, held.suspended))


def taught(view: View, year: int) -> dict[str, int]:
    """The training of a year."""
    each = by_officer(year).subquery()
    behind = func.sum(case((each.c.half_days < half_days_needed(view.parameters, year).amount, 1), else_=0))
    [sums] = view.rows(select(behind.label("behind"), whole(each.c.hours).label("hours")))
    held = count(view, Training, Training.year == year, Training.state.in_(("HELD", "CLOSED")))
    return {"officers_behind": sums.behind or 0, "training_hours": sums.hours or 0, "trainings_held": held}


def examined(view: View, year: int) -> dict[str, int]:
    [sums] = view.rows(select(PASSED, FAILED, ABSENT).select_from(ExamEntry).where(*sat_in(year)))
    return {
        "exams_passed": sums.passed or 0,
        "exams_failed": sums.failed or 0,
        "exams_absent": sums.absent or 0,
    }


def reviewed(view: View, year: int) -> dict[str, int]:
    failed = AnnualReview.state == "FAILED"
    [left] = view.rows(unreviewed(select(func.count().label("n")).select_from(Certificate), year, view.now))
    return {
        "reviews_passed": count(view, AnnualReview, AnnualReview.year == year, ~failed),
        "reviews_failed": count(view, AnnualReview, AnnualReview.year == year, failed),
        "unreviewed": left.n,
    }


def scored(view: View, year: int) -> dict[str, int]:
    """The points of the cycle in which a year ends, or of the present one while the year lasts."""
    at = view.now if year == year_of(view.now) else datetime(year, 12, 31, tzinfo=SHANGHAI)
    stands = (PointsEntry.cycle == cycle_at(view, at), PointsEntry.state != "WITHDRAWN")
    [sums] = view.rows(
        select(func.count().label("n"), func.sum(PointsEntry.points).label("points")).where(*stands)
    )
    return {"points_entries": sums.n, "points": sums.points or 0}
