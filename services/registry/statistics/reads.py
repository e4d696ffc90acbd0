"""Statistics by body: what this node knows, added up when it is asked for."""

from collections.abc import Iterable

from sqlalchemy import case, func, select
from yifa.registry.v1 import statistics_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.exam.model import ExamEntry
from services.registry.officer.model import Officer
from services.registry.points.cycle import cycle_at
from services.registry.points.model import PointsEntry
from services.registry.request import moment_in
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

BODIES = select(Body.body_id, Body.name.label("body_name"), Body.node)


@read
def list_certificate_coverage(
    request: messages.ListCertificateCoverageRequest, view: View
) -> messages.ListCertificateCoverageResponse:
    """How many officers of each body hold a certificate."""
    rows, token = view.page(BODIES, (Body.body_id,), request.page_size, request.page_token)
    ids = [row.body_id for row in rows]
    staff, held = staff_of(view, ids), held_of(view, ids)
    bodies = [
        messages.CertificateCoverage(
            **row._mapping, **covered(staff.get(row.body_id, 0), held.get(row.body_id, (0, 0)))
        )
        for row in rows
    ]
    return messages.ListCertificateCoverageResponse(bodies=bodies, next_page_token=token)


@read
def list_exam_statistics(
    request: messages.ListExamStatisticsRequest, view: View
) -> messages.ListExamStatisticsResponse:
    """How the officers of each body did in the exams of a year."""
    statement = (
        select(Officer.body_id, func.coalesce(func.max(Body.name), "").label("body_name"))
        .add_columns(func.max(Officer.node).label("node"), PASSED, FAILED, ABSENT)
        .join(ExamEntry, ExamEntry.officer_id == Officer.officer_id)
        .outerjoin(Body, Body.body_id == Officer.body_id)
        .where(*sat_in(request.year))
        .group_by(Officer.body_id)
    )
    rows, token = view.page(statement, (Officer.body_id,), request.page_size, request.page_token)
    bodies = [
        messages.ExamStatistics(**row._mapping, pass_permille=permille(row.passed, row.passed + row.failed))
        for row in rows
    ]
    return messages.ListExamStatisticsResponse(bodies=bodies, next_page_token=token)


@read
def list_due_renewals(
    request: messages.ListDueRenewalsRequest, view: View
) -> messages.ListDueRenewalsResponse:
    """The certificates that can be renewed by a moment, the first to expire first (OFF-06)."""
    columns = (Certificate.certificate_number, Certificate.officer_id, Certificate.officer_name)
    statement = select(*columns, Certificate.body_id, Certificate.body_name, Certificate.node)
    statement = statement.add_columns(Certificate.expire_time)
    statement = statement.where(*renewable_by(moment_in(request, "by_time", view.now), view.now))
    if request.body_id:
        statement = statement.where(Certificate.body_id == request.body_id)
    keys = (Certificate.expire_time, Certificate.certificate_number)
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    due = [messages.DueRenewal(**row._mapping) for row in rows]
    return messages.ListDueRenewalsResponse(certificates=due, next_page_token=token)


@read
def list_points_statistics(
    request: messages.ListPointsStatisticsRequest, view: View
) -> messages.ListPointsStatisticsResponse:
    """How often points were scored in a cycle, by cause."""
    cycle = cycle_at(view, moment_in(request, "at_time", view.now))
    withdrawn = PointsEntry.state == "WITHDRAWN"
    statement = (
        select(
            PointsEntry.cause_code,
            func.count().label("entries"),
            func.sum(case((withdrawn, 0), else_=PointsEntry.points)).label("points"),
            func.sum(case((withdrawn, 1), else_=0)).label("withdrawn"),
        )
        .where(PointsEntry.cycle == cycle)
        .group_by(PointsEntry.cause_code)
    )
    keys = (PointsEntry.cause_code,)
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    causes = [messages.PointsStatistics(**row._mapping) for row in rows]
    return messages.ListPointsStatisticsResponse(causes=causes, next_page_token=token)


def staff_of(view: View, body_ids: Iterable[str]) -> dict[str, int]:
    """How many permanent staff each of some bodies has at work."""
    ids = tuple(body_ids)
    counts = select(Officer.body_id, func.count().label("n")).where(Officer.body_id.in_(ids), *STAFF)
    return {row.body_id: row.n for row in view.rows(counts.group_by(Officer.body_id))} if ids else {}


def held_of(view: View, body_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many officers of each of some bodies hold a certificate, and how many of those a suspended one."""
    ids = tuple(body_ids)
    counts = holders(view.now).where(Certificate.body_id.in_(ids)).add_columns(Certificate.body_id)
    rows = view.rows(counts.group_by(Certificate.body_id)) if ids else ()
    return {row.body_id: (row.held, row.suspended) for row in rows}


def permille(part: int, whole: int) -> int:
    return round(1000 * part / whole) if whole else 0
