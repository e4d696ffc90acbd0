"""Assessment of a person for a year by the scheme of the post (岗位评议考核): scored by whom the scheme names, counted, graded in
a meeting, told, and looked at again where the person asks (GBF-2005-37 3, DL-ERS-2005).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.assessment import Grade, within
from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.grading import (
    APART,
    GradingFacts,
    GradingRecord,
    countable,
    fixed_in_meeting,
    grade_reasoned,
    members_known,
    not_opened,
    people_scored,
    scheme_set,
    year_begun,
    year_over,
)
from services.law.procedures.shared import local, under
from services.law.process import table
from services.law.rule import rule

LAW = "GBF-2005-37:3;DL-ERS-2005"


@dataclass(frozen=True)
class OfficerAssessmentRecord(GradingRecord):
    """The record of a person's assessment, with what the act hands in."""

    document: str = ""
    """The paper by which the result was told, and who signed that it came."""
    receipt: str = ""
    recheck_until: datetime | None = None
    """Until when a recheck may be asked for."""
    reasons: str = ""


class OfficerAssessmentFacts(GradingFacts):
    """The record of a person's assessment with what the act hands in (`record`), and the node's own time."""

    record: OfficerAssessmentRecord

    @abstractmethod
    def officer_stood(self) -> bool:
        """Whether the person held a certificate of the body on a day of the year."""

    @abstractmethod
    def by_named(self) -> bool:
        """Whether who scores has the role that the scheme names for each of what is scored, and acts for the body."""

    @abstractmethod
    def quota_left(self) -> bool:
        """Whether the grade may be given to one more of those whom the scheme assesses in the body for the year."""

    @abstractmethod
    def own(self) -> bool:
        """Whether who acts is the person who is assessed."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "OFFICER_NOT_ASSESSED",
    law=LAW,
    zh="被考核的应当是该年度内持有该执法主体执法证件的人员。",
    en="The person held no certificate of that body in the year. Name somebody who did (officer_id, body_id).",
)
def officer_stood(f: OfficerAssessmentFacts) -> bool:
    """Who enforces for a body is assessed in it (GBF-2005-37 3)."""
    return f.officer_stood() is True


@rule(
    "NOT_THE_SCORER",
    law=LAW,
    zh="人工评分应当由考核方案确定的人员作出。",
    en="The scheme has somebody else score this, or you do not act for the body. Let those score whom the scheme names.",
)
def by_named(f: OfficerAssessmentFacts) -> bool:
    """What people score is scored by whom the scheme names (DL-ERS-2005)."""
    return f.by_named() is True


@rule(
    "PERSON_SCORES_UNSOUND",
    law=LAW,
    zh="每一项评分应当是该方案由人员评分的指标，评分一次，不超过该项分值，并逐项说明理由。",
    en="Nothing is scored, or something twice, beyond its weight, without a reason, or that people do not score. Mend it.",
)
def scores_sound(f: OfficerAssessmentFacts) -> bool:
    """Each score is within its weight and has its reason (GBF-2005-37 3)."""
    scores = f.record.scores
    ids = {each.id for each in scores}
    wanted = tuple(each for each in f.by_people() if each.id in ids)
    return bool(scores) and within(scores, wanted) and all(each.reason.strip() for each in scores)


@rule(
    "GRADE_QUOTA_EXCEEDED",
    law=LAW,
    zh="该档次的人数已达到考核方案规定的比例。",
    en="As many have this grade as the scheme allows of those whom it assesses in the body. Fix another grade.",
)
def within_quota(f: OfficerAssessmentFacts) -> bool:
    """A grade that the scheme keeps for few is given to no more (DL-ERS-2005)."""
    return f.record.grade in tuple(Grade) and f.quota_left() is True


@rule(
    "RESULT_NOT_TOLD",
    law=LAW,
    zh="考核结果应当书面告知本人，载明文书和签收情况。",
    en="It is not said by which paper the person was told, or who signed that it came. State both (document, receipt).",
)
def told_in_writing(f: OfficerAssessmentFacts) -> bool:
    """Who is graded is told (GBF-2005-37 3)."""
    return bool(f.record.document.strip() and f.record.receipt.strip())


@rule(
    "NOT_THE_PERSON",
    law=LAW,
    zh="复核应当由被考核人本人申请。",
    en="Only the person who was assessed may ask for a recheck.",
)
def own(f: OfficerAssessmentFacts) -> bool:
    """Who is graded may have it looked at again (DL-ERS-2005)."""
    return f.own() is True


@rule(
    "RECHECK_LATE",
    law=LAW,
    zh="申请复核的期限已经届满。",
    en="The days in which a recheck may be asked for are over.",
    tells=lambda f: {"until": local(f.record.recheck_until)} if f.record.recheck_until else {},
)
def asked_in_time(f: OfficerAssessmentFacts) -> bool:
    """A recheck is asked for in the days that the scheme gives (DL-ERS-2005)."""
    return f.record.recheck_until is not None and f.now <= f.record.recheck_until


_REASONS = under(shared.reasons_given, LAW)
_FIXED = (fixed_in_meeting, members_known, APART, grade_reasoned, within_quota)
# fmt: off
TABLE = table(
    "officer_assessment",
    ("OPEN", "", "OPENED", LAW, (officer_stood, scheme_set, countable, year_begun, not_opened),
     "OVERSIGHT", ("启动个人考核", "Open"), "", "OpenOfficerAssessment"),
    ("SCORE", "OPENED", "=", LAW, (year_over, by_named, APART, scores_sound),
     "UNIT_HEAD AGENCY_HEAD OVERSIGHT", ("人工评分", "Score"), "", "ScoreOfficerAssessment"),
    ("REVIEW", "OPENED", "REVIEWED", LAW, (year_over, APART, people_scored),
     "OVERSIGHT", ("统计并提出档次", "Count, and propose a grade"), "", "ReviewOfficerAssessment"),
    ("FIX_GRADE", "REVIEWED", "FIXED", LAW, _FIXED,
     "OVERSIGHT_HEAD", ("会议确定考核结果", "Fix the grade in a meeting"), "", "FixOfficerGrade"),
    ("TELL", "FIXED", "TOLD", LAW, (told_in_writing,),
     "OVERSIGHT", ("告知本人", "Tell the person"), "", "TellOfficerGrade"),
    ("ASK_RECHECK", "TOLD", "RECHECKING", LAW, (own, asked_in_time, _REASONS),
     "HANDLING_OFFICER UNIT_HEAD AGENCY_HEAD", ("申请复核", "Ask for a recheck"), "", "AskOfficerRecheck"),
    ("DECIDE_RECHECK", "RECHECKING", "RECHECKED", LAW, (*_FIXED, _REASONS),
     "OVERSIGHT_HEAD", ("会议决定复核结果", "Decide the recheck in a meeting"), "", "DecideOfficerRecheck"),
    titles=("个人岗位考核", "Assessment of a person"),
    ends="RECHECKED",
)
# fmt: on
OFFICER_ASSESSMENT = Procedure("officer_assessment", OfficerAssessmentFacts, TABLE)
