"""The inquiry: officers, evidence, report."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, moment_of, put_moment
from services.enforcement.model import Case, Evidence, Standing
from services.enforcement.process import step
from services.enforcement.servicer.acts import act, check_penalty, handles, open_case, put_on_case, when
from services.enforcement.servicer.gather import band_of, people
from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx


class Inquiries:
    @write(loads=((Case, "case_id"), (Standing, "officer_ids")))
    def AssignOfficers(self, request: pb.AssignOfficersRequest, tx: Tx) -> pb.AssignOfficersResponse:
        """Name the handling officers and begin the inquiry (APL 42). Later it replaces them."""
        row, case = open_case(tx, request.case_id)
        officers = people(tx.find, request.officer_ids, tx.now, case.body_id, case.area_code)
        case.state = step(
            "ASSIGN_OFFICERS", Facts(case, tx.now, tx.now, caller=tx.caller.subject, officers=officers)
        )
        del case.officers[:]
        for person in officers:
            case.officers.add(
                officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
            )
        put_moment(case.assign_time, tx.now)
        put_on_case(tx, case.case_id, request.officer_ids)
        return pb.AssignOfficersResponse(case=act(tx, row, case, events.OfficersAssigned()))

    @write(loads=((Case, "case_id"), (Standing, "collector_ids")))
    def RecordEvidence(self, request: pb.RecordEvidenceRequest, tx: Tx) -> pb.RecordEvidenceResponse:
        """Add a piece of evidence, collected by two officers of the case (APL 42, 46, 55)."""
        row, case = open_case(tx, request.case_id)
        if request.sha256 and len(request.sha256) != 32:
            raise Malformed({"sha256": ("is no SHA-256 digest of 32 bytes", "不是32字节的SHA-256摘要")})
        at = when(request, "collect_time", tx.now)
        on_case = {o.officer_id for o in case.officers}
        place = request.area_code or case.area_code
        facts = Facts(
            case,
            tx.now,
            at,
            moment_of(case.clue.receive_time) if case.clue.HasField("receive_time") else None,
            tx.caller.subject,
            tx.caller.subject in on_case and on_case.issuperset(request.collector_ids),
            officers=people(tx.find, request.collector_ids, at, case.body_id, place),
            place=place,
            certificate_shown=request.certificate_shown,
            source=request.source,
            rights_told=request.rights_told
            or request.kind != cases.EVIDENCE_KIND_PARTY_STATEMENT
            or told_by(case, at),
        )
        case.state = step("RECORD_EVIDENCE", facts)
        if request.rights_told and not told_by(case, at):
            put_moment(case.rights_told_time, at)
        case.evidence_count += 1
        evidence = new_evidence(request, tx.new_id("E-"), at, place)
        keep_evidence(tx, evidence, at)
        event = events.EvidenceRecorded(evidence=evidence)
        act(tx, row, case, event, at)
        return pb.RecordEvidenceResponse(case=case, evidence=evidence)

    @write(loads=(Case, "case_id"))
    def SubmitReport(self, request: pb.SubmitReportRequest, tx: Tx) -> pb.SubmitReportResponse:
        """End the inquiry with a report and a proposal (APL 57)."""
        row, case = open_case(tx, request.case_id)
        check_penalty(request.proposal, "proposal")
        facts = Facts(
            case,
            tx.now,
            tx.now,
            caller=tx.caller.subject,
            on_case=handles(tx, case),
            penalty=request.proposal,
            band=band_of(tx.find, request.proposal),
        )
        case.state = step("SUBMIT_REPORT", facts)
        case.proposal.CopyFrom(request.proposal)
        case.report = request.report
        put_moment(case.inquiry_end_time, tx.now)
        return pb.SubmitReportResponse(case=act(tx, row, case, events.ReportSubmitted()))


def told_by(case: cases.Case, at: datetime) -> bool:
    """Whether the party had been told of its rights by a moment."""
    return case.HasField("rights_told_time") and moment_of(case.rights_told_time) <= at


def new_evidence(
    request: pb.RecordEvidenceRequest, evidence_id: str, at: datetime, place: str
) -> cases.Evidence:
    evidence = cases.Evidence(
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


def keep_evidence(tx: Tx, evidence: cases.Evidence, at: datetime) -> None:
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


def evidence_proto(row: Any) -> cases.Evidence:
    """A piece of evidence from a select of its columns."""
    evidence = cases.Evidence(
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
    )
    put_moment(evidence.collect_time, row.collect_time)
    return evidence
