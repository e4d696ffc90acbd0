"""Compulsory enforcement by the court, on the application of an agency that has no such power of its own."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import Demand, Duty, Statement, local_midnight, missing, of_money, since
from services.law.procedures.shared import (
    demand_complete,
    papers_complete,
    remedy_unused,
    statement_rechecked,
    under,
)
from services.law.process import table
from services.law.rule import Facts, rule

CHALLENGE = timedelta(
    days=15
)  # to challenge a ruling, ACL 56(2), 58(3): more than ten days, so calendar days


class Paper(StrEnum):
    """What comes along with an application to the court, ACL 55(1)."""

    APPLICATION = "APPLICATION"
    DECISION = "DECISION"
    PARTY_OPINION = "PARTY_OPINION"
    OBJECT = "OBJECT"


@dataclass(frozen=True)
class CourtRecord:
    """The record of an enforcement by the court, with what the act hands in."""

    duty: Duty | None = None
    demand: Demand = field(default_factory=Demand)
    statement: Statement = field(default_factory=Statement)
    papers: tuple[Paper, ...] = ()
    head_sign_time: datetime | None = None
    apply_time: datetime | None = None
    urgency: str = ""
    public_safety: str = ""
    """What of public safety immediate enforcement protects."""
    ruling_receive_time: datetime | None = None


class CourtFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: CourtRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether a law gives the agency the power to enforce by itself."""

    @abstractmethod
    def remedy_end(self) -> datetime | None:
        """When the periods of reconsideration and suit against the decision end, a deferral counted."""

    @abstractmethod
    def remedy_used(self) -> bool:
        """Whether the party asked for reconsideration or sued."""

    @abstractmethod
    def application_not_before(self) -> datetime | None:
        """When ten working days since the demand was served are over."""

    @abstractmethod
    def application_end(self) -> datetime | None:
        """When the three months since the end of the remedy periods are over."""

    def demand(self) -> Demand:
        return self.record.demand

    def statement(self) -> Statement:
        return self.record.statement

    def money_duty(self) -> bool:
        return of_money(self.record.duty)

    def missing_papers(self) -> tuple[str, ...]:
        return missing(Paper, self.record.papers)


@rule(
    "AGENCY_HAS_POWER",
    guard="G-61",
    law="ACL-2011:53",
    zh="没有行政强制执行权的行政机关方可申请人民法院强制执行。",
    en="The agency has the power to enforce by itself. Enforce the decision.",
)
def no_own_power(f: CourtFacts) -> bool:
    """An agency without power of its own applies to the court (ACL 53)."""
    return f.own_power() is False


@rule(
    "WAITING_TIME",
    guard="G-61",
    law="ACL-2011:54;ACL-2011:69",
    zh="催告书送达十日（工作日）后当事人仍未履行义务的，方可申请。",
    en="The demand was not served, or ten working days have not passed since. Wait.",
)
def waited(f: CourtFacts) -> bool:
    """Ten working days have passed since the demand was served (ACL 54, 69)."""
    served, first = f.record.demand.serve_time, f.application_not_before()
    return served is not None and first is not None and served < first <= f.at()


@rule(
    "APPLICATION_LATE",
    guard="G-61",
    law="ACL-2011:53",
    zh="应当自期限届满之日起三个月内申请。",
    en="The three months since the end of the remedy periods are over, or that end is not known.",
)
def applied_in_time(f: CourtFacts) -> bool:
    """It is asked for within three months of the end of the remedy periods (ACL 53)."""
    end = f.application_end()
    return end is not None and f.at() <= end


@rule(
    "HEAD_NOT_SIGNED",
    guard="G-61",
    law="ACL-2011:55(2)",
    zh="强制执行申请书应当由行政机关负责人签名，加盖印章并注明日期。",
    en="The head of the agency has not signed the application. Have it signed, and record when (head_sign_time).",
)
def head_signed(f: CourtFacts) -> bool:
    """The head of the agency has signed the application, with a date (ACL 55(2))."""
    signed = f.record.head_sign_time
    return signed is not None and signed <= f.at()


@rule(
    "NOT_PUBLIC_SAFETY",
    law="ACL-2011:59",
    zh="情况紧急，为保障公共安全的，方可申请立即执行；应当载明理由。",
    en="It is not said what is urgent and what of public safety it protects. State both.",
)
def public_safety(f: CourtFacts) -> bool:
    """Immediate enforcement is urgent and protects public safety (ACL 59)."""
    return bool(f.record.urgency.strip() and f.record.public_safety.strip())


@rule(
    "STILL_IN_TIME",
    law="ACL-2011:53",
    zh="三个月期限届满后，方丧失申请执行的权利。",
    en="The three months are not over. The right lapses when they are.",
)
def three_months_over(f: CourtFacts) -> bool:
    """The right lapses only when the three months have passed (ACL 53)."""
    end = f.application_end()
    return end is not None and f.at() > end


@rule(
    "CHALLENGE_LATE",
    law="ACL-2011:56(2);ACL-2011:58(3)",
    zh="对裁定有异议的，应当自收到裁定之日起十五日内申请复议。",
    en="More than fifteen days have passed since the ruling was received, or it is not said when that was.",
)
def challenged_in_time(f: CourtFacts) -> bool:
    """A ruling is challenged within fifteen days of its receipt, which does not count itself (ACL 56(2), 58(3))."""
    received = f.record.ruling_receive_time
    passed = since(None if received is None else local_midnight(received), local_midnight(f.at()))
    return passed is not None and timedelta() <= passed <= CHALLENGE


_APPLY = (
    no_own_power,
    remedy_unused,
    demand_complete,
    waited,
    applied_in_time,
    under(papers_complete, "ACL-2011:55(1)", guard="G-61", reason="COURT_APPLICATION_PRECONDITION"),
    head_signed,
    statement_rechecked,
)
_REMEDY_OVER = remedy_unused

# fmt: off
TABLE = table(
    "court_enforcement",
    ("NOTE_REMEDY_OVER", "", "EXPIRED", "ACL-2011:53", (_REMEDY_OVER,),
     "SYSTEM", ("救济期限届满", "Note the end of the remedy period"), "remedy.expired"),
    ("NOTE_DEFERRAL_OVER", "", "EXPIRED", "APL-2021:72(2)", (_REMEDY_OVER,),
     "SYSTEM", ("延期、分期期限结束", "Note the end of the deferral"), "deferral.ended"),
    ("DEMAND", "EXPIRED", "DEMANDED", "ACL-2011:54", (demand_complete,),
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "demand.served"),
    ("RECORD_STATEMENT", "DEMANDED", "=", "ACL-2011:36", (),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("APPLY", "DEMANDED", "APPLIED", "ACL-2011:53;ACL-2011:54", _APPLY,
     "AGENCY_HEAD", ("申请法院强制执行", "Apply to the court"), "court.applied"),
    ("APPLY_FOR_IMMEDIATE", "EXPIRED DEMANDED", "APPLIED", "ACL-2011:59", (public_safety,),
     "AGENCY_HEAD", ("申请立即执行", "Apply for immediate enforcement"), "court.applied"),
    ("LAPSE", "EXPIRED DEMANDED", "LAPSED", "ACL-2011:53", (three_months_over,),
     "SYSTEM", ("丧失申请执行的权利", "Lose the right to enforce")),
    ("ACCEPT", "APPLIED", "ACCEPTED", "ACL-2011:56(1)", (),
     "COURT", ("法院受理", "Accept"), "court.accepted"),
    ("REFUSE", "APPLIED", "REFUSED", "ACL-2011:56(2)", (),
     "COURT", ("裁定不予受理", "Refuse to accept"), "court.refused"),
    ("RULE", "ACCEPTED", "RULED", "ACL-2011:57;ACL-2011:58(2)", (),
     "COURT", ("裁定执行", "Rule to enforce"), "court.ruled"),
    ("RULE_URGENTLY", "ACCEPTED", "RULED", "ACL-2011:59", (public_safety,),
     "COURT", ("裁定立即执行", "Rule to enforce at once"), "court.ruled court.ruled_urgent"),
    ("RULE_AGAINST", "ACCEPTED", "REFUSED", "ACL-2011:58(2)", (),
     "COURT", ("裁定不予执行", "Rule against"), "court.ruled court.refused"),
    ("CHALLENGE", "REFUSED", "CHALLENGED", "ACL-2011:56(2);ACL-2011:58(3)", (challenged_in_time,),
     "AGENCY_HEAD", ("申请复议", "Challenge the ruling"), "court.challenged"),
    ("LET_STAND", "REFUSED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "AGENCY_HEAD SYSTEM", ("裁定生效", "Let the ruling stand")),
    ("ALLOW", "CHALLENGED", "ACCEPTED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "COURT", ("复议改为受理", "Allow the challenge"), "court.accepted"),
    ("DISMISS", "CHALLENGED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "COURT", ("复议维持", "Dismiss the challenge")),
    ("ENFORCE", "RULED", "ENFORCED", "ACL-2011:59;ACL-2011:60(2)", (),
     "COURT", ("法院执行", "Enforce"), "court.enforced"),
    ("WITHDRAW", "APPLIED ACCEPTED", "WITHDRAWN", "ALIT-2017:62", (),
     "AGENCY_HEAD", ("撤回申请", "Withdraw the application"), "court.withdrawn"),
    ("RECORD_PERFORMANCE", "EXPIRED DEMANDED APPLIED ACCEPTED RULED", "PERFORMED", "APL-2021:66(1)", (),
     "HANDLING_OFFICER FINANCE", ("当事人自行履行", "Record performance"), "decision.performed"),
    titles=("申请人民法院强制执行", "Enforcement by the court"),
    ends="LAPSED FAILED ENFORCED WITHDRAWN PERFORMED",
)
# fmt: on
COURT_ENFORCEMENT = Procedure("court_enforcement", CourtFacts, TABLE)
