"""What came from whom, counted, and streamed as it comes."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import case, func, select
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1 import warning_pb2, watch_pb2

from services.kit.rpc import read, stream
from services.kit.view import Feed, View
from services.supervision.counts import count
from services.supervision.event.model import Source
from services.supervision.event.watch import last_position
from services.supervision.event.watch import watch as watching
from services.supervision.filing.model import Filing
from services.supervision.warning.model import Warning

OPEN = warning_pb2.WARNING_STATE_OPEN
FILINGS = Filing.__table__
SOURCES = Source.__table__
WARNINGS = Warning.__table__
SILENT = select(WARNINGS.c.node).where(WARNINGS.c.rule_id == "SILENT", WARNINGS.c.state == OPEN)


@read
def get_overview(_request: overviews.GetOverviewRequest, view: View) -> overviews.GetOverviewResponse:
    """What is going on, counted."""
    position, its = last_position(view), departments(view)
    return overviews.GetOverviewResponse(
        departments=its,
        events=position,
        open_warnings=open_warnings(view),
        filings_waiting=count(view, FILINGS, [FILINGS.c.state.in_(("FILED", "REGISTERED"))]),
        last_position=position,
    )


@stream
async def watch(request: watch_pb2.WatchRequest, feed: Feed) -> AsyncIterator[watch_pb2.WatchResponse]:
    """Every event from a position or a time on, or from now, and on without an end."""
    async for response in watching(request, feed):
        yield response


def departments(view: View) -> list[overviews.DepartmentCounts]:
    """The counts of every department that has sent anything. PostgreSQL sums warnings to decimals."""
    warnings = {row.node: row for row in view.rows(_warnings_by_node())}
    silent = {row.node for row in view.rows(SILENT)}
    found = []
    for source in view.rows(select(SOURCES).where(SOURCES.c.node != "*").order_by(SOURCES.c.node)):
        warned = warnings.get(source.node)
        if not source.cases and source.node == view.city:
            continue
        found.append(
            overviews.DepartmentCounts(
                node=source.node,
                body_name=source.body_name,
                open_cases=source.cases - source.ended,
                closed_cases=source.ended,
                yellow=int(warned.yellow) if warned else 0,
                orange=int(warned.orange) if warned else 0,
                red=int(warned.red) if warned else 0,
                fines={"fen": source.fines},
                late_entries=source.late_entries,
                corrections=source.corrections,
                last_event_time=source.last_event_time,
                silent=source.node in silent,
            )
        )
    return found


def open_warnings(view: View) -> int:
    """How many warnings are open, of departments and of all else."""
    row = view.one(select(func.count()).where(WARNINGS.c.state == OPEN))
    return row[0] if row else 0


def _warnings_by_node() -> Any:
    names = {
        "yellow": warning_pb2.WARNING_LEVEL_YELLOW,
        "orange": warning_pb2.WARNING_LEVEL_ORANGE,
        "red": warning_pb2.WARNING_LEVEL_RED,
    }
    columns = (func.sum(case((WARNINGS.c.level == n, 1), else_=0)).label(name) for name, n in names.items())
    return select(WARNINGS.c.node, *columns).where(WARNINGS.c.state == OPEN).group_by(WARNINGS.c.node)
