"""The filing of a normative document, and its review.

Where the policy on filings is silent on a step, the regulation on filed rules (RFR-2024) is cited by analogy.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.normative_document.rules import by_maker
from services.law.procedures.papers import missing, past
from services.law.procedures.shared import papers_complete, reasons_given, stands_apart, term_over, under
from services.law.process import table
from services.law.rule import Facts, rule


class Paper(StrEnum):
    """What is filed, GF-2008-17 sec. 14."""

    REPORT = "REPORT"
    TEXT = "TEXT"
    EXPLANATION = "EXPLANATION"
    ELECTRONIC_COPY = "ELECTRONIC_COPY"


class Objection(StrEnum):
    """What is wrong with a document, GF-2008-17 sec. 14."""

    BEYOND_POWER = "BEYOND_POWER"
    AGAINST_HIGHER_LAW = "AGAINST_HIGHER_LAW"
    UNFIT = "UNFIT"
    AGAINST_PROCEDURE = "AGAINST_PROCEDURE"


@dataclass(frozen=True)
class FilingRecord:
    """The record of a filing, with what the act hands in."""

    papers: tuple[Paper, ...] = ()
    urge_time: datetime | None = None
    reasons: str = ""
    objections: tuple[Objection, ...] = ()
    correction: str = ""
    """What the maker corrected, as it reports."""
    correction_report_time: datetime | None = None
    reviewers: tuple[str, ...] = ()
    refusal: str = ""
    """The paper in which the maker refuses to correct it."""
    document: str = ""
    """The paper of the government, or the place where its result is public."""


class FilingFacts(Facts):
    """The record of a filing with what the act hands in (`record`), and the node's own time."""

    record: FilingRecord
    now: datetime

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the time to file is over; once it was urged, that which was set then."""

    @abstractmethod
    def of_maker(self) -> bool:
        """Whether who acts does so for the body that made the document."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who drafted the document or reviewed its legality before it was made."""

    @abstractmethod
    def correction_end(self) -> datetime | None:
        """When the time that the opinion sets for the correction is over."""

    def acting(self) -> tuple[str, ...]:
        return self.record.reviewers

    def reasons(self) -> str:
        return self.record.reasons

    def missing_papers(self) -> tuple[str, ...]:
        return missing(Paper, self.record.papers)


@rule(
    "NOT_URGED",
    law="GF-2008-17:14",
    zh="责令限期报送后仍不报送的，方可通报。",
    en="The maker was not urged to file. Urge it first (Urge).",
)
def urged(f: FilingFacts) -> bool:
    """It is reported as missing after it was urged in vain (GF-2008-17 14)."""
    return f.record.urge_time is not None


@rule(
    "OBJECTION_NOT_NAMED",
    law="GF-2008-17:14",
    zh="审查意见应当指明超越权限、违反上位法、明显不当或者违反程序。",
    en="It is not named what is wrong: power, higher law, fitness or procedure. Name it (objections).",
)
def objection_named(f: FilingFacts) -> bool:
    """It is named what is wrong: power, higher law, fitness or procedure (GF-2008-17 14)."""
    return bool(f.record.objections) and all(o in tuple(Objection) for o in f.record.objections)


@rule(
    "CORRECTION_NOT_REPORTED",
    law="GF-2008-17:14",
    zh="制定机关应当自行纠正并报告结果。",
    en="The maker has not reported what it corrected. Report it (correction).",
)
def correction_reported(f: FilingFacts) -> bool:
    """The maker corrects it and reports (GF-2008-17 14)."""
    return f.record.correction_report_time is not None and bool(f.record.correction.strip())


@rule(
    "STILL_TO_CORRECT",
    law="GF-2008-17:14",
    zh="自行纠正的期限未满且制定机关没有书面拒绝的，不得认定拒不纠正。",
    en="The time to correct it still runs, and the maker has not refused in writing. Wait, or name its paper (refusal).",
)
def correction_refused(f: FilingFacts) -> bool:
    """Refused is what the maker refuses in writing, or lets pass (GF-2008-17 14)."""
    return past(f.correction_end(), f.at()) or bool(f.record.refusal.strip())


@rule(
    "GOVERNMENT_PAPER_MISSING",
    law="GF-2008-17:14",
    zh="应当注明本级人民政府的处理文书；公布处理结果的，应当注明公布的网址。",
    en="The paper of the government, or the place where the result is public, is not named. Name it (document).",
)
def paper_named(f: FilingFacts) -> bool:
    """What the government decides is named by its paper, and the result is made public (GF-2008-17 14)."""
    return bool(f.record.document.strip())


_FILED = (by_maker, under(papers_complete, "GF-2008-17:14", reason="FILING_PAPERS_MISSING"))
_OVERDUE = under(term_over, "GF-2008-17:14", reason="NOT_OVERDUE")
_STILL = (urged, _OVERDUE)
_REASONS = under(reasons_given, "GF-2008-17:14", reason="GROUNDS_MISSING")
_APART = under(stands_apart, "GF-2008-17:14")
_MAKER = "UNIT_HEAD CLERK OVERSIGHT"
_DECIDED = ((paper_named,), "OVERSIGHT")

# fmt: off
TABLE = table(
    "document_filing",
    ("EXPECT", "", "DUE", "GF-2008-17:14", (),
     "SYSTEM", ("应当报送备案", "Expect the filing"), "document.filing_expected"),
    ("SUBMIT", "DUE URGED MISSING", "SUBMITTED", "GF-2008-17:14", _FILED,
     _MAKER, ("报送备案", "Submit"), "document.filed", "SubmitDocumentFiling"),
    ("URGE", "DUE", "URGED", "GF-2008-17:14", (_OVERDUE,),
     "OVERSIGHT", ("责令限期报送", "Urge"), "document.filing_urged", "UrgeDocumentFiling"),
    ("REPORT_MISSING", "URGED", "MISSING", "GF-2008-17:14;CITY-ERS:6(5)", _STILL,
     "OVERSIGHT", ("通报未报送", "Report as missing"), "", "ReportMissingFiling"),
    ("ASK_SUPPLEMENT", "SUBMITTED", "SUPPLEMENTING", "RFR-2024:9", (_REASONS,),
     "OVERSIGHT", ("要求补正", "Ask for a supplement"), "", "ReceiveDocumentFiling"),
    ("SUPPLEMENT", "SUPPLEMENTING", "SUBMITTED", "RFR-2024:9", _FILED,
     _MAKER, ("补正", "Supplement"), "", "SubmitDocumentFiling"),
    ("DECLINE", "SUBMITTED", "DECLINED", "GF-2008-17:14", (_REASONS,),
     "OVERSIGHT", ("不属于规范性文件", "Decline, as it is no normative document"), "", "ReceiveDocumentFiling"),
    ("REGISTER", "SUBMITTED", "REVIEWING", "GF-2008-17:14", (_APART,),
     "OVERSIGHT", ("备案登记", "Register"), "document.filing_registered", "ReceiveDocumentFiling"),
    ("ASK_MAKER", "REVIEWING", "EXPLAINING", "RFR-2024:11", (_REASONS,),
     "OVERSIGHT", ("要求制定机关说明", "Ask the maker"), "", "AskDocumentMaker"),
    ("EXPLAIN", "EXPLAINING", "REVIEWING", "RFR-2024:11", (by_maker, _REASONS),
     _MAKER, ("说明", "Explain"), "", "ExplainDocument"),
    ("PASS", "REVIEWING", "PASSED", "GF-2008-17:14", (_APART,),
     "OVERSIGHT", ("审查通过", "Pass"), "document.filing_reviewed", "ConcludeDocumentFiling"),
    ("ISSUE_OPINION", "REVIEWING", "CORRECTING", "GF-2008-17:14", (_APART, objection_named, _REASONS),
     "OVERSIGHT", ("发出审查意见", "Issue an opinion"), "document.filing_reviewed", "ConcludeDocumentFiling"),
    ("REPORT_CORRECTION", "CORRECTING", "CORRECTED", "GF-2008-17:14", (by_maker, correction_reported),
     _MAKER, ("自行纠正并报告", "Correct and report"), "", "ReportDocumentCorrection"),
    ("REFUSE_CORRECTION", "CORRECTING", "REFUSED", "GF-2008-17:14", (correction_refused,),
     "OVERSIGHT", ("拒不纠正或者逾期", "Note that it is not corrected"), "", "RefuseDocumentCorrection"),
    ("SUBMIT_TO_GOVERNMENT", "REFUSED", "BEFORE_GOVERNMENT", "GF-2008-17:14", (_REASONS,),
     "OVERSIGHT", ("报请本级人民政府处理", "Submit to the government"), "", "SubmitDocumentToGovernment"),
    ("LET_STAND", "BEFORE_GOVERNMENT", "STANDING", "GF-2008-17:14", *_DECIDED, ("不予改变", "Let it stand"), "",
     "RecordDocumentRuling"),
    ("AMEND", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", *_DECIDED, ("责令修改", "Have it amended"), "",
     "RecordDocumentRuling"),
    ("ANNUL", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", *_DECIDED, ("撤销", "Annul"), "",
     "RecordDocumentRuling"),
    ("ANNOUNCE", "OVERRULED", "ANNOUNCED", "GF-2008-17:14", (paper_named,),
     "OVERSIGHT", ("公布处理结果", "Announce the result"), "", "AnnounceDocumentRuling"),
    ("REVIEW_AGAIN", "PASSED", "REVIEWING", "GF-2008-17:14", (_APART, _REASONS),
     "OVERSIGHT", ("重新审查", "Review again"), "document.filing_registered", "ReviewDocumentAgain"),
    titles=("规范性文件备案审查", "Filing review of a normative document"),
    ends="DECLINED CORRECTED STANDING ANNOUNCED",
)
# fmt: on
DOCUMENT_FILING = Procedure("document_filing", FilingFacts, TABLE)
