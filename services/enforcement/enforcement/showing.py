"""What is public of an enforcement follows its record, and the decision that it rests on (GBF-118 (6))."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.enforcement.model import enforcements_of
from services.enforcement.publication.showing import parties_named, show
from services.kit.tx import Tx
from services.law.procedures.enforcement.public_text import public_force


def show_enforcement(tx: Tx, enforcement: pb.Enforcement, *_told: Any) -> None:
    """Show an enforcement that was made public as it stands, and keep in the record what everybody sees."""
    if enforcement.publication.HasField("publish_time"):
        row = tx.get(Case, enforcement.case_id)
        case = cases.Case.FromString(row.record)
        shown = _shown(tx, enforcement, case, row.identity_number)
        known = enforcement.publication.decision.publication_id
        enforcement.publication.decision.CopyFrom(show(tx, enforcement.enforcement_id, shown, known))


def show_enforced(tx: Tx, case: cases.Case) -> None:
    """Show what was enforced in a case as the decision stands: what rests on one that fell is taken back."""
    number = tx.get(Case, case.case_id).identity_number
    for enforcement in enforcements_of(tx, case.case_id):
        if enforcement.publication.HasField("publish_time"):
            show(tx, enforcement.enforcement_id, _shown(tx, enforcement, case, number))


def _shown(tx: Tx, enforcement: pb.Enforcement, case: cases.Case, number: str) -> Any:
    return public_force(enforcement, case, number, named=parties_named(tx, case.sector))
