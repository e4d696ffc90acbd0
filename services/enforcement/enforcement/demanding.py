"""The demand (催告) before an enforcement, by the agency itself or by the court, and what the party answers (ACL 35, 36, 54)."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.law.v1.law_pb2 import Money

from services.enforcement.case.facts import legible, when
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement import model as court
from services.enforcement.enforcement.model import enforcements_of
from services.enforcement.paper.number import next_number
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.court_enforcement.recorded import last_demand
from services.law.procedures.enforcement.recorded import of_duty
from services.law.procedures.papers import Demand
from services.law.procedures.penalty.owed import owed


def demand_of(look: Any, case_id: str) -> Demand:
    """The last one to pay in a case, whoever was to enforce; blank where there is none. `look` is a transaction or a view."""
    by_court = [CourtEnforcement.FromString(row.record) for row in court.rows_of(look, case_id)]
    by_itself = (e for e in enforcements_of(look, case_id) if not of_duty(e))
    return last_demand([*by_court, *by_itself])


def demanded(request: Any, enforcement: Any, tx: Tx) -> None:
    """Put a demand into an enforcement. Its amount is what is owed on the day of the demand, by the record; a duty has none."""
    at = when(request, "serve_time", tx.now)
    case = cases.Case.FromString(tx.get(Case, enforcement.case_id).record)
    demand = enforcement.demand
    demand.document_number = next_number(tx, enforcement.body_id, "demand", at)
    demand.amount.CopyFrom(
        Money() if isinstance(enforcement, Enforcement) and of_duty(enforcement) else _total(case, at, tx)
    )
    if request.HasField("term_end_time"):
        legible(request, "term_end_time")
        demand.term_end_time.CopyFrom(request.term_end_time)
    demand.manner, demand.rights_told, demand.receipt = request.manner, request.rights_told, request.receipt
    demand.sender = tx.caller.subject
    put_moment(demand.serve_time, at)


def _total(case: cases.Case, at: datetime, tx: Tx) -> Money:
    return owed(case, at, tx.calendar).total


def stated(request: Any, enforcement: Any, tx: Tx) -> None:
    """Put what the party stated against the demand into an enforcement."""
    enforcement.statement.Clear()
    enforcement.statement.statement = request.statement
    put_moment(enforcement.statement.receive_time, when(request, "receive_time", tx.now))


def rechecked(request: Any, enforcement: Any, tx: Tx) -> None:
    """Put what became of it into an enforcement."""
    said = enforcement.statement
    said.recheck_opinion, said.adopted, said.rechecker = request.opinion, request.adopted, tx.caller.subject
    put_moment(said.recheck_time, tx.now)
