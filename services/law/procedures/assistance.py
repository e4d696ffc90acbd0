"""Help that one agency asks of another in a case."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.papers import within
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class AssistanceRecord:
    """The record of a letter of assistance, with what the act hands in."""

    delay_tell_time: datetime | None = None
    delay_reason: str = ""


class AssistanceFacts(Facts):
    """The record of a letter with what the act hands in (`record`), and the node's own time."""

    record: AssistanceRecord
    now: datetime

    @abstractmethod
    def own_powers(self) -> bool:
        """Whether what is asked for lies in the powers of the agency that is asked."""

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the fifteen working days since the letter came are over."""


@rule(
    "NOT_COMPETENT",
    law="APL-2021:26;SAMR-2022:45(2)",
    zh="协助事项属于被请求机关职权范围的，应当予以协助；不属于的，退回。",
    en="What is asked for lies outside the powers of the agency. Decline it (Decline).",
)
def own_powers(f: AssistanceFacts) -> bool:
    """An agency helps within its own powers (APL 26)."""
    return f.own_powers()


@rule(
    "COMPETENT",
    law="APL-2021:26",
    zh="不属于职权范围的，方可不予协助。",
    en="What is asked for lies in the powers of the agency. Help.",
)
def outside_powers(f: AssistanceFacts) -> bool:
    """Only what lies outside its powers is declined (APL 26)."""
    return f.own_powers() is False


@rule(
    "DELAY_NOT_TOLD",
    law="SAMR-2022:45(2)",
    zh="需要延期完成的，应当在期限届满前告知请求机关。",
    en="The delay was not told before the term ended. Tell it, with the reason, while the term runs.",
)
def delay_told(f: AssistanceFacts) -> bool:
    """A delay is told before the term has ended (SAMR 45(2))."""
    return within(f.term_end(), f.record.delay_tell_time) and bool(f.record.delay_reason.strip())


# fmt: off
TABLE = table(
    "assistance",
    ("ASK", "", "ASKED", "APL-2021:26;SAMR-2022:45(1)", (),
     "AGENCY", ("出具协助调查函", "Ask for help")),
    ("RECEIVE", "ASKED", "RECEIVED", "SAMR-2022:45(2)", (),
     "ASSISTING_AGENCY", ("收到协助调查函", "Receive the letter"), "assistance.received"),
    ("DEFER", "RECEIVED", "=", "SAMR-2022:45(2)", (delay_told,),
     "ASSISTING_AGENCY", ("告知延期", "Tell a delay"), "assistance.deferred"),
    ("ANSWER", "RECEIVED", "ANSWERED", "SAMR-2022:45(2)", (own_powers,),
     "ASSISTING_AGENCY", ("完成协助", "Answer"), "assistance.answered"),
    ("DECLINE", "RECEIVED", "DECLINED", "APL-2021:26", (outside_powers,),
     "ASSISTING_AGENCY", ("不属于职权范围，退回", "Decline"), "assistance.answered"),
    titles=("协助调查", "Assistance"),
    ends="ANSWERED DECLINED",
)
# fmt: on
ASSISTANCE = Procedure("assistance", AssistanceFacts, TABLE)
