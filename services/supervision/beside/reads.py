"""What runs beside the cases of all departments, listed."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcementState
from yifa.enforcement.v1.credit_repair_pb2 import CreditRepairState
from yifa.enforcement.v1.measure_pb2 import MeasureState
from yifa.enforcement.v1.referral_pb2 import ReferralState
from yifa.supervision.v1 import beside_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.beside.model import COURT, CREDIT_REPAIR, MEASURE, REFERRAL, Beside
from services.supervision.counts import count

BESIDE = Beside.__table__


@read
def list_measures(request: pb.ListMeasuresRequest, view: View) -> pb.ListMeasuresResponse:
    """Compulsory measures, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = pb.ListMeasuresResponse()
    return _listed(view, MEASURE, request, MeasureState, found, found.measures)


@read
def list_referrals(request: pb.ListReferralsRequest, view: View) -> pb.ListReferralsResponse:
    """Referrals of suspected crimes, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = pb.ListReferralsResponse()
    return _listed(view, REFERRAL, request, ReferralState, found, found.referrals)


@read
def list_court_enforcements(
    request: pb.ListCourtEnforcementsRequest, view: View
) -> pb.ListCourtEnforcementsResponse:
    """Enforcements by the court, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = pb.ListCourtEnforcementsResponse()
    return _listed(view, COURT, request, CourtEnforcementState, found, found.court_enforcements)


@read
def list_credit_repairs(request: pb.ListCreditRepairsRequest, view: View) -> pb.ListCreditRepairsResponse:
    """What was asked about the credit display of penalties, newest first. Refuses with BAD_PAGE_TOKEN."""
    found = pb.ListCreditRepairsResponse()
    return _listed(view, CREDIT_REPAIR, request, CreditRepairState, found, found.credit_repairs)


def _listed(view: View, kind: str, request: Any, states: Any, found: Any, records: Any) -> Any:
    """The page that is asked for, in the answer and its records. `states` is the enum of their states."""
    wanted: list[Any] = [BESIDE.c.kind == kind]
    if request.node:
        wanted.append(BESIDE.c.node == request.node)
    if request.state:
        prefix = states.Name(0).removesuffix("UNSPECIFIED")
        wanted.append(BESIDE.c.state == states.Name(request.state).removeprefix(prefix))
    its = select(BESIDE.c.key, BESIDE.c.record).where(*wanted)
    rows, token = view.page(its, (BESIDE.c.key.desc(),), request.page_size, request.page_token)
    for row in rows:
        records.add().ParseFromString(row.record)
    found.next_page_token, found.total = token, count(view, BESIDE, wanted)
    return found
