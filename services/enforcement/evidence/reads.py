"""The evidence of a case."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import evidence_pb2

from services.enforcement.case.reads import record_of
from services.enforcement.evidence.model import Evidence
from services.enforcement.evidence.telling import evidence_proto
from services.kit.rpc import read
from services.kit.view import View

EVIDENCE = select(*Evidence.__table__.columns).where(Evidence.case_id == bindparam("wanted_case"))
OLDEST_FIRST = (Evidence.evidence_id,)


@read
def list_evidence(request: evidence_pb2.ListEvidenceRequest, view: View) -> evidence_pb2.ListEvidenceResponse:
    record_of(view, request.case_id)
    rows, token = view.page(
        EVIDENCE, OLDEST_FIRST, request.page_size, request.page_token, wanted_case=request.case_id
    )
    return evidence_pb2.ListEvidenceResponse(evidence=map(evidence_proto, rows), next_page_token=token)
