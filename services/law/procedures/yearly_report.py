"""Yearly reports of enforcement made public, as they were counted then (GBF-2018-118 6, RLG-2019 24)."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.calendar import SHANGHAI
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class YearlyReportRecord:
    """The record of a published report, with what the act hands in."""

    year: int = 0
    address: str = ""
    """Where it is public."""
    reason: str = ""
    """Why what was published is corrected."""


class YearlyReportFacts(Facts):
    """The record of a published report with what the act hands in (`record`), and the node's own time."""

    record: YearlyReportRecord
    now: datetime

    @abstractmethod
    def published(self) -> bool:
        """Whether the report on the year was published before."""

    @abstractmethod
    def differs(self) -> bool:
        """Whether what is counted now is other than what was published."""

    def reasons(self) -> str:
        return self.record.reason


@rule(
    "REPORT_YEAR_NOT_OVER",
    law="GBF-2018-118:6",
    zh="该年度尚未结束，不得公开年度数据。",
    en="The year is not over, so not all of it could be counted. Wait until it is.",
)
def report_year_over(f: YearlyReportFacts) -> bool:
    """The data of the year before are published (GBF-2018-118 6)."""
    return 0 < f.record.year < f.now.astimezone(SHANGHAI).year


@rule(
    "REPORT_NOT_PUBLIC",
    law="GBF-2018-118:6",
    zh="应当载明公开地址。",
    en="It is not said where the report is public. State the address.",
)
def report_public(f: YearlyReportFacts) -> bool:
    """The data are open to the public (GBF-2018-118 6)."""
    return bool(f.record.address.strip())


@rule(
    "REPORT_PUBLISHED_ALREADY",
    law="GBF-2018-118:6",
    zh="该年度报告已经公开；数据有变化的，应当更正。",
    en="The report on that year was published already. Where its figures changed since, correct it (CorrectYearlyReport).",
)
def not_published(f: YearlyReportFacts) -> bool:
    """A report is published once; later it is corrected (GBF-2018-118 6)."""
    return f.published() is False


@rule(
    "NOTHING_TO_CORRECT",
    law="GBF-2018-118:6",
    zh="现有数据与已公开的一致，无需更正。",
    en="What is counted now is what was published. There is nothing to correct.",
)
def figures_differ(f: YearlyReportFacts) -> bool:
    """What is corrected was otherwise (GBF-2018-118 6)."""
    return f.differs() is True


# fmt: off
TABLE = table(
    "yearly_report",
    ("PUBLISH", "", "PUBLISHED", "GBF-2018-118:6;RLG-2019:24", (report_year_over, report_public, not_published),
     "OVERSIGHT", ("公开年度报告", "Publish"), "", "PublishYearlyReport"),
    ("CORRECT", "PUBLISHED", "=", "GBF-2018-118:6", (report_public, figures_differ, under(reasons_given, "GBF-2018-118:6")),
     "OVERSIGHT", ("更正年度报告", "Correct"), "", "CorrectYearlyReport"),
    titles=("年度报告公开", "Publication of yearly reports"),
    ends="PUBLISHED",
)
# fmt: on
YEARLY_REPORT = Procedure("yearly_report", YearlyReportFacts, TABLE)
