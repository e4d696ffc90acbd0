"""The referrals of a case."""

from sqlalchemy import select
from yifa.enforcement.v1 import referral_pb2 as pb

from services.enforcement.case.reads import record_of
from services.enforcement.referral.model import Referral
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_referrals(request: pb.ListReferralsRequest, view: View) -> bytes:
    """A pb.ListReferralsResponse."""
    record_of(view, request.case_id)
    its = select(Referral.record).where(Referral.case_id == request.case_id).order_by(Referral.referral_id)  # type: ignore[arg-type]
    return packed(pb.ListReferralsResponse.REFERRALS_FIELD_NUMBER, [row.record for row in view.rows(its)])
