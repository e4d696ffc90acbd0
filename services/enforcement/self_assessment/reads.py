"""How the bodies of this department assessed their own years."""

from sqlalchemy import select
from yifa.enforcement.v1 import self_assessment_pb2 as pb

from services.enforcement.self_assessment.model import SelfAssessment
from services.kit.rpc import read
from services.kit.view import View, packed

TABLE = SelfAssessment.__table__  # type: ignore[attr-defined]


@read
def list_self_assessments(request: pb.ListSelfAssessmentsRequest, view: View) -> bytes:
    """A pb.ListSelfAssessmentsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    found = select(TABLE)
    if request.year:
        found = found.where(TABLE.c.year == request.year)
    keys = (TABLE.c.year.desc(), TABLE.c.self_assessment_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = packed(
        pb.ListSelfAssessmentsResponse.SELF_ASSESSMENTS_FIELD_NUMBER, [row.record for row in rows]
    )
    return listed + pb.ListSelfAssessmentsResponse(next_page_token=token).SerializeToString()
