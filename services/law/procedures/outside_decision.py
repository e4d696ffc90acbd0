"""A decision of an audit or supervision body about an enforcement body (审计、监察决定), or the conclusion of a government
inspection (督查结论): carried out, or answered for (AUD 52, OPR-SUP 12, CITY-ERS 6(5)). Of a conclusion the body may ask for a
review (GIR 17).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule


class Body(StrEnum):
    """Whose decision it is."""

    AUDIT = "AUDIT"
    SUPERVISION = "SUPERVISION"
    INSPECTION = "INSPECTION"


class Review(StrEnum):
    """What a review comes to."""

    UPHELD = "UPHELD"
    CHANGED = "CHANGED"
    REVOKED = "REVOKED"


REVIEW, REVIEWED, CARRY_OUT = "SUP-15", "SUP-16", "SUP-17"
"""The time to ask for a review, that to decide it, and that to carry out what was ordered."""


@dataclass(frozen=True)
class OutsideDecisionRecord:
    """The record of such a decision, with what the act hands in."""

    kind: Body | None = None
    authority: str = ""
    number: str = ""
    made_time: datetime | None = None
    orders: str = ""
    """What it orders."""
    due_time: datetime | None = None
    """By when that is to be done, as it says."""
    report: str = ""
    evidence: str = ""
    """What shows that it was carried out."""
    reporter: str = ""
    verifier: str = ""
    refusal: str = ""
    """The paper by which the unit refuses."""
    document: str = ""
    """The paper by which the authority took its decision back."""
    reasons: str = ""
    receive_time: datetime | None = None
    """When the unit received the conclusion of a government inspection."""
    inspectors: tuple[str, ...] = ()
    """Who took part in making it."""
    review_due: datetime | None = None
    """Until when its review may be asked for."""
    review_asked: bool = False
    """Whether it was ever asked for."""
    review_open: bool = False
    """Whether it was asked for and is not decided yet."""
    review_ask_time: datetime | None = None
    outcome: Review | None = None
    reviewers: tuple[str, ...] = ()
    review_paper: str = ""
    review_time: datetime | None = None
    new_orders: str = ""
    new_due_time: datetime | None = None


class OutsideDecisionFacts(Facts):
    """The record of a decision with what the act hands in (`record`), and the node's own time."""

    record: OutsideDecisionRecord
    now: datetime

    @abstractmethod
    def body_known(self) -> bool:
        """Whether it is about a confirmed enforcement body."""

    @abstractmethod
    def entered_already(self) -> bool:
        """Whether the same decision about the same body is on record."""

    @abstractmethod
    def of_body(self) -> bool:
        """Whether who acts does so for the body that it is about."""

    @abstractmethod
    def people_of_body(self) -> frozenset[str]:
        """The people of that body whom the registry knows."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "OUTSIDE_DECISION_INCOMPLETE",
    law="OPR-SUP:12",
    zh="应当载明作出决定的审计、监察机关，文号，作出日期，要求事项和完成期限；期限不得早于作出之日。",
    en="The body that decided, its paper, the day, what it orders or by when is missing, or the term ends before. State all.",
)
def complete(f: OutsideDecisionFacts) -> bool:
    """What is acted on is a decision by its paper: whose, of which day, what it orders and by when (OPR-SUP 12)."""
    r = f.record
    said = all(text.strip() for text in (r.authority, r.number, r.orders)) and r.kind in tuple(Body)
    made, due = r.made_time, r.due_time
    return said and made is not None and due is not None and made <= f.now and made <= due


@rule(
    "CONCLUSION_RECEIPT_MISSING",
    law="GIR-2020:16;GIR-2020:17",
    zh="政府督查结论应当反馈督查对象：应当载明督查对象收到结论的时间（不得早于作出之日、不得晚于登记之时）和参与作出结论的工作人员。",
    en="It is not said when the unit received the conclusion (not before it was made, nor in the future), or who took part in "
    "making it. State both (receive_time, inspectors).",
)
def received(f: OutsideDecisionFacts) -> bool:
    """A conclusion is told to the inspected, whose time for a review runs from then; who made it stands apart later (GIR 17)."""
    r = f.record
    if r.kind != Body.INSPECTION:
        return r.kind in tuple(Body)
    told, made = r.receive_time, r.made_time
    named = bool(r.inspectors) and all(who.strip() for who in r.inspectors)
    return named and told is not None and made is not None and made <= told <= f.now


@rule(
    "UNIT_UNKNOWN",
    law="ASR-2025:2",
    zh="被审计、监察的单位应当是经确认的行政执法主体。",
    en="It is about no confirmed enforcement body. Name one.",
)
def body_known(f: OutsideDecisionFacts) -> bool:
    """It is about an enforcement body (ASR 2)."""
    return f.body_known() is True


@rule(
    "DECISION_ENTERED_ALREADY",
    law="OPR-SUP:12",
    zh="该决定已经登记。",
    en="That decision about this body is on record already. Go on with it.",
)
def not_entered(f: OutsideDecisionFacts) -> bool:
    """A decision is on record once (OPR-SUP 12)."""
    return f.entered_already() is False


@rule(
    "NOT_THE_UNIT",
    law="OPR-SUP:12",
    zh="落实情况应当由被审计、监察的单位报送。",
    en="You do not act for the unit that the decision is about. Let that unit report.",
)
def by_unit(f: OutsideDecisionFacts) -> bool:
    """The unit that the decision is about reports on it (OPR-SUP 12)."""
    return f.of_body() is True


@rule(
    "REPORT_INCOMPLETE",
    law="OPR-SUP:12",
    zh="应当报送落实情况并附证明材料。",
    en="The report does not say what was done, or names nothing that shows it. State both (report, evidence).",
)
def reported(f: OutsideDecisionFacts) -> bool:
    """The report says what was done, and what shows it (OPR-SUP 12)."""
    return bool(f.record.report.strip() and f.record.evidence.strip())


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    law="CITY-ERS:6(5);CITY-ERS:6(4)",
    zh="报送人员和被审计、监察单位的人员不得核实落实情况。",
    en="Who verifies reported it, or is of the unit itself. Let somebody else verify.",
)
def verifier_apart(f: OutsideDecisionFacts) -> bool:
    """Whether it is done is verified by somebody else than those who had to do it (CITY-ERS 6(4), 6(5))."""
    who = f.record.verifier.strip()
    return bool(who) and who != f.record.reporter and who not in f.people_of_body()


@rule(
    "NOT_REFUSED",
    law="OPR-SUP:12",
    zh="期限届满仍未落实，或者书面拒绝执行的，方可认定拒不执行。",
    en="The term is not over, and no paper shows that the unit refuses. Wait, or name that paper (refusal).",
)
def refused(f: OutsideDecisionFacts) -> bool:
    """Who lets the term pass, or refuses in writing, does not carry it out (OPR-SUP 12)."""
    due = f.record.due_time
    return (due is not None and f.now > due) or bool(f.record.refusal.strip())


@rule(
    "PAPER_MISSING",
    law="OPR-SUP:12",
    zh="应当载明作出决定的机关撤回或者变更的文号。",
    en="No paper of the body that decided shows that it took its decision back. Name it (document_number).",
)
def taken_back(f: OutsideDecisionFacts) -> bool:
    """Only the body that decided takes its decision back (OPR-SUP 12)."""
    return bool(f.record.document.strip())


@rule(
    "NOT_AN_INSPECTION_CONCLUSION",
    law="GIR-2020:17",
    zh="只有政府督查结论可以依照本条申请复核；对审计、监察决定不服的，依照其告知的途径办理。",
    en="It is no conclusion of a government inspection. Go the way that the decision itself names.",
)
def of_inspection(f: OutsideDecisionFacts) -> bool:
    """What is reviewed by that article is the conclusion of a government inspection (GIR 17)."""
    return f.record.kind == Body.INSPECTION


@rule(
    "REVIEW_ASKED_ALREADY",
    law="GIR-2020:17",
    zh="对该督查结论已经申请过复核。",
    en="The review of that conclusion was asked for before.",
)
def asked_once(f: OutsideDecisionFacts) -> bool:
    """A review is asked for once (GIR 17)."""
    return f.record.review_asked is False


@rule(
    "REVIEW_TOO_LATE",
    law="GIR-2020:17",
    zh="应当自收到督查结论之日起三十日内申请复核；期限已过。",
    en="The thirty days from the receipt of the conclusion are over, or it is not on record when it was received.",
)
def review_in_time(f: OutsideDecisionFacts) -> bool:
    """It is asked for within thirty days of the receipt (GIR 17)."""
    due = f.record.review_due
    return due is not None and f.now <= due


@rule(
    "NO_REVIEW_OPEN",
    law="GIR-2020:17",
    zh="没有待决定的复核申请。",
    en="No review is waiting to be decided.",
)
def review_waits(f: OutsideDecisionFacts) -> bool:
    """What is decided was asked for (GIR 17)."""
    return f.record.review_open is True


@rule(
    "REVIEW_PENDING",
    law="GIR-2020:17",
    zh="复核申请尚未决定，不得核实办结或者认定拒不执行。",
    en="The review that the unit asked for is not decided. Decide it first (DecideConclusionReview).",
)
def review_decided(f: OutsideDecisionFacts) -> bool:
    """Nothing is concluded about a conclusion whose review is not decided (GIR 17)."""
    return f.record.review_open is False


@rule(
    "REVIEWER_TOOK_PART",
    law="GIR-2020:17",
    zh="参与作出督查结论的工作人员和督查对象的人员在复核中应当回避；应当载明复核人员。",
    en="Nobody is named who reviewed, or who did took part in the conclusion or is of the unit. Let others review (reviewers).",
)
def reviewers_apart(f: OutsideDecisionFacts) -> bool:
    """Who took part in the conclusion does not review it (GIR 17), nor does anybody of the unit."""
    r = f.record
    who = frozenset(name.strip() for name in r.reviewers)
    return bool(who) and "" not in who and not who & (frozenset(r.inspectors) | f.people_of_body())


@rule(
    "REVIEW_INCOMPLETE",
    law="GIR-2020:17",
    zh="复核决定应当载明文号、作出时间（不早于申请、不晚于登记）、结果和理由；变更结论的，载明变更后的要求和期限。",
    en="The decision on the review lacks its paper, its time (not before it was asked for, nor in the future), its outcome or "
    "its reasons; or, where it changes the conclusion, what is ordered now and by when. State all.",
)
def review_complete(f: OutsideDecisionFacts) -> bool:
    """A review is decided by a paper that says what comes of it and why (GIR 17)."""
    r, made, asked = f.record, f.record.review_time, f.record.review_ask_time
    said = bool(r.review_paper.strip() and r.reasons.strip()) and r.outcome in tuple(Review)
    if not said or made is None or asked is None or not asked <= made <= f.now:
        return False
    due = r.new_due_time
    return r.outcome != Review.CHANGED or (bool(r.new_orders.strip()) and due is not None and made <= due)


_WHY = under(reasons_given, "OPR-SUP:12")
_OBJECTS = under(reasons_given, "GIR-2020:17")
_REVIEWING = (review_waits, reviewers_apart, review_complete)
_OPEN = "REGISTERED REPORTED REFUSED"

# fmt: off
TABLE = table(
    "outside_decision",
    ("REGISTER", "", "REGISTERED", "OPR-SUP:12;CITY-ERS:6(5);GIR-2020:16", (complete, received, body_known, not_entered),
     "OVERSIGHT", ("登记审计、监察决定或者督查结论", "Register a decision"),
     "outside_decision.registered inspection_conclusion.received", "RegisterOutsideDecision"),
    ("REPORT", "REGISTERED REFUSED", "REPORTED", "OPR-SUP:12", (by_unit, reported),
     "UNIT_HEAD AGENCY_HEAD", ("报送落实情况", "Report"), "outside_decision.reported", "ReportOutsideDecision"),
    ("SEND_BACK", "REPORTED", "REGISTERED", "OPR-SUP:12", (verifier_apart, _WHY),
     "OVERSIGHT", ("未落实到位，退回", "Send back"), "outside_decision.sent_back", "SendOutsideReportBack"),
    ("REQUEST_REVIEW", _OPEN, "=", "GIR-2020:17",
     (under(by_unit, "GIR-2020:17"), of_inspection, asked_once, review_in_time, _OBJECTS),
     "UNIT_HEAD AGENCY_HEAD", ("申请复核督查结论", "Ask for a review"), "inspection_conclusion.review_requested",
     "RequestConclusionReview"),
    ("DECIDE_REVIEW", _OPEN, "=", "GIR-2020:17", _REVIEWING,
     "OVERSIGHT", ("登记复核决定：维持或者变更", "Review upholds or changes it"), "inspection_conclusion.review_decided",
     "DecideConclusionReview"),
    ("REVOKE_IN_REVIEW", _OPEN, "WITHDRAWN", "GIR-2020:17", _REVIEWING,
     "OVERSIGHT", ("登记复核决定：撤销", "Review takes it back"),
     "inspection_conclusion.review_decided outside_decision.withdrawn", "DecideConclusionReview"),
    ("VERIFY", "REPORTED", "CARRIED_OUT", "OPR-SUP:12;CITY-ERS:6(5)", (review_decided, verifier_apart, _WHY),
     "OVERSIGHT", ("核实落实", "Verify"), "", "VerifyOutsideDecision"),
    ("FIND_REFUSED", "REGISTERED", "REFUSED", "OPR-SUP:12;CITY-ERS:6(5)", (review_decided, refused, _WHY),
     "OVERSIGHT_HEAD", ("认定拒不执行，转责任追究", "Find it refused, pursue responsibility"), "", "FindOutsideDecisionRefused"),
    ("WITHDRAW", _OPEN, "WITHDRAWN", "OPR-SUP:12", (taken_back, _WHY),
     "OVERSIGHT", ("原机关撤回", "Taken back by who made it"), "outside_decision.withdrawn", "WithdrawOutsideDecision"),
    titles=("审计、监察决定和督查结论的落实", "Decision of audit, supervision or inspection"),
    ends="CARRIED_OUT WITHDRAWN",
)
# fmt: on
OUTSIDE_DECISION = Procedure("outside_decision", OutsideDecisionFacts, TABLE)
