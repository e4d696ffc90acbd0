"""The yearly report on building rule-of-law government (法治政府建设年度报告): of the government and of each of its departments,
handed in by 1 March, made public by 1 April (RLG 23-25; CITY-ERS 3(35)).
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from services.law.calendar import SHANGHAI
from services.law.fine_target import LAW as TARGETS
from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

SUBMIT_BY, PUBLISH_BY, YEARLY = "PUB-07", "PUB-08", "ACC-04"
"""By when it is handed in, by when it is public, and that it is made every year."""


class Maker(StrEnum):
    """Whose report it is."""

    GOVERNMENT = "GOVERNMENT"
    DEPARTMENT = "DEPARTMENT"


class Recipient(StrEnum):
    """To whom it goes."""

    PARTY_COMMITTEE = "PARTY_COMMITTEE"
    GOVERNMENT = "GOVERNMENT"
    CONGRESS = "CONGRESS"
    SUPERIOR_GOVERNMENT = "SUPERIOR_GOVERNMENT"
    SUPERIOR_DEPARTMENT = "SUPERIOR_DEPARTMENT"


WANTED: Mapping[Maker, frozenset[Recipient]] = MappingProxyType(
    {
        Maker.GOVERNMENT: frozenset(
            {Recipient.PARTY_COMMITTEE, Recipient.CONGRESS, Recipient.SUPERIOR_GOVERNMENT}
        ),
        Maker.DEPARTMENT: frozenset(
            {Recipient.PARTY_COMMITTEE, Recipient.GOVERNMENT, Recipient.SUPERIOR_DEPARTMENT}
        ),
    }
)
"""To whom each reports at least (RLG 23, CITY-ERS 3(35))."""


@dataclass(frozen=True)
class RuleOfLawReportRecord:
    """The record of a report, with what the act hands in."""

    year: int = 0
    maker: Maker | None = None
    document: str = ""
    measures: str = ""
    """What was done, and with what effect."""
    shortcomings: str = ""
    """What fell short, and why."""
    first_responsible: str = ""
    """How the head in person did his duty."""
    corrections: str = ""
    """What had to be corrected, and what became of it."""
    plans: str = ""
    """What is to be done in the year to come."""
    recipients: frozenset[Recipient] = frozenset()
    address: str = ""
    reasons: str = ""
    submit_time: datetime | None = None
    """When it was handed in, and when made public."""
    publish_time: datetime | None = None


class RuleOfLawReportFacts(Facts):
    """The record of a report with what the act hands in (`record`), and the node's own time."""

    record: RuleOfLawReportRecord
    now: datetime

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether what is planned for the next year sets a target for fines or case numbers."""

    @abstractmethod
    def stood(self) -> bool:
        """Whether its maker stood when the year ended."""

    @abstractmethod
    def begun(self) -> bool:
        """Whether its report on that year is there."""

    @abstractmethod
    def before_book(self) -> bool:
        """Whether the year had ended before the city began reports by itself, or its reports were begun."""

    @abstractmethod
    def year_end(self) -> datetime | None:
        """When the year that it is on was over."""

    @abstractmethod
    def of_maker(self) -> bool:
        """Whether who acts does so for its maker."""

    @abstractmethod
    def gone(self) -> bool:
        """Whether its maker is no enforcement body any more."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "REPORT_YEAR_NOT_OVER",
    law="RLG-2019:23",
    zh="报告的是上一年度法治政府建设情况；该年度尚未结束。",
    en="The year is not over. Its report is due in the next one.",
)
def report_on_past_year(f: RuleOfLawReportFacts) -> bool:
    """The year before is reported on (RLG 23)."""
    return 0 < f.record.year < f.now.astimezone(SHANGHAI).year


@rule(
    "UNIT_UNKNOWN",
    law="RLG-2019:23",
    zh="报告主体应当是年末存续的政府或者政府部门。",
    en="No such body stood when the year ended.",
)
def maker_stood(f: RuleOfLawReportFacts) -> bool:
    """Governments and their departments report (RLG 23)."""
    return f.record.maker in tuple(Maker) and f.stood() is True


@rule(
    "REPORT_BEGUN_ALREADY",
    law="RLG-2019:23",
    zh="该主体该年度的报告已经登记。",
    en="The report of that body on that year is there already.",
)
def one_a_year(f: RuleOfLawReportFacts) -> bool:
    """Each reports once a year (RLG 23)."""
    return f.begun() is False


@rule(
    "NOT_THE_UNIT",
    law="RLG-2019:23",
    zh="年度报告由报告主体报送、公开：部门的由部门办理，政府的由司法行政部门承办。",
    en="You do not act for whose report it is. Let that body hand it in and publish it; the government's is the legal office's.",
)
def by_maker(f: RuleOfLawReportFacts) -> bool:
    """Whoever reports does so for itself (RLG 23, 24)."""
    return f.of_maker() is True


@rule(
    "RULE_OF_LAW_REPORT_INCOMPLETE",
    law="RLG-2019:25;CITY-ERS:3(35)",
    zh="年度报告应当载明文号、主要举措和成效、不足和原因、主要负责人履行第一责任人职责情况、整改情况、下一年度主要安排。",
    en="The report lacks its number, what was done, what fell short and why, how the head did his duty, what was corrected, or "
    "what is to be done next year. State all.",
)
def report_whole(f: RuleOfLawReportFacts) -> bool:
    """A report says what was done, what fell short, how the head did his duty, what was corrected, what comes (RLG 25)."""
    r = f.record
    said = (r.document, r.measures, r.shortcomings, r.first_responsible, r.corrections, r.plans)
    return all(text.strip() for text in said)


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="下一年度安排不得提出罚款、罚没收入或者案件数量指标。",
    en="What is planned for the year to come sets a target for fines, for what they bring in, or for how many cases there are. "
    "Take it out.",
)
def without_target(f: RuleOfLawReportFacts) -> bool:
    """What comes next is planned without targets for fines or case numbers (APL 74(3))."""
    return f.fine_target() is False


@rule(
    "REPORT_NOT_ADDRESSED",
    law="RLG-2019:23;CITY-ERS:3(35)",
    zh="部门应当向本级党委、政府和上一级政府有关部门报告；政府应当向同级党委、人大常委会和上一级党委、政府报告。",
    en="It does not go to all to whom it has to: a department reports to party committee, government and superior department, "
    "the government to party committee, congress and superior government. Name them (recipients).",
)
def to_all(f: RuleOfLawReportFacts) -> bool:
    """It goes to those to whom the maker answers (RLG 23, CITY-ERS 3(35))."""
    wanted = WANTED.get(f.record.maker) if f.record.maker is not None else None
    return wanted is not None and wanted <= f.record.recipients


@rule(
    "REPORT_NOT_PUBLIC",
    law="RLG-2019:24",
    zh="除涉及党和国家秘密的内容外，年度报告应当向社会公开；应当载明公开地址。",
    en="It is not said where the report is public. State the address; only secrets of party and state are left out of it.",
)
def report_open(f: RuleOfLawReportFacts) -> bool:
    """The public reads it (RLG 24)."""
    return bool(f.record.address.strip())


@rule(
    "REPORT_BEGINS_BY_ITSELF",
    law="RLG-2019:23",
    zh="只登记启用本系统以前年度的报告；此后年度的报告自行列出。",
    en="Reports on this year stand here by themselves. Only those on years before the city kept this book are entered.",
)
def of_before_book(f: RuleOfLawReportFacts) -> bool:
    """What was handed in on paper is entered; what begins by itself is handed in here (RLG 23)."""
    return f.before_book() is True


@rule(
    "REPORT_DATES_WRONG",
    law="RLG-2019:23;RLG-2019:24",
    zh="应当载明该年度终了以后的报送时间，和报送以后、登记以前的公开时间。",
    en="It is not said when it was handed in, after the year, and when it was made public, after that. State both.",
)
def dates_right(f: RuleOfLawReportFacts) -> bool:
    """A report is handed in once its year is over, and then made public (RLG 23, 24)."""
    end, handed, public = f.year_end(), f.record.submit_time, f.record.publish_time
    return end is not None and handed is not None and public is not None and end <= handed <= public <= f.now


@rule(
    "UNIT_STANDS",
    law="RLG-2019:23",
    zh="只有已经撤销的主体的报告可以免予报送。",
    en="The body is there still. It reports by itself.",
)
def maker_gone(f: RuleOfLawReportFacts) -> bool:
    """Only who is there no more need not report (RLG 23)."""
    return f.gone() is True


# fmt: off
TABLE = table(
    "rule_of_law_report",
    ("BEGIN", "", "DUE", "RLG-2019:23;CITY-ERS:3(35)", (report_on_past_year, maker_stood, one_a_year),
     "SYSTEM", ("年度终了，应当报告", "The year ended, a report is due"), "year.ended"),
    ("ENTER", "", "PUBLISHED", "RLG-2019:23;RLG-2019:24",
     (report_on_past_year, of_before_book, maker_stood, one_a_year, by_maker, report_whole, without_target, to_all, report_open,
      dates_right),
     "UNIT_HEAD AGENCY_HEAD OVERSIGHT", ("登记此前年度的报告", "Enter the report on an earlier year"), "",
     "EnterRuleOfLawReport"),
    ("SUBMIT", "DUE", "SUBMITTED", "RLG-2019:23;CITY-ERS:3(35)", (by_maker, report_whole, without_target, to_all),
     "UNIT_HEAD AGENCY_HEAD OVERSIGHT", ("报送年度报告", "Hand the report in"),
     "rule_of_law_report.submitted lawful_administration.reported", "SubmitRuleOfLawReport"),
    ("PUBLISH", "SUBMITTED", "PUBLISHED", "RLG-2019:24", (by_maker, report_open),
     "UNIT_HEAD AGENCY_HEAD OVERSIGHT", ("公开年度报告", "Publish the report"), "rule_of_law_report.published",
     "PublishRuleOfLawReport"),
    ("RELEASE", "DUE SUBMITTED", "RELEASED", "RLG-2019:23", (maker_gone, under(reasons_given, "RLG-2019:23")),
     "OVERSIGHT", ("主体已撤销，免予报送", "Body is gone, no report"), "rule_of_law_report.released", "ReleaseRuleOfLawReport"),
    titles=("法治政府建设年度报告", "Yearly report on rule-of-law government"),
    ends="PUBLISHED RELEASED",
)
# fmt: on
RULE_OF_LAW_REPORT = Procedure("rule_of_law_report", RuleOfLawReportFacts, TABLE)
