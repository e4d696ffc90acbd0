"""The quotas of a year: who is behind."""

from typing import Any

from sqlalchemy import case, func, select
from yifa.registry.v1 import quota_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.training import SESSIONS, half_days_needed, needed
from services.registry.body.model import Body
from services.registry.officer.model import Officer
from services.registry.officer_year.model import OfficerYear
from services.registry.quota.counting import APART
from services.registry.quota.model import QUOTAS, YearQuota, year_quota_proto
from services.registry.quota.sums import AT_WORK, by_officer, whole
from services.registry.training.model import Training, citation_proto

UNITS = select(Officer.body_id, Officer.unit).where(*AT_WORK).group_by(Officer.body_id, Officer.unit)
BODIES = select(Body.body_id, Body.name.label("body_name"), Body.node)


@read
def list_officer_quotas(
    request: messages.ListOfficerQuotasRequest, view: View
) -> messages.ListOfficerQuotasResponse:
    """The training of a year by officer."""
    wanted = half_days_needed(view.parameters, request.year)
    statement = by_officer(request.year)
    if request.body_id:
        statement = statement.where(Officer.body_id == request.body_id)
    if request.behind:
        statement = statement.having(func.coalesce(func.sum(OfficerYear.half_days), 0) < wanted.amount)
    rows, token = view.page(statement, (Officer.officer_id,), request.page_size, request.page_token)
    officers = [
        messages.OfficerQuota(**row._mapping, half_days_missing=max(0, wanted.amount - row.half_days))
        for row in rows
    ]
    return messages.ListOfficerQuotasResponse(
        officers=officers,
        next_page_token=token,
        half_days_needed=wanted.amount,
        citation=citation_proto(wanted.law),
    )


@read
def list_unit_quotas(request: messages.ListUnitQuotasRequest, view: View) -> messages.ListUnitQuotasResponse:
    """The training of a year by unit: its sessions, and how many of its people are behind."""
    days = half_days_needed(view.parameters, request.year)
    wanted = needed(view.parameters, SESSIONS, request.year)
    statement = UNITS.where(Officer.body_id == request.body_id) if request.body_id else UNITS
    keys = (Officer.body_id, Officer.unit)
    rows, token = view.page(statement, keys, request.page_size, request.page_token)
    bodies = {row.body_id for row in rows}
    names = {row.body_id: row._mapping for row in view.rows(BODIES.where(Body.body_id.in_(bodies)))}
    sums, held = by_unit(view, request.year, days.amount, bodies), sessions(view, request.year, bodies)
    units = []
    for row in rows:
        count = held.get((row.body_id, ""), 0) + (held.get((row.body_id, row.unit), 0) if row.unit else 0)
        missing = max(0, wanted.amount - count)
        units.append(
            messages.UnitQuota(
                unit=row.unit,
                **names.get(row.body_id, {"body_id": row.body_id}),
                **sums[row.body_id, row.unit],
                sessions=count,
                sessions_missing=missing,
            )
        )
    return messages.ListUnitQuotasResponse(
        units=units,
        next_page_token=token,
        sessions_needed=wanted.amount,
        citation=citation_proto(wanted.law),
    )


@read
def list_year_quotas(request: messages.ListYearQuotasRequest, view: View) -> messages.ListYearQuotasResponse:
    """What bodies and the city must hold in a year."""
    statement = QUOTAS.where(YearQuota.year == request.year)
    if request.state:
        state = messages.YearQuotaState.Name(request.state).removeprefix("YEAR_QUOTA_STATE_")
        statement = statement.where(YearQuota.state == state)
    rows, token = view.page(statement, (YearQuota.key,), request.page_size, request.page_token)
    return messages.ListYearQuotasResponse(quotas=map(year_quota_proto, rows), next_page_token=token)


def by_unit(view: View, year: int, half_days: int, body_ids: set[str]) -> dict[tuple[str, str], Any]:
    """The people at work in the units of some bodies, and the sums of their training in a year."""
    if not body_ids:
        return {}
    each = by_officer(year).where(Officer.body_id.in_(body_ids)).subquery()
    behind = func.sum(case((each.c.half_days < half_days, 1), else_=0))
    summed_up = select(
        each.c.body_id,
        each.c.unit,
        func.count().label("officers"),
        behind.label("officers_behind"),
        whole(each.c.hours).label("hours"),
        whole(each.c.half_days).label("half_days"),
    ).group_by(each.c.body_id, each.c.unit)
    found = {}
    for row in view.rows(summed_up):
        body_id, unit, *_ = row
        found[body_id, unit] = {k: v for k, v in row._mapping.items() if k not in ("body_id", "unit")}
    return found


def sessions(view: View, year: int, body_ids: set[str]) -> dict[tuple[str, str], int]:
    """How many collective trainings were held in a year, by body and unit; unit "" is the whole body."""
    counted = (
        select(Training.body_id, Training.unit, func.count().label("held"))
        .where(
            Training.year == year,
            Training.body_id.in_(body_ids),
            Training.state.in_(("HELD", "CLOSED")),
            Training.kind.not_in(APART),
        )
        .group_by(Training.body_id, Training.unit)
    )
    return {(row.body_id, row.unit): row.held for row in view.rows(counted)} if body_ids else {}
