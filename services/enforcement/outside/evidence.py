"""The evidence that stages tell of: collected, verified, excluded."""

from yifa.enforcement.v1 import evidence_pb2 as evidences
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.evidence.marking import excluded_so, taken_so, verified_so
from services.enforcement.evidence.model import Evidence
from services.enforcement.outside.stage import asked_of, id_of, request_of
from services.law.moment import moment_of

WEIGHS = ("verify_evidence", "exclude_evidence")


def evidence_of(stage: pb.OutsideStage, case_id: str) -> evidences.Evidence:
    """The piece of evidence that a stage tells of; its file is kept elsewhere."""
    asked = stage.record_evidence
    evidence = evidences.Evidence(
        evidence_id=id_of(stage, "E-"),
        case_id=case_id,
        kind=asked.kind,
        title=asked.title,
        source=asked.source,
        collector_ids=dict.fromkeys(asked.collector_ids),
        collect_time=stage.act_time,
        sha256=asked.sha256,
        location=asked.location,
        certificate_shown=asked.certificate_shown,
        area_code=asked.area_code or stage.area_code,
    )
    taken_so(evidence, asked)
    if asked.verified.strip():
        verified = verified_so(asked.verified, stage.actor, moment_of(stage.act_time))
        evidence.verification.CopyFrom(verified)
    return evidence


def named_by(stage: pb.OutsideStage) -> str:
    """The piece of evidence, as it is known here, that a stage verifies or excludes: it names the stage that told of it."""
    told = pb.OutsideStage(
        system=stage.system,
        source_case=stage.source_case,
        stage_id=request_of(stage).evidence_id,
        record_evidence=evidences.RecordEvidenceRequest(),
    )
    return id_of(told, "E-")


def examined_of(stage: pb.OutsideStage, evidence: evidences.Evidence) -> evidences.Evidence:
    """A piece of evidence with what a stage says of it."""
    request, at = request_of(stage), moment_of(stage.act_time)
    if asked_of(stage) == "exclude_evidence":
        evidence.exclusion.CopyFrom(excluded_so(request, stage.actor, at))
    else:
        evidence.verification.CopyFrom(verified_so(request.how, stage.actor, at, relied=request.relied))
    return evidence


def put_weighed(row: Evidence, stage: pb.OutsideStage) -> None:
    """Say in its row what a stage says of a piece of evidence."""
    said = examined_of(stage, evidences.Evidence())
    if said.HasField("exclusion"):
        row.exclusion = said.exclusion.SerializeToString()
    else:
        row.verification = said.verification.SerializeToString()
