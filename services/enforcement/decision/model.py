"""The forms of decisions on the spot that were used."""

from sqlmodel import Field
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.row import Row
from services.kit.tx import Tx
from services.law.procedures.penalty.body import plain


class SpotForm(Row, table=True):
    """A form of a body, by its number; it stands on one decision."""

    key: str = Field(primary_key=True)
    case_id: str


def form_key(body_id: str, number: str) -> str:
    """One and the same for a number however it is written."""
    return f"{body_id}/{plain(number)}"


def use_form(tx: Tx, case: cases.Case) -> None:
    """Remember that a form of the body stands on this decision."""
    key = form_key(case.body_id, case.decision.document_number)
    if tx.find(SpotForm, key) is None:
        tx.add(SpotForm.new(key=key, case_id=case.case_id))
