"""A piece of evidence as its row has it."""

from typing import Any

from yifa.enforcement.v1 import evidence_pb2, file_pb2
from yifa.enforcement.v1.evidence_mark_pb2 import EVIDENCE_VERDICT_NOT_RELIED

from services.law.moment import put_moment


def evidence_proto(row: Any) -> evidence_pb2.Evidence:
    """From a row, or a select of its columns."""
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
        inquiry=evidence_pb2.Inquiry.FromString(row.inquiry) if row.inquiry else None,
        handed_in=row.handed_in,
        origin=row.origin,
        site_minutes=evidence_pb2.SiteMinutes.FromString(row.site_minutes) if row.site_minutes else None,
        circumstances=row.circumstances,
        verification=evidence_pb2.Verification.FromString(row.verification) if row.verification else None,
        exclusion=evidence_pb2.Exclusion.FromString(row.exclusion) if row.exclusion else None,
        file=file_pb2.File.FromString(row.file) if row.file else None,
        sampling=evidence_pb2.Sampling.FromString(row.sampling) if row.sampling else None,
        monitoring=evidence_pb2.Monitoring.FromString(row.monitoring) if row.monitoring else None,
    )
    put_moment(evidence.collect_time, row.collect_time)
    if row.record_time is not None:
        put_moment(evidence.record_time, row.record_time)
    return evidence


def put_aside(evidence: evidence_pb2.Evidence) -> bool:
    """Whether nothing rests on a piece of evidence: it was found wanting, or left out for how it was got."""
    return evidence.HasField("exclusion") or evidence.verification.verdict == EVIDENCE_VERDICT_NOT_RELIED
