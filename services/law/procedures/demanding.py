"""What is asked of a demand before enforcement, and of what the party answers, whoever is to enforce (ACL 35, 36, 54)."""

from typing import Any

from services.law.rule import rule


@rule(
    "ACTS_OUT_OF_ORDER",
    law="ACL-2011:35;ACL-2011:37(1)",
    zh="催告、陈述、决定或者申请、送达和执行应当依次办理，不得早于前一行为，也不得登记尚未发生的行为。",
    en="The time given lies in the future, or before what this builds on. Correct it.",
)
def in_turn(f: Any) -> bool:
    """Demand, statement, decision or application, service and enforcement follow each other, and are recorded after they were
    done."""
    after = f.after()
    return after is not None and after <= f.at() <= f.now


@rule(
    "NOTHING_STATED",
    law="ACL-2011:36",
    zh="当事人没有陈述、申辩，或者尚未登记。",
    en="The party stated nothing, or it is not on record. Record it first.",
)
def stated(f: Any) -> bool:
    """Only what was stated is rechecked (ACL 36)."""
    return f.record.statement.receive_time is not None
