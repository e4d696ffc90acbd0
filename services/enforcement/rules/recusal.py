"""What the law asks where somebody may have an interest in the case: who stands aside, and who says so (APL 43). Pure."""

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.recusal_pb2 import (
    RECUSAL_ASKER_SELF,
    RECUSAL_STATE_GRANTED,
    RECUSAL_STATE_PENDING,
    Recusal,
)

from services.enforcement.facts import Facts
from services.law.process import rule

FEWEST_OFFICERS = 2


def pending(case: Case) -> list[Recusal]:
    """The requests that wait for a decision."""
    return [r for r in case.recusals if r.state == RECUSAL_STATE_PENDING]


def standing_aside(case: Case) -> set[str]:
    """Who does nothing more in the case."""
    return {r.officer_id for r in case.recusals if r.state == RECUSAL_STATE_GRANTED}


def barred(f: Facts) -> list[str]:
    """Who of those that take part in the act stands aside from the case."""
    if not f.case.recusals:
        return []
    taking_part = {f.caller, *f.discussers, *(p.officer_id for p in f.officers or ())}
    return sorted(standing_aside(f.case).intersection(taking_part))


@rule("OFFICER_RECUSED", law="APL-2021:43(1);SAMR-2022:4", zh="已决定回避的人员不得再参与本案的办理。")
def not_recused(f: Facts) -> bool:
    """Who stands aside by a granted recusal takes no further part in the case."""
    return not barred(f)


@rule(
    "RECUSAL_PENDING_DECISION",
    law="APL-2021:43(3);SAMR-2022:4",
    zh="回避申请尚未决定，不得作出处理决定；调查不停止。",
)
def none_pending(f: Facts) -> bool:
    """Nothing is decided in a case while a request for recusal is open; the inquiry goes on."""
    return not pending(f.case)


@rule("TOO_FEW_OFFICERS", law="APL-2021:42(1);APL-2021:43(1)", zh="承办人员回避后不足两人，应当先行补足。")
def replaced(f: Facts) -> bool:
    """Where a handling officer stood aside and fewer than two are left, another is named first."""
    return len(f.case.officers) >= FEWEST_OFFICERS or not standing_aside(f.case)


@rule(
    "RECUSAL_NOT_OWN", law="APL-2021:43(1)", zh="自行回避由本人提出；当事人的申请应当如实记录为当事人申请。"
)
def own_declaration(f: Facts) -> bool:
    """People declare their own interest; what the party says of somebody is the party's request."""
    return f.recusal is None or f.recusal.asker != RECUSAL_ASKER_SELF or f.recusal.officer_id == f.caller


@rule("ALREADY_DONE", law="APL-2021:43(2)", zh="对该人员的回避已经提出且尚未决定，或者已经决定回避。")
def not_asked_yet(f: Facts) -> bool:
    """Somebody's recusal is asked for again only after it was refused."""
    asked = {r.officer_id for r in pending(f.case)} | standing_aside(f.case)
    return f.recusal is None or f.recusal.officer_id not in asked


@rule("RECUSAL_NOT_PENDING", law="APL-2021:43(3)", zh="本案没有待决定的该项回避申请。")
def recusal_pending(f: Facts) -> bool:
    """What is decided is a request that waits for a decision."""
    if f.recusal is None:
        return bool(pending(f.case))
    return f.recusal.state == RECUSAL_STATE_PENDING


@rule("RECUSAL_OWN_DECISION", law="APL-2021:43(3);SAMR-2022:4", zh="任何人不得决定本人是否回避。")
def another_decides(f: Facts) -> bool:
    """Nobody decides, alone or with others, on the own recusal."""
    return f.recusal is None or f.recusal.officer_id not in (f.caller, *f.discussers)


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    law="SAMR-2022:4",
    zh="行政机关主要负责人的回避，由行政机关负责人集体讨论决定。",
)
def heads_together(f: Facts) -> bool:
    """The recusal of the head of the agency is decided by the heads together, with a record of who took part."""
    return f.recusal is None or not f.recusal.of_head or f.discussed is not False
