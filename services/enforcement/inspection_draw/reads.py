"""A draw, with all that anybody needs to draw again."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import inspection_draw_pb2 as pb

from services.enforcement.inspection_draw.model import InspectionDraw
from services.kit.rpc import read
from services.kit.view import View
from services.law.draw import verified

DRAW = select(InspectionDraw.record).where(InspectionDraw.draw_id == bindparam("wanted"))


@read
def get_inspection_draw(request: pb.GetInspectionDrawRequest, view: View) -> pb.GetInspectionDrawResponse:
    """A draw, drawn again. Refuses with NOT_FOUND."""
    row = view.get(DRAW, "InspectionDraw", request.draw_id, wanted=request.draw_id)
    draw = pb.InspectionDraw.FromString(row.record)
    again = draw.state == pb.INSPECTION_DRAW_STATE_DRAWN and verified(draw)
    return pb.GetInspectionDrawResponse(inspection_draw=draw, verified=again)
