"""Whom each event is told to, entry by entry: what a table of notices says is what was meant."""

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import body_pb2, certificate_pb2, points_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import quota_pb2 as quotas
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import filing_pb2

from services.notifications.notices.entry import LEVELS
from services.notifications.notices.load import notices
from tests.notifications.office import case, clock, warning

H, CITY = "huanbao", "city"
OFFICERS = {"O-1", "O-2"}
HEAD, UNIT, OVERSIGHT = {"role:AGENCY_HEAD"}, {"role:UNIT_HEAD"}, {"role:OVERSIGHT"}
CLERK = {"role:CLERK"}
OVERSIGHT_HEAD = {"role:OVERSIGHT_HEAD"}
COMPLAINT = {"handlers": ["S-1"]}
PURSUED = {"node": H, "officer_id": "O-1"}
GRADED = {"node": H, "officer_id": "O-1", "grade": 2}
INVESTIGATED = {"opening": {"investigators": ["S-2"]}}
DOCUMENT = {"node": H}
NOBODY: set[str] = set()
REPAIR = {"node": H, "case_id": "C-1"}
HELP_FOR_US, HELP_BY_US = {"node": H, "to_node": "chengguan"}, {"node": "chengguan", "to_node": H}
MATTER = {"node": H, "drafters": ["O-1"]}
INSPECTION = {"node": H, "officers": [{"officer_id": "O-1"}, {"officer_id": "O-2"}]}


def filing(state: str = "DUE") -> filing_pb2.FilingReview:
    return filing_pb2.FilingReview(node=H, case_id="C-1", state=f"FILING_STATE_{state}")


def certificate() -> certificate_pb2.Certificate:
    return certificate_pb2.Certificate(node=H, officer_id="O-1", certificate_number="440700000100001")


def entry() -> points_pb2.PointsEntry:
    return points_pb2.PointsEntry(node=H, officer_id="O-1", points=6)


def reached(level: str) -> registry.PointsThresholdReached:
    standing = points_pb2.PointsStanding(node=H, officer_id="O-1", level=f"POINTS_LEVEL_{level}")
    return registry.PointsThresholdReached(standing=standing)


def quota() -> quotas.YearQuota:
    return quotas.YearQuota(node=H, subject_id="B-1", clock_id="OFF-03", year=2026)


def deadline(kind, *officers: str):
    return kind(case=case(H, *officers), deadline=clock())


def raised(level: str) -> supervision.WarningRaised:
    event = warning(H, level)
    event.case.CopyFrom(case(H, "O-1", "O-2"))
    return event


def body(late: bool = False) -> body_pb2.EnforcementBody:
    return body_pb2.EnforcementBody(node=H, name="示例机关", pending={"late": late})


def moved(sender: str, receiver: str, node: str = "") -> case_pb2.Case:
    """A transferred case as one of the two sides has it."""
    transfer = case_pb2.Transfer(from_node=sender, to_node=receiver)
    return case_pb2.Case(node=node or sender, transfer=transfer)


def told_overdue(head: str) -> supervision.SupervisionTold:
    return supervision.SupervisionTold(told={"supervision_order": {"node": H}, "overdue": True, "head": head})


TO_THE_OFFICE = (
    supervision.SupervisionDeadlineReminded,
    supervision.SupervisionEscalated,
    supervision.SupervisionExplained,
    supervision.CorrectionReported,
    supervision.UrgingLetterReported,
    supervision.SupervisionOpinionReported,
    supervision.SupervisionDecisionReported,
    supervision.SupervisionObjected,
    supervision.PersonMeasureAnswered,
)
TOLD = [
    # event, at the department, at the city
    (notifications.ContactSet(node=H, recipient="O-1"), {"O-1"}, NOBODY),
    (notifications.ContactSet(node=CITY, recipient="role:OVERSIGHT"), NOBODY, OVERSIGHT),
    (deadline(enforcement.DeadlineApproached, "O-1", "O-2"), OFFICERS, NOBODY),
    (deadline(enforcement.DeadlineApproached), UNIT, NOBODY),
    (deadline(enforcement.DeadlinePassed, "O-1", "O-2"), OFFICERS | HEAD, NOBODY),
    (deadline(enforcement.InternalDeadlineReminded, "O-1", "O-2"), OFFICERS, NOBODY),
    (enforcement.ServiceAnnounced(case=case(H, "O-1", "O-2")), OFFICERS | HEAD, NOBODY),
    (enforcement.DecisionSetAside(case=case(H, "O-1", "O-2")), OFFICERS | HEAD | CLERK, NOBODY),
    (enforcement.DecisionAnnulled(case=case(H, "O-1", "O-2")), OFFICERS | HEAD | CLERK, NOBODY),
    (enforcement.FineRefunded(case=case(H, "O-1", "O-2")), OFFICERS, NOBODY),
    (enforcement.ExecutionStayed(case=case(H, "O-1", "O-2")), OFFICERS | HEAD | CLERK, NOBODY),
    (enforcement.StayEnded(case=case(H, "O-1", "O-2")), OFFICERS | HEAD, NOBODY),
    (enforcement.CaseReopened(case=case(H)), UNIT | HEAD | CLERK, NOBODY),
    (deadline(supervision.DeadlineReminded, "O-1", "O-2"), OFFICERS, NOBODY),
    (deadline(enforcement.DeadlineMoved, "O-1", "O-2"), OFFICERS, NOBODY),
    (deadline(supervision.DeadlineMoved, "O-1", "O-2"), NOBODY, OVERSIGHT),
    (raised("YELLOW"), OFFICERS, NOBODY),
    (raised("ORANGE"), OFFICERS | HEAD, OVERSIGHT),
    (raised("RED"), OFFICERS | HEAD, OVERSIGHT),
    (warning(H, "RED"), UNIT | HEAD, OVERSIGHT),
    (supervision.FilingExpected(filing=filing()), HEAD, NOBODY),
    (supervision.FilingReceived(filing=filing("FILED")), NOBODY, OVERSIGHT),
    (supervision.FilingReturned(filing=filing("RETURNED")), HEAD | CLERK, NOBODY),
    (supervision.FilingCorrected(filing=filing("CORRECTED")), HEAD, NOBODY),
    (supervision.FilingReviewed(filing=filing("OBJECTED")), HEAD, NOBODY),
    (enforcement.RecusalRequested(case={"node": H}, recusal={"officer_id": "O-1"}), HEAD, NOBODY),
    (enforcement.RecusalDecided(case={"node": H}, recusal={"officer_id": "O-1"}), {"O-1"} | UNIT, NOBODY),
    (registry.CertificateIssued(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.MinistryCardRecorded(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.MinistryCardEnded(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.DepartmentReviewBegun(department_review={"node": H, "year": 2026}), HEAD, NOBODY),
    (registry.DepartmentReviewEnded(department_review={"node": H, "failed": 2}), HEAD, NOBODY),
    (registry.CertificateSuspended(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.CertificateRevoked(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.CertificateRestored(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.CertificateCancelled(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.CertificateVoided(certificate=certificate()), {"O-1"} | UNIT | HEAD, NOBODY),
    (registry.CertificateLost(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.LossDeclarationDue(node=H, officer_id="O-1"), {"O-1"} | UNIT, NOBODY),
    (registry.LossDeclarationOverdue(node=H, officer_id="O-1"), {"O-1"} | UNIT, OVERSIGHT),
    (
        registry.LeadingGroupSet(
            group={"node": H, "liaison": {"officer_id": "O-1"}, "substitute": {"officer_id": "O-2"}}
        ),
        OFFICERS,
        NOBODY,
    ),
    (registry.HeadTrainingDue(head={"node": H, "officer_id": "O-1"}), {"O-1"} | HEAD, NOBODY),
    (registry.HeadTrainingOverdue(head={"node": H, "officer_id": "O-1"}), {"O-1"} | HEAD, OVERSIGHT),
    (registry.CertificateReissued(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.CertificateRenewalDue(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.CertificateRenewed(certificate=certificate()), {"O-1"}, NOBODY),
    (registry.CertificateMoved(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (registry.AppealConcluded(certificate=certificate()), {"O-1"} | UNIT, NOBODY),
    (enforcement.OfficerCasesLeft(node=H, officer_id="O-1"), UNIT | HEAD, NOBODY),
    (registry.PointsScored(entry=entry()), {"O-1"}, NOBODY),
    (reached("WARNING"), {"O-1"} | UNIT, NOBODY),
    (reached("RETRAINING"), {"O-1"} | UNIT | HEAD, NOBODY),
    (reached("SUSPENSION"), {"O-1"} | UNIT | HEAD, NOBODY),
    (registry.PointsAppealDecided(entry=entry()), {"O-1"}, NOBODY),
    (registry.PointsAppealRefused(node=H, officer_id="O-1"), {"O-1"}, NOBODY),
    (registry.YearQuotaReminded(quota=quota()), HEAD, NOBODY),
    (registry.YearQuotaMissed(quota=quota()), HEAD, OVERSIGHT),
    (registry.BodyChangeNoted(body=body()), HEAD, NOBODY),
    (registry.BodyChangeDue(body=body()), HEAD, NOBODY),
    (registry.BodyChangeOverdue(body=body()), HEAD, OVERSIGHT),
    (registry.BodyChangePending(body=body()), NOBODY, NOBODY),
    (registry.BodyChangePending(body=body(late=True)), NOBODY, OVERSIGHT),
    (registry.BodyReissued(body=body()), HEAD, NOBODY),
    (registry.BodyChangeRefused(body=body()), HEAD, NOBODY),
    (registry.BodyWithdrawn(body=body()), HEAD | UNIT, NOBODY),
    (registry.BodySucceeded(body=body()), HEAD | UNIT, NOBODY),
    (registry.PowerItemsAffected(node=H), HEAD | UNIT, NOBODY),
    (registry.BasicInformationChanged(body=body()), HEAD, NOBODY),
    (registry.BasicInformationDue(body=body()), HEAD, NOBODY),
    (registry.BasicInformationOverdue(body=body()), HEAD, OVERSIGHT),
    (enforcement.OpenCasesNamed(node="chengguan", successor_node=H), HEAD | UNIT, NOBODY),
    (enforcement.BasisUsesFound(node=H, cases=[{"officer_ids": ["O-1", "O-2"]}]), OFFICERS | HEAD, NOBODY),
    (
        enforcement.GroupMatterRegistered(mediation={"node": H, "body_id": "B-1", "subject": "油烟扰民"}),
        HEAD,
        OVERSIGHT,
    ),
    (enforcement.CaseTransferred(case=moved("chengguan", H)), HEAD | UNIT, NOBODY),
    (enforcement.JurisdictionDisputed(case=moved(H, "chengguan", "chengguan")), HEAD, NOBODY),
    (enforcement.JurisdictionReferred(case=case(H, "O-1")), NOBODY, OVERSIGHT),
    (enforcement.CaseYielded(case=case(H, "O-1", "O-2")), OFFICERS | HEAD, NOBODY),
    (enforcement.CaseYielded(case=case(H)), HEAD, NOBODY),
    (enforcement.JurisdictionSettled(case=case(H, "O-1", "O-2")), OFFICERS | HEAD, NOBODY),
    (enforcement.InspectionDeadlineApproached(inspection=INSPECTION), OFFICERS, NOBODY),
    (enforcement.InspectionDeadlinePassed(inspection=INSPECTION), OFFICERS | HEAD, NOBODY),
    (enforcement.PermitDeadlineApproached(permit={"node": H}), UNIT | CLERK, NOBODY),
    (enforcement.PermitDeadlinePassed(permit={"node": H}), UNIT | HEAD, NOBODY),
    (enforcement.PermitCorrectionMissed(permit={"node": H}), UNIT | HEAD, NOBODY),
    (enforcement.PermitPromiseMissed(permit={"node": H}), UNIT | HEAD, NOBODY),
    (enforcement.InspectionBegunUrgently(inspection=INSPECTION), HEAD, OVERSIGHT),
    (enforcement.AssistanceAsked(assistance=HELP_BY_US), UNIT | HEAD, NOBODY),
    (enforcement.AssistanceAccepted(assistance=HELP_FOR_US), UNIT, NOBODY),
    (enforcement.AssistanceDeferred(assistance=HELP_FOR_US), UNIT, NOBODY),
    (enforcement.AssistanceAnswered(assistance=HELP_FOR_US), UNIT, NOBODY),
    (enforcement.AssistanceDeclined(assistance=HELP_FOR_US), UNIT | HEAD, NOBODY),
    (enforcement.AssistanceObjected(assistance=HELP_FOR_US), NOBODY, OVERSIGHT),
    (enforcement.AssistanceDeadlineApproached(assistance=HELP_BY_US), UNIT, NOBODY),
    (enforcement.AssistanceDeadlinePassed(assistance=HELP_BY_US), UNIT | HEAD, NOBODY),
    (enforcement.OwnCorrectionProposed(case=case(H, "O-1", "O-2")), HEAD, NOBODY),
    (enforcement.OwnCorrectionRefused(case=case(H, "O-1", "O-2")), OFFICERS | UNIT, NOBODY),
    (enforcement.CorrectionProposed(case=case(H, "O-1", "O-2")), HEAD, NOBODY),
    (enforcement.RecordCorrected(case=case(H, "O-1", "O-2")), OFFICERS | UNIT, NOBODY),
    (enforcement.CreditRepairReceived(credit_repair=REPAIR), UNIT, NOBODY),
    (enforcement.CreditRepairAccepted(credit_repair=REPAIR), HEAD, NOBODY),
    (enforcement.CreditObjectionReceived(credit_repair=REPAIR), UNIT | HEAD, NOBODY),
    (enforcement.CreditDisplayFaulted(credit_repair=REPAIR), UNIT | HEAD, NOBODY),
    (supervision.InspectionCodeIssued(node=H), UNIT, NOBODY),
    (supervision.InspectionCodeWithheld(node=H), UNIT | HEAD, NOBODY),
    (supervision.WarningEscalated(warning={"node": H, "escalated_to": "H-1"}), {"H-1"}, OVERSIGHT),
    (supervision.WarningEscalated(warning={"node": H}), HEAD, OVERSIGHT),
    (supervision.FileReviewTold(told={"file_review": {"node": H}}), UNIT | HEAD, NOBODY),
    (supervision.FileReviewObjected(file_review={"node": H}), NOBODY, OVERSIGHT),
    (supervision.FileReviewReminded(file_review={"node": H}, deadline=clock()), NOBODY, OVERSIGHT),
    (supervision.ReconsiderationReceived(reconsideration={"node": H}), NOBODY, OVERSIGHT),
    (supervision.ReconsiderationAccepted(reconsideration={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.ReconsiderationAcceptedSimplified(reconsideration={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.ReconsiderationStayed(reconsideration={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.ReconsiderationDecisionServed(reconsideration={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.ReconsiderationUnanswered(reconsideration={"node": H}), NOBODY, OVERSIGHT),
    (supervision.ReconsiderationReminded(reconsideration={"node": H}), NOBODY, OVERSIGHT),
    (supervision.CompensationReceived(compensation={"node": H}), NOBODY, OVERSIGHT),
    (supervision.CompensationOverdue(compensation={"node": H}), NOBODY, OVERSIGHT),
    (supervision.CompensationServed(compensation={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.CompensationReminded(compensation={"node": H}), NOBODY, OVERSIGHT),
    (supervision.OutsideDecisionReminded(outside_decision={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.WorkTaskAssigned(work_task={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.WorkTaskReported(work_task={"node": H}), NOBODY, OVERSIGHT),
    (supervision.WorkTaskReturned(work_task={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.WorkTaskReminded(work_task={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.LegalMeetingInvited(node=H), UNIT | HEAD, NOBODY),
    (supervision.LegalMeetingReminded(legal_meeting={}), NOBODY, OVERSIGHT),
    (supervision.ImportantMatterDrafted(important_matter=MATTER), HEAD, NOBODY),
    (supervision.ImportantMatterAmended(important_matter=MATTER), HEAD, NOBODY),
    (supervision.ImportantMatterReturned(important_matter=MATTER), {"O-1"}, NOBODY),
    (supervision.ImportantMatterAsked(important_matter=MATTER), NOBODY, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.ImportantMatterReported(important_matter=MATTER), NOBODY, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.ImportantMatterSupplemented(important_matter=MATTER), NOBODY, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.ImportantMatterWithdrawn(important_matter=MATTER), {"O-1"}, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.ImportantMatterMoreWanted(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (supervision.ImportantMatterSentBack(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (supervision.ImportantMatterReplied(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (supervision.ImportantMatterNoted(important_matter=MATTER), {"O-1"}, NOBODY),
    (supervision.ImportantMatterInstructed(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (supervision.ImportantMatterPassedUp(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (supervision.ImportantMatterReaddressed(important_matter=MATTER), {"O-1"} | HEAD, NOBODY),
    (
        supervision.ImportantMatterCameUp(
            important_matter={"node": "town", "superior_node": H}, heads=["H-7"]
        ),
        {"H-7"},
        NOBODY,
    ),
    (supervision.ImportantMatterReminded(important_matter=MATTER), UNIT | HEAD, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.ServicePromiseBroken(service_promise={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.ServicePromiseCompensated(service_promise={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.ServicePromiseMadeGood(service_promise={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.ServicePromiseReminded(service_promise={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.ConclusionReviewRequested(outside_decision={"node": H}), NOBODY, OVERSIGHT | OVERSIGHT_HEAD),
    (supervision.RuleOfLawReportDue(rule_of_law_report={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.RuleOfLawReportReminded(rule_of_law_report={"node": H}), UNIT | HEAD, OVERSIGHT),
    (supervision.SuggestionRegistered(suggestion={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.SuggestionReturned(suggestion={"node": H}), UNIT | HEAD, NOBODY),
    (supervision.SuggestionReminded(suggestion={"node": H}), NOBODY, OVERSIGHT),
    (supervision.SuitInterferenceRecorded(suit={"node": H}), NOBODY, OVERSIGHT),
    (supervision.SuitCopyReceived(suit={"node": H}), NOBODY, OVERSIGHT),
    (supervision.SuitReminded(suit={"node": H}), NOBODY, OVERSIGHT),
    (supervision.JudgmentFinal(suit={"node": H}), NOBODY, OVERSIGHT),
    (supervision.SupervisionTold(told={"supervision_order": {"node": H}}), UNIT | HEAD, NOBODY),
    (told_overdue("H-1"), UNIT | {"H-1"}, NOBODY),
    *((kind(supervision_order={"node": H}), NOBODY, OVERSIGHT) for kind in TO_THE_OFFICE),
    (supervision.InspectionRated(voice={"node": H, "complaint": True}), NOBODY, OVERSIGHT),
    (supervision.AssessmentOpened(assessment={"node": H}), HEAD, NOBODY),
    (supervision.AssessmentGradeFixed(assessment={"node": H, "grade": 2}), NOBODY, OVERSIGHT),
    (
        supervision.AssessmentGradeFixed(assessment={"node": H, "grade": 4}),
        NOBODY,
        OVERSIGHT | OVERSIGHT_HEAD,
    ),
    (supervision.AssessmentPublished(assessment={"node": H, "grade": 1}), HEAD | UNIT, NOBODY),
    (supervision.InspectionRated(voice={"node": H, "stars": 1}), NOBODY, NOBODY),
    (supervision.OfficerAssessmentOpened(officer_assessment=GRADED), UNIT, NOBODY),
    (supervision.OfficerGradeFixed(officer_assessment=GRADED), NOBODY, OVERSIGHT),
    (supervision.OfficerGradeTold(officer_assessment=GRADED), {"O-1"}, NOBODY),
    (supervision.OfficerRecheckAsked(officer_assessment=GRADED), NOBODY, OVERSIGHT_HEAD),
    (supervision.OfficerRecheckDecided(officer_assessment=GRADED), {"O-1"}, NOBODY),
    (supervision.AccountabilityRegistered(accountability=PURSUED), NOBODY, OVERSIGHT),
    (supervision.AccountabilityReviewed(accountability=PURSUED), NOBODY, OVERSIGHT_HEAD),
    (supervision.AccountabilityOpened(accountability=INVESTIGATED), NOBODY, {"S-2"}),
    (supervision.AccountabilityConcluded(accountability=INVESTIGATED), NOBODY, OVERSIGHT_HEAD),
    (supervision.AccountabilityReminded(accountability=PURSUED), NOBODY, OVERSIGHT),
    (supervision.AccountabilityReminded(accountability=INVESTIGATED), NOBODY, {"S-2"}),
    (
        supervision.AccountabilityReminded(accountability=INVESTIGATED, passed=True),
        NOBODY,
        {"S-2"} | OVERSIGHT_HEAD,
    ),
    (supervision.AccountabilityReviewAsked(accountability=PURSUED), NOBODY, OVERSIGHT_HEAD),
    (supervision.AccountabilityTold(told={"accountability": PURSUED}), {"O-1"} | HEAD, NOBODY),
    (supervision.AccountabilityTold(told={"accountability": {"node": H}}), HEAD, NOBODY),
    (supervision.MajorDecisionStarted(major_decision=DOCUMENT), UNIT, NOBODY),
    (supervision.DecisionReviewSubmitted(major_decision=DOCUMENT), NOBODY, OVERSIGHT),
    (supervision.DecisionReviewConcluded(major_decision=DOCUMENT), UNIT, NOBODY),
    (supervision.MajorDecisionPublished(major_decision=DOCUMENT), UNIT, NOBODY),
    (supervision.DecisionTroubleReported(major_decision=DOCUMENT), NOBODY, OVERSIGHT),
    (supervision.DecisionReportOverdue(major_decision=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.MajorDecisionSuspended(major_decision=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.MajorDecisionChanged(major_decision=DOCUMENT), UNIT, NOBODY),
    (supervision.MajorDecisionEnded(major_decision=DOCUMENT), UNIT, NOBODY),
    (supervision.NormativeDocumentPlanned(normative_document=DOCUMENT), UNIT, NOBODY),
    (supervision.LegalityReviewSubmitted(normative_document=DOCUMENT), NOBODY, OVERSIGHT),
    (supervision.LegalityReviewConcluded(normative_document=DOCUMENT), UNIT, NOBODY),
    (supervision.NormativeDocumentSigned(normative_document=DOCUMENT), NOBODY, OVERSIGHT),
    (supervision.NormativeDocumentNumbered(normative_document=DOCUMENT), CLERK, NOBODY),
    (supervision.NormativeDocumentExpiring(normative_document=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.NormativeDocumentOmitted(normative_document=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.NormativeDocumentRepealed(normative_document=DOCUMENT), UNIT, NOBODY),
    (supervision.NormativeDocumentExpired(normative_document=DOCUMENT), UNIT, NOBODY),
    (supervision.JudicialSuggestionReceived(normative_document=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.NormativeDocumentReminded(normative_document=DOCUMENT), UNIT, OVERSIGHT),
    (supervision.DocumentFilingExpected(document_filing=DOCUMENT), CLERK, NOBODY),
    (supervision.DocumentFiled(document_filing=DOCUMENT), NOBODY, OVERSIGHT),
    (supervision.DocumentFilingUrged(document_filing=DOCUMENT), CLERK | HEAD, NOBODY),
    (supervision.MissingFilingReported(document_filing=DOCUMENT), HEAD, NOBODY),
    (supervision.DocumentSupplementAsked(document_filing=DOCUMENT), UNIT, NOBODY),
    (supervision.DocumentMakerAsked(document_filing=DOCUMENT), UNIT, NOBODY),
    (supervision.DocumentFilingReviewed(document_filing=DOCUMENT), UNIT | HEAD, NOBODY),
    (supervision.DocumentFilingReminded(document_filing=DOCUMENT), UNIT, OVERSIGHT),
    (supervision.DocumentReviewRequested(document_request={}), NOBODY, OVERSIGHT),
    (supervision.DocumentRequestReminded(document_request={}), NOBODY, OVERSIGHT),
    (supervision.ComplaintReceived(complaint=COMPLAINT), NOBODY, OVERSIGHT),
    (supervision.ComplaintAccepted(complaint=COMPLAINT), NOBODY, OVERSIGHT_HEAD),
    (supervision.ComplaintAssigned(complaint=COMPLAINT), NOBODY, {"S-1"}),
    (supervision.ComplaintConcluded(complaint=COMPLAINT), NOBODY, OVERSIGHT),
    (supervision.ComplaintRated(complaint={"rating": {"satisfaction": 1}}), NOBODY, NOBODY),
    (supervision.ComplaintRated(complaint={"rating": {"satisfaction": 3}}), NOBODY, OVERSIGHT_HEAD),
    (supervision.ComplaintReopened(complaint=COMPLAINT), NOBODY, {"S-1"}),
    (supervision.ComplaintReminded(complaint=COMPLAINT), NOBODY, {"S-1"}),
    (supervision.ComplaintReminded(complaint={}), NOBODY, OVERSIGHT),
    (supervision.ComplaintReminded(complaint=COMPLAINT, passed=True), NOBODY, {"S-1"} | OVERSIGHT_HEAD),
    (supervision.ComplaintUnsealed(complaint=COMPLAINT), NOBODY, OVERSIGHT_HEAD),
]


@pytest.mark.parametrize(
    ("event", "at_department", "at_city"),
    TOLD,
    ids=lambda value: type(value).__name__ if not isinstance(value, set) else "",
)
def test_who_is_told_where(event, at_department, at_city):
    entry = notices()[type(event)]

    told = {node: entry.recipients(event, node, CITY) for node in (H, CITY, "chengguan")}

    assert {node: set(names) for node, names in told.items()} == {
        H: at_department,
        CITY: at_city,
        "chengguan": NOBODY,
    }
    assert all(len(set(names)) == len(names) for names in told.values())


def test_every_entry_is_meant():
    assert {type(event) for event, *_ in TOLD} == set(notices())


@pytest.mark.parametrize(
    ("event", "level"),
    [
        (raised("YELLOW"), "YELLOW"),
        (raised("ORANGE"), "ORANGE"),
        (raised("RED"), "RED"),
        (supervision.FilingReviewed(filing=filing("ACCEPTED")), "INFO"),
        (supervision.FilingReviewed(filing=filing("OBJECTED")), "ORANGE"),
        (registry.BodyChangePending(body=body()), "INFO"),
        (registry.BodyChangePending(body=body(late=True)), "ORANGE"),
        (registry.BodyChangeNoted(body=body()), "YELLOW"),
        (registry.DepartmentReviewEnded(department_review={"node": H, "failed": 2}), "YELLOW"),
        (registry.DepartmentReviewEnded(department_review={"node": H}), "INFO"),
        (reached("WARNING"), "YELLOW"),
        (reached("RETRAINING"), "ORANGE"),
        (reached("SUSPENSION"), "RED"),
        (reached("NONE"), "INFO"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value,
)
def test_the_level_follows_what_the_event_says(event, level):
    assert notices()[type(event)].level(event) == LEVELS[level]
