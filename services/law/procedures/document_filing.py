"""The filing of a normative document, and its review.

Where the policy on filings is silent on a step, the regulation on filed rules (RFR-2024) is cited by analogy.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import missing
from services.law.procedures.shared import papers_complete, reasons_given, term_over, under
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


class FilingFacts(Facts):
    """The record of a filing with what the act hands in (`record`), and the node's own time."""

    record: FilingRecord
    now: datetime

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the time to file is over; once it was urged, that which was set then."""

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


_FILED = under(papers_complete, "GF-2008-17:14", reason="FILING_PAPERS_MISSING")
_OVERDUE = under(term_over, "GF-2008-17:14", reason="NOT_OVERDUE")
_STILL = (urged, _OVERDUE)
_REASONS = under(reasons_given, "GF-2008-17:14", reason="GROUNDS_MISSING")

# fmt: off
TABLE = table(
    "document_filing",
    ("EXPECT", "", "DUE", "GF-2008-17:14", (), "SYSTEM", ("应当报送备案", "Expect the filing")),
    ("SUBMIT", "DUE URGED MISSING", "SUBMITTED", "GF-2008-17:14", (_FILED,),
     "MAKER", ("报送备案", "Submit"), "document.filed"),
    ("URGE", "DUE", "URGED", "GF-2008-17:14", (_OVERDUE,), "FILING_BODY", ("责令限期报送", "Urge")),
    ("REPORT_MISSING", "URGED", "MISSING", "GF-2008-17:14;CITY-ERS:6(5)", _STILL,
     "FILING_BODY", ("通报未报送", "Report as missing"), "accountability.clue_received"),
    ("ASK_SUPPLEMENT", "SUBMITTED", "SUPPLEMENTING", "RFR-2024:9", (),
     "FILING_BODY", ("要求补正", "Ask for a supplement")),
    ("SUPPLEMENT", "SUPPLEMENTING", "SUBMITTED", "RFR-2024:9", (_FILED,), "MAKER", ("补正", "Supplement")),
    ("DECLINE", "SUBMITTED", "DECLINED", "GF-2008-17:14", (_REASONS,),
     "FILING_BODY", ("不属于规范性文件", "Decline, as it is no normative document")),
    ("REGISTER", "SUBMITTED", "REVIEWING", "GF-2008-17:14", (),
     "FILING_BODY", ("备案登记", "Register"), "document.filing_registered"),
    ("ASK_MAKER", "REVIEWING", "EXPLAINING", "RFR-2024:11", (),
     "FILING_BODY", ("要求制定机关说明", "Ask the maker")),
    ("EXPLAIN", "EXPLAINING", "REVIEWING", "RFR-2024:11", (), "MAKER", ("说明", "Explain")),
    ("PASS", "REVIEWING", "PASSED", "GF-2008-17:14", (),
     "FILING_BODY", ("审查通过", "Pass"), "document.filing_reviewed"),
    ("ISSUE_OPINION", "REVIEWING", "CORRECTING", "GF-2008-17:14", (objection_named,),
     "FILING_BODY", ("发出审查意见", "Issue an opinion"), "document.filing_reviewed"),
    ("REPORT_CORRECTION", "CORRECTING", "CORRECTED", "GF-2008-17:14", (correction_reported,),
     "MAKER", ("自行纠正并报告", "Correct and report")),
    ("REFUSE_CORRECTION", "CORRECTING", "REFUSED", "GF-2008-17:14", (),
     "MAKER SYSTEM", ("拒不纠正或者逾期", "Refuse, or let the time pass")),
    ("SUBMIT_TO_GOVERNMENT", "REFUSED", "BEFORE_GOVERNMENT", "GF-2008-17:14", (),
     "FILING_BODY", ("报请本级人民政府处理", "Submit to the government")),
    ("LET_STAND", "BEFORE_GOVERNMENT", "PASSED", "GF-2008-17:14", (), "GOVERNMENT", ("不予改变", "Let it stand")),
    ("AMEND", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", (), "GOVERNMENT", ("责令修改", "Have it amended")),
    ("ANNUL", "BEFORE_GOVERNMENT", "OVERRULED", "GF-2008-17:14", (),
     "GOVERNMENT", ("撤销", "Annul"), "document.repealed"),
    ("ANNOUNCE", "OVERRULED", "ANNOUNCED", "GF-2008-17:14", (),
     "FILING_BODY", ("公布处理结果", "Announce the result")),
    titles=("规范性文件备案审查", "Filing review of a normative document"),
    ends="DECLINED PASSED CORRECTED ANNOUNCED",
)
# fmt: on
DOCUMENT_FILING = Procedure("document_filing", FilingFacts, TABLE)
