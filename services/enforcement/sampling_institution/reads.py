"""The list of institutions that take samples."""

from sqlalchemy import bindparam, or_, select
from yifa.enforcement.v1 import sampling_institution_pb2 as pb

from services.enforcement.sampling_institution.model import SamplingInstitution
from services.kit.rpc import read
from services.kit.view import View

LISTED = select(SamplingInstitution.institution_id, SamplingInstitution.record).where(
    or_(bindparam("wanted") == "", SamplingInstitution.qualification == bindparam("wanted"))
)


@read
def list_sampling_institutions(
    request: pb.ListSamplingInstitutionsRequest, view: View
) -> pb.ListSamplingInstitutionsResponse:
    """The list, in the order of entry, removed ones too. Refuses with BAD_PAGE_TOKEN."""
    rows, token = view.page(
        LISTED, (SamplingInstitution.institution_id,), request.page_size, request.page_token,
        wanted=request.qualification.strip(),
    )  # fmt: skip
    institutions = (pb.SamplingInstitution.FromString(row.record) for row in rows)
    return pb.ListSamplingInstitutionsResponse(institutions=institutions, next_page_token=token)
