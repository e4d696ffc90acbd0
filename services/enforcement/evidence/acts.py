"""Evidence: collected by the officers of the case, certified at that moment (APL 42, 46, 55)."""

from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import evidence_pb2, file_pb2

from services.enforcement.case.act import act, check_digest
from services.enforcement.case.facts import legible_throughout, told_by
from services.enforcement.evidence.marking import put_mark, taken_so, verified_so
from services.enforcement.evidence.model import Evidence
from services.enforcement.file.keeping import file_of, keep
from services.enforcement.file.model import StoredFile
from services.enforcement.monitoring_device.model import put_device
from services.enforcement.officer.model import Standing
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.entry import is_late
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


def _held(request: evidence_pb2.RecordEvidenceRequest, _case: cases.Case, tx: Tx) -> None:
    """Raise Malformed for a hash that is none, or is not that of the file named, or that is of a file kept nobody says where;
    Missing, Unlawful for a file that the node does not hold for this case.
    """
    check_evidence(request, "")
    if request.file_id:
        row = tx.find(StoredFile, request.file_id)
        held = file_of(row, request.case_id, request.file_id)
        if request.sha256 and request.sha256 != held.sha256:
            raise Malformed({"sha256": ("is not that of the file named", "与所引文件的SHA-256不符")})
        if held.evidence_id:
            said = f"is evidence already: {held.evidence_id}", f"已作为证据登记：{held.evidence_id}"
            raise Malformed({"file_id": said})
    elif request.sha256 and not request.location.strip():
        said = (
            "says where the file is kept, which this node does not hold",
            "本节点未保存该文件，应当载明保存在何处",
        )
        raise Malformed({"location": said})


@act(
    PENALTY.RECORD_EVIDENCE,
    takes=_held,
    loads=((Standing, "collector_ids"), (StoredFile, "file_id")),
)
def record_evidence(
    request: evidence_pb2.RecordEvidenceRequest, case: cases.Case, do: Do
) -> events.EvidenceRecorded:
    """Add a piece of evidence, collected by two officers of the case (APL 42, 46, 55)."""
    if request.rights_told and not told_by(case, do.at):
        put_moment(case.rights_told_time, do.at)
    case.evidence_count += 1
    evidence = new_evidence(request, do)
    put_mark(case, evidence)
    if request.file_id:
        name_file(evidence, do.tx.get(StoredFile, request.file_id))
    keep_evidence(do.tx, evidence, do.at)
    return events.EvidenceRecorded(evidence=evidence)


def check_evidence(request: evidence_pb2.RecordEvidenceRequest, field: str) -> None:
    """Raise Malformed for a digest or a time that is none, and for an expert's finding of what is no expert's opinion."""
    check_digest(request, field)
    legible_throughout(request, field)
    if request.responsibility and request.kind != cases.EVIDENCE_KIND_EXPERT_OPINION:
        said = "is told of an expert's opinion only", "仅鉴定意见载明此项结论"
        raise Malformed({f"{field}responsibility": said})


def new_evidence(request: evidence_pb2.RecordEvidenceRequest, do: Do) -> evidence_pb2.Evidence:
    evidence = evidence_pb2.Evidence(
        evidence_id=do.new_id("E-"),
        case_id=request.case_id,
        kind=request.kind,
        title=request.title,
        source=request.source,
        collector_ids=dict.fromkeys(request.collector_ids),
        sha256=request.sha256,
        location=request.location,
        certificate_shown=request.certificate_shown,
        area_code=do.facts.place(),
        late=is_late(do.tx.parameters, do.at, do.now, do.facts.sector()),
        certificates=[person.certificate_number for person in do.facts.officers()],
    )
    taken_so(evidence, request)
    if evidence.HasField("monitoring") and (device := do.facts.device()) is not None:
        put_device(evidence.monitoring, device)
    if request.verified.strip():
        evidence.verification.CopyFrom(verified_so(request.verified, do.caller, do.at))
    put_moment(evidence.collect_time, do.at)
    put_moment(evidence.record_time, do.now)
    return evidence


def name_file(evidence: evidence_pb2.Evidence, row: StoredFile) -> None:
    """Rest a piece of evidence on a file that the node holds: its hash is that of the file."""
    file = file_pb2.File.FromString(row.record)
    file.evidence_id = evidence.evidence_id
    keep(row, file)
    evidence.sha256 = file.sha256
    evidence.file.CopyFrom(file)


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
            record_time=tx.now,
            late=evidence.late,
            certificates=tuple(evidence.certificates),
            responsibility=evidence.responsibility,
            verification=evidence.verification.SerializeToString(),
            exclusion=evidence.exclusion.SerializeToString(),
            inquiry=evidence.inquiry.SerializeToString(),
            handed_in=evidence.handed_in,
            origin=evidence.origin,
            site_minutes=evidence.site_minutes.SerializeToString(),
            circumstances=tuple(evidence.circumstances),
            file=evidence.file.SerializeToString() if evidence.HasField("file") else b"",
            sampling=evidence.sampling.SerializeToString() if evidence.HasField("sampling") else b"",
            monitoring=evidence.monitoring.SerializeToString() if evidence.HasField("monitoring") else b"",
        )
    )
