"""Assessment of a body of enforcement for a year (评议考核): self-assessment, review, grade in a meeting, publication
(GBF-2005-37 3, CITY-ERS 2(6)).
"""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from services.law.assessment import Grade
from services.law.calendar import SHANGHAI
from services.law.fine_target import LAW as TARGETS
from services.law.procedure import Procedure
from services.law.procedures.assessed_year import Wrong
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
from services.law.process import table
from services.law.rule import rule


@dataclass(frozen=True)
class Commended:
    """A commendation, as the act hands it in; `officer` is empty where it is the body's."""

    officer: str = ""
    title: str = ""
    authority: str = ""
    document: str = ""
    time: datetime | None = None
    criteria: str = ""
    deeds: str = ""
    address: str = ""


@dataclass(frozen=True)
class AssessmentRecord(GradingRecord):
    """The record of an assessment, with what the act hands in."""

    asked: int = 0
    """How many of the public were asked, and how many of them were satisfied; where these numbers come from."""
    satisfied: int | None = None
    opinion_source: str = ""
    publish_address: str = ""
    rectification: str = ""
    """How the body writes that it will mend, or mended, what it failed in."""
    rectification_waits: bool = False
    """Whether one was handed in that was not looked into yet."""
    result: str = ""
    """What was found of it."""
    fix_time: datetime | None = None
    wrongs: tuple[Wrong, ...] = ()
    """What calls for an order of correction."""
    commendation: Commended = field(default_factory=Commended)
    commended: frozenset[tuple[str, str]] = frozenset()
    """Who is on record as commended, and by which paper."""


class AssessmentFacts(GradingFacts):
    """The record of an assessment with what the act hands in (`record`), and the node's own time."""

    record: AssessmentRecord

    @abstractmethod
    def surveyed(self) -> bool:
        """Whether it scores what the public says."""

    @abstractmethod
    def body_stood(self) -> bool:
        """Whether the body was a published body of enforcement in the year."""

    @abstractmethod
    def self_given(self) -> bool:
        """Whether the body's self-assessment of the year came."""

    @abstractmethod
    def self_due(self) -> datetime | None:
        """The last moment at which it was to be handed in (ACC-03)."""

    @abstractmethod
    def of_body(self) -> bool:
        """Whether who acts does so for the body that is assessed."""

    @abstractmethod
    def officer_of_body(self) -> bool:
        """Whether who is commended heads the body, or holds a certificate of it, now."""

    @abstractmethod
    def fine_target(self) -> bool:
        """Whether the commendation is for fines, for what they bring in, or for how many cases there are."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether who is commended is investigated, or was held responsible, for something of the year or of later."""

    @abstractmethod
    def officer_failed(self) -> bool:
        """Whether who is commended was graded the lowest in the own assessment of the year."""


@rule(
    "BODY_NOT_ASSESSED",
    law="GBF-2005-37:3",
    zh="被考核的应当是该年度内经公布的行政执法主体。",
    en="The body was no published body of enforcement in that year. Name one that was (body_id).",
)
def body_stood(f: AssessmentFacts) -> bool:
    """The government assesses its departments that enforce (GBF-2005-37 3)."""
    return f.body_stood() is True


@rule(
    "OPINION_NOT_SOURCED",
    law="GBF-2005-37:3;CITY-ERS:3(37)",
    zh="群众评议应当载明数据来源、调查人数和满意人数，满意人数不得多于调查人数。",
    en="It is not said where the numbers come from, nobody was asked, or more were satisfied than asked. State all three.",
)
def opinion_sourced(f: AssessmentFacts) -> bool:
    """What the public thinks is taken down with its source (GBF-2005-37 3)."""
    r = f.record
    return bool(r.opinion_source.strip()) and r.satisfied is not None and 0 <= r.satisfied <= r.asked > 0


@rule(
    "OPINION_MISSING",
    law="GBF-2005-37:3;CITY-ERS:3(37)",
    zh="外部评议情况应当作为最终考核意见的重要依据，尚未登记群众评议数据。",
    en="The scheme scores what the public says, and nothing of it is on record. Record it first (RecordPublicOpinion).",
)
def opinion_taken(f: AssessmentFacts) -> bool:
    """What the public says counts in the final opinion (GBF-2005-37 3)."""
    return f.surveyed() is False or opinion_sourced.holds(f)


@rule(
    "SELF_ASSESSMENT_AWAITED",
    law="CITY-ERS:2(6)",
    zh="自查自评尚未报送，报送期限也未届满。",
    en="The self-assessment has not come, and its day is not over. Wait for it.",
    tells=lambda f: {"due": f"{due.astimezone(SHANGHAI):%Y-%m-%d}"} if (due := f.self_due()) else {},
)
def self_given_or_late(f: AssessmentFacts) -> bool:
    """Reviewed is the self-assessment; where none came in time, the office goes on without (CITY-ERS 2(6))."""
    due = f.self_due()
    return f.self_given() is True or (f.self_given() is False and due is not None and f.now > due)


@rule(
    "NOT_MADE_PUBLIC",
    law="GBF-2005-37:3;CITY-ERS:2(6)",
    zh="评议考核的标准、过程和结果应当公开，应当载明公开地址。",
    en="It is not said where the result is public. State the address.",
)
def made_public(f: AssessmentFacts) -> bool:
    """Standards, course and result are public (GBF-2005-37 3, CITY-ERS 2(6))."""
    return bool(f.record.publish_address.strip())


@rule(
    "NOT_FAILED",
    law="CITY-ERS:2(6)",
    zh="考核结果为不合格的，方须提出书面整改意见。",
    en="The body did not fail. Nothing has to be mended in writing.",
)
def failed(f: AssessmentFacts) -> bool:
    """Who fails mends in writing (CITY-ERS 2(6))."""
    return f.record.grade == Grade.FAILED


@rule(
    "NOT_THE_UNIT",
    law="CITY-ERS:2(6)",
    zh="书面整改意见应当由被考核单位提出。",
    en="You do not act for the body that was assessed. Let that body hand it in.",
)
def by_unit(f: AssessmentFacts) -> bool:
    """The body that failed says how it mends (CITY-ERS 2(6))."""
    return f.of_body() is True


@rule(
    "RECTIFICATION_EMPTY",
    law="CITY-ERS:2(6)",
    zh="书面整改意见应当写明整改措施和完成情况。",
    en="It is not said how the body mends what it failed in. Write it (text).",
)
def rectification_said(f: AssessmentFacts) -> bool:
    """It is in writing (CITY-ERS 2(6))."""
    return bool(f.record.rectification.strip())


@rule(
    "RECTIFICATION_WAITS",
    law="CITY-ERS:2(6)",
    zh="已报送的整改意见尚未核查。",
    en="What was handed in was not looked into yet. Wait for that.",
)
def none_waits(f: AssessmentFacts) -> bool:
    """One is looked into before another is handed in (CITY-ERS 2(6))."""
    return f.record.rectification_waits is False


@rule(
    "NO_RECTIFICATION",
    law="CITY-ERS:2(6)",
    zh="没有待核查的整改意见。",
    en="Nothing waits to be looked into.",
)
def one_waits(f: AssessmentFacts) -> bool:
    """What is verified was handed in (CITY-ERS 2(6))."""
    return f.record.rectification_waits is True


@rule(
    "RESULT_MISSING",
    law="CITY-ERS:2(6)",
    zh="应当写明核查情况。",
    en="It is not said what was found. Say it (result).",
)
def result_said(f: AssessmentFacts) -> bool:
    """What was found is put on record (CITY-ERS 2(6))."""
    return bool(f.record.result.strip())


@rule(
    "COMMENDATION_INCOMPLETE",
    law="DL-ERS-2005;CITY-ERS:2(6)",
    zh="登记表彰应当载明称号、作出机关、文号、日期、评选条件和先进事迹；日期不得早于考核结果确定之日，也不得晚于登记之日。",
    en="A commendation lacks its title, who gave it, by which paper, the criteria or the deeds, or its day is before the "
    "grade was fixed or has not come. State all.",
)
def commendation_complete(f: AssessmentFacts) -> bool:
    """Who is commended, by whom, by which criteria and for what is on record (DL-ERS-2005)."""
    c, fixed = f.record.commendation, f.record.fix_time
    stated = (c.title, c.authority, c.document, c.criteria, c.deeds)
    timely = c.time is not None and fixed is not None and fixed.date() <= c.time.date() and c.time <= f.now
    return all(text.strip() for text in stated) and timely


@rule(
    "NOT_COMMENDABLE",
    law="DL-ERS-2005;CITY-ERS:2(6)",
    zh="表彰的单位应当考核为优秀且没有须责令整改的问题；表彰的个人应当是考核合格单位的负责人或者持证执法人员；"
    "正在被调查、已被追究责任，或者本人考核不合格的，不得表彰。",
    en="The body is not graded excellent or has something to put right, the person is none of a body that passed or failed "
    "personally, or one of them is investigated or was held responsible. Commend who may be.",
)
def commendable(f: AssessmentFacts) -> bool:
    """The results of the year are the ground of commendations; who answers for a wrong gets none (CITY-ERS 2(6), DL-ERS-2005)."""
    r = f.record
    if f.answers() is not False or f.officer_failed() is not False:
        return False
    if r.commendation.officer:
        return r.grade in tuple(Grade) and r.grade != Grade.FAILED and f.officer_of_body() is True
    return r.grade == Grade.EXCELLENT and not r.wrongs


@rule(
    "COMMENDED_ALREADY",
    law="DL-ERS-2005",
    zh="该单位、个人已按同一文书登记表彰。",
    en="The same is on record as commended by the same paper already.",
)
def not_commended(f: AssessmentFacts) -> bool:
    """A commendation is on record once (DL-ERS-2005)."""
    c = f.record.commendation
    return bool(c.document.strip()) and (c.officer, c.document.strip()) not in f.record.commended


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="不得以罚款、罚没收入或者案件数量作为表彰的条件或者事迹。",
    en="It commends for fines, for what they bring in, or for how many cases there are. Nobody is commended for that.",
)
def not_for_fines(f: AssessmentFacts) -> bool:
    """Nobody is commended for fines or case numbers, openly or in disguise (APL 74(3))."""
    return f.fine_target() is False


@rule(
    "NOT_MADE_PUBLIC",
    law="CITY-ERS:2(6)",
    zh="表彰应当公布，应当载明公布地址。",
    en="It is not said where the commendation is public. State the address.",
)
def commendation_public(f: AssessmentFacts) -> bool:
    """Who is commended is made public (CITY-ERS 2(6))."""
    return bool(f.record.commendation.address.strip())


# fmt: off
TABLE = table(
    "assessment",
    ("OPEN", "", "OPENED", "GBF-2005-37:3", (body_stood, scheme_set, countable, year_begun, not_opened),
     "OVERSIGHT", ("启动考核", "Open"), "", "OpenAssessment"),
    ("RECORD_OPINION", "OPENED SELF_SCORED REVIEWED", "=", "GBF-2005-37:3;CITY-ERS:3(37)", (opinion_sourced,),
     "OVERSIGHT", ("登记群众评议", "Record what the public says"), "", "RecordPublicOpinion"),
    ("TAKE_SELF_ASSESSMENT", "OPENED", "SELF_SCORED", "CITY-ERS:2(6)", (),
     "SYSTEM", ("接收自查自评", "Take the self-assessment in")),
    ("REVIEW", "OPENED SELF_SCORED REVIEWED", "REVIEWED", "CITY-ERS:2(6)",
     (year_over, self_given_or_late, APART, people_scored, opinion_taken),
     "OVERSIGHT", ("审查并提出考核档次", "Review and propose a grade"), "", "ReviewAssessment"),
    ("FIX_GRADE", "REVIEWED", "FIXED", "CITY-ERS:2(6)", (fixed_in_meeting, members_known, APART, grade_reasoned),
     "OVERSIGHT_HEAD", ("会议确定考核结果", "Fix the grade in a meeting"), "", "FixAssessmentGrade"),
    ("PUBLISH", "FIXED", "PUBLISHED", "GBF-2005-37:3;CITY-ERS:2(6)", (made_public,),
     "OVERSIGHT", ("公开考核结果", "Publish"), "", "PublishAssessment"),
    ("SUBMIT_RECTIFICATION", "PUBLISHED", "=", "CITY-ERS:2(6)", (by_unit, failed, none_waits, rectification_said),
     "UNIT_HEAD AGENCY_HEAD", ("报送书面整改意见", "Hand in how it mends"), "", "SubmitRectification"),
    ("VERIFY_RECTIFICATION", "PUBLISHED", "=", "CITY-ERS:2(6)", (one_waits, APART, result_said),
     "OVERSIGHT", ("核查整改", "Verify what was mended"), "", "VerifyRectification"),
    ("RECORD_COMMENDATION", "PUBLISHED", "=", "DL-ERS-2005;CITY-ERS:2(6)",
     (commendation_complete, commendable, not_commended, not_for_fines, commendation_public),
     "OVERSIGHT", ("登记表彰", "Record a commendation"), "", "RecordCommendation"),
    titles=("评议考核", "Assessment"),
    ends="PUBLISHED",
)
# fmt: on
ASSESSMENT = Procedure("assessment", AssessmentFacts, TABLE)
