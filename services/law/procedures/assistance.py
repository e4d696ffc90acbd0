"""Help that one agency asks of another in a case, and what the common superior says where it is declined (APL 26)."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.papers import within
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "A-"
"""How the id of a letter of assistance begins."""


@dataclass(frozen=True)
class AssistanceRecord:
    """The record of a letter of assistance, with what the act hands in."""

    subject: str = ""
    """What is asked for."""
    reason: str = ""
    item_id: str = ""
    """The item of the asked agency's list on which the letter rests; empty where it names none."""
    wanted_time: datetime | None = None
    """Until when it is asked for."""
    answer: str = ""
    delay_tell_time: datetime | None = None
    delay_reason: str = ""
    decline_reason: str = ""
    free_to_decline: bool = False
    """Whether the common superior has not said that the agency helps."""


class AssistanceFacts(Facts):
    """The record of a letter with what the act hands in (`record`), and the node's own time."""

    record: AssistanceRecord
    now: datetime

    @abstractmethod
    def own_powers(self) -> bool:
        """Whether the item that the letter names is one of the agency that is asked, by its published list."""

    @abstractmethod
    def may_help(self) -> bool:
        """Whether another body that may enforce is asked."""

    @abstractmethod
    def case_open(self) -> bool:
        """Whether the case is inquired into."""

    @abstractmethod
    def asking(self) -> bool:
        """Whether the act is done where the agency is that asks."""

    @abstractmethod
    def asked(self) -> bool:
        """Whether the act is done where the agency is that is asked."""

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the fifteen working days since the letter came are over."""


@rule(
    "ASSISTANCE_INCOMPLETE",
    law="SAMR-2022:45(1);APL-2021:26",
    zh="协助请求应当载明协助事项、理由和要求的期限，期限应当在提出之后。",
    en="The letter does not say what is asked for, why, and until when. State all three; the day lies ahead.",
)
def letter_complete(f: AssistanceFacts) -> bool:
    """A letter says what is asked for, why, and until when (SAMR 45(1))."""
    said = f.record.subject.strip() and f.record.reason.strip()
    return bool(said) and f.record.wanted_time is not None and f.record.wanted_time > f.at()


@rule(
    "ASSISTANCE_BODY",
    law="APL-2021:26",
    zh="协助请求应当向另一具有行政处罚实施权的机关提出。",
    en="Help is asked of another body that may enforce. Name one.",
)
def body_may_help(f: AssistanceFacts) -> bool:
    """Another competent body is asked (APL 26)."""
    return f.may_help()


@rule(
    "ASSISTANCE_CASE",
    law="APL-2021:26",
    zh="协助请求应当因实施行政处罚的需要提出，案件应当在办理之中。",
    en="Help is asked for a case that is inquired into. This one is not.",
)
def serves_case(f: AssistanceFacts) -> bool:
    """Help serves a penalty that is inquired into (APL 26)."""
    return f.case_open()


@rule(
    "ASSISTANCE_SIDE",
    law="APL-2021:26",
    zh="该事项应当由请求协助的机关办理。",
    en="This is for the agency that asked for help.",
)
def by_asking_side(f: AssistanceFacts) -> bool:
    """Who asked goes on with the request."""
    return f.asking()


@rule(
    "ASSISTANCE_SIDE",
    law="APL-2021:26",
    zh="该事项应当由被请求协助的机关办理。",
    en="This is for the agency that was asked for help.",
)
def by_asked_side(f: AssistanceFacts) -> bool:
    """Who was asked answers."""
    return f.asked()


@rule(
    "NOT_COMPETENT",
    law="APL-2021:26;SAMR-2022:45(2)",
    zh="协助事项属于被请求机关职权范围的，应当予以协助；不属于的，退回。",
    en="What is asked for lies outside the powers of the agency. Decline it (DeclineAssistance).",
)
def own_powers(f: AssistanceFacts) -> bool:
    """An agency helps within its own powers (APL 26)."""
    return not f.record.item_id or f.own_powers()


@rule(
    "COMPETENT",
    law="APL-2021:26",
    zh="属于职权范围，或者共同上级已决定应当协助的，不得不予协助。",
    en="What is asked for lies in the powers of the agency, or the common superior said that it helps. Help.",
)
def outside_powers(f: AssistanceFacts) -> bool:
    """Only what lies outside its powers is declined (APL 26), and nothing that the common superior decided."""
    return (not f.record.item_id or f.own_powers() is False) and f.record.free_to_decline


@rule(
    "ASSISTANCE_REASONS",
    law="APL-2021:26;SAMR-2022:45(2)",
    zh="不予协助的，应当说明理由。",
    en="Help is declined with reasons. State them.",
)
def decline_reasoned(f: AssistanceFacts) -> bool:
    """Help is declined with reasons."""
    return bool(f.record.decline_reason.strip())


@rule(
    "ASSISTANCE_ANSWER",
    law="SAMR-2022:45(2)",
    zh="完成协助的，应当书面答复协助结果。",
    en="The answer says what came of it. State it.",
)
def answered(f: AssistanceFacts) -> bool:
    """An answer says what came of it."""
    return bool(f.record.answer.strip())


@rule(
    "DELAY_NOT_TOLD",
    law="SAMR-2022:45(2)",
    zh="需要延期完成的，应当在期限届满前告知请求机关。",
    en="The delay was not told before the term ended. Tell it, with the reason, while the term runs.",
)
def delay_told(f: AssistanceFacts) -> bool:
    """A delay is told before the term has ended (SAMR 45(2))."""
    return within(f.term_end(), f.record.delay_tell_time) and bool(f.record.delay_reason.strip())


_ASK = (by_asking_side, letter_complete, body_may_help, serves_case)

# fmt: off
TABLE = table(
    "assistance",
    ("ASK_ASSISTANCE", "", "ASKED", "APL-2021:26;SAMR-2022:45(1)", _ASK,
     "HANDLING_OFFICER UNIT_HEAD", ("请求协助", "Ask for help"), "assistance.asked"),
    ("ACCEPT_ASSISTANCE", "ASKED", "RECEIVED", "SAMR-2022:45(2);APL-2021:26", (by_asked_side, own_powers),
     "UNIT_HEAD AGENCY_HEAD CLERK", ("接受协助请求", "Accept the request"), "assistance.received"),
    ("DEFER_ASSISTANCE", "RECEIVED", "=", "SAMR-2022:45(2)", (by_asked_side, delay_told),
     "HANDLING_OFFICER UNIT_HEAD", ("告知延期", "Tell a delay"), "assistance.deferred"),
    ("ANSWER_ASSISTANCE", "RECEIVED", "ANSWERED", "SAMR-2022:45(2);APL-2021:26", (by_asked_side, own_powers, answered),
     "HANDLING_OFFICER UNIT_HEAD", ("完成协助", "Answer"), "assistance.answered"),
    ("DECLINE_ASSISTANCE", "ASKED RECEIVED", "DECLINED", "APL-2021:26", (by_asked_side, outside_powers, decline_reasoned),
     "AGENCY_HEAD", ("不予协助，退回", "Decline"), "assistance.declined assistance.answered"),
    ("OBJECT_TO_DECLINE", "DECLINED", "OBJECTED", "APL-2021:26", (by_asking_side,),
     "AGENCY_HEAD", ("报请共同上级协调", "Take it to the common superior"), "assistance.objected"),
    ("RULE_FOR_HELP", "OBJECTED", "RECEIVED", "APL-2021:26", (),
     "SUPERIOR_AGENCY", ("决定应当协助", "Decide that it helps"), "assistance.ruled", "RuleOnAssistance"),
    ("RULE_AGAINST_HELP", "OBJECTED", "REFUSED", "APL-2021:26", (),
     "SUPERIOR_AGENCY", ("决定不予协助", "Decide that it does not"), "assistance.ruled", "RuleOnAssistance"),
    titles=("行政协助", "Assistance"),
    ends="ANSWERED REFUSED",
)
# fmt: on
ASSISTANCE = Procedure("assistance", AssistanceFacts, TABLE)
