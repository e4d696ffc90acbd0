"""The acts of a measure: bound to its procedure, its table, its clocks and its facts; and what their bodies share."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.measure.facts import DoneMeasure
from services.enforcement.measure.model import Measure
from services.enforcement.measure.showing import show_measure
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.procedures.measure import MEASURE
from services.law.procedures.measure.recorded import conditions

_STATES = {number: name.removeprefix("MEASURE_STATE_") for name, number in pb.MeasureState.items()}


def columns(measure: pb.Measure) -> dict[str, Any]:
    return {
        "case_id": measure.case_id,
        "case_number": measure.case_number,
        "state": _STATES[measure.state],
        "version": measure.version,
    }


act = Acts(
    row=Measure,
    record=pb.Measure,
    key="measure_id",
    procedure=MEASURE,
    facts=DoneMeasure,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("measure_id", "case_id"),
    stamp=show_measure,
)


def new_measure(request: pb.RequestMeasureRequest | pb.ExecuteUrgentlyRequest, tx: Tx) -> pb.Measure:
    """A measure of a case that nothing was done about yet. Raises Missing."""
    case = cases.Case.FromString(tx.get(Case, request.case_id).record)
    return pb.Measure(
        measure_id=tx.new_id("M-"),
        case_id=case.case_id,
        case_number=case.case_number,
        node=tx.node,
        body_id=case.body_id,
        body_name=case.body_name,
        sector=case.sector,
        area_code=case.area_code,
        item_id=request.item_id,
        kind=request.kind,
        reasons=request.reasons,
    )
