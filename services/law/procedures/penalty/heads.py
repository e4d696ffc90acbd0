"""What the law gives to the heads of the agency: who is one, and that none of them signs in a case of the own hands (APL 57)."""

from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.recusal import pending
from services.law.rule import rule


def _signer(f: PenaltyFacts) -> dict[str, str]:
    return {"person": f.signer()}


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-42",
    warning="EW-33",
    law="APL-2021:57(1)",
    zh="办案人员不得以负责人身份审批本案。",
    en="The caller investigates or investigated this case, and signs in it as head. Let another head do it.",
    tells=_signer,
)
def head_apart(f: PenaltyFacts) -> bool:
    """Who investigates a case does nothing in it as head of the agency."""
    signer = f.signer()
    return bool(signer.strip()) and not f.handled(signer)


@rule(
    "SOD_VIOLATION",
    guard="G-11 G-42",
    warning="EW-33",
    law="CITY-ERS:6(4)",
    zh="批准立案的负责人不得担任本案承办人员。",
    en="Who filed the case as head is named to handle it. Name others.",
    tells=lambda f: {"officers": f.case.filer},
)
def filer_not_officer(f: PenaltyFacts) -> bool:
    """The head who filed a case is none of those who handle it."""
    return not f.case.filer or f.case.filer not in f.officer_ids()


@rule(
    "DISCUSSION_NOT_BY_HEADS",
    guard="G-41",
    warning="EW-08",
    law="APL-2021:57(2)",
    zh="集体讨论由本机关负责人参加：所列成员中有人在讨论时不是登记在册的负责人。",
    en="Somebody named as a member of the discussion was no head of the body then, by the posts on record. Name its heads only.",
    tells=lambda f: {"members": ",".join(m for m in f.discussion().members if not f.rank(m))},
)
def members_are_heads(f: PenaltyFacts) -> bool:
    """Those who discuss and decide together are heads of this body in office."""
    return all([f.rank(member) > 0 for member in f.discussion().members])


@rule(
    "RECUSAL_PENDING_DECISION",
    guard="G-10",
    warning="EW-33",
    law="APL-2021:43(3)",
    zh="本人的回避申请尚未决定，不得审批、审核、主持听证或者终止案件。",
    en="The own recusal of the caller is open. Let it be decided first, or let somebody else do this.",
    tells=_signer,
)
def own_recusal_settled(f: PenaltyFacts) -> bool:
    """Whose own recusal waits for a decision neither signs, nor reviews, nor hears, nor ends the case; the inquiry goes on."""
    waits = {asked.officer_id for asked in pending(f.case)}
    return not waits or f.signer() not in waits
