"""The evidence of a case."""

from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import evidence_pb2, file_pb2

from services.enforcement.case.reads import record_of
from services.enforcement.evidence.model import Evidence
from services.kit.rpc import read
from services.kit.view import View
from services.law.moment import put_moment

EVIDENCE = select(*Evidence.__table__.columns).where(Evidence.case_id == bindparam("wanted_case"))
OLDEST_FIRST = (Evidence.evidence_id,)


@read
def list_evidence(request: evidence_pb2.ListEvidenceRequest, view: View) -> evidence_pb2.ListEvidenceResponse:
    record_of(view, request.case_id)
    rows, token = view.page(
        EVIDENCE, OLDEST_FIRST, request.page_size, request.page_token, wanted_case=request.case_id
    )
    return evidence_pb2.ListEvidenceResponse(evidence=map(evidence_proto, rows), next_page_token=token)


def evidence_proto(row: Any) -> evidence_pb2.Evidence:
    """A piece of evidence from a select of its columns."""
    evidence = evidence_pb2.Evidence(
        evidence_id=row.evidence_id,
        case_id=row.case_id,
        kind=row.kind,
        title=row.title,
        source=row.source,
        collector_ids=row.collector_ids,
        sha256=row.sha256,
        location=row.location,
        certificate_shown=row.certificate_shown,
        area_code=row.area_code,
        late=row.late,
        certificates=row.certificates,
        responsibility=row.responsibility,
        file=file_pb2.File.FromString(row.file) if row.file else None,
        sampling=evidence_pb2.Sampling.FromString(row.sampling) if row.sampling else None,
        monitoring=evidence_pb2.Monitoring.FromString(row.monitoring) if row.monitoring else None,
    )
    put_moment(evidence.collect_time, row.collect_time)
    if row.record_time is not None:
        put_moment(evidence.record_time, row.record_time)
    return evidence
