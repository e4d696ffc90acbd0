"""Visits that were no inspections."""

from sqlalchemy import select
from yifa.enforcement.v1 import visit_pb2 as pb

from services.enforcement.visit.model import Visit
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.identity import spelt

NEWEST_FIRST = (Visit.visit_id.desc(),)


@read
def list_visits(request: pb.ListVisitsRequest, view: View) -> bytes:
    """A pb.ListVisitsResponse. Refuses with BAD_PAGE_TOKEN."""
    statement = select(Visit.visit_id, Visit.record)
    if request.credit_code:
        statement = statement.where(Visit.credit_code == spelt(request.credit_code))
    rows, token = view.page(statement, NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListVisitsResponse.VISITS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListVisitsResponse(next_page_token=token).SerializeToString()
