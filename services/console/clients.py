"""Calls to the city and its nodes. Errors are grpc.aio.AioRpcError, as they came."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.message import Message
from grpc_health.v1 import health_pb2, health_pb2_grpc
from yifa.enforcement.v1 import benchmark_pb2, work_pb2
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as enforcement_rpc
from yifa.enforcement.v1 import party_file_pb2 as of_parties
from yifa.journal.v1 import journal_service_pb2_grpc as journal_rpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.journal.v1 import parked_pb2
from yifa.supervision.v1 import (
    accountability_pb2,
    assessment_pb2,
    assistance_pb2,
    beside_pb2,
    case_view_pb2,
    compensation_pb2,
    complaint_pb2,
    deadline_pb2,
    evidence_register_pb2,
    file_review_pb2,
    filing_pb2,
    important_matter_pb2,
    inspection_pb2,
    legal_meeting_pb2,
    major_decision_pb2,
    mediation_pb2,
    normative_document_pb2,
    officer_assessment_pb2,
    outside_decision_pb2,
    party_file_pb2,
    permit_pb2,
    reconsideration_pb2,
    report_pb2,
    rule_of_law_report_pb2,
    suggestion_pb2,
    suit_pb2,
    supervision_plan_pb2,
    warning_pb2,
    work_task_pb2,
)
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1 import supervision_order_pb2 as orders_pb2
from yifa.supervision.v1 import supervision_service_pb2_grpc as rpc
from yifa.supervision.v1 import watch_pb2 as watching
from yifa.supervision.v1 import work_pb2 as office_work_pb2

from services.console.asking import TOKEN
from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig, NodeTarget

STATUS_SECONDS = 2.0
# Counting a year anew takes longer.
COUNT_SECONDS = 60.0
NAMES_KEPT = 1000
SERVING = health_pb2.HealthCheckResponse.SERVING


async def file_of(pieces: Any) -> tuple[str, bytes]:
    """A file that comes in pieces: its name is with the first."""
    got = [piece async for piece in pieces]
    return got[0].file_name, b"".join(piece.data for piece in got)


async def first_of(stream: Any) -> Any:
    """The one message of a stream."""
    [only] = [message async for message in stream]
    return only


@dataclass(frozen=True)
class CaseName:
    """How a list names a case that it knows by id only."""

    number: str
    party: str


class Supervision:
    """The supervision service of the city."""

    def __init__(self, config: ConsoleConfig):
        self._channel = channel(config.supervision)
        self._stub = rpc.SupervisionServiceStub(self._channel)
        self._names: OrderedDict[tuple[str, str], CaseName] = OrderedDict()

    async def close(self) -> None:
        await self._channel.close()

    async def overview(self) -> overviews.GetOverviewResponse:
        return await self._ask("GetOverview", overviews.GetOverviewRequest())

    async def case(self, case_id: str) -> case_view_pb2.CaseView:
        return (await self._ask("GetCase", case_view_pb2.GetCaseRequest(case_id=case_id))).case

    async def cases(self, request: case_view_pb2.ListCasesRequest) -> case_view_pb2.ListCasesResponse:
        return await self._ask("ListCases", request)

    async def warnings(self, request: warning_pb2.ListWarningsRequest) -> warning_pb2.ListWarningsResponse:
        return await self._ask("ListWarnings", request)

    async def close_warning(self, request: warning_pb2.CloseWarningRequest) -> warning_pb2.Warning:
        return (await self._ask("CloseWarning", request)).warning  # type: ignore[no-any-return]

    async def backtest(
        self, request: warning_pb2.BacktestWarningRequest
    ) -> warning_pb2.BacktestWarningResponse:
        """What a warning would have raised; over all that is kept, so it takes its time."""
        return await self._ask("BacktestWarning", request, COUNT_SECONDS)  # type: ignore[no-any-return]

    async def inspection(self, inspection_id: str) -> inspection_pb2.InspectionView:
        request = inspection_pb2.GetInspectionRequest(inspection_id=inspection_id)
        found = await self._ask("GetInspection", request)
        return found.inspection  # type: ignore[no-any-return]

    async def inspections(
        self, request: inspection_pb2.ListInspectionsRequest
    ) -> inspection_pb2.ListInspectionsResponse:
        return await self._ask("ListInspections", request)

    async def measures(self, request: beside_pb2.ListMeasuresRequest) -> beside_pb2.ListMeasuresResponse:
        return await self._ask("ListMeasures", request)

    async def referrals(self, request: beside_pb2.ListReferralsRequest) -> beside_pb2.ListReferralsResponse:
        return await self._ask("ListReferrals", request)

    async def court_enforcements(
        self, request: beside_pb2.ListCourtEnforcementsRequest
    ) -> beside_pb2.ListCourtEnforcementsResponse:
        return await self._ask("ListCourtEnforcements", request)

    async def credit_repairs(
        self, request: beside_pb2.ListCreditRepairsRequest
    ) -> beside_pb2.ListCreditRepairsResponse:
        return await self._ask("ListCreditRepairs", request)

    async def civil_disputes(
        self, request: mediation_pb2.ListCivilDisputesRequest
    ) -> mediation_pb2.ListCivilDisputesResponse:
        return await self._ask("ListCivilDisputes", request)

    async def assistance(
        self, request: assistance_pb2.ListAssistanceRequest
    ) -> assistance_pb2.ListAssistanceResponse:
        return await self._ask("ListAssistance", request)

    async def supervision_orders(
        self, request: orders_pb2.ListSupervisionOrdersRequest
    ) -> orders_pb2.ListSupervisionOrdersResponse:
        return await self._ask("ListSupervisionOrders", request)

    async def supervision_order(self, order_id: str) -> orders_pb2.SupervisionOrder:
        request = orders_pb2.GetSupervisionOrderRequest(order_id=order_id)
        return (await self._ask("GetSupervisionOrder", request)).order  # type: ignore[no-any-return]

    async def permits(self, request: permit_pb2.ListPermitsRequest) -> permit_pb2.ListPermitsResponse:
        return await self._ask("ListPermits", request)

    async def permit(self, permit_id: str) -> permit_pb2.GetPermitResponse:
        return await self._ask("GetPermit", permit_pb2.GetPermitRequest(permit_id=permit_id))  # type: ignore[no-any-return]

    async def filings(self, request: filing_pb2.ListFilingsRequest) -> filing_pb2.ListFilingsResponse:
        return await self._ask("ListFilings", request)

    async def filing(self, filing_id: str) -> filing_pb2.FilingReview:
        request = filing_pb2.GetFilingRequest(filing_id=filing_id)
        return (await self._ask("GetFiling", request)).filing  # type: ignore[no-any-return]

    async def accountabilities(
        self, request: accountability_pb2.ListAccountabilitiesRequest
    ) -> accountability_pb2.ListAccountabilitiesResponse:
        return await self._ask("ListAccountabilities", request)

    async def accountability(self, accountability_id: str) -> accountability_pb2.GetAccountabilityResponse:
        request = accountability_pb2.GetAccountabilityRequest(accountability_id=accountability_id)
        return await self._ask("GetAccountability", request)  # type: ignore[no-any-return]

    async def reconsiderations(
        self, request: reconsideration_pb2.ListReconsiderationsRequest
    ) -> reconsideration_pb2.ListReconsiderationsResponse:
        return await self._ask("ListReconsiderations", request)  # type: ignore[no-any-return]

    async def reconsideration(self, key: str) -> reconsideration_pb2.GetReconsiderationResponse:
        request = reconsideration_pb2.GetReconsiderationRequest(reconsideration_id=key)
        return await self._ask("GetReconsideration", request)  # type: ignore[no-any-return]

    async def compensations(
        self, request: compensation_pb2.ListCompensationsRequest
    ) -> compensation_pb2.ListCompensationsResponse:
        return await self._ask("ListCompensations", request)  # type: ignore[no-any-return]

    async def compensation(self, compensation_id: str) -> compensation_pb2.GetCompensationResponse:
        request = compensation_pb2.GetCompensationRequest(compensation_id=compensation_id)
        return await self._ask("GetCompensation", request)  # type: ignore[no-any-return]

    async def rule_of_law_reports(
        self, request: rule_of_law_report_pb2.ListRuleOfLawReportsRequest
    ) -> rule_of_law_report_pb2.ListRuleOfLawReportsResponse:
        return await self._ask("ListRuleOfLawReports", request)

    async def rule_of_law_report(self, report_id: str) -> rule_of_law_report_pb2.GetRuleOfLawReportResponse:
        request = rule_of_law_report_pb2.GetRuleOfLawReportRequest(report_id=report_id)
        return await self._ask("GetRuleOfLawReport", request)

    async def monitoring_devices(
        self, request: evidence_register_pb2.ListMonitoringDevicesRequest
    ) -> evidence_register_pb2.ListMonitoringDevicesResponse:
        return await self._ask("ListMonitoringDevices", request)

    async def monitoring_device(self, device_id: str) -> evidence_register_pb2.RegisteredDevice:
        request = evidence_register_pb2.GetMonitoringDeviceRequest(device_id=device_id)
        return (await self._ask("GetMonitoringDevice", request)).device  # type: ignore[no-any-return]

    async def sampling_institutions(
        self, request: evidence_register_pb2.ListSamplingInstitutionsRequest
    ) -> evidence_register_pb2.ListSamplingInstitutionsResponse:
        return await self._ask("ListSamplingInstitutions", request)

    async def sampling_institution(self, key: str) -> evidence_register_pb2.RegisteredInstitution:
        request = evidence_register_pb2.GetSamplingInstitutionRequest(institution_id=key)
        return (await self._ask("GetSamplingInstitution", request)).institution  # type: ignore[no-any-return]

    async def suggestions(
        self, request: suggestion_pb2.ListSuggestionsRequest
    ) -> suggestion_pb2.ListSuggestionsResponse:
        return await self._ask("ListSuggestions", request)  # type: ignore[no-any-return]

    async def suggestion(self, suggestion_id: str) -> suggestion_pb2.GetSuggestionResponse:
        request = suggestion_pb2.GetSuggestionRequest(suggestion_id=suggestion_id)
        return await self._ask("GetSuggestion", request)  # type: ignore[no-any-return]

    async def supervision_plans(
        self, request: supervision_plan_pb2.ListSupervisionPlansRequest
    ) -> supervision_plan_pb2.ListSupervisionPlansResponse:
        return await self._ask("ListSupervisionPlans", request)

    async def supervision_plan(self, plan_id: str) -> supervision_plan_pb2.GetSupervisionPlanResponse:
        request = supervision_plan_pb2.GetSupervisionPlanRequest(plan_id=plan_id)
        return await self._ask("GetSupervisionPlan", request)

    async def important_matters(
        self, request: important_matter_pb2.ListImportantMattersRequest
    ) -> important_matter_pb2.ListImportantMattersResponse:
        return await self._ask("ListImportantMatters", request)

    async def important_matter(self, matter_id: str) -> important_matter_pb2.GetImportantMatterResponse:
        request = important_matter_pb2.GetImportantMatterRequest(matter_id=matter_id)
        return await self._ask("GetImportantMatter", request)

    async def reportable_matters(self) -> important_matter_pb2.ListReportableMattersResponse:
        return await self._ask("ListReportableMatters", important_matter_pb2.ListReportableMattersRequest())

    async def legal_meetings(
        self, request: legal_meeting_pb2.ListLegalMeetingsRequest
    ) -> legal_meeting_pb2.ListLegalMeetingsResponse:
        return await self._ask("ListLegalMeetings", request)

    async def legal_meeting(self, meeting_id: str) -> legal_meeting_pb2.GetLegalMeetingResponse:
        request = legal_meeting_pb2.GetLegalMeetingRequest(meeting_id=meeting_id)
        return await self._ask("GetLegalMeeting", request)

    async def work_tasks(
        self, request: work_task_pb2.ListWorkTasksRequest
    ) -> work_task_pb2.ListWorkTasksResponse:
        return await self._ask("ListWorkTasks", request)

    async def work_task_units(self, kind: int, year: int) -> work_task_pb2.ListWorkTaskUnitsResponse:
        request = work_task_pb2.ListWorkTaskUnitsRequest(kind=kind, year=year)  # type: ignore[arg-type]
        return await self._ask("ListWorkTaskUnits", request)

    async def work_task(self, task_id: str) -> work_task_pb2.GetWorkTaskResponse:
        return await self._ask("GetWorkTask", work_task_pb2.GetWorkTaskRequest(task_id=task_id))

    async def outside_decisions(
        self, request: outside_decision_pb2.ListOutsideDecisionsRequest
    ) -> outside_decision_pb2.ListOutsideDecisionsResponse:
        return await self._ask("ListOutsideDecisions", request)

    async def outside_decision(self, decision_id: str) -> outside_decision_pb2.GetOutsideDecisionResponse:
        request = outside_decision_pb2.GetOutsideDecisionRequest(decision_id=decision_id)
        return await self._ask("GetOutsideDecision", request)

    async def reconsiderers(self) -> dict[str, str]:
        """Who may hear reconsiderations, or did: their names by their ids."""
        found = await self._ask("ListReconsiderers", reconsideration_pb2.ListReconsiderersRequest())
        return {each.person: each.name for each in found.reconsiderers}

    async def work(
        self, request: office_work_pb2.ListOfficeWorkRequest
    ) -> office_work_pb2.ListOfficeWorkResponse:
        """A page of what waits at the city."""
        return await self._ask("ListOfficeWork", request)  # type: ignore[no-any-return]

    async def reassign(
        self, request: office_work_pb2.ReassignOfficeWorkRequest
    ) -> office_work_pb2.ReassignOfficeWorkResponse:
        """Hand over what somebody of the city has to do."""
        return await self._ask("ReassignOfficeWork", request)  # type: ignore[no-any-return]

    async def suits(self, request: suit_pb2.ListSuitsRequest) -> suit_pb2.ListSuitsResponse:
        return await self._ask("ListSuits", request)  # type: ignore[no-any-return]

    async def suit(self, suit_id: str) -> suit_pb2.GetSuitResponse:
        return await self._ask("GetSuit", suit_pb2.GetSuitRequest(suit_id=suit_id))  # type: ignore[no-any-return]

    async def complaints(
        self, request: complaint_pb2.ListComplaintsRequest
    ) -> complaint_pb2.ListComplaintsResponse:
        return await self._ask("ListComplaints", request)

    async def documents(
        self, request: normative_document_pb2.ListNormativeDocumentsRequest
    ) -> normative_document_pb2.ListNormativeDocumentsResponse:
        return await self._ask("ListNormativeDocuments", request)

    async def document(self, document_id: str) -> normative_document_pb2.GetNormativeDocumentResponse:
        request = normative_document_pb2.GetNormativeDocumentRequest(document_id=document_id)
        return await self._ask("GetNormativeDocument", request)  # type: ignore[no-any-return]

    async def decisions(
        self, request: major_decision_pb2.ListMajorDecisionsRequest
    ) -> major_decision_pb2.ListMajorDecisionsResponse:
        return await self._ask("ListMajorDecisions", request)

    async def decision(self, decision_id: str) -> major_decision_pb2.GetMajorDecisionResponse:
        request = major_decision_pb2.GetMajorDecisionRequest(decision_id=decision_id)
        return await self._ask("GetMajorDecision", request)  # type: ignore[no-any-return]

    async def responsibilities(
        self, person: str, size: int
    ) -> major_decision_pb2.ListDecisionResponsibilitiesResponse:
        """What a person did in major decisions."""
        request = major_decision_pb2.ListDecisionResponsibilitiesRequest(person=person, page_size=size)
        return await self._ask("ListDecisionResponsibilities", request)  # type: ignore[no-any-return]

    async def complaint(self, complaint_id: str) -> complaint_pb2.GetComplaintResponse:
        request = complaint_pb2.GetComplaintRequest(complaint_id=complaint_id)
        return await self._ask("GetComplaint", request)  # type: ignore[no-any-return]

    async def file_reviews(
        self, request: file_review_pb2.ListFileReviewsRequest
    ) -> file_review_pb2.ListFileReviewsResponse:
        return await self._ask("ListFileReviews", request)

    async def file_review(self, review_id: str) -> file_review_pb2.FileReview:
        request = file_review_pb2.GetFileReviewRequest(review_id=review_id)
        return (await self._ask("GetFileReview", request)).file_review  # type: ignore[no-any-return]

    async def file_review_batches(
        self, request: file_review_pb2.ListFileReviewBatchesRequest
    ) -> file_review_pb2.ListFileReviewBatchesResponse:
        return await self._ask("ListFileReviewBatches", request)

    async def file_review_batch(self, batch_id: str) -> file_review_pb2.GetFileReviewBatchResponse:
        request = file_review_pb2.GetFileReviewBatchRequest(batch_id=batch_id)
        return await self._ask("GetFileReviewBatch", request)  # type: ignore[no-any-return]

    async def assessments(
        self, request: assessment_pb2.ListAssessmentsRequest
    ) -> assessment_pb2.ListAssessmentsResponse:
        return await self._ask("ListAssessments", request)  # type: ignore[no-any-return]

    async def assessment(self, assessment_id: str) -> assessment_pb2.Assessment:
        request = assessment_pb2.GetAssessmentRequest(assessment_id=assessment_id)
        return (await self._ask("GetAssessment", request)).assessment  # type: ignore[no-any-return]

    async def officer_assessments(
        self, request: officer_assessment_pb2.ListOfficerAssessmentsRequest
    ) -> officer_assessment_pb2.ListOfficerAssessmentsResponse:
        return await self._ask("ListOfficerAssessments", request)  # type: ignore[no-any-return]

    async def officer_assessment(self, key: str) -> officer_assessment_pb2.GetOfficerAssessmentResponse:
        request = officer_assessment_pb2.GetOfficerAssessmentRequest(officer_assessment_id=key)
        return await self._ask("GetOfficerAssessment", request)  # type: ignore[no-any-return]

    async def assessment_rows(
        self, request: assessment_pb2.ListAssessmentRowsRequest
    ) -> assessment_pb2.ListAssessmentRowsResponse:
        return await self._ask("ListAssessmentRows", request, COUNT_SECONDS)  # type: ignore[no-any-return]

    async def report_figures(self) -> report_pb2.ListReportFiguresResponse:
        return await self._ask("ListReportFigures", report_pb2.ListReportFiguresRequest())  # type: ignore[no-any-return]

    async def report_definitions(self) -> report_pb2.ListReportDefinitionsResponse:
        request = report_pb2.ListReportDefinitionsRequest(page_size=100)
        return await self._ask("ListReportDefinitions", request)  # type: ignore[no-any-return]

    async def report(self, asked: report_pb2.ReportAsked) -> report_pb2.RunReportResponse:
        request = report_pb2.RunReportRequest(asked=asked)
        return await self._ask("RunReport", request, COUNT_SECONDS)  # type: ignore[no-any-return]

    async def report_rows(
        self, request: report_pb2.ListReportRowsRequest
    ) -> report_pb2.ListReportRowsResponse:
        return await self._ask("ListReportRows", request, COUNT_SECONDS)  # type: ignore[no-any-return]

    async def report_file(self, asked: report_pb2.ReportAsked, format: int) -> tuple[str, bytes]:
        """The name of the file, and what is in it."""
        request = report_pb2.ExportReportRequest(asked=asked, format=format)  # type: ignore[arg-type]
        return await file_of(self._stub.ExportReport(request, timeout=COUNT_SECONDS, metadata=metadata()))

    async def party_files(
        self, request: party_file_pb2.ListPartyFilesRequest
    ) -> party_file_pb2.ListPartyFilesResponse:
        return await self._ask("ListPartyFiles", request)  # type: ignore[no-any-return]

    async def party_file(
        self, request: party_file_pb2.ReadPartyFileRequest
    ) -> party_file_pb2.ReadPartyFileResponse:
        return await first_of(self._stub.ReadPartyFile(request, timeout=CALL_SECONDS, metadata=metadata()))  # type: ignore[no-any-return]

    async def party_list(self, party_id: str, format: int) -> tuple[str, bytes]:
        """The name of the file, and what is in it."""
        request = party_file_pb2.ExportPartyFileRequest(party_id=party_id, format=format)  # type: ignore[arg-type]
        return await file_of(self._stub.ExportPartyFile(request, timeout=COUNT_SECONDS, metadata=metadata()))

    async def deadlines(self, size: int) -> deadline_pb2.ListDeadlinesResponse:
        return await self._ask("ListDeadlines", deadline_pb2.ListDeadlinesRequest(page_size=size))

    def watch(self, after: int, narrowed: watching.WatchRequest | None = None) -> Any:
        """The call that streams every event after a position, or those that are asked for, then live ones while it holds."""
        request = narrowed or watching.WatchRequest(after_position=after)
        return self._stub.Watch(request, metadata=metadata(), wait_for_ready=False)

    async def names(self, case_ids: Iterable[str]) -> dict[str, CaseName]:
        """The number and party of cases that a list gave by id; ids that are no case are left out."""
        ids = list(dict.fromkeys(case_ids))
        names = await asyncio.gather(*(self._name(i) for i in ids))
        return {i: name for i, name in zip(ids, names, strict=True) if name}

    async def _name(self, case_id: str) -> CaseName | None:
        # what one may know another may not
        key = TOKEN.get(), case_id
        if key in self._names:
            return self._names[key]
        try:
            found = (await self.case(case_id)).case
        except grpc.aio.AioRpcError as error:
            if error.code() in (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT):
                return None
            raise
        name = CaseName(found.case_number or found.decision.document_number, found.party.name)
        if name.number:  # it gets one when it is filed or decided, and then keeps it
            self._names[key] = name
            if len(self._names) > NAMES_KEPT:
                self._names.popitem(last=False)
        return name

    async def _ask(self, method: str, request: Message, seconds: float = CALL_SECONDS) -> Any:
        call = getattr(self._stub, method)
        return await call(request, timeout=seconds, metadata=metadata())


@dataclass(frozen=True)
class NodeState:
    """What a node answered. `health` is a word of grpc.health.v1, or the status code that the call ended with."""

    target: NodeTarget
    health: str
    status: nodes.GetNodeStatusResponse | None
    error: str = ""

    @property
    def serving(self) -> bool:
        return not self.faults

    @property
    def faults(self) -> list[str]:
        """What does not serve: "" for the node as a whole, else names of services."""
        if self.health != "SERVING":
            return [""]
        return [s.service for s in self.status.services if not s.serving] if self.status else []


class Node:
    """One node's health and journal."""

    def __init__(self, target: NodeTarget, config: ConsoleConfig):
        self.target = target
        self._channel = channel(target.target)
        self._health = health_pb2_grpc.HealthStub(self._channel)
        self._journal = journal_rpc.JournalServiceStub(self._channel)
        self._enforcement = enforcement_rpc.EnforcementServiceStub(self._channel)

    async def close(self) -> None:
        await self._channel.close()

    async def health(self) -> NodeState:
        """Health alone, which anybody may ask."""
        return NodeState(self.target, await self._check(), None)

    async def state(self) -> NodeState:
        """Health and status; never raises, a node that cannot be asked is a state too."""
        health, status = await asyncio.gather(self._check(), self._status())
        if isinstance(status, grpc.aio.AioRpcError):
            return NodeState(self.target, health, None, status.code().name)
        return NodeState(self.target, health, status)

    async def parked(self, service: str) -> Sequence[parked_pb2.ParkedEvent]:
        """The events of a service that wait for a person."""
        request = parked_pb2.ListParkedRequest(service=service)
        answer = await self._journal.ListParked(request, timeout=CALL_SECONDS, metadata=metadata())
        return list(answer.events)

    async def work(self, request: work_pb2.ListWorkRequest) -> work_pb2.ListWorkResponse:
        """A page of what waits at the department."""
        return await self._enforcement.ListWork(  # type: ignore[no-any-return]
            request, timeout=CALL_SECONDS, metadata=metadata()
        )

    async def reassign(self, request: work_pb2.ReassignWorkRequest) -> work_pb2.ReassignWorkResponse:
        """Hand over what somebody of the department has to do."""
        return await self._enforcement.ReassignWork(  # type: ignore[no-any-return]
            request, timeout=CALL_SECONDS, metadata=metadata()
        )

    async def party_files(
        self, request: of_parties.ListPartyFilesRequest
    ) -> of_parties.ListPartyFilesResponse:
        """The files of parties at the department."""
        call = self._enforcement.ListPartyFiles
        return await call(request, timeout=CALL_SECONDS, metadata=metadata())  # type: ignore[no-any-return]

    async def party_file(self, request: of_parties.ReadPartyFileRequest) -> of_parties.ReadPartyFileResponse:
        """A page of the file of a party at the department."""
        call = self._enforcement.ReadPartyFile
        return await first_of(call(request, timeout=CALL_SECONDS, metadata=metadata()))  # type: ignore[no-any-return]

    async def party_list(self, party_id: str, format: int) -> tuple[str, bytes]:
        """The name of the list of what lies in a file, and the list."""
        request = of_parties.ExportPartyFileRequest(party_id=party_id, format=format)  # type: ignore[arg-type]
        call = self._enforcement.ExportPartyFile
        return await file_of(call(request, timeout=COUNT_SECONDS, metadata=metadata()))

    async def evaluation(self, case_id: str) -> benchmark_pb2.PenaltyEvaluation | None:
        """What the node's benchmark says of the penalty of a case; None where the node does not answer."""
        request = benchmark_pb2.EvaluatePenaltyRequest(case_id=case_id)
        try:
            answer = await self._enforcement.EvaluatePenalty(
                request, timeout=STATUS_SECONDS, metadata=metadata()
            )
        except grpc.aio.AioRpcError:
            return None
        return answer.evaluation

    async def _check(self) -> str:
        try:
            answer = await self._health.Check(health_pb2.HealthCheckRequest(), timeout=STATUS_SECONDS)
        except grpc.aio.AioRpcError as error:
            return error.code().name
        return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)

    async def _status(self) -> nodes.GetNodeStatusResponse | grpc.aio.AioRpcError:
        request = nodes.GetNodeStatusRequest()
        try:
            return await self._journal.GetNodeStatus(request, timeout=STATUS_SECONDS, metadata=metadata())
        except grpc.aio.AioRpcError as error:
            return error
