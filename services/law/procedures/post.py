"""Posts: which duties are kept apart, and how long one person holds a sensitive post."""

# ruff: noqa: E501
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from yifa.registry.v1.post_pb2 import PostDuty

from services.law.process import Rule, rule


@dataclass(frozen=True)
class PostFacts:
    """What the rules on posts look at. `together` are duties that one person would hold at the same time."""

    together: tuple[frozenset[int], ...] = ()
    not_held: tuple[str, ...] = ()
    open: bool = True
    held_already: bool = False
    of_body: bool = True
    ended: bool = False
    rotate: bool = False


class Stay(NamedTuple):
    """From a moment on, until just before another; without an end it lasts."""

    from_time: datetime
    until_time: datetime | None = None

    def meets(self, other: "Stay") -> bool:
        """Whether there is a moment in both."""
        return (self.until_time is None or other.from_time < self.until_time) and (
            other.until_time is None or self.from_time < other.until_time
        )

    def covers(self, at: datetime) -> bool:
        return self.from_time <= at and (self.until_time is None or at < self.until_time)


def unbroken_since(at: datetime, stays: Iterable[Stay]) -> datetime:
    """Since when somebody has held a post without a gap, who holds it, or takes it, at a moment."""
    since = at
    for stay in sorted(stays, key=lambda s: s.from_time, reverse=True):
        if stay.from_time < since and (stay.until_time is None or stay.until_time >= since):
            since = stay.from_time
    return since


# fmt: off
# Who is not whom, which duties these are, under which article, and in what words.
_APART = (
    ("investigator_not_reviewer", "INVESTIGATE", "LEGAL_REVIEW", "SAMR-2022:49(3)", "办案与法制审核", "Inquiry and legal review"),
    ("investigator_not_host", "INVESTIGATE", "HEARING", "APL-2021:64[4]", "调查与主持听证", "Inquiry and the conduct of hearings"),
    ("investigator_not_decider", "INVESTIGATE", "DECIDE", "APL-2021:57(1)", "调查与决定", "Inquiry and decision"),
    ("reviewer_not_decider", "LEGAL_REVIEW", "DECIDE", "APL-2021:58(1)", "法制审核与决定", "Legal review and decision"),
    ("decider_not_collector", "DECIDE", "COLLECT", "APL-2021:67(1)", "决定罚款与收缴罚款", "The decision on fines and their collection"),
    ("investigator_not_supervisor", "INVESTIGATE", "SUPERVISE", "ASR-2025:8", "办案与行政执法监督", "Inquiry and the supervision of enforcement"),
)
# fmt: on


def _apart(name: str, one: str, other: str, law: str, zh: str, en: str) -> Rule:
    pair = {PostDuty.Value(f"POST_DUTY_{one}"), PostDuty.Value(f"POST_DUTY_{other}")}

    def holds(facts: PostFacts) -> bool:
        return not any(pair <= duties for duties in facts.together)

    holds.__name__ = name
    says, says_zh = f"{en} are held by different people.", f"{zh}岗位应当分设，不得由同一人担任。"
    return Rule("INCOMPATIBLE_DUTIES", law, says, says_zh, holds)


DUTIES_APART = tuple(_apart(*line) for line in _APART)


(
    investigator_not_reviewer,
    investigator_not_host,
    investigator_not_decider,
    reviewer_not_decider,
    decider_not_collector,
    investigator_not_supervisor,
) = DUTIES_APART


@rule("ITEM_NOT_HELD", law="APL-2021:38(1)", zh="该主体的权责清单或者委托书中没有所列事项。")
def items_held(facts: PostFacts) -> bool:
    """Only what the body holds, on its list or in its mandate, is given to a post."""
    return not facts.not_held


@rule("POST_CLOSED", law="CBZ-2019-7:17", zh="该岗位已撤销。")
def post_open(facts: PostFacts) -> bool:
    """A post that was given up is changed and filled no more."""
    return facts.open


@rule("POST_HELD", law="CBZ-2019-7:17", zh="该人员在此期间已担任该岗位。")
def not_held_already(facts: PostFacts) -> bool:
    """An officer holds a post once at a time."""
    return not facts.held_already


@rule("NOT_OF_THIS_BODY", law="ASR-2025:10", zh="该人员不在该执法主体的名册中。")
def of_this_body(facts: PostFacts) -> bool:
    """A post of a body is held by an officer on its roster."""
    return facts.of_body


@rule("ROTATION_DUE", law="CBZ-2019-7:17", zh="敏感岗位连续任职已达规定年限，应当轮岗。")
def rotation_kept(facts: PostFacts) -> bool:
    """Whoever has held a sensitive post as long as one person may is not appointed to it again without a break."""
    return not facts.rotate


@rule("APPOINTMENT_ENDED", law="CBZ-2019-7:17", zh="任职已结束，或者结束时间不晚于开始时间。")
def appointment_runs(facts: PostFacts) -> bool:
    """An appointment ends once, later than it began."""
    return not facts.ended


APPOINTMENT = (post_open, of_this_body, not_held_already, *DUTIES_APART, rotation_kept)
