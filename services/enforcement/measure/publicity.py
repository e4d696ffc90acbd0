"""A decision on a measure made public, or kept from the public (GBF-118 (6); OGI 14–16)."""

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import measure_pb2 as pb

from services.enforcement.measure.act import act
from services.enforcement.publication.withholding import keep_back
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.measure import MEASURE


def _public(request: pb.PublishMeasureRequest, measure: pb.Measure, tx: Tx) -> None:
    measure.publication.address, measure.publication.publisher = request.address, tx.caller.subject
    put_moment(measure.publication.publish_time, tx.now)


@act(MEASURE.PUBLISH, takes=_public)
def publish_measure(
    _request: pb.PublishMeasureRequest, _measure: pb.Measure, _do: Do
) -> events.MeasurePublished:
    """Make the decision public, as the rules show it. Stops the twenty working days (GBF-118 (6))."""
    return events.MeasurePublished()


def _withheld(request: pb.WithholdMeasureRequest, measure: pb.Measure, tx: Tx) -> None:
    keep_back(measure.withholding, request, measure.sector, tx)


@act(MEASURE.WITHHOLD, takes=_withheld)
def withhold_measure(
    _request: pb.WithholdMeasureRequest, _measure: pb.Measure, _do: Do
) -> events.MeasureWithheld:
    """Keep the measure from the public, and take back what is public of it (OGI 14, 15)."""
    return events.MeasureWithheld()
