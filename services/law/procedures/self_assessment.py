"""Self-assessment of a body of enforcement (自查自评): by the scheme of the year, handed in by 25 December (CITY-ERS 2(6))."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from services.law.assessment import Scored, Weighed, within
from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import catalogue, due
from services.law.parameters import Layers
from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "SA-"
"""How the id of a self-assessment begins."""
CLOCK = "ACC-03"
"""By when it is handed in: what comes later is late, and the office goes on without (CITY-ERS 2(6))."""


def self_due(parameters: Layers, calendar: Calendar, year: int, sector: str) -> datetime | None:
    """The last moment at which the self-assessment of a year is handed in in time; None where that was no law yet."""
    begin, clock = date(year, 1, 1), catalogue()[CLOCK]
    if not clock.in_force(begin):
        return None
    return due(parameters.held(clock, begin, sector), begin, calendar).at


@dataclass(frozen=True)
class SelfAssessmentRecord:
    """The record of a self-assessment."""

    year: int = 0
    summary: str = ""
    """The material of the self-check (自查自评材料)."""
    scores: tuple[Scored, ...] = ()


class SelfAssessmentFacts(Facts):
    """The record of a self-assessment (`record`), and the node's own time."""

    record: SelfAssessmentRecord
    now: datetime

    @abstractmethod
    def weights(self) -> tuple[Weighed, ...]:
        """What the scheme of the year scores; nothing where there is no scheme."""

    @abstractmethod
    def own_body(self) -> bool:
        """Whether it is a confirmed body of this department."""

    @abstractmethod
    def submitted(self) -> bool:
        """Whether the body handed one in for the year before."""


@rule(
    "BODY_NOT_ASSESSED",
    law="GBF-2005-37:3",
    zh="应当为本部门经确认的行政执法主体。",
    en="The body is no confirmed one of this department. Name one that is (body_id).",
)
def own_body(f: SelfAssessmentFacts) -> bool:
    """A department assesses its own bodies of enforcement (GBF-2005-37 3)."""
    return f.own_body() is True


@rule(
    "NO_SCHEME",
    law="GBF-2005-37:3",
    zh="该年度没有评议考核方案。",
    en="No scheme of assessment holds for that year. Name another year, or have a layer set a scheme.",
)
def scheme_set(f: SelfAssessmentFacts) -> bool:
    """Bodies are assessed by a scheme that says by what (GBF-2005-37 3)."""
    return bool(f.weights())


@rule(
    "YEAR_NOT_BEGUN",
    law="CITY-ERS:2(6)",
    zh="该年度尚未开始。",
    en="The year has not begun. Name one that has.",
)
def year_begun(f: SelfAssessmentFacts) -> bool:
    """What is assessed is a year's work (CITY-ERS 2(6))."""
    return 0 < f.record.year <= f.now.astimezone(SHANGHAI).year


@rule(
    "SELF_ASSESSED_ALREADY",
    law="CITY-ERS:2(6)",
    zh="该年度自查自评已经报送。",
    en="The self-assessment of that year was handed in already.",
)
def not_submitted(f: SelfAssessmentFacts) -> bool:
    """It is handed in once a year (CITY-ERS 2(6))."""
    return f.submitted() is False


@rule(
    "SCORES_INCOMPLETE",
    law="CITY-ERS:2(6)",
    zh="每一项指标应当评分一次，不得超过该项分值。",
    en="An indicator is not scored, is scored twice or beyond its weight, or is none of the scheme. "
    "Score each once, within its weight.",
)
def scored(f: SelfAssessmentFacts) -> bool:
    """Every indicator is scored, within its weight (CITY-ERS 2(6))."""
    weights = f.weights()
    return bool(weights) and within(f.record.scores, weights)


@rule(
    "SELF_CHECK_MISSING",
    law="CITY-ERS:2(6)",
    zh="应当报送自查自评材料。",
    en="The material of the self-check is missing. Hand it in (summary).",
)
def material_given(f: SelfAssessmentFacts) -> bool:
    """The score comes with the material of the self-check (CITY-ERS 2(6))."""
    return bool(f.record.summary.strip())


# fmt: off
TABLE = table(
    "self_assessment",
    ("SUBMIT", "", "SUBMITTED", "CITY-ERS:2(6);GBF-2005-37:3",
     (own_body, scheme_set, year_begun, not_submitted, scored, material_given),
     "AGENCY_HEAD", ("报送自查自评", "Hand in"), "self_assessment.submitted", "SubmitSelfAssessment"),
    titles=("自查自评", "Self-assessment"),
    ends="SUBMITTED",
)
# fmt: on
SELF_ASSESSMENT = Procedure("self_assessment", SelfAssessmentFacts, TABLE)
