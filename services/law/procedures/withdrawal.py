"""A published decision that fell, on its way out of sight."""

from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class WithdrawalRecord:
    """The record of a withdrawal, with what the act hands in."""

    publish_time: datetime | None = None
    """When the decision was published."""
    reasons: str = ""
    reasons_publish_time: datetime | None = None


class WithdrawalFacts(Facts):
    """The record of a withdrawal with what the act hands in (`record`), and the node's own time."""

    record: WithdrawalRecord
    now: datetime


@rule(
    "NOT_PUBLISHED",
    law="APL-2021:48(2)",
    zh="已公开的处罚决定方需撤回。",
    en="The decision was not published. There is nothing to withdraw.",
)
def published(f: WithdrawalFacts) -> bool:
    """Only what was published is withdrawn (APL 48(2))."""
    return f.record.publish_time is not None


@rule(
    "REASONS_NOT_PUBLIC",
    law="APL-2021:48(2)",
    zh="撤回应当公开说明理由。",
    en="The reasons of the withdrawal are not given or not made public. Publish them.",
)
def reasons_public(f: WithdrawalFacts) -> bool:
    """The reasons of the withdrawal are made public (APL 48(2))."""
    return bool(f.record.reasons.strip()) and f.record.reasons_publish_time is not None


# fmt: off
TABLE = table(
    "withdrawal",
    ("CORRECT_OWN_DECISION", "", "DUE", "APL-2021:75(2)", (published,),
     "AGENCY_HEAD", ("主动改正处罚决定", "Correct the own decision"), "decision.changed"),
    ("NOTE_REMEDY", "", "DUE", "APL-2021:48(2)", (published,),
     "SYSTEM", ("决定被变更、撤销、确认违法或者无效", "Note that the decision fell")),
    ("WITHDRAW", "DUE", "WITHDRAWN", "APL-2021:48(2)", (reasons_public,),
     "CLERK", ("撤回并公开说明理由", "Withdraw, with reasons"), "publication.withdrawn decision.withdrawn"),
    ("CORRECT_CREDIT", "WITHDRAWN", "CORRECTED", "APL-2021:48(2);CREDIT-2025:19(2)", (),
     "CLERK", ("信用平台同步更正", "Correct the credit platform"), "credit.corrected"),
    titles=("撤回公开的处罚决定", "Withdrawal of a published decision"),
    ends="CORRECTED",
)
# fmt: on
WITHDRAWAL = Procedure("withdrawal", WithdrawalFacts, TABLE)
