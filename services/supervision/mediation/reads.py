"""The civil disputes in which departments mediate, listed (CITY-ERS 6(6))."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import mediation_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.mediation.model import MediationView

VIEWS = MediationView.__table__


@read
def list_civil_disputes(request: pb.ListCivilDisputesRequest, view: View) -> pb.ListCivilDisputesResponse:
    """Mediations, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted: list[Any] = []
    if request.state:
        wanted.append(VIEWS.c.state == request.state)
    if request.node:
        wanted.append(VIEWS.c.node == request.node)
    if request.only_group:
        wanted.append(VIEWS.c.collective)
    found = select(VIEWS.c.mediation_id, VIEWS.c.record).where(*wanted)
    rows, token = view.page(found, (VIEWS.c.mediation_id.desc(),), request.page_size, request.page_token)
    listed = pb.ListCivilDisputesResponse(next_page_token=token, total=count(view, VIEWS, wanted))
    for row in rows:
        listed.mediations.add().ParseFromString(row.record)
    return listed
