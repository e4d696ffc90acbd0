"""Random draws: the hash of the seed first, then the seed and a public number that nobody here chose."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_draw_pb2 as pb
from yifa.enforcement.v1 import inspection_object_pb2 as objects

from services.enforcement.body.model import Body
from services.enforcement.case.facts import legible
from services.enforcement.inspection_draw.facts import Looked
from services.enforcement.inspection_draw.model import InspectionDraw
from services.enforcement.inspection_object.model import InspectionObject, exempt_at
from services.enforcement.officer.model import Standing
from services.kit.act import Acts, Do
from services.kit.tx import Tx
from services.law.draw import drawn
from services.law.moment import put_moment
from services.law.procedures.inspection_draw import INSPECTION_DRAW

WEIGHTS = {
    objects.RISK_CLASS_A: 1,
    objects.RISK_CLASS_B: 2,
    objects.RISK_CLASS_C: 4,
    objects.RISK_CLASS_D: 8,
}
_STATES = {
    number: name.removeprefix("INSPECTION_DRAW_STATE_") for name, number in pb.InspectionDrawState.items()
}


def columns(draw: pb.InspectionDraw) -> dict[str, Any]:
    return {"body_id": draw.body_id, "state": _STATES[draw.state], "version": draw.version}


act = Acts(
    row=InspectionDraw,
    record=pb.InspectionDraw,
    key="draw_id",
    procedure=INSPECTION_DRAW,
    facts=Looked,
    columns=columns,
)


def _committed(request: pb.CommitInspectionDrawRequest, tx: Tx) -> pb.InspectionDraw:
    """The lists as they stand now: who is on the white list is not drawn, who is related is not sent."""
    legible(request, "draw_after")
    body = tx.find(Body, request.body_id)
    draw = pb.InspectionDraw(
        draw_id=tx.new_id("D-"),
        node=tx.node,
        body_id=request.body_id,
        title=request.title,
        object_count=request.object_count,
        officers_each=request.officers_each,
        seed_hash=request.seed_hash,
        public_source=request.public_source,
        draw_after=request.draw_after,
        committer=tx.caller.subject,
        sector=tx.sector_of(body.field if body else ""),
    )
    put_moment(draw.commit_time, tx.now)
    for officer_id in request.officer_ids:
        row = tx.find(Standing, officer_id)
        draw.officers.add(officer_id=officer_id, name=row.name if row else "")
    listed = select(InspectionObject).where(InspectionObject.body_id == request.body_id)
    for row in tx.query(listed.order_by(InspectionObject.object_id)):
        if not exempt_at(row, tx.now):
            found = objects.InspectionObject.FromString(row.record)
            draw.objects.add(
                enterprise=found.enterprise,
                weight=WEIGHTS[found.risk],
                barred_officer_ids=found.related_officer_ids,
            )
    return draw


@act(
    INSPECTION_DRAW.COMMIT_INSPECTION_DRAW,
    begins=_committed,
    loads=((Body, "body_id"), (Standing, "officer_ids")),
)
def commit_inspection_draw(
    _request: pb.CommitInspectionDrawRequest, _draw: pb.InspectionDraw, _do: Do
) -> events.InspectionDrawCommitted:
    """Publish the hash of a seed, before the public number is known, and freeze the lists (国办发〔2015〕58号)."""
    return events.InspectionDrawCommitted()


def _revealed(request: pb.MakeInspectionDrawRequest, draw: pb.InspectionDraw, tx: Tx) -> None:
    draw.seed, draw.public_number, draw.drawer = request.seed, request.public_number, tx.caller.subject
    put_moment(draw.draw_time, tx.now)


@act(INSPECTION_DRAW.MAKE_INSPECTION_DRAW, takes=_revealed)
def make_inspection_draw(
    _request: pb.MakeInspectionDrawRequest, draw: pb.InspectionDraw, _do: Do
) -> events.InspectionDrawn:
    """Draw: what comes out follows from the frozen lists, the seed and the public number (国办发〔2015〕58号)."""
    draw.drawn.extend(drawn(draw, draw.seed, draw.public_number))
    return events.InspectionDrawn()
