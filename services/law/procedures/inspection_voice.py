"""What an enterprise says of an inspection: once it has begun, and once."""

from abc import abstractmethod

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "GBF-2024-54"


class VoiceFacts(Facts):
    """The inspection that the code was given for."""

    @abstractmethod
    def begun(self) -> bool:
        """Whether the officers have come."""

    @abstractmethod
    def said_before(self) -> bool:
        """Whether a rating, or a complaint, was given under the code before."""

    @abstractmethod
    def says_something(self) -> bool:
        """Whether it rates, or complains in words."""


@rule(
    "NOT_BEGUN",
    law=LAW,
    zh="检查尚未开始，不能评价。",
    en="The inspection has not begun, so nothing can be said of it. Rate it afterwards.",
)
def inspection_begun(f: VoiceFacts) -> bool:
    """An inspection is rated when it has begun."""
    return f.begun() is True


@rule(
    "ALREADY_DONE",
    law=LAW,
    zh="该检查码已经评价或者投诉过。",
    en="Under this code it was rated, or complained of, before.",
)
def first_voice(f: VoiceFacts) -> bool:
    """Each code rates once, and complains once."""
    return f.said_before() is False


@rule(
    "NOTHING_SAID",
    law=LAW,
    zh="评价应当有星级，投诉应当有内容。",
    en="A rating has one to five stars, a complaint has words. Give them.",
)
def something_said(f: VoiceFacts) -> bool:
    """A rating has stars, a complaint words."""
    return f.says_something() is True


TABLE = table(
    "inspection_voice",
    ("RATE_INSPECTION", "", "SAID", LAW, (inspection_begun, first_voice, something_said), "PUBLIC",
     ("评价检查", "Rate an inspection"), "yifa.supervision.v1.InspectionRated"),
    titles=("企业评价", "What enterprises say"),
)  # fmt: skip
INSPECTION_VOICE = Procedure("inspection_voice", VoiceFacts, TABLE)
