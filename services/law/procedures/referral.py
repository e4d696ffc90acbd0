"""Referral of a suspected crime to the police, and what becomes of the case if they refuse it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import missing, within
from services.law.procedures.shared import papers_complete, reasons_given, two_officers, under
from services.law.process import table
from services.law.rule import Facts, rule
from services.law.standing import Person


class Paper(StrEnum):
    """What goes to the police with a case, CRT 6."""

    LETTER = "LETTER"
    REPORT = "REPORT"
    LIST_OF_THINGS = "LIST_OF_THINGS"
    APPRAISALS = "APPRAISALS"


@dataclass(frozen=True)
class ReferralRecord:
    """The record of a referral, with what the act hands in."""

    report_time: datetime | None = None
    report: str = ""
    reasons: str = ""
    papers: tuple[Paper, ...] = ()
    notice_receive_time: datetime | None = None
    """When the notice of the police was received that they open no case."""
    list_time: datetime | None = None
    """When the things that are handed over were listed."""


class ReferralFacts(Facts):
    """The record of a referral with what the act hands in (`record`), and the node's own time."""

    record: ReferralRecord
    now: datetime

    @abstractmethod
    def officers(self) -> Sequence[Person]:
        """Those named to verify the case."""

    @abstractmethod
    def appraised(self) -> bool:
        """Whether anything in the case was sent to appraisal, the report of which then comes along."""

    @abstractmethod
    def challenge_end(self) -> datetime | None:
        """When three days since the notice of the police are over."""

    def reasons(self) -> str:
        return self.record.reasons

    def missing_papers(self) -> tuple[str, ...]:
        """The papers of CRT 6 that are missing; an appraisal only where there is one."""
        needed = [p for p in Paper if p != Paper.APPRAISALS or self.appraised() is not False]
        return missing(needed, self.record.papers)


@rule(
    "REFERRAL_TEAM",
    guard="G-29",
    law="CRT-2020:5(1)",
    zh="专案组核实情况后，应当提出移送涉嫌犯罪案件的书面报告。",
    en="No written report of those who verified the case is handed in. Write it (report).",
)
def reported_in_writing(f: ReferralFacts) -> bool:
    """Those who verify the case report in writing (CRT 5(1))."""
    return f.record.report_time is not None and bool(f.record.report.strip())


@rule(
    "TOO_LATE",
    law="CRT-2020:9",
    zh="对不予立案有异议的，应当自接到通知书之日起三日内提请复议或者建议立案监督。",
    en="The three days since the notice are over, or it is not known when it came.",
)
def challenged_in_time(f: ReferralFacts) -> bool:
    """A refusal is challenged within three days of its notice (CRT 9(1), (2))."""
    return f.record.notice_receive_time is not None and within(f.challenge_end(), f.at())


@rule(
    "THINGS_NOT_LISTED",
    law="CRT-2020:4(2)",
    zh="移交的涉案物品应当如实填写清单。",
    en="The things that are handed over are not listed. List them.",
)
def things_listed(f: ReferralFacts) -> bool:
    """The things that are handed over are listed truly (CRT 4(2), 12)."""
    return f.record.list_time is not None


_TEAM = (under(two_officers, "CRT-2020:5(1)", guard="G-29", reason="REFERRAL_TEAM"), reported_in_writing)
_REASONS = under(reasons_given, "CRT-2020:5(2)")
_PAPERS = under(papers_complete, "CRT-2020:6", guard="G-29", reason="REFERRAL_PAPERS_MISSING")

# fmt: off
TABLE = table(
    "referral",
    ("FLAG", "", "FLAGGED", "CRT-2020:3(1)", (),
     "HANDLING_OFFICER SYSTEM", ("发现涉嫌犯罪", "Flag a suspected crime")),
    ("REPORT", "FLAGGED", "REPORTED", "CRT-2020:5(1)", _TEAM,
     "HANDLING_OFFICER", ("提出移送报告", "Report"), "referral.reported"),
    ("APPROVE", "REPORTED", "APPROVED", "CRT-2020:5(2)", (),
     "AGENCY_CHIEF", ("批准移送", "Approve"), "referral.approved"),
    ("REJECT", "REPORTED", "REJECTED", "CRT-2020:5(2)", (_REASONS,),
     "AGENCY_CHIEF", ("不批准移送", "Reject"), "referral.rejected"),
    ("SEND", "APPROVED", "SENT", "CRT-2020:5(2);CRT-2020:6", (_PAPERS,),
     "CLERK HANDLING_OFFICER", ("移送公安机关", "Send to the police"), "referral.sent"),
    ("RECEIVE", "SENT", "RECEIVED", "CRT-2020:7", (),
     "POLICE", ("公安机关签收", "Receive"), "referral.received"),
    ("FIND_NOT_COMPETENT", "RECEIVED", "MISDIRECTED", "CRT-2020:7", (),
     "POLICE", ("不属于本机关管辖", "Find itself not competent"), "referral.not_competent"),
    ("FORWARD", "MISDIRECTED", "RECEIVED", "CRT-2020:7", (),
     "POLICE", ("转送有管辖权的机关", "Forward"), "referral.forwarded referral.received"),
    ("OPEN", "RECEIVED", "OPENED", "CRT-2020:8", (),
     "POLICE", ("公安机关立案", "Open a case"), "referral.opened"),
    ("REFUSE", "RECEIVED", "REFUSED", "CRT-2020:8", (),
     "POLICE", ("公安机关不予立案", "Refuse"), "referral.refused"),
    ("ASK_RECONSIDERATION", "REFUSED", "RECONSIDERING", "CRT-2020:9(1)", (challenged_in_time,),
     "AGENCY", ("提请公安机关复议", "Ask the police to reconsider"), "referral.reconsideration_requested"),
    ("OPEN_AFTER_ALL", "RECONSIDERING", "OPENED", "CRT-2020:9(2)", (),
     "POLICE", ("复议决定立案", "Open it after all"), "referral.reconsidered referral.opened"),
    ("REFUSE_AGAIN", "RECONSIDERING", "REFUSED_AGAIN", "CRT-2020:9(2)", (),
     "POLICE", ("复议维持不予立案", "Refuse again"), "referral.reconsidered referral.reconsideration_refused"),
    ("SUGGEST_SUPERVISION", "REFUSED REFUSED_AGAIN", "SUPERVISED", "CRT-2020:9", (challenged_in_time,),
     "AGENCY", ("建议检察院立案监督", "Suggest supervision"), "referral.supervision_suggested"),
    ("OPEN_UNDER_SUPERVISION", "SUPERVISED", "OPENED", "CRT-2020:9(3)", (),
     "POLICE", ("经立案监督立案", "Open under supervision"), "referral.opened"),
    ("RESUME_CASE", "REFUSED REFUSED_AGAIN SUPERVISED", "RETURNED", "CRT-2020:10", (),
     "AGENCY_HEAD", ("依法作出行政处理", "Go on with the administrative case")),
    ("HAND_OVER", "OPENED", "HANDED_OVER", "CRT-2020:12", (things_listed,),
     "HANDLING_OFFICER", ("移交物品和材料", "Hand over things and papers"), "referral.handed_over"),
    titles=("涉嫌犯罪案件移送", "Referral of a suspected crime"),
    ends="REJECTED RETURNED HANDED_OVER",
)
# fmt: on
REFERRAL = Procedure("referral", ReferralFacts, TABLE)
