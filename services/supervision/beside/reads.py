"""Measures and referrals of all departments, listed."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.measure_pb2 import MeasureState
from yifa.enforcement.v1.referral_pb2 import ReferralState
from yifa.supervision.v1 import beside_pb2 as pb

from services.kit.rpc import read
from services.kit.view import Rows, View
from services.supervision.beside.model import MEASURE, REFERRAL, Beside
from services.supervision.counts import count

BESIDE = Beside.__table__


@read
def list_measures(request: pb.ListMeasuresRequest, view: View) -> pb.ListMeasuresResponse:
    """Compulsory measures, newest first. Refuses with BAD_PAGE_TOKEN."""
    state = MeasureState.Name(request.state).removeprefix("MEASURE_STATE_") if request.state else ""
    rows, token, total = _listed(view, MEASURE, request, state)
    found = pb.ListMeasuresResponse(next_page_token=token, total=total)
    for row in rows:
        found.measures.add().ParseFromString(row.record)
    return found


@read
def list_referrals(request: pb.ListReferralsRequest, view: View) -> pb.ListReferralsResponse:
    """Referrals of suspected crimes, newest first. Refuses with BAD_PAGE_TOKEN."""
    state = ReferralState.Name(request.state).removeprefix("REFERRAL_STATE_") if request.state else ""
    rows, token, total = _listed(view, REFERRAL, request, state)
    found = pb.ListReferralsResponse(next_page_token=token, total=total)
    for row in rows:
        found.referrals.add().ParseFromString(row.record)
    return found


def _listed(view: View, kind: str, request: Any, state: str) -> tuple[Rows, str, int]:
    wanted: list[Any] = [BESIDE.c.kind == kind]
    if request.node:
        wanted.append(BESIDE.c.node == request.node)
    if state:
        wanted.append(BESIDE.c.state == state)
    found = select(BESIDE.c.key, BESIDE.c.record).where(*wanted)
    rows, token = view.page(found, (BESIDE.c.key.desc(),), request.page_size, request.page_token)
    return rows, token, count(view, BESIDE, wanted)
