"""The rules by which leaders are called to account, the chief first (领导问责)."""

from services.law.procedures.accountability.facts import AccountabilityFacts
from services.law.procedures.accountability.kinds import OF_LEADERS, Against, Cause, LeaderShare, Share
from services.law.rule import rule


@rule(
    "CAUSE_OF_LEADERS",
    law="OPR-SUP:16;HRB-2008-58",
    zh="领导问责的事由只适用于登记在册的单位负责人。",
    en="A cause is one for which leaders answer, and the person was no head of the unit by the registry. Name another cause.",
)
def cause_fits(f: AccountabilityFacts) -> bool:
    """For what leaders are called to account nobody else answers (OPR-SUP 16)."""
    return OF_LEADERS.isdisjoint(f.record.causes) or (
        f.record.against == Against.PERSON and f.leads() is True
    )


@rule(
    "LEADER_NOT_WEIGHED",
    law="OPR-SUP:16;HRB-2008-58",
    zh="追究单位责任的，应当写明行为发生的时间，并认定当时主要负责人的领导责任；不予认定的，应当说明理由。",
    en="It is not said when it happened, or neither what the chief of then answers for nor why for nothing. State that.",
)
def chief_weighed(f: AccountabilityFacts) -> bool:
    """Where a unit did wrong it is said what its leaders answer for, the chief of then first (OPR-SUP 16)."""
    if f.record.against == Against.PERSON:
        return True
    found = f.record.found
    if found.occur_time is None or found.occur_time > f.now:
        return False
    named = {leader.officer for leader in found.leaders} - {""}
    return f.chief_then() in named or bool(found.no_leader.strip())


@rule(
    "NOT_A_LEADER_THEN",
    law="OPR-SUP:16;HRB-2008-58",
    zh="认定领导责任的，应当是行为发生时登记在册的负责人，并写明责任、事由和理由；第一责任人责任只属于主要负责人。",
    en="Somebody was no head of the unit when it happened, by the registry, or share, cause or reasons are missing; only the "
    "chief is first responsible. Name who led it then.",
)
def leaders_by_registry(f: AccountabilityFacts) -> bool:
    """Who led the unit when it happened answers, as the registry has it (OPR-SUP 16)."""
    leaders = f.record.found.leaders
    if not leaders:
        return True
    once = len({leader.officer for leader in leaders}) == len(leaders)
    return once and all(_answers(leader, f) for leader in leaders)


def _answers(leader: LeaderShare, f: AccountabilityFacts) -> bool:
    said = leader.share in tuple(Share) and leader.cause in tuple(Cause) and bool(leader.reasons.strip())
    first = leader.share != Share.FIRST or leader.officer == f.chief_then()
    return said and first and leader.officer in f.heads_then()
