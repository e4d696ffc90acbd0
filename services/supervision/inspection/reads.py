"""Inspections of all departments, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import inspection_pb2
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.event.messages import entry_message
from services.supervision.event.model import Received
from services.supervision.inspection.model import InspectionView
from services.supervision.inspection_voice.model import InspectionVoice
from services.supervision.search.reads import found_by
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.reads import OPEN, open_warnings

INSPECTIONS = InspectionView.__table__
RECEIVED = Received.__table__
WARNINGS = Warning.__table__
VOICES = InspectionVoice.__table__
LINE = [column for column in INSPECTIONS.c if column.name not in ("record", "not_judged")]
KEYS = (INSPECTIONS.c.update_time.desc(), INSPECTIONS.c.inspection_id.desc())
TIMELINE = 500


@read
def get_inspection(request: pb.GetInspectionRequest, view: View) -> pb.GetInspectionResponse:
    """An inspection with warnings, timeline and what the enterprise said of it. Refuses with NOT_FOUND."""
    key = request.inspection_id
    row = view.get(
        select(INSPECTIONS.c.record).where(INSPECTIONS.c.inspection_id == key), "InspectionView", key
    )
    warned = select(WARNINGS).where(WARNINGS.c.inspection_id == key).order_by(WARNINGS.c.raise_time.desc())
    told = select(RECEIVED).where(RECEIVED.c.case_id == key).order_by(RECEIVED.c.position.desc())
    said = select(VOICES.c.record).where(VOICES.c.inspection_id == key).order_by(VOICES.c.give_time.desc())
    return pb.GetInspectionResponse(
        inspection=pb.InspectionView(
            inspection=inspection_pb2.Inspection.FromString(row.record),
            warnings=[warning_message(w) for w in view.rows(warned)],
            timeline=[entry_message(e) for e in view.rows(told.limit(TIMELINE))],
            voices=[pb.InspectionVoice.FromString(voice.record) for voice in view.rows(said)],
        )
    )


@read
def list_inspections(request: pb.ListInspectionsRequest, view: View) -> pb.ListInspectionsResponse:
    """Inspections of all departments, last changed first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request, view)
    rows, token = view.page(select(*LINE).where(*wanted), KEYS, request.page_size, request.page_token)
    open_ones = open_warnings(view, WARNINGS.c.inspection_id, [row.inspection_id for row in rows])
    return pb.ListInspectionsResponse(
        inspections=[summary(row, open_ones.get(row.inspection_id, 0)) for row in rows],
        next_page_token=token,
        total=count(view, INSPECTIONS, wanted),
    )


def matching(request: pb.ListInspectionsRequest, view: View) -> list[Any]:
    """The conditions of a list of inspections."""
    named = ("node", "state", "kind")
    wanted: list[Any] = [INSPECTIONS.c[n] == getattr(request, n) for n in named if getattr(request, n)]
    if request.only_warned:
        open_ones = select(WARNINGS.c.inspection_id).where(WARNINGS.c.state == OPEN)
        wanted.append(INSPECTIONS.c.inspection_id.in_(open_ones))
    if text := request.query.strip():
        wanted.append(found_by(view, INSPECTIONS.c.inspection_id, text))
    return wanted


def summary(row: Any, warnings: int) -> pb.InspectionSummary:
    """A line of the list."""
    return pb.InspectionSummary(
        inspection_id=row.inspection_id,
        number=row.number,
        node=row.node,
        body_name=row.body_name,
        enterprise_name=row.enterprise_name,
        credit_code=row.credit_code,
        kind=row.kind,
        state=row.state,
        planned_time=row.planned_time,
        check_in_time=row.check_in_time,
        code=row.code,
        open_warnings=warnings,
        update_time=row.update_time,
        urgent=row.urgent,
    )
