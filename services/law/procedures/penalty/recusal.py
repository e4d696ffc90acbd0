"""Where somebody may have an interest in the case: who stands aside, and who says so (APL 43)."""

from yifa.enforcement.v1.case_pb2 import (
    RECUSAL_ASKER_SELF,
    RECUSAL_STATE_GRANTED,
    RECUSAL_STATE_PENDING,
    Case,
    Recusal,
)

from services.law.heads import CHIEF
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.shared import FEWEST_OFFICERS
from services.law.rule import rule


def pending(case: Case) -> list[Recusal]:
    """The requests that wait for a decision."""
    return [r for r in case.recusals if r.state == RECUSAL_STATE_PENDING]


def standing_aside(case: Case) -> set[str]:
    """Who does nothing more in the case."""
    return {r.officer_id for r in case.recusals if r.state == RECUSAL_STATE_GRANTED}


# Acts in which others take part besides the caller, who must not stand aside either.
_WITH_OFFICERS = frozenset({"ASSIGN_OFFICERS", "RECORD_EVIDENCE"})
_WITH_HEADS = frozenset({"MAKE_DECISION", "DECIDE_RECUSAL"})


def barred(f: PenaltyFacts) -> list[str]:
    """Who of those that take part in the act stands aside from the case."""
    aside = standing_aside(f.case)
    if not aside:
        return []
    taking_part = [f.caller()]
    if f.move.act in _WITH_OFFICERS:
        taking_part += f.officer_ids()
    if f.move.act in _WITH_HEADS:
        taking_part += f.discussion().members
    return sorted(aside.intersection(taking_part))


@rule(
    "OFFICER_RECUSED",
    guard="G-10",
    warning="EW-33",
    law="APL-2021:43(1);SAMR-2022:4",
    zh="已决定回避的人员不得再参与本案的办理。",
    en="Somebody who takes part in this act stands aside from the case. Let others do it.",
    tells=lambda f: {"officers": ",".join(barred(f))},
)
def not_recused(f: PenaltyFacts) -> bool:
    """Who stands aside by a granted recusal takes no further part in the case."""
    return not barred(f)


@rule(
    "RECUSAL_PENDING_DECISION",
    guard="G-10",
    warning="EW-33",
    law="APL-2021:43(3);SAMR-2022:4",
    zh="回避申请尚未决定，不得作出处理决定；调查不停止。",
    en="A request for recusal is open. Decide it first (DecideRecusal).",
    tells=lambda f: {"recusal_id": ",".join(r.recusal_id for r in pending(f.case))},
)
def none_pending(f: PenaltyFacts) -> bool:
    """Nothing is decided in a case while a request for recusal is open; the inquiry goes on."""
    return not pending(f.case)


@rule(
    "TOO_FEW_OFFICERS",
    guard="G-08 G-10",
    warning="EW-09",
    law="APL-2021:42(1);APL-2021:43(1)",
    zh="承办人员不足两人（含回避后），应当先行补足。",
    en="Fewer than two officers handle the case, after a recusal too. Assign others first (AssignOfficers).",
    tells=lambda f: {"count": str(len(f.case.officers))},
)
def replaced(f: PenaltyFacts) -> bool:
    """At least two officers handle the case; where one stood aside and fewer are left, another is named first."""
    return len({o.officer_id for o in f.case.officers}) >= FEWEST_OFFICERS


@rule(
    "NOT_ON_CASE",
    law="APL-2021:43(2)",
    zh="当事人的回避申请应当由本案承办人员、内勤或者负责人记录。",
    en="A request of the party is recorded by a handling officer, a clerk or a head of this case.",
    tells=lambda f: {"person": f.caller()},
)
def recorded_by_case(f: PenaltyFacts) -> bool:
    """Anybody in the case declares the own interest; a request of the party is recorded by those who handle the case."""
    return f.recusal().asker == RECUSAL_ASKER_SELF or f.on_case("LEGAL_REVIEWER")


@rule(
    "RECUSAL_NOT_OWN",
    guard="G-10",
    warning="EW-33",
    law="APL-2021:43(1)",
    zh="自行回避由本人提出；当事人的申请应当如实记录为当事人申请。",
    en="Somebody else's recusal is asked for as the caller's own. Record it as the party's request.",
    tells=lambda f: {"person": f.caller()},
)
def own_declaration(f: PenaltyFacts) -> bool:
    """People declare their own interest; what the party says of somebody is the party's request."""
    asked = f.recusal()
    return asked.asker != RECUSAL_ASKER_SELF or asked.officer_id == f.caller()


@rule(
    "ALREADY_DONE",
    law="APL-2021:43(2)",
    zh="对该人员的回避已经提出且尚未决定，或者已经决定回避。",
    en="This person's recusal is asked for already, or was granted.",
)
def not_asked_yet(f: PenaltyFacts) -> bool:
    """Somebody's recusal is asked for again only after it was refused."""
    asked = {r.officer_id for r in pending(f.case)} | standing_aside(f.case)
    return f.recusal().officer_id not in asked


@rule(
    "RECUSAL_NOT_PENDING",
    guard="G-10",
    law="APL-2021:43(3)",
    zh="本案没有待决定的该项回避申请。",
    en="There is no such request that waits for a decision.",
)
def recusal_pending(f: PenaltyFacts) -> bool:
    """What is decided is a request that waits for a decision."""
    return bool(pending(f.case)) and f.recusal().state == RECUSAL_STATE_PENDING


@rule(
    "RECUSAL_OWN_DECISION",
    guard="G-10",
    warning="EW-33",
    law="APL-2021:43(3);SAMR-2022:4",
    zh="任何人不得决定本人是否回避。",
    en="Somebody decides on the own recusal, alone or with others. Let others decide.",
    tells=lambda f: {"person": f.recusal().officer_id},
)
def another_decides(f: PenaltyFacts) -> bool:
    """Nobody decides, alone or with others, on the own recusal."""
    return bool(f.caller().strip()) and f.recusal().officer_id not in (f.caller(), *f.discussion().members)


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    guard="G-10",
    warning="EW-33",
    law="SAMR-2022:4",
    zh="行政机关主要负责人的回避，由行政机关负责人集体讨论决定。",
    en="The recusal of the head of the agency was not discussed by the heads together. Hand in the record and who took part.",
)
def heads_together(f: PenaltyFacts) -> bool:
    """The recusal of the head of the agency is decided by the heads together, with a record of who took part."""
    asked = f.recusal()
    chief = asked.of_head or f.rank(asked.officer_id) == CHIEF
    return not chief or f.discussion().held
