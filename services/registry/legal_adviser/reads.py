"""Legal advisers and public lawyers, as they are read."""

from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.registry.legal_adviser.model import ADVISERS, LegalAdviser


@read
def get_legal_adviser(request: pb.GetLegalAdviserRequest, view: View) -> pb.GetLegalAdviserResponse:
    """One adviser. Raises Missing."""
    row = view.one(ADVISERS.where(LegalAdviser.adviser_id == request.adviser_id))
    if row is None:
        raise Missing("LegalAdviser", request.adviser_id)
    return pb.GetLegalAdviserResponse(adviser=pb.LegalAdviser.FromString(row.record))


@read
def list_legal_advisers(request: pb.ListLegalAdvisersRequest, view: View) -> pb.ListLegalAdvisersResponse:
    """The advisers, those who left too, in the order in which they came. Refuses with BAD_PAGE_TOKEN."""
    found = ADVISERS
    if request.body_id:
        found = found.where(LegalAdviser.body_id == request.body_id)
    if request.state:
        state = pb.LegalAdviserState.Name(request.state).removeprefix("LEGAL_ADVISER_STATE_")
        found = found.where(LegalAdviser.state == state)
    rows, token = view.page(found, (LegalAdviser.adviser_id,), request.page_size, request.page_token)
    advisers = [pb.LegalAdviser.FromString(row.record) for row in rows]
    return pb.ListLegalAdvisersResponse(advisers=advisers, next_page_token=token)
