"""What is the same of every yearly assessment, of a body and of a person: a scheme, a year, scores with reasons, a grade that a
meeting fixes (GBF-2005-37 3, CITY-ERS 2(6)).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.law.assessment import Grade, Scored, Weighed, within
from services.law.calendar import SHANGHAI
from services.law.procedures.shared import stands_apart, under
from services.law.rule import Facts, rule

FEWEST_MEMBERS = 2


@dataclass(frozen=True)
class GradingRecord:
    """What every record of an assessment has, with what the act hands in."""

    year: int = 0
    scores: tuple[Scored, ...] = ()
    """What people score."""
    review_time: datetime | None = None
    """After what the meeting has to be."""
    members: tuple[str, ...] = ()
    """Who took part in the meeting that fixed the grade."""
    meet_time: datetime | None = None
    minutes: str = ""
    proposed: Grade | None = None
    grade: Grade | None = None
    grade_reason: str = ""


class GradingFacts(Facts):
    """The record of an assessment with what the act hands in (`record`), and the node's own time."""

    record: Any
    now: datetime

    @abstractmethod
    def weights(self) -> tuple[Weighed, ...]:
        """What the scheme scores, as it stood when the assessment was opened; nothing where there is none."""

    @abstractmethod
    def by_people(self) -> tuple[Weighed, ...]:
        """What of it people score."""

    @abstractmethod
    def opened(self) -> bool:
        """Whether the same is assessed for the year already."""

    @abstractmethod
    def countable(self) -> bool:
        """Whether all that the scheme has counted can be: every warning that it names is there, and names a body."""

    @abstractmethod
    def members_known(self) -> bool:
        """Whether the registry knows each member of the meeting as a head, or as a holder of a certificate, on its day."""

    @abstractmethod
    def acting(self) -> tuple[str, ...]:
        """Who does the act."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Whom it is about."""


@rule(
    "NO_SCHEME",
    law="GBF-2005-37:3",
    zh="该年度没有评议考核方案。",
    en="No scheme of assessment holds for that year. Have a layer set one, or name another year.",
)
def scheme_set(f: GradingFacts) -> bool:
    """Bodies are assessed by a scheme that says by what (GBF-2005-37 3)."""
    return bool(f.weights())


@rule(
    "SCHEME_NOT_COUNTABLE",
    law="GBF-2005-37:3",
    zh="考核方案列有本系统没有的预警，或者不针对执法主体的预警，该项指标无法统计。",
    en="The scheme counts warnings that there are not, or that name no body, so nothing would ever be counted. Mend the scheme.",
)
def countable(f: GradingFacts) -> bool:
    """What is assessed is what can be counted (GBF-2005-37 3)."""
    return f.countable() is True


@rule(
    "YEAR_NOT_BEGUN",
    law="CITY-ERS:2(6)",
    zh="该年度尚未开始。",
    en="The year has not begun. Name one that has.",
)
def year_begun(f: GradingFacts) -> bool:
    """What is assessed is a year's work (CITY-ERS 2(6))."""
    return bool(0 < f.record.year <= f.now.astimezone(SHANGHAI).year)


@rule(
    "ASSESSED_ALREADY",
    law="GBF-2005-37:3",
    zh="该主体该年度的考核已经启动，不得重复考核。",
    en="The body is assessed for that year already. Go on with that one.",
)
def not_opened(f: GradingFacts) -> bool:
    """Nobody is assessed twice for the same (GBF-2005-37 3)."""
    return f.opened() is False


@rule(
    "YEAR_NOT_OVER",
    law="CITY-ERS:2(6)",
    zh="该年度尚未结束，不得审查评分。",
    en="The year is not over, so not all of it could be counted. Wait until it is.",
)
def year_over(f: GradingFacts) -> bool:
    """A whole year is counted (CITY-ERS 2(6))."""
    return bool(0 < f.record.year < f.now.astimezone(SHANGHAI).year)


@rule(
    "PERSON_SCORES_INCOMPLETE",
    law="CITY-ERS:2(6);GBF-2005-37:3",
    zh="由审查人员评分的每一项指标应当评分一次，不超过该项分值，并逐项说明理由；由系统统计的指标不得人工评分。",
    en="What people score is not scored, has no reason, or is beyond its weight, or something that is counted is scored. "
    "Score what the scheme has people score, each once, each with its reason.",
)
def people_scored(f: GradingFacts) -> bool:
    """What people score they score with reasons; nobody scores what is counted (CITY-ERS 2(6))."""
    scores = f.record.scores
    return within(scores, f.by_people()) and all(each.reason.strip() for each in scores)


@rule(
    "MEETING_MISSING",
    law="CITY-ERS:2(6)",
    zh="考核结果应当由会议确定：参加人员不少于两人，在审查之后召开，有会议纪要。",
    en="No meeting after the review is named, with at least two members and its minutes. Name it (meeting).",
)
def fixed_in_meeting(f: GradingFacts) -> bool:
    """The grade is fixed in a meeting, after the review (CITY-ERS 2(6))."""
    r = f.record
    met = r.meet_time is not None and r.review_time is not None and r.review_time <= r.meet_time <= f.now
    return bool(met and len(set(r.members)) >= FEWEST_MEMBERS and r.minutes.strip())


@rule(
    "MEMBER_UNKNOWN",
    law="CITY-ERS:2(6)",
    zh="会议参加人员应当是登记在册的负责人或者执法监督人员。",
    en="The registry knows a member of the meeting neither as a head nor by a certificate of that day. Name those whom it knows.",
)
def members_known(f: GradingFacts) -> bool:
    """Who fixes the grade is known to the registry (CITY-ERS 2(6))."""
    return f.members_known() is True


@rule(
    "GRADE_NOT_REASONED",
    law="CITY-ERS:2(6)",
    zh="考核档次分为优秀、良好、合格和不合格；与按得分建议的档次不一致的，应当说明理由。",
    en="No grade is fixed, or one that differs from what the points propose without a reason. Fix one, and say why it differs.",
)
def grade_reasoned(f: GradingFacts) -> bool:
    """One of four grades is fixed; one that the points do not propose has its reason (CITY-ERS 2(6))."""
    r = f.record
    fixed = r.grade in tuple(Grade) and r.proposed in tuple(Grade)
    return fixed and (r.grade == r.proposed or bool(r.grade_reason.strip()))


APART = under(stands_apart, "GBF-2005-37:3;CITY-ERS:2(6)", reason="ASSESSOR_CONFLICT")
