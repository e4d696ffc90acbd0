"""How values look on a page: times, money, days left, numbers of cases, enums."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from markupsafe import Markup, escape
from yifa.enforcement.v1 import (
    advance_registration_pb2,
    assistance_pb2,
    case_pb2,
    collection_pb2,
    court_enforcement_pb2,
    credit_repair_pb2,
    enforcement_pb2,
    evidence_mark_pb2,
    file_pb2,
    measure_pb2,
    mediation_pb2,
    monitoring_device_pb2,
    permit_guide_pb2,
    permit_held_pb2,
    permit_pb2,
    referral_pb2,
    stay_pb2,
    surcharge_pb2,
    visit_pb2,
)
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import inspection_plan_pb2 as inspection_plans
from yifa.enforcement.v1 import paper_pb2 as papers
from yifa.enforcement.v1 import party_file_pb2 as party_files
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import (
    basis_pb2,
    body_pb2,
    certificate_pb2,
    leading_group_pb2,
    legal_adviser_pb2,
    power_pb2,
    power_transfer_pb2,
    showing_pb2,
)
from yifa.supervision.v1 import accountability_pb2 as pursuits
from yifa.supervision.v1 import (
    assessment_pb2,
    complaint_pb2,
    document_cleanup_pb2,
    document_filing_pb2,
    document_list_pb2,
    document_request_pb2,
    evidence_register_pb2,
    file_review_pb2,
    filing_pb2,
    important_matter_pb2,
    legal_meeting_pb2,
    major_decision_pb2,
    normative_document_pb2,
    officer_assessment_pb2,
    outside_decision_pb2,
    report_pb2,
    rule_of_law_report_pb2,
    suggestion_pb2,
    suit_pb2,
    supervision_plan_pb2,
    warning_pb2,
    work_task_pb2,
)
from yifa.supervision.v1 import compensation_pb2 as paid
from yifa.supervision.v1 import inspection_pb2 as seen_inspections
from yifa.supervision.v1 import reconsideration_pb2 as reconsidered
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.console.config import NodeTarget
from services.console.words import Words
from services.law.calendar import SHANGHAI, china
from services.law.citation import INTERNAL, cite
from services.law.clock import catalogue

NOTHING = "—"
ENUMS = {
    enum.DESCRIPTOR.name: enum
    for enum in (
        body_pb2.BodyState, power_pb2.PowerKind, power_pb2.PowerLevel, basis_pb2.BasisLevel,
        power_transfer_pb2.PowerTransferKind, power_transfer_pb2.TransferAuthority, legal_adviser_pb2.LegalAdviserKind,
        leading_group_pb2.LeadingGroupRole, leading_group_pb2.LeadingGroupLack,
        certificate_pb2.CertificateKind, certificate_pb2.CertificateState,
        showing_pb2.ShownVerdict,
        case_pb2.CaseState, case_pb2.Procedure, case_pb2.CaseSource, case_pb2.ClueSource, parties.PartyKind,
        penalties.PenaltyKind, penalties.LenienceDegree, penalties.LenienceGround,
        case_pb2.ServiceMethod, papers.PaperStanding, papers.PaperVerdict, law_pb2.ClockState,
        case_pb2.EvidenceKind, file_pb2.RecordedAct,
        measure_pb2.MeasureKind, measure_pb2.MeasureState, measure_pb2.ReleaseGround,
        referral_pb2.ReferralState, referral_pb2.PoliceSaid, assistance_pb2.AssistanceState,
        mediation_pb2.MediationState, mediation_pb2.MediationOrigin,
        permit_pb2.PermitState, permit_guide_pb2.PermitHandling, law_pb2.Ground,
        permit_held_pb2.PermitCheckManner, permit_held_pb2.PermitFinding, permit_held_pb2.PermitReversalKind,
        permit_held_pb2.PermitReversalGround, permit_held_pb2.PermitMeetingKind, permit_held_pb2.PermitAgreement,
        permit_held_pb2.PermitLeavingGround, publications.PermitStanding, publications.ForceKind, publications.ForceResult,
        party_files.PartyVolumeKind, party_files.PartyItemKind, visit_pb2.VisitKind,
        credit_repair_pb2.CreditRepairState, court_enforcement_pb2.CourtEnforcementState, court_enforcement_pb2.CourtSaid,
        enforcement_pb2.EnforcementState, enforcement_pb2.EnforcementMeans, enforcement_pb2.SuspensionOfEnforcement,
        enforcement_pb2.EndOfEnforcement, enforcement_pb2.ClearedPlace, penalties.DutyKind, penalties.DutyHarm,
        penalties.GainsFinding, evidence_mark_pb2.EvidenceVerdict,
        collection_pb2.CollectionGround, surcharge_pb2.RemedyKind, surcharge_pb2.RemedyEnd,
        stay_pb2.StayAuthority, stay_pb2.StayGround,
        case_pb2.HearingSecrecy, case_pb2.HearingEnd, case_pb2.SuspensionGround, case_pb2.RecordCorrectionState,
        case_pb2.OwnCorrectionState, case_pb2.OwnErrorGround,
        case_pb2.OutcomeKind, case_pb2.Remedy, case_pb2.RecusalState, publications.CreditTier, publications.WithholdGround,
        advance_registration_pb2.RegistrationState, advance_registration_pb2.RegistrationOutcome,
        warning_pb2.WarningLevel, warning_pb2.WarningState, filing_pb2.FilingState,
        pursuits.AccountabilityState, pursuits.AccountabilityAgainst, pursuits.AccountabilitySourceKind,
        pursuits.AccountabilityCause, pursuits.AccountabilityShare, pursuits.AccountabilityKind,
        pursuits.AccountabilityAppealResult,
        reconsidered.ReconsiderationState, reconsidered.ReconsiderationChannel,
        reconsidered.ReconsiderationMade, reconsidered.ReconsiderationCondition,
        reconsidered.ReconsiderationSimple, reconsidered.ReconsiderationAnswered,
        reconsidered.ReconsiderationSuspensionGround, reconsidered.ReconsiderationWeight,
        reconsidered.ReconsiderationAnnulment, reconsidered.ReconsiderationDecisionKind,
        reconsidered.ReconsiderationEnd, reconsidered.ReconsiderationPressing,
        paid.CompensationState, paid.CompensationStanding, paid.CompensationWay, paid.CompensationPauseGround,
        paid.CompensationTopic, paid.CompensationItemKind, paid.CompensationInfringement, paid.CompensationExemption,
        paid.CompensationFault,
        suggestion_pb2.SuggestionState, suggestion_pb2.SuggestionKind, suggestion_pb2.SuggestionStage,
        suggestion_pb2.SuggestionOutcome,
        suit_pb2.SuitState, suit_pb2.SuitSimple, suit_pb2.SuitListed, suit_pb2.SuitJudgmentKind,
        complaint_pb2.ComplaintState, complaint_pb2.ComplaintSource, complaint_pb2.ComplaintIdentity,
        complaint_pb2.ComplaintMatter, complaint_pb2.ComplaintWay, complaint_pb2.ComplaintConclusion,
        complaint_pb2.ComplaintReferralKind, complaint_pb2.ComplaintSatisfaction, report_pb2.ReportFormat,
        assessment_pb2.AssessmentState, assessment_pb2.AssessmentGrade, assessment_pb2.AssessmentConsequence,
        assessment_pb2.AssessmentWrong,
        assessment_pb2.AssessmentScorer, assessment_pb2.AssessedPost, officer_assessment_pb2.OfficerAssessmentState,
        file_review_pb2.FileReviewState, file_review_pb2.FileReviewBatchState, file_review_pb2.FileKind,
        file_review_pb2.FileStratum, file_review_pb2.FileItemKind, file_review_pb2.FileItemResult,
        file_review_pb2.FileGrade, file_review_pb2.FileObjectionResult,
        major_decision_pb2.MajorDecisionState, major_decision_pb2.DecisionKind, major_decision_pb2.DecisionProposer,
        major_decision_pb2.DecisionTrait, major_decision_pb2.DecisionReviewConclusion, major_decision_pb2.DecisionReviewPart,
        major_decision_pb2.DecisionMeetingKind, major_decision_pb2.DecisionStance, major_decision_pb2.DecisionReportTo,
        major_decision_pb2.DecisionPiece, major_decision_pb2.DecisionTrouble, major_decision_pb2.DecisionEvaluationCause,
        major_decision_pb2.DecisionFault, major_decision_pb2.DecisionPart,
        normative_document_pb2.NormativeDocumentState, normative_document_pb2.NormativeMaker,
        normative_document_pb2.DocumentAssessed, normative_document_pb2.NoComment, normative_document_pb2.LegalityConclusion,
        document_list_pb2.DocumentStanding, document_filing_pb2.DocumentFilingState,
        document_filing_pb2.DocumentFilingReceiver, document_filing_pb2.DocumentObjection, document_filing_pb2.DocumentRuling,
        document_request_pb2.DocumentRequestState, document_request_pb2.DocumentRequestFinding,
        orders.SupervisionOrderState, orders.SupervisionTrack, orders.SupervisionSourceKind, orders.SupervisionFinding,
        orders.InquiryMeasureKind, supervision_plan_pb2.SupervisionPlanState, supervision_plan_pb2.SupervisionPlanKind,
        supervision_plan_pb2.SpecialActionLevel, outside_decision_pb2.OutsideDecisionState, outside_decision_pb2.OutsideBodyKind,
        outside_decision_pb2.ReviewOutcome,
        important_matter_pb2.ImportantMatterState, important_matter_pb2.ImportantMatterKind, important_matter_pb2.Superior,
        important_matter_pb2.ImportantMatterOutcome, important_matter_pb2.ImportantMatterSaid,
        legal_meeting_pb2.LegalMeetingState, work_task_pb2.WorkTaskState, work_task_pb2.WorkTaskKind,
        evidence_register_pb2.RegisterState, evidence_register_pb2.RegisterStanding, monitoring_device_pb2.DeviceReviewKind,
        rule_of_law_report_pb2.RuleOfLawReportState,
        rule_of_law_report_pb2.ReportRecipient,
        orders.PersonMeasureKind, orders.ObjectionResult, answers.SupervisionAnswerKind,
        inspections.InspectionState, inspections.InspectionKind, inspections.InspectionResult, seen_inspections.CodeVerdict,
        inspection_plans.PlanKind, inspection_plans.InspectionPlanState, document_cleanup_pb2.DocumentCleanupState,
    )
}  # fmt: skip
# Sorted by what it looks like: every level has its word and its sign beside the colour.
LEVELS = {1: "yellow", 2: "orange", 3: "red"}
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def moment(stamp: Timestamp | datetime | None) -> datetime | None:
    """A time in Shanghai, None when it is not set."""
    if isinstance(stamp, datetime):
        return stamp.astimezone(SHANGHAI)
    if stamp is None or not (stamp.seconds or stamp.nanos):
        return None
    try:
        return stamp.ToDatetime(UTC).astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        return None


def text_of_time(stamp: Timestamp | datetime | None, seconds: bool = False) -> str:
    at = moment(stamp)
    return at.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M") if at else NOTHING


def from_ns(nanoseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, SHANGHAI)
    except (ValueError, OverflowError, OSError):
        return None


def text_of_money(money: law_pb2.Money) -> str:
    yuan, fen = divmod(abs(money.fen), 100)
    return f"{'-' if money.fen < 0 else ''}¥{yuan:,}.{fen:02}"


def text_of_span(nanoseconds: int) -> str:
    """A length of time as people read it: 1.2 s, 35 ms, 480 µs."""
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return (
                f"{nanoseconds / size:.3g} {unit}"
                if nanoseconds < 1000 * size
                else f"{nanoseconds / size:,.0f} {unit}"
            )
    return f"{nanoseconds} ns"


def short_enum(kind: str, value: int) -> str:
    """FILED of CASE_STATE_FILED."""
    enum = ENUMS[kind]
    prefix = enum.Name(0).removesuffix("UNSPECIFIED")
    return enum.Name(value).removeprefix(prefix) if value in enum.values() else str(value)


def counts_working_days(deadline: law_pb2.Deadline) -> bool:
    clock, start = catalogue().get(deadline.clock_id), moment(deadline.start_time)
    if clock is None:
        return False
    try:
        term = clock.term_on(start.date()) if start else clock.term
    except ValueError:
        return False
    return term.unit == "working_day"


def binds_authority(deadline: law_pb2.Deadline) -> bool:
    """Whether an authority breaks the law when the clock runs out; the end of a party's time is no breach of its own, nor is that
    of a time that the agency set for itself.
    """
    clock = catalogue().get(deadline.clock_id)
    return deadline.citation.code != INTERNAL and (clock is None or "party" not in clock.who)


@dataclass(frozen=True)
class Bar:
    """A clock drawn on a line of 1000: how much of the term has gone, and what it came to."""

    gone: int
    look: str
    now: int | None


class Show:
    """The same values in one language."""

    def __init__(
        self, words: Words, language: str, nodes: dict[str, NodeTarget], now: Callable[[], datetime]
    ):
        self.words, self.language, self.nodes, self.now = words, language, nodes, now
        # Names of people by their ids in the roster, where a page has asked for them.
        self.people: Mapping[str, str] = {}

    def t(self, key: str, **values: object) -> str:
        return self.words.get(self.language, key, **values)

    def data(self, text: Any) -> Markup:
        """Text of a record, a person's id as the name. On an English page Chinese says that it is Chinese, for readers and their
        software.
        """
        text = self.people.get(str(text), str(text))
        if self.language == "en" and _CHINESE.search(text):
            return Markup('<span lang="zh-CN">{}</span>').format(text)
        return escape(text)

    def number(self, text: str) -> Markup:
        """A number of a case or document, which never wraps."""
        # a constant
        inner = self.data(text) if text else Markup(NOTHING)  # noqa: S704
        return Markup('<span class="number">{}</span>').format(inner)

    def pick(self, message: Any, name: str) -> str:
        """The field of a pair like title_zh, title_en that this page wants."""
        return getattr(message, f"{name}_{self.language}") or getattr(message, f"{name}_zh")

    def article(self, code: str) -> str:
        """The articles of a citation in words; a code that this console does not know yet as it came."""
        try:
            return self.pick(cite(code), "text")
        except ValueError:
            return code

    def time(self, stamp: Timestamp | datetime | None, seconds: bool = False) -> Markup:
        at = moment(stamp)
        if at is None:
            # a constant
            return Markup(NOTHING)  # noqa: S704
        machine = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Markup('<time datetime="{}">{}</time>').format(machine, text_of_time(at, seconds))

    def day(self, stamp: Timestamp) -> str:
        """The day of a moment."""
        at = moment(stamp)
        return f"{at:%Y-%m-%d}" if at else NOTHING

    def last_day(self, stamp: Timestamp) -> str:
        """The last day before a moment at which something ends."""
        at = moment(stamp)
        return f"{at - timedelta(microseconds=1):%Y-%m-%d}" if at else NOTHING

    def clock(self, stamp: Timestamp) -> str:
        """The time of day of a moment."""
        at = moment(stamp)
        return f"{at:%H:%M}" if at else NOTHING

    def money(self, money: law_pb2.Money) -> Markup:
        return Markup('<span class="number">{}</span>').format(text_of_money(money))

    @staticmethod
    def fen(fen: int) -> Markup:
        return Markup('<span class="number">{}</span>').format(text_of_money(law_pb2.Money(fen=fen)))

    @staticmethod
    def size(count: int) -> str:
        """How large a file is."""
        for unit, factor in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
            if count >= factor:
                return f"{count / factor:.3g} {unit}"
        return f"{count} B"

    def word(self, kind: str, value: int) -> str:
        """An enum value in words; one that this console does not know yet is shown as it came."""
        key = f"{kind}.{short_enum(kind, value)}"
        return self.t(key) if self.words.has(key) else short_enum(kind, value)

    def known(self, section: str, name: str) -> str:
        """A name in words where the catalogue has it, else as it is."""
        key = f"{section}.{name}"
        return self.t(key) if self.words.has(key) else name

    def node(self, node: str) -> str:
        target = self.nodes.get(node)
        return self.pick(target, "title") if target else node

    def age(self, stamp: Timestamp) -> str:
        at = moment(stamp)
        if at is None:
            return NOTHING
        seconds = max(0, int((self.now() - at).total_seconds()))
        unit, size = next((u for u in _UNITS if seconds >= u[1]), _UNITS[-1])
        return self.t(f"age.{unit}", n=seconds // size)

    def left(self, deadline: law_pb2.Deadline) -> str:
        """“5 working days left”, in the days that the clock counts in."""
        due, stop = moment(deadline.due_time), moment(deadline.stop_time)
        if due is None:
            return NOTHING
        if deadline.state == law_pb2.CLOCK_STATE_MET:
            return self.t("left.met_late" if stop and stop > due else "left.met")
        if deadline.state == law_pb2.CLOCK_STATE_SUSPENDED:
            return self.t("ClockState.SUSPENDED")
        if self.now() > due and not binds_authority(deadline):
            return self.t("left.ended")
        return self.days(self.now(), due, counts_working_days(deadline))

    def days(self, now: datetime, due: datetime, working: bool) -> str:
        today, day = now.astimezone(SHANGHAI).date(), due.astimezone(SHANGHAI).date()
        if now > due:
            n = china().working_between(day, today) if working else (today - day).days
            return (
                self.t("left.over_working" if working else "left.over", n=n)
                if n
                else self.t("left.over_today")
            )
        n = china().working_between(today, day) if working else (day - today).days
        return (
            self.t("left.working" if working else "left.days", n=n) if day > today else self.t("left.today")
        )

    def urgency(self, deadline: law_pb2.Deadline) -> str:
        """How a clock looks: done, late, over, ended, soon or calm."""
        due, stop = moment(deadline.due_time), moment(deadline.stop_time)
        if deadline.state == law_pb2.CLOCK_STATE_MET:
            return "late" if due and stop and stop > due else "done"
        if deadline.state == law_pb2.CLOCK_STATE_SUSPENDED:
            return "calm"
        if due is None or self.now() <= due:
            return "soon" if due and (due - self.now()).days < 3 else "calm"
        return "over" if binds_authority(deadline) else "ended"

    def bar(self, deadline: law_pb2.Deadline) -> Bar:
        start, due, stop = (moment(x) for x in (deadline.start_time, deadline.due_time, deadline.stop_time))
        look = self.urgency(deadline)
        if start is None or due is None or due <= start:
            return Bar(1000, look, None)
        until = stop if deadline.state == law_pb2.CLOCK_STATE_MET and stop else self.now()
        whole = max((due - start).total_seconds(), (until - start).total_seconds())
        gone = round(1000 * max(0.0, (until - start).total_seconds()) / whole)
        end = round(1000 * (due - start).total_seconds() / whole)
        return Bar(min(1000, gone), look, end if end < 1000 else None)
