"""The demand that a party was sent last, before the agency's own enforcement or the court's."""

from typing import Any

from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement

from services.enforcement.court_enforcement import model as court
from services.enforcement.enforcement.model import enforcements_of
from services.law.procedures.court_enforcement.recorded import last_demand
from services.law.procedures.papers import Demand


def demand_of(look: Any, case_id: str) -> Demand:
    """Of a case; a blank one where there is none. `look` is a transaction or a view."""
    by_court = [CourtEnforcement.FromString(row.record) for row in court.rows_of(look, case_id)]
    return last_demand([*by_court, *enforcements_of(look, case_id)])
