"""Evidence: collected by the officers of the case, certified at that moment (APL 42, 46, 55)."""

from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import evidence_pb2

from services.enforcement.case.act import act, check_digest
from services.enforcement.case.facts import told_by
from services.enforcement.evidence.model import Evidence
from services.enforcement.officer.model import Standing
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


def _digest(request: evidence_pb2.RecordEvidenceRequest, _case: cases.Case, _tx: Tx) -> None:
    check_digest(request, "")


@act(PENALTY.RECORD_EVIDENCE, takes=_digest, loads=((Standing, "collector_ids"),))
def record_evidence(
    request: evidence_pb2.RecordEvidenceRequest, case: cases.Case, do: Do
) -> events.EvidenceRecorded:
    """Add a piece of evidence, collected by two officers of the case (APL 42, 46, 55)."""
    if request.rights_told and not told_by(case, do.at):
        put_moment(case.rights_told_time, do.at)
    case.evidence_count += 1
    evidence = new_evidence(request, do.new_id("E-"), do.at, do.facts.place())
    keep_evidence(do.tx, evidence, do.at)
    return events.EvidenceRecorded(evidence=evidence)


def new_evidence(
    request: evidence_pb2.RecordEvidenceRequest, evidence_id: str, at: datetime, place: str
) -> evidence_pb2.Evidence:
    evidence = evidence_pb2.Evidence(
        evidence_id=evidence_id,
        case_id=request.case_id,
        kind=request.kind,
        title=request.title,
        source=request.source,
        collector_ids=dict.fromkeys(request.collector_ids),
        sha256=request.sha256,
        location=request.location,
        certificate_shown=request.certificate_shown,
        area_code=place,
    )
    put_moment(evidence.collect_time, at)
    return evidence


def keep_evidence(tx: Tx, evidence: evidence_pb2.Evidence, at: datetime) -> None:
    tx.add(
        Evidence.new(
            evidence_id=evidence.evidence_id,
            case_id=evidence.case_id,
            kind=evidence.kind,
            title=evidence.title,
            source=evidence.source,
            collector_ids=tuple(evidence.collector_ids),
            collect_time=at,
            sha256=evidence.sha256,
            location=evidence.location,
            certificate_shown=evidence.certificate_shown,
            area_code=evidence.area_code,
        )
    )
