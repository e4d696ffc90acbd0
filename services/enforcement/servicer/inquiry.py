"""The inquiry: officers, evidence, report."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, moment_of
from services.enforcement.model import Case, Evidence, Standing
from services.enforcement.process import step
from services.enforcement.servicer.acts import act, check_penalty, handles, open_case, put_on_case, when
from services.enforcement.servicer.gather import band_of, people
from services.kit.rpc import write
from services.kit.tx import Tx


class Inquiries:
    @write(loads=((Case, "case_id"), (Standing, "officer_ids")))
    def AssignOfficers(self, request: pb.AssignOfficersRequest, tx: Tx) -> pb.AssignOfficersResponse:
        """Name the handling officers and begin the inquiry (APL 42). Later it replaces them."""
        row, case = open_case(tx, request.case_id)
        officers = people(tx.find, request.officer_ids, tx.now)
        case.state = step("ASSIGN_OFFICERS", Facts(case, tx.now, tx.now, officers=officers))
        del case.officers[:]
        for person in officers:
            case.officers.add(
                officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
            )
        case.assign_time.FromDatetime(tx.now)
        put_on_case(tx, case.case_id, request.officer_ids)
        return pb.AssignOfficersResponse(case=act(tx, row, case, events.OfficersAssigned()))

    @write(loads=((Case, "case_id"), (Standing, "collector_ids")))
    def RecordEvidence(self, request: pb.RecordEvidenceRequest, tx: Tx) -> pb.RecordEvidenceResponse:
        """Add a piece of evidence, collected by two officers of the case (APL 42, 46, 55)."""
        row, case = open_case(tx, request.case_id)
        at = when(request, "collect_time", tx.now)
        on_case = {o.officer_id for o in case.officers}
        facts = Facts(
            case,
            tx.now,
            at,
            moment_of(case.clue.receive_time) if case.clue.HasField("receive_time") else None,
            tx.caller.subject,
            tx.caller.subject in on_case and on_case.issuperset(request.collector_ids),
            officers=people(tx.find, request.collector_ids, at),
            certificate_shown=request.certificate_shown,
            source=request.source,
        )
        case.state = step("RECORD_EVIDENCE", facts)
        case.evidence_count += 1
        evidence = tx.add(
            Evidence.new(
                evidence_id=tx.new_id("E-"),
                case_id=case.case_id,
                kind=request.kind,
                title=request.title,
                source=request.source,
                collector_ids=tuple(dict.fromkeys(request.collector_ids)),
                collect_time=at,
                sha256=request.sha256,
                location=request.location,
                certificate_shown=request.certificate_shown,
            )
        )
        event = events.EvidenceRecorded(evidence=evidence_proto(evidence))
        act(tx, row, case, event, at)
        return pb.RecordEvidenceResponse(case=case, evidence=event.evidence)

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
        case.inquiry_end_time.FromDatetime(tx.now)
        return pb.SubmitReportResponse(case=act(tx, row, case, events.ReportSubmitted()))


def evidence_proto(row: Evidence) -> cases.Evidence:
    """A piece of evidence, from its row or a select of its columns."""
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
    )
    evidence.collect_time.FromDatetime(row.collect_time)
    return evidence
