"""The early-warning rules: what is looked for, how grave it is, and what a warning says. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType

from services.law.citation import cite
from services.law.clock import SHANGHAI, Clock
from services.law.process import rule


class Level(IntEnum):
    """Who has to look: the unit, the oversight body, or the oversight body with a clue opened."""

    YELLOW = 1
    ORANGE = 2
    RED = 3


@dataclass(frozen=True)
class EarlyWarning:
    """A rule of the catalogue of early warnings."""

    id: str
    title_zh: str
    title_en: str
    level: Level


RULES: Mapping[str, EarlyWarning] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            EarlyWarning("EW-02", "期限超期", "Deadline passed", Level.ORANGE),
            EarlyWarning("EW-05", "未告知先决定", "Decided before the party could answer", Level.RED),
            EarlyWarning("EW-07", "应审未审", "Decided without a proper legal review", Level.RED),
            EarlyWarning("EW-09", "无证或者单人执法", "Act without two certified officers", Level.RED),
            EarlyWarning("EW-20", "应备案未备案", "Major penalty not filed", Level.ORANGE),
            EarlyWarning("TWICE", "重复立案", "Filed by two departments", Level.ORANGE),
            EarlyWarning("CHAIN", "记录链中断", "Chain of records broken", Level.RED),
        )
    }
)


@dataclass(frozen=True)
class Finding:
    """One way in which a rule is broken; the texts take the figures that were found."""

    rule_id: str
    law: str  # empty: the article is that of the clock
    zh: str
    en: str

    def __post_init__(self) -> None:
        RULES[self.rule_id]
        if self.law:
            cite(self.law)


FINDINGS: Mapping[str, Finding] = MappingProxyType(
    {
        "CLOCK_PASSED": Finding(
            "EW-02",
            "",
            "“{clock_zh}”期限已于{due}届满，至今没有完成。",
            "The term “{clock_en}” ended on {due} and the thing is still undone.",
        ),
        "NO_NOTICE": Finding(
            "EW-05",
            "APL-2021:62",
            "处罚决定于{decided}作出，此前没有送达事先告知书。",
            "The penalty was decided on {decided}; no prior notice had been served by then.",
        ),
        "WINDOW_OPEN": Finding(
            "EW-05",
            "APL-2021:62;APL-2021:64[1]",
            "处罚决定于{decided}作出，当事人陈述申辩和要求听证的期限到{window}才届满，也没有书面放弃。",
            "Decided on {decided}; the party could answer until {window} and had not waived that in writing.",
        ),
        "NOT_REVIEWED": Finding(
            "EW-07",
            "APL-2021:58(1)",
            "处罚决定于{decided}作出，属于应当法制审核的案件，此前没有审核通过。",
            "The penalty was decided on {decided}; it needed a legal review, and none had passed by then.",
        ),
        "REVIEWER_ON_CASE": Finding(
            "EW-07",
            "APL-2021:58(1)",
            "法制审核人员{reviewer}同时是本案执法人员。",
            "The legal reviewer {reviewer} is an investigator of the same case.",
        ),
        "TOO_FEW_OFFICERS": Finding(
            "EW-09",
            "APL-2021:42(1)",
            "“{act_zh}”（{acted}）只有{count}名执法人员，依法不得少于{minimum}人。",
            "“{act_en}” on {acted} was done by {count} officer(s); the law asks for {minimum}.",
        ),
        "NOT_CERTIFIED": Finding(
            "EW-09",
            "APL-2021:42(1)",
            "执法人员{officer}（{number}）在“{act_zh}”（{acted}）时没有有效的行政执法证件。",
            "{officer} ({number}) held no certificate in force at “{act_en}” on {acted}.",
        ),
        "OF_ANOTHER_DEPARTMENT": Finding(
            "EW-09",
            "APL-2021:42(1)",
            "执法人员{officer}（{number}）在“{act_zh}”（{acted}）时已不属于该部门。",
            "{officer} ({number}) was not of this department at “{act_en}” on {acted}.",
        ),
        "OUT_OF_AREA": Finding(
            "EW-09",
            "APL-2021:42(1)",
            "执法人员{officer}（{number}）所持证件的执法区域不包括“{act_zh}”（{acted}）的实施地{place}。",
            "The certificate of {officer} ({number}) does not cover {place}, where “{act_en}” was done on {acted}.",
        ),
        "NOT_FILED": Finding(
            "EW-20",
            "",
            "重大行政处罚决定应当于{due}前报送备案，至今没有报送。",
            "The major penalty had to be filed by {due} and has not been.",
        ),
        "FILED_TWICE": Finding(
            "TWICE",
            "APL-2021:25(1)",
            "{body}已于{filed}就同一当事人的同一违法行为立案（{number}），两个以上行政机关都有管辖权的，由最先立案的管辖。",
            "{body} filed a case about the same act of the same party on {filed} ({number}); the first to file handles it.",
        ),
        "GAP": Finding(
            "CHAIN",
            "ASR-2025:12[2]",
            "{node}的{service}记录从第{expected}条到第{found}条之间有缺失。",
            "Records of {service} at {node} are missing: number {expected} was expected, {found} came.",
        ),
        "FORK": Finding(
            "CHAIN",
            "ASR-2025:12[2]",
            "{node}的{service}有两份记录：自第{found}条起，与此前收到的不同；此前收到的至第{last}条。该节点可能恢复了旧备份，或者同时运行了两份。",
            "{service} at {node} has two histories: from record {found} on they differ, up to {last} another one had been "
            "received. The node was set back to an older copy, or runs twice.",
        ),
        "FORGED": Finding(
            "CHAIN",
            "ASR-2025:12[2]",
            "收到以{node}的{service}名义发出、但不可信的记录（内容与其校验值、主题不符，或者该节点无权发出），未予处理，已留存待查。",
            "A record of {service} at {node} is forged: {why}. Nobody acted on it; it is kept.",
        ),
        "IMPOSSIBLE": Finding(
            "CHAIN",
            "ASR-2025:12[2]",
            "收到来自{node}的{service}、不能成立的记录（格式错误或者编号不可能），未予处理，已留存待查。",
            "What came as a record of {service} at {node} cannot be one: {why}. Nobody acted on it; it is kept.",
        ),
        "LATE": Finding(
            "CHAIN",
            "ASR-2025:12[2]",
            "{node}的{service}自第{found}条起的记录迟到，现已补收。",
            "Records of {service} at {node} from {found} on came late, after later ones.",
        ),
    }
)

# A clock of the party or one that forbids to act early is no failing of the agency when it ends.
_DUTIES_OF_OTHERS = frozenset({"party"})
_GRAVE_CLOCKS = frozenset({"PEN-15", "PEN-16"})
FILING_CLOCK = "PEN-27"
REVIEW_CLOCK = "PEN-28"
WINDOW_CLOCKS = ("PEN-10", "PEN-11")


@dataclass(frozen=True)
class Found:
    """A finding with its figures. `about` tells findings of one kind in one case apart."""

    reason: str
    occur_time: datetime
    about: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def finding(self) -> Finding:
        return FINDINGS[self.reason]

    @property
    def detail_zh(self) -> str:
        return self.finding.zh.format_map(self.figures)

    @property
    def detail_en(self) -> str:
        return self.finding.en.format_map(self.figures)


def said(at: datetime) -> str:
    """A moment as warnings write it, in Asia/Shanghai."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def is_duty(clock: Clock) -> bool:
    """Whether somebody in office fails a duty when the clock runs out."""
    return clock.direction == "after" and clock.who not in _DUTIES_OF_OTHERS


def clock_level(clock_id: str, again: bool) -> Level:
    """How grave it is that a clock ran out: red if that spoils the procedure, or at the second reminder."""
    return Level.RED if again or clock_id in _GRAVE_CLOCKS else Level.ORANGE


def clock_passed(clock: Clock, due: datetime) -> Found:
    """What is found when a clock runs out."""
    figures = {"clock_zh": clock.title_zh, "clock_en": clock.title_en, "due": said(due)}
    return Found(reason_of(clock.id), due, clock.id, figures)


def reason_of(clock_id: str) -> str:
    """Which finding it is that a clock ran out."""
    return "NOT_FILED" if clock_id == FILING_CLOCK else "CLOCK_PASSED"


@dataclass(frozen=True)
class Decision:
    """What a penalty decision is judged by. `window_end` is when the party's time to answer ends."""

    decide_time: datetime
    ordinary: bool
    notice_time: datetime | None
    window_end: datetime | None
    waive_time: datetime | None
    review_required: bool
    review_time: datetime | None  # when a review passed
    reviewer: str
    officers: frozenset[str]


def judge_decision(decision: Decision) -> Iterator[Found]:
    """What is wrong with how a penalty was decided (EW-05, EW-07)."""
    at, decided = decision.decide_time, {"decided": said(decision.decide_time)}
    if decision.ordinary:
        if decision.notice_time is None or decision.notice_time > at:
            yield Found("NO_NOTICE", at, figures=decided)
        elif decision.window_end and at <= decision.window_end and not _by(decision.waive_time, at):
            yield Found("WINDOW_OPEN", at, figures=decided | {"window": said(decision.window_end)})
    if decision.review_required and not _by(decision.review_time, at):
        yield Found("NOT_REVIEWED", at, figures=decided)
    if decision.reviewer and decision.reviewer in decision.officers:
        yield Found("REVIEWER_ON_CASE", at, figures={"reviewer": decision.reviewer})


DECISION_FINDINGS = ("NO_NOTICE", "WINDOW_OPEN", "NOT_REVIEWED", "REVIEWER_ON_CASE")


def _by(done: datetime | None, at: datetime) -> bool:
    return done is not None and done <= at


@dataclass(frozen=True)
class Standing:
    """From when to when a certificate holds; `suspensions` are (from, until) with None for no end yet."""

    issue_time: datetime
    expire_time: datetime
    suspensions: tuple[tuple[datetime, datetime | None], ...] = ()

    def in_force(self, at: datetime) -> bool:
        """Issued, not expired and not suspended; a suspension holds from its first moment up to its end."""
        return self.issue_time <= at < self.expire_time and not any(
            start <= at and (end is None or at < end) for start, end in self.suspensions
        )


@dataclass(frozen=True)
class DesignationFacts:
    """What a designation of jurisdiction is judged by."""

    decided: bool  # the case that would not go on


@rule("CASE_DECIDED", law="APL-2021:25", zh="另一方已作出处罚决定，不得再指定其案件移送。")
def may_yield(facts: DesignationFacts) -> bool:
    """A case that was decided already is not taken from the department that decided it."""
    return not facts.decided


@dataclass(frozen=True)
class ReviewFacts:
    """What the conclusion of a filing review is judged by."""

    opinion: str


@rule("OPINION_REQUIRED", law="ASR-2025:28", zh="提出备案审查异议，应当写明存在的问题。")
def opinion_given(facts: ReviewFacts) -> bool:
    """An objection to a filed penalty says what is wrong."""
    return bool(facts.opinion.strip())
