"""The holder's remedy: a review of what was decided about a certificate."""

from sqlalchemy import bindparam, select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import certificate_requests_pb2 as asked
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.measures import (
    SUSPENSION,
    after,
    in_order,
    measures_of,
    recompute,
    suspensions_of,
    tell,
)
from services.registry.model import Certificate, Measure, measure_proto
from services.registry.process import MEASURE, step
from services.registry.rules import Facts

MEASURES = select(*Measure.__table__.columns).where(Measure.certificate_number == bindparam("number"))


class Appeals:
    @write(loads=(Measure, "measure_id"))
    def AppealMeasure(self, request: asked.AppealMeasureRequest, tx: Tx) -> asked.AppealMeasureResponse:
        """Take in the holder's application for a review (MOT-CERT 35)."""
        measure = tx.get(Measure, request.measure_id)
        move(measure, "APPEAL", Facts(in_time=tx.now <= measure.remedy_due_time))
        measure.appeal_time, measure.grounds = tx.now, request.grounds
        told = measure_proto(measure)
        certificate = tx.get(Certificate, measure.certificate_number)
        tell(tx, certificate, events.MeasureAppealed(measure=told))
        return asked.AppealMeasureResponse(measure=told)

    @write(loads=(Measure, "measure_id"))
    def ConcludeAppeal(self, request: asked.ConcludeAppealRequest, tx: Tx) -> asked.ConcludeAppealResponse:
        """Let a measure stand, or undo it from its beginning (MOT-CERT 35)."""
        measure = tx.get(Measure, request.measure_id)
        move(measure, "OVERTURN" if request.overturned else "UPHOLD", Facts())
        measure.conclude_time, measure.opinion = tx.now, request.opinion
        certificate = tx.get(Certificate, measure.certificate_number)
        suspensions = suspensions_of(tx, certificate)
        if request.overturned and measure.kind == SUSPENSION:
            imposed = [m.measure_id for m in measures_of(tx, certificate) if m.kind == SUSPENSION]
            undone = suspensions[imposed.index(measure.measure_id)]
            undone.until_time = undone.from_time
        recompute(certificate, measures_of(tx, certificate))
        told = measure_proto(measure)
        stands = after(tx, certificate, events.AppealConcluded, suspensions, measure=told)
        return asked.ConcludeAppealResponse(measure=told, certificate=stands)

    @read
    def ListMeasures(self, request: asked.ListMeasuresRequest, view: View) -> asked.ListMeasuresResponse:
        """What was decided about a certificate, in order."""
        rows = view.rows(MEASURES, number=request.certificate_number)
        return asked.ListMeasuresResponse(measures=map(measure_proto, in_order(rows)))


def move(measure: Measure, act: str, facts: Facts) -> None:
    """Take a measure one step on. Raises Unlawful."""
    state = certificate_pb2.AppealState.Name(measure.appeal).removeprefix("APPEAL_STATE_")
    target = step(MEASURE, act, state, facts, measure_id=measure.measure_id)
    measure.appeal = certificate_pb2.AppealState.Value(f"APPEAL_STATE_{target}")
    measure.version += 1
