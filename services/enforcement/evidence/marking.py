"""How a piece of evidence stands in the record of its case, and what of it the piece itself says."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_mark_pb2 as marks
from yifa.enforcement.v1 import evidence_pb2

from services.law.moment import put_moment


def verified_so(how: str, by: str, at: datetime, *, relied: bool = True) -> evidence_pb2.Verification:
    """That somebody looked whether a piece is true."""
    verdict = marks.EVIDENCE_VERDICT_VERIFIED if relied else marks.EVIDENCE_VERDICT_NOT_RELIED
    said = evidence_pb2.Verification(verdict=verdict, how=how, verifier=by)
    put_moment(said.verify_time, at)
    return said


def excluded_so(request: Any, by: str, at: datetime) -> evidence_pb2.Exclusion:
    """That a piece is left out for how it was got, as a request says."""
    said = evidence_pb2.Exclusion(ground=request.ground, reason=request.reason, decider=by)
    put_moment(said.exclude_time, at)
    return said


def taken_so(evidence: evidence_pb2.Evidence, request: Any) -> None:
    """What is told of a sample, a monitoring device, an inquiry, a site record, of what an expert found, and of what mitigates
    (SAMR 31, 29, 28, APL 41, 31, 32).
    """
    evidence.responsibility, evidence.handed_in = request.responsibility, request.handed_in
    evidence.origin = request.origin
    evidence.circumstances.extend(request.circumstances)
    for field in ("sampling", "monitoring", "inquiry", "site_minutes"):
        if request.HasField(field):
            getattr(evidence, field).CopyFrom(getattr(request, field))


def put_mark(case: cases.Case, evidence: evidence_pb2.Evidence) -> None:
    """Say in the record of the case how a piece of evidence stands. What was excluded stays so."""
    mark = next((m for m in case.evidence_marks if m.evidence_id == evidence.evidence_id), None)
    if mark is None:
        mark = case.evidence_marks.add(evidence_id=evidence.evidence_id)
    mark.responsibility = evidence.responsibility or mark.responsibility
    if evidence.circumstances:
        del mark.circumstances[:]
        mark.circumstances.extend(evidence.circumstances)
    if evidence.HasField("exclusion"):
        mark.verdict = marks.EVIDENCE_VERDICT_EXCLUDED
    elif evidence.HasField("verification") and mark.verdict != marks.EVIDENCE_VERDICT_EXCLUDED:
        mark.verdict = evidence.verification.verdict


def unmark(case: cases.Case, evidence_id: str) -> None:
    """Take what is said of a piece of evidence out of the record."""
    for n, mark in enumerate(case.evidence_marks):
        if mark.evidence_id == evidence_id:
            del case.evidence_marks[n]
            break
