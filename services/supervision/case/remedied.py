"""The remedies against the decisions of a body that ended, whatever the order in which the city comes to know of them."""

from typing import Any

from sqlmodel import select, text
from yifa.enforcement.v1 import case_pb2

from services.law.procedures.penalty.corrected import Ended, ended_remedies
from services.supervision.case.model import REMEDIED, CaseView, record_of


def remedied(look: Any, case: case_pb2.Case) -> list[CaseView]:
    """The other cases of the body of a case in which a remedy ended. `look` is a transaction or a view."""
    same = select(CaseView).where(CaseView.body_id == case.body_id, text(REMEDIED))
    return [view for view in look.query(same.order_by(CaseView.case_id)) if view.case_id != case.case_id]


def remedies_of(look: Any, case: case_pb2.Case) -> list[Ended]:
    """The remedies against the body of a case that ended, in this case and in the others, by their times."""
    records = (record_of(view) for view in remedied(look, case))
    others = (each for record in records for each in ended_remedies(record))
    return sorted([*ended_remedies(case), *others])
