"""What was decided about a certificate."""

from yifa.registry.v1 import measure_pb2 as asked

from services.kit.rpc import read
from services.kit.view import View
from services.registry.measure.model import MEASURES, measure_proto
from services.registry.measure.record import in_order


@read
def list_measures(request: asked.ListMeasuresRequest, view: View) -> asked.ListMeasuresResponse:
    """What was decided about a certificate, in order."""
    rows = view.rows(MEASURES, number=request.certificate_number)
    return asked.ListMeasuresResponse(measures=map(measure_proto, in_order(rows)))
