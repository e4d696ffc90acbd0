"""What is public of a measure follows its record, and the decision of the case that it served (GBF-118 (6))."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.measure.model import measures_of
from services.enforcement.publication.showing import parties_named, show
from services.kit.tx import Tx
from services.law.procedures.measure.public_text import public_measure


def show_measure(tx: Tx, measure: pb.Measure, *_told: Any) -> None:
    """Show a measure that was made public as it stands, and keep in the record what everybody sees."""
    if measure.publication.HasField("publish_time") and measure.execution.HasField("execute_time"):
        row = tx.get(Case, measure.case_id)
        shown = _shown(tx, measure, cases.Case.FromString(row.record), row.identity_number)
        known = measure.publication.decision.publication_id
        measure.publication.decision.CopyFrom(show(tx, measure.measure_id, shown, known))


def show_measures(tx: Tx, case: cases.Case) -> None:
    """Show the measures of a case as its decision stands: those that served one that fell are taken back."""
    number = tx.get(Case, case.case_id).identity_number
    for measure in measures_of(tx, case.case_id):
        if measure.publication.HasField("publish_time") and measure.execution.HasField("execute_time"):
            known = measure.publication.decision.publication_id
            show(tx, measure.measure_id, _shown(tx, measure, case, number), known)


def _shown(tx: Tx, measure: pb.Measure, case: cases.Case, number: str) -> Any:
    return public_measure(measure, case, number, named=parties_named(tx, case.sector))
