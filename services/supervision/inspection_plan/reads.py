"""The joint visits that were proposed."""

from sqlalchemy import select
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.inspection_plan.model import JointProposal

PROPOSALS = JointProposal.__table__
NEWEST_FIRST = (PROPOSALS.c.propose_time.desc(), PROPOSALS.c.proposal_id.desc())


@read
def list_joint_proposals(request: pb.ListJointProposalsRequest, view: View) -> bytes:
    """A pb.ListJointProposalsResponse. Refuses with BAD_PAGE_TOKEN."""
    rows, token = view.page(select(PROPOSALS), NEWEST_FIRST, request.page_size, request.page_token)
    found = packed(pb.ListJointProposalsResponse.PROPOSALS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListJointProposalsResponse(next_page_token=token).SerializeToString()
