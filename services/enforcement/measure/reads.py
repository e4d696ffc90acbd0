"""The measures of a case."""

from sqlalchemy import select
from yifa.enforcement.v1 import measure_pb2 as pb

from services.enforcement.case.reads import record_of
from services.enforcement.measure.model import Measure
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_measures(request: pb.ListMeasuresRequest, view: View) -> bytes:
    """A pb.ListMeasuresResponse."""
    record_of(view, request.case_id)
    its = select(Measure.record).where(Measure.case_id == request.case_id).order_by(Measure.measure_id)  # type: ignore[arg-type]
    return packed(pb.ListMeasuresResponse.MEASURES_FIELD_NUMBER, [row.record for row in view.rows(its)])
