"""Points of officers, as they are read."""

from sqlalchemy import select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import points_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.procedures.points import thresholds
from services.registry.points.cycle import cycle_at, not_own
from services.registry.points.model import PointsEntry, PointsStanding, PointsTable
from services.registry.request import moment_in
from services.registry.training.model import citation_proto

TABLES = select(PointsTable.table_id, PointsTable.record)
ENTRIES = select(PointsEntry.entry_id, PointsEntry.record)
STANDINGS = select(PointsStanding.key, PointsStanding.record)


@read
def get_points_table(request: messages.GetPointsTableRequest, view: View) -> messages.GetPointsTableResponse:
    """The table in force, now or at another moment."""
    at = moment_in(request, "at_time", view.now)
    newest = TABLES.where(PointsTable.since_time <= at).order_by(PointsTable.since_time.desc()).limit(1)
    row = view.get(newest, "PointsTable", at.astimezone(SHANGHAI).date().isoformat())
    return messages.GetPointsTableResponse(table=messages.PointsTable.FromString(row.record))


@read
def get_officer_points(
    request: messages.GetOfficerPointsRequest, view: View
) -> messages.GetOfficerPointsResponse:
    """An officer's points of one cycle, with every entry. An officer sees only his own."""
    if view.caller.only(options.ROLE_HANDLING_OFFICER) and view.caller.subject != request.officer_id:
        raise not_own()
    cycle = cycle_at(view, moment_in(request, "at_time", view.now))
    row = view.one(STANDINGS.where(PointsStanding.key == f"{request.officer_id}/{cycle}"))
    known = ENTRIES.where(PointsEntry.officer_id == request.officer_id, PointsEntry.cycle == cycle)
    rows = view.rows(known.order_by(PointsEntry.entry_id))
    blank = messages.PointsStanding(
        officer_id=request.officer_id, cycle=cycle, level=messages.POINTS_LEVEL_NONE
    )
    return messages.GetOfficerPointsResponse(
        standing=messages.PointsStanding.FromString(row.record) if row else blank,
        entries=[messages.PointsEntry.FromString(e.record) for e in rows],
        thresholds=[
            messages.PointsThreshold(
                level=level,  # type: ignore[arg-type]
                points=limit.value,
                citation=citation_proto(limit.citation.code),
            )
            for level, limit in thresholds(view.parameters, view.now.astimezone(SHANGHAI).date()).items()
        ],
    )


@read
def list_points_standings(
    request: messages.ListPointsStandingsRequest, view: View
) -> messages.ListPointsStandingsResponse:
    cycle = cycle_at(view, moment_in(request, "at_time", view.now))
    statement = STANDINGS.where(PointsStanding.cycle == cycle)
    if request.level:
        statement = statement.where(PointsStanding.level == request.level)
    rows, token = view.page(statement, (PointsStanding.key,), request.page_size, request.page_token)
    standings = [messages.PointsStanding.FromString(row.record) for row in rows]
    return messages.ListPointsStandingsResponse(standings=standings, next_page_token=token)
