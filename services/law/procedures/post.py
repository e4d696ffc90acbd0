"""Posts: which duties are kept apart, and how long one person holds a sensitive post."""

# ruff: noqa: E501
from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from yifa.registry.v1.post_pb2 import Post, PostDuty

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, Rule, rule


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


class Held(NamedTuple):
    """An appointment of the officer to a post, as it is on record."""

    appointment_id: str
    post_id: str
    stay: Stay


def unbroken_since(at: datetime, stays: Iterable[Stay]) -> datetime:
    """Since when somebody has held a post without a gap, who holds it, or takes it, at a moment."""
    since = at
    for stay in sorted(stays, key=lambda s: s.from_time, reverse=True):
        if stay.from_time < since and (stay.until_time is None or stay.until_time >= since):
            since = stay.from_time
    return since


class DutyFacts(Facts):
    """What is asked of the duties of a post that is defined, or taken."""

    @abstractmethod
    def together(self) -> tuple[frozenset[int], ...]:
        """The duties that one person would hold at the same time."""

    def clashing(self, pair: set[int]) -> tuple[str, ...]:
        """The other posts that bring a pair of duties into one hand."""
        return ()


class PostFacts(DutyFacts):
    """`post` as it stands, or as it is to be."""

    post: Post

    @abstractmethod
    def not_held(self) -> tuple[str, ...]:
        """The items to be given to it that the body holds neither on its list nor by its mandate."""

    def together(self) -> tuple[frozenset[int], ...]:
        """The duties of the post itself."""
        return (frozenset(self.post.duties),)


class StayFacts(Facts):
    """What is asked of the beginning and the end of an appointment."""

    @abstractmethod
    def stay(self) -> Stay:
        """From when until when it is to run."""

    @abstractmethod
    def over(self) -> bool:
        """Whether it ended already, or would go on after the end that it has."""


class AppointmentFacts(DutyFacts, StayFacts):
    """What is asked of an officer who is to hold `post`."""

    post: Post

    @abstractmethod
    def held(self) -> tuple[Held, ...]:
        """The officer's appointments so far."""

    @abstractmethod
    def duties(self, post_id: str) -> frozenset[int]:
        """The duties of another post that the officer holds."""

    @abstractmethod
    def body_id(self) -> str:
        """The body on whose roster the officer stands."""

    @abstractmethod
    def gone(self) -> datetime | None:
        """When the officer left the body of the post; None while on its roster."""

    @abstractmethod
    def rotation_due(self, since: datetime) -> datetime:
        """When whoever has held a sensitive post since a moment is to be rotated; beyond all days where no rule asks it."""

    def meeting(self) -> tuple[Held, ...]:
        """Those appointments that would run at the same time."""
        return tuple(h for h in self.held() if h.stay.meets(self.stay()))

    def same(self) -> tuple[Held, ...]:
        """Those among them that are to this very post."""
        return tuple(h for h in self.meeting() if h.post_id == self.post.post_id)

    def together(self) -> tuple[frozenset[int], ...]:
        """The duties of the post, and those with the duties of each other post held then."""
        own = frozenset(self.post.duties)
        others = (h for h in self.meeting() if h.post_id != self.post.post_id)
        return (own, *(own | self.duties(h.post_id) for h in others))

    def clashing(self, pair: set[int]) -> tuple[str, ...]:
        """The other posts that bring a pair of duties into one hand."""
        return tuple(
            h.post_id
            for h in self.meeting()
            if h.post_id != self.post.post_id and pair <= {*self.post.duties, *self.duties(h.post_id)}
        )

    def since(self) -> datetime:
        """Since when the officer would have held the post without a break."""
        stays = [h.stay for h in self.held() if h.post_id == self.post.post_id]
        return unbroken_since(self.stay().from_time, stays)


# Who is not whom, which duties these are, under which article, and in what words.
# fmt: off
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

    def holds(f: DutyFacts) -> bool:
        return not any(pair <= duties for duties in f.together())

    def tells(f: DutyFacts) -> dict[str, str]:
        clash = f.clashing(pair)
        return {"other_post_id": clash[-1]} if clash else {}

    holds.__name__ = name
    says = f"{en} are held by different people. Give one of them to somebody else."
    says_zh = f"{zh}岗位应当分设，不得由同一人担任；请由他人担任其中之一。"
    states = f"{en} are held by different people."
    return Rule("INCOMPATIBLE_DUTIES", law, says, says_zh, holds, states=states, guard="G-11", tells=tells)


DUTIES_APART = tuple(_apart(*line) for line in _APART)
(
    investigator_not_reviewer,
    investigator_not_host,
    investigator_not_decider,
    reviewer_not_decider,
    decider_not_collector,
    investigator_not_supervisor,
) = DUTIES_APART


@rule(
    "ITEM_NOT_HELD",
    law="APL-2021:38(1)",
    zh="该主体的权责清单或者委托书中没有所列事项；请核对事项。",
    en="The body holds some of these items neither on its list nor by its mandate. Correct the items.",
    tells=lambda f: {"items": ",".join(f.not_held()[:20])},
)
def items_held(f: PostFacts) -> bool:
    """Only what the body holds, on its list or in its mandate, is given to a post."""
    return not f.not_held()


@rule(
    "POST_CLOSED",
    law="CBZ-2019-7:17",
    zh="该岗位已撤销，不再变更和任职；请选择其他岗位。",
    en="The post was given up. Choose another, or define one.",
)
def post_open(f: PostFacts | AppointmentFacts) -> bool:
    """A post that was given up is changed and filled no more."""
    return not f.post.HasField("close_time")


@rule(
    "POST_HELD",
    law="CBZ-2019-7:17",
    zh="该人员在此期间已担任该岗位；请先结束原任职或者调整期间。",
    en="The officer holds this post in that time already. End that appointment first, or choose another time.",
    tells=lambda f: {"appointment_id": f.same()[-1].appointment_id},
)
def not_held_already(f: AppointmentFacts) -> bool:
    """An officer holds a post once at a time."""
    return not f.same()


@rule(
    "NOT_OF_THIS_BODY",
    law="INTERNAL",
    zh="该人员不在该执法主体的名册中。",
    en="The officer is not on the roster of the body whose post it is, or leaves it before. Choose one of its own.",
)
def of_this_body(f: AppointmentFacts) -> bool:
    """A post of a body is held by an officer on its roster."""
    left = f.gone()
    return f.body_id() == f.post.body_id and (left is None or left > f.stay().from_time)


@rule(
    "ROTATION_DUE",
    law="CBZ-2019-7:17",
    zh="敏感岗位连续任职已达规定年限，应当轮岗；请由他人担任。",
    en="The officer has held this sensitive post as long as one person may. Appoint somebody else.",
    tells=lambda f: {"due": f.rotation_due(f.since()).isoformat()},
)
def rotation_kept(f: AppointmentFacts) -> bool:
    """Whoever has held a sensitive post as long as one person may is not appointed to it again without a break."""
    begins, since = f.stay().from_time, f.since()
    return not (f.post.sensitive and since < begins and f.rotation_due(since) <= begins)


@rule(
    "APPOINTMENT_ENDED",
    law="CBZ-2019-7:17",
    zh="任职已结束，结束时间不晚于开始时间，或者晚于原定的结束时间；请核对时间，继续任职的应当重新任命。",
    en="The appointment ended already, would end before it began, or after the end that it has. Correct the time; for a longer "
    "one, appoint anew.",
)
def appointment_runs(f: StayFacts) -> bool:
    """An appointment ends once, later than it began; nothing but another appointment prolongs it."""
    until = f.stay().until_time
    return not f.over() and (until is None or until > f.stay().from_time)


# fmt: off
# Acts that lead to no state of their own: they begin and end nowhere.
POST_TABLE = table(
    "post",
    ("DEFINE_POST", "", "", "CBZ-2019-7:17", (*DUTIES_APART, items_held), "", ("设置岗位", "Define a post")),
    ("ASSIGN_ITEMS", "", "", "CBZ-2019-7:17", (post_open, items_held), "", ("分配事项", "Assign items")),
    ("CLOSE_POST", "", "", "CBZ-2019-7:17", (post_open,), "", ("撤销岗位", "Give the post up")),
    titles=("岗位", "Post"),
)
APPOINTMENT_TABLE = table(
    "appointment",
    ("APPOINT_OFFICER", "", "", "CBZ-2019-7:17", (post_open, of_this_body, not_held_already, *DUTIES_APART, rotation_kept, appointment_runs), "", ("任职", "Appoint")),
    titles=("任职", "Appointment to a post"),
)
ENDING_TABLE = table(
    "end_of_appointment",
    ("END_APPOINTMENT", "", "", "CBZ-2019-7:17", (appointment_runs,), "", ("结束任职", "End an appointment")),
    titles=("任职结束", "End of an appointment"),
)
# fmt: on
POST = Procedure("post", PostFacts, POST_TABLE)
APPOINTMENT = Procedure("appointment", AppointmentFacts, APPOINTMENT_TABLE)
END_OF_APPOINTMENT = Procedure("end_of_appointment", StayFacts, ENDING_TABLE)
