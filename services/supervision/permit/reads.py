"""Permits of all departments, for oversight; the published guides with how the promises were kept, for anybody (ALIC 30, 33;
CITY-ERS 3(7)).
"""

from typing import Any

from sqlalchemy import case, func, select
from yifa.enforcement.v1 import permit_guide_pb2, permit_pb2
from yifa.supervision.v1 import permit_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.body.model import PowerItem
from services.supervision.counts import count
from services.supervision.event.messages import entry_message
from services.supervision.event.model import Received
from services.supervision.permit.judging import warnings_of
from services.supervision.permit.model import PermitGuideView, PermitView
from services.supervision.search.reads import found_by
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning

PERMITS: Any = PermitView.__table__  # type: ignore[attr-defined]
GUIDES: Any = PermitGuideView.__table__  # type: ignore[attr-defined]
RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]
WARNINGS: Any = Warning.__table__  # type: ignore[attr-defined]
LAST_CHANGED_FIRST = (PERMITS.c.update_time.desc(), PERMITS.c.permit_id.desc())
LAST_PUBLISHED_FIRST = (GUIDES.c.publish_time.desc(), GUIDES.c.guide_id.desc())
TIMELINE = 500
PAGE = 20


@read
def get_permit(request: pb.GetPermitRequest, view: View) -> pb.GetPermitResponse:
    """An application with its warnings and timeline. Refuses with NOT_FOUND."""
    key = request.permit_id
    row = view.get(select(PERMITS.c.record).where(PERMITS.c.permit_id == key), "PermitView", key)
    record = permit_pb2.Permit.FromString(row.record)
    warned = select(WARNINGS).where(WARNINGS.c.warning_id.in_(warnings_of(record)))
    told = select(RECEIVED).where(RECEIVED.c.case_id == key).order_by(RECEIVED.c.position.desc())
    return pb.GetPermitResponse(
        permit=record,
        warnings=[warning_message(w) for w in view.rows(warned.order_by(WARNINGS.c.raise_time.desc()))],
        timeline=[entry_message(e) for e in view.rows(told.limit(TIMELINE))],
    )


@read
def list_permits(request: pb.ListPermitsRequest, view: View) -> pb.ListPermitsResponse:
    """Applications for permits at all departments, last changed first. Refuses with BAD_PAGE_TOKEN."""
    wanted: list[Any] = [
        PERMITS.c[name] == getattr(request, name)
        for name in ("node", "state", "guide_id")
        if getattr(request, name)
    ]
    wanted += [PERMITS.c.late.is_(True)] if request.only_late else []
    wanted += [PERMITS.c.broken.is_(True)] if request.only_broken else []
    if text := request.query.strip():
        wanted.append(found_by(view, PERMITS.c.permit_id, text))
    found = select(PERMITS.c.record, PERMITS.c.update_time, PERMITS.c.permit_id).where(*wanted)
    rows, token = view.page(found, LAST_CHANGED_FIRST, request.page_size, request.page_token)
    return pb.ListPermitsResponse(
        permits=[permit_pb2.Permit.FromString(row.record) for row in rows],
        next_page_token=token,
        total=count(view, PERMITS, wanted),
    )


@read
def list_published_permit_guides(
    request: pb.ListPublishedPermitGuidesRequest, view: View
) -> pb.ListPublishedPermitGuidesResponse:
    """The published guides, each with how the promised time was kept. Anybody may ask. Refuses with BAD_PAGE_TOKEN."""
    wanted = [GUIDES.c.state == permit_guide_pb2.PERMIT_GUIDE_STATE_PUBLISHED]
    if request.body_id:
        wanted.append(GUIDES.c.body_id == request.body_id)
    if request.item_id:
        wanted.append(GUIDES.c.guide_id.in_(guides_of(view, request.item_id)))
    found = select(GUIDES.c.record, GUIDES.c.publish_time, GUIDES.c.guide_id).where(*wanted)
    rows, token = view.page(found, LAST_PUBLISHED_FIRST, request.page_size, request.page_token, default=PAGE)
    kept = keeping(view, [row.guide_id for row in rows])
    return pb.ListPublishedPermitGuidesResponse(
        guides=[
            guide
            for row in rows
            if (guide := published(row, kept.get(row.guide_id, pb.PromiseKeeping()))).terms.fee.amount.fen
            or not request.only_charged
        ],
        next_page_token=token,
        total=count(view, GUIDES, wanted),
    )


def guides_of(view: View, item_id: str) -> list[str]:
    """The published guides of an item of a power list: looked for among those of the item's body, which are few."""
    item = view.find(PowerItem, item_id)
    if item is None:
        return []
    its = select(GUIDES.c.guide_id, GUIDES.c.record).where(
        GUIDES.c.state == permit_guide_pb2.PERMIT_GUIDE_STATE_PUBLISHED, GUIDES.c.body_id == item.body_id
    )
    return [
        row.guide_id
        for row in view.rows(its)
        if permit_guide_pb2.PermitGuide.FromString(row.record).item_id == item_id
    ]


def published(row: Any, kept: pb.PromiseKeeping) -> pb.PublishedPermitGuide:
    """What anybody may read of a guide: all that it says, and nobody who worked on it."""
    guide = permit_guide_pb2.PermitGuide.FromString(row.record)
    return pb.PublishedPermitGuide(
        guide_id=guide.guide_id,
        body_id=guide.body_id,
        body_name=guide.body_name,
        terms=guide.terms,
        publish_time=guide.publish_time,
        address=guide.publish_address,
        keeping=kept,
        item_id=guide.item_id,
    )


def keeping(view: View, guide_ids: list[str]) -> dict[str, pb.PromiseKeeping]:
    """How the promises of some guides were kept, counted from all their applications."""

    def how_many(holds: Any) -> Any:
        return func.sum(case((holds, 1), else_=0))

    p = PERMITS.c
    counted = select(
        p.guide_id,
        func.count().label("received"),
        how_many(p.decided.is_(True)).label("decided"),
        how_many(p.broken.is_(True)).label("broken"),
        how_many(p.compensated.is_(True)).label("compensated"),
    ).where(p.guide_id.in_(guide_ids))
    return {
        row.guide_id: pb.PromiseKeeping(
            received=row.received, decided=row.decided, broken=row.broken, compensated=row.compensated
        )
        for row in view.rows(counted.group_by(p.guide_id))
    }
