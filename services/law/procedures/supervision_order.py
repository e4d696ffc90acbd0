"""Supervision of enforcement: from a clue to an urging letter, an opinion or a decision, and objections to them."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.shared import guided_to_remedy, not_in_remedy, reasons_given, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule

FEWEST_SUPERVISORS = 2


class Finding(StrEnum):
    """What the inquiry found."""

    DUTY_NOT_DONE = "DUTY_NOT_DONE"
    UNLAWFUL = "UNLAWFUL"
    CLEARLY_IMPROPER = "CLEARLY_IMPROPER"


@dataclass(frozen=True)
class SupervisionDocument:
    """An urging letter, opinion or decision: what it states."""

    number: str = ""
    facts: str = ""
    basis: str = ""
    correction: str = ""
    term_end_time: datetime | None = None
    report_asked: bool = False
    objection_right_told: bool = False


@dataclass(frozen=True)
class SupervisionRecord:
    """The record of a supervision matter, with what the act hands in."""

    person_tell_time: datetime | None = None
    """When the person was told where to seek its remedy."""
    supervisors: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    major: bool = False
    document: SupervisionDocument = field(default_factory=SupervisionDocument)
    report_time: datetime | None = None
    report: str = ""
    """What the supervised agency says it corrected."""
    correct_time: datetime | None = None
    """When it was verified that the matter is corrected."""
    send_back_time: datetime | None = None
    reasons: str = ""


class SupervisionFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: SupervisionRecord
    now: datetime

    @abstractmethod
    def in_remedy(self) -> bool:
        """Whether the matter is in reconsideration or before a court, or belongs there."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who enforce in the case that is looked into."""

    def acting(self) -> tuple[str, ...]:
        return self.record.supervisors

    def reasons(self) -> str:
        return self.record.reasons

    def not_obeyed(self) -> bool:
        """Whether a report was sent back because the matter was not corrected, or none came in the term."""
        r = self.record
        end = r.document.term_end_time
        overdue = end is not None and self.at() > end and r.report_time is None
        return r.send_back_time is not None or overdue


@rule(
    "OVERSIGHT_TOO_FEW",
    severity="warn",
    guard="G-83",
    law="SH-SUP:20",
    zh="实施监督调查的人员不得少于两人。",
    en="Fewer than two supervisors are named. Name at least two.",
)
def two_supervisors(f: SupervisionFacts) -> bool:
    """At least two supervisors inquire (SH-SUP 20)."""
    return len({s for s in f.record.supervisors if s.strip()}) >= FEWEST_SUPERVISORS


@rule(
    "SUP_DOC_INCOMPLETE",
    guard="G-80",
    law="ASR-2025:27(2);ASR-2025:28(2);ASR-2025:30",
    zh="监督文书应当载明事实、依据、纠正要求、时限、报送要求和提出异议的权利。",
    en="The document lacks facts, basis, correction, term, the duty to report or the right to object. Complete it.",
)
def document_complete(f: SupervisionFacts) -> bool:
    """It states facts, basis, the correction asked for, the term, the report and the right to object (ASR 27(2), 28(2), 30)."""
    d = f.record.document
    return _says(d) and d.term_end_time is not None and bool(d.report_asked and d.objection_right_told)


def _says(d: SupervisionDocument) -> bool:
    return all(text.strip() for text in (d.facts, d.basis, d.correction))


@rule(
    "SUP_DOC_INCOMPLETE",
    guard="G-80",
    law="ASR-2025:29",
    zh="监督决定书应当载明事实、依据和纠正要求。",
    en="The decision lacks facts, basis or correction. Complete it.",
)
def decision_complete(f: SupervisionFacts) -> bool:
    """The government's decision states facts, basis and the correction (ASR 29, which sets no term, asks for no report and leaves
    no objection to the oversight body)."""
    return _says(f.record.document)


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:27",
    zh="督办函适用于应当履行而未履行行政执法职责的情形。",
    en="The inquiry found no duty that is not done. Use the opinion for what is unlawful or clearly improper.",
)
def duty_not_done(f: SupervisionFacts) -> bool:
    """An urging letter is for a duty that is not done (ASR 27)."""
    return Finding.DUTY_NOT_DONE in f.record.findings


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:28",
    zh="意见书适用于查明的违法或者明显不当的行政执法问题。",
    en="The inquiry found nothing unlawful or clearly improper. Use the urging letter for a duty that is not done.",
)
def unlawful_or_improper(f: SupervisionFacts) -> bool:
    """An opinion is for what is unlawful or clearly improper (ASR 28)."""
    return not {Finding.UNLAWFUL, Finding.CLEARLY_IMPROPER}.isdisjoint(f.record.findings)


@rule(
    "INSTRUMENT_MISMATCH",
    guard="G-79",
    law="ASR-2025:29",
    zh="决定书适用于重大问题，或者未按照督办函、意见书的要求履职、纠正的情形。",
    en="The matter is not major, and letter or opinion was not disobeyed. Use the letter or the opinion.",
)
def major_or_disobeyed(f: SupervisionFacts) -> bool:
    """A decision is for a major matter, or where letter or opinion was not obeyed (ASR 29)."""
    return f.record.major or f.not_obeyed()


@rule(
    "NOT_CORRECTED",
    law="ASR-2025:26",
    zh="发现的问题已经纠正并经核实的，方可办结。",
    en="It was not verified that the matter is corrected. Verify it, or send the report back.",
)
def corrected(f: SupervisionFacts) -> bool:
    """What was found is corrected (ASR 26)."""
    return f.record.correct_time is not None


@rule(
    "CORRECTED_ALREADY",
    law="ASR-2025:26",
    zh="未纠正到位的，方可退回，并应当说明理由。",
    en="The matter was verified as corrected, or it is not said what is missing. Close it, or give reasons.",
)
def not_corrected(f: SupervisionFacts) -> bool:
    """A report is sent back, with reasons, if the matter is not corrected: that nobody verified it is the lawful case
    (ASR 26)."""
    return f.record.correct_time is None and bool(f.record.reasons.strip())


@rule(
    "REPORT_INCOMPLETE",
    law="ASR-2025:27(2);ASR-2025:28(2)",
    zh="应当报送纠正情况。",
    en="The report does not say what was corrected. State it (report).",
)
def report_complete(f: SupervisionFacts) -> bool:
    """The report says what was corrected (ASR 27(2), 28(2))."""
    return bool(f.record.report.strip())


_INQUIRY = (
    two_supervisors,
    under(stands_apart, "ASR-2025:8", guard="G-83", reason="OVERSIGHT_ROLE_CONFLICT"),
)
_REASONS = under(reasons_given, "ASR-2025:30")
_SERVED = "LETTER_SERVED OPINION_SERVED DECISION_SERVED"
# What the oversight body itself made; a decision is the government's (ASR 29, 30).
_OWN = "LETTER_SERVED OPINION_SERVED"

# fmt: off
TABLE = table(
    "supervision_order",
    ("REGISTER", "", "CLUE", "ASR-2025:20(2)", (),
     "OVERSIGHT SYSTEM", ("登记监督线索", "Register a clue"), "supervision.clue_registered"),
    ("DIVERT", "CLUE", "DIVERTED", "ASR-2025:33(3)", (guided_to_remedy,),
     "OVERSIGHT", ("引导复议、诉讼", "Guide to remedies"), "supervision.refused"),
    ("REFUSE", "CLUE", "REFUSED", "TJ-SUP:21", (_REASONS,),
     "OVERSIGHT", ("不予受理", "Refuse"), "supervision.refused"),
    ("ACCEPT", "CLUE", "ACCEPTED", "ASR-2025:20(2)", (not_in_remedy,),
     "OVERSIGHT", ("受理立项", "Accept"), "supervision.accepted supervision.opened"),
    ("NOTIFY", "ACCEPTED", "NOTIFIED", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified"),
    ("NOTIFY", "INQUIRING", "=", "SH-SUP:20", (),
     "OVERSIGHT", ("通知被监督机关", "Notify the agency"), "supervision.notified"),
    ("EXPLAIN", "NOTIFIED INQUIRING", "=", "ASR-2025:22[1];SH-SUP:20", (),
     "SUPERVISED_AGENCY", ("自查说明、提交案卷", "Explain, hand in the file"), "supervision.explained"),
    ("INQUIRE", "ACCEPTED NOTIFIED", "INQUIRING", "ASR-2025:22", _INQUIRY,
     "OVERSIGHT", ("开展监督调查", "Inquire")),
    ("FIND_NOTHING", "INQUIRING", "CLOSED", "ASR-2025:26", (),
     "OVERSIGHT", ("未发现问题", "Find nothing"), "supervision.decided"),
    ("CORRECT_ON_SPOT", "INQUIRING", "CORRECTED", "ASR-2025:26(2)", (corrected,),
     "SUPERVISED_AGENCY", ("当场纠正", "Correct on the spot"), "supervision.decided"),
    ("ISSUE_LETTER", "INQUIRING", "LETTER_ISSUED", "ASR-2025:27", (not_in_remedy, duty_not_done, document_complete),
     "OVERSIGHT", ("制发督办函", "Issue an urging letter"), "supervision.decided"),
    ("ISSUE_OPINION", "INQUIRING", "OPINION_ISSUED", "ASR-2025:28", (not_in_remedy, unlawful_or_improper, document_complete),
     "OVERSIGHT", ("制发意见书", "Issue an opinion"), "supervision.decided"),
    ("PROPOSE", "INQUIRING LETTER_SERVED OPINION_SERVED LETTER_REPORTED OPINION_REPORTED", "PROPOSED",
     "ASR-2025:29", (not_in_remedy, major_or_disobeyed),
     "OVERSIGHT", ("提出处理建议，报请政府决定", "Propose to the government"), "supervision.escalated"),
    ("SERVE_LETTER", "LETTER_ISSUED", "LETTER_SERVED", "ASR-2025:27", (),
     "OVERSIGHT", ("送达督办函", "Serve the letter"), "urging_letter.served supervision_document.served"),
    ("SERVE_OPINION", "OPINION_ISSUED", "OPINION_SERVED", "ASR-2025:28", (),
     "OVERSIGHT", ("送达意见书", "Serve the opinion"), "supervision_opinion.served supervision_document.served"),
    ("DECLINE_CORRECTION", "PROPOSED", "CLOSED", "ASR-2025:29", (_REASONS,),
     "GOVERNMENT", ("政府决定不予纠正", "Decide not to correct"), "supervision.decided"),
    ("DECIDE_CORRECTION", "PROPOSED", "DECISION_ISSUED", "ASR-2025:29", (decision_complete,),
     "GOVERNMENT", ("政府制发决定书", "Issue a decision"), "supervision.decided"),
    ("SERVE_DECISION", "DECISION_ISSUED", "DECISION_SERVED", "ASR-2025:29", (),
     "OVERSIGHT", ("送达决定书", "Serve the decision"),
     "supervision_decision.served supervision_document.served"),
    ("REPORT", "LETTER_SERVED", "LETTER_REPORTED", "ASR-2025:27(2)", (report_complete,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "urging_letter.reported"),
    ("REPORT", "OPINION_SERVED", "OPINION_REPORTED", "ASR-2025:28(2)", (report_complete,),
     "SUPERVISED_AGENCY", ("报送纠正情况", "Report"), "supervision_opinion.reported"),
    ("REPORT", "DECISION_SERVED", "DECISION_REPORTED", "ASR-2025:22[1]", (report_complete,),
     "SUPERVISED_AGENCY", ("报送执行情况", "Report"), "supervision_decision.reported"),
    ("SEND_BACK", "LETTER_REPORTED", "LETTER_SERVED", "ASR-2025:27", (not_corrected,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "urging_letter.served"),
    ("SEND_BACK", "OPINION_REPORTED", "OPINION_SERVED", "ASR-2025:28", (not_corrected,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_opinion.served"),
    ("SEND_BACK", "DECISION_REPORTED", "DECISION_SERVED", "ASR-2025:29", (not_corrected,),
     "OVERSIGHT", ("未纠正到位，退回", "Send back"), "supervision_decision.served"),
    ("VERIFY", "CORRECTED LETTER_REPORTED OPINION_REPORTED DECISION_REPORTED", "CLOSED", "ASR-2025:26",
     (corrected,), "OVERSIGHT", ("核实并办结", "Verify and close"), "supervision.closed"),
    ("OBJECT", _OWN, "=", "ASR-2025:30", (_REASONS,),
     "SUPERVISED_AGENCY", ("提出异议", "Object"), "supervision_document.objected"),
    ("DECIDE_OBJECTION", _OWN, "=", "ASR-2025:30", (_REASONS,),
     "OVERSIGHT", ("处理异议：维持或者变更", "Decide the objection"), "supervision_document.objection_decided"),
    ("WITHDRAW", _OWN, "WITHDRAWN", "ASR-2025:30", (_REASONS,),
     "OVERSIGHT", ("异议成立，撤回文书", "Withdraw on objection"),
     "supervision_document.objection_decided supervision_document.withdrawn"),
    ("CIRCULATE", _SERVED, "=", "ASR-2025:31", (), "OVERSIGHT", ("通报或者向社会公布", "Make it known")),
    ("PROPOSE_MEASURES", _SERVED, "=", "ASR-2025:32", (_REASONS,),
     "OVERSIGHT", ("提出人员处理建议", "Propose measures against persons")),
    ("TRANSFER_CLUE", _SERVED, "=", "ASR-2025:33(1)", (),
     "OVERSIGHT", ("移送监察机关", "Transfer a clue"), "accountability.clue_received"),
    titles=("行政执法监督", "Supervision order"),
    ends="DIVERTED REFUSED CLOSED WITHDRAWN",
)
# fmt: on
SUPERVISION_ORDER = Procedure("supervision_order", SupervisionFacts, TABLE)
