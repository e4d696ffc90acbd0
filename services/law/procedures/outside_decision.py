"""A decision of an audit or supervision body about an enforcement body (审计、监察决定): carried out, or answered for
(OPR-SUP 12, CITY-ERS 6(5))."""

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


_WHY = under(reasons_given, "OPR-SUP:12")

# fmt: off
TABLE = table(
    "outside_decision",
    ("REGISTER", "", "REGISTERED", "OPR-SUP:12;CITY-ERS:6(5)", (complete, body_known, not_entered),
     "OVERSIGHT", ("登记审计、监察决定", "Register a decision"), "", "RegisterOutsideDecision"),
    ("REPORT", "REGISTERED REFUSED", "REPORTED", "OPR-SUP:12", (by_unit, reported),
     "UNIT_HEAD AGENCY_HEAD", ("报送落实情况", "Report"), "", "ReportOutsideDecision"),
    ("SEND_BACK", "REPORTED", "REGISTERED", "OPR-SUP:12", (verifier_apart, _WHY),
     "OVERSIGHT", ("未落实到位，退回", "Send back"), "", "SendOutsideReportBack"),
    ("VERIFY", "REPORTED", "CARRIED_OUT", "OPR-SUP:12;CITY-ERS:6(5)", (verifier_apart, _WHY),
     "OVERSIGHT", ("核实落实", "Verify"), "", "VerifyOutsideDecision"),
    ("FIND_REFUSED", "REGISTERED", "REFUSED", "OPR-SUP:12;CITY-ERS:6(5)", (refused, _WHY),
     "OVERSIGHT_HEAD", ("认定拒不执行，转责任追究", "Find it refused, pursue responsibility"), "", "FindOutsideDecisionRefused"),
    ("WITHDRAW", "REGISTERED REPORTED REFUSED", "WITHDRAWN", "OPR-SUP:12", (taken_back, _WHY),
     "OVERSIGHT", ("原机关撤回", "Taken back by who made it"), "", "WithdrawOutsideDecision"),
    titles=("审计、监察决定的落实", "Decision of audit or supervision"),
    ends="CARRIED_OUT WITHDRAWN",
)
# fmt: on
OUTSIDE_DECISION = Procedure("outside_decision", OutsideDecisionFacts, TABLE)
