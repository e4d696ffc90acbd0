"""The rules on enforcing a duty other than to pay: demolition, performance by a substitute and its costs (ACL 44, 50–52)."""

from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.record import Place, Signer, Way
from services.law.procedures.enforcement.rules import does_harm
from services.law.procedures.papers import Duty
from services.law.procedures.shared import remedy_unused
from services.law.rule import rule


def directly(f: EnforcementFacts) -> bool:
    """Whether the agency enforces by its own force; a way that is not named is held to what a substitute is."""
    return f.record.way == Way.DIRECT


@rule(
    "ANNOUNCEMENT_INCOMPLETE",
    guard="G-63",
    warning="EW-35",
    law="ACL-2011:44",
    zh="对违法的建筑物、构筑物、设施等强制拆除的，应当予以公告，载明公告处所，并限定今后的期限由当事人自行拆除。",
    en="It is no demolition, or the announcement lacks its place (place) or a term to come (term_end_time). Complete it.",
)
def announcement_whole(f: EnforcementFacts) -> bool:
    """A demolition is announced in public, with a term to do it oneself (ACL 44)."""
    r = f.record
    end = r.demolition_term_end_time
    return r.duty == Duty.DEMOLITION and bool(r.demolition_place.strip()) and end is not None and end > f.at()


@rule(
    "DEMOLITION_PRECONDITION",
    guard="G-63",
    warning="EW-35",
    law="ACL-2011:44",
    zh="强制拆除应当公告，限期自行拆除，且当事人在法定期限内不申请复议、不起诉又不拆除。",
    en="The demolition was not announced, its term is open, or a remedy was used or may still be. Announce it, or wait.",
)
def demolition_ready(f: EnforcementFacts) -> bool:
    """Demolition is announced with a term to do it oneself, and no remedy was used in time (ACL 44)."""
    r = f.record
    if r.duty in (Duty.MONEY, Duty.OTHER):
        return True
    announced, end = r.demolition_announce_time, r.demolition_term_end_time
    return announced is not None and end is not None and announced < end < f.at() and remedy_unused.holds(f)


@rule(
    "NOT_AS_DECIDED",
    warning="EW-35",
    law="ACL-2011:37(2)",
    zh="应当按照强制执行决定书载明的方式执行；决定代履行的，按照代履行办理。",
    en="The decision says that a substitute performs. Have it performed by the substitute (StartSubstitute).",
)
def decided_directly(f: EnforcementFacts) -> bool:
    """What is enforced by force was decided so (ACL 37(2))."""
    return directly(f)


@rule(
    "NOT_AS_DECIDED",
    warning="EW-35",
    law="ACL-2011:51(1)[1]",
    zh="决定代履行并送达代履行决定书的，方可代履行。",
    en="The decision does not say that a substitute performs. Enforce as it says (StartEnforcement).",
)
def decided_by_substitute(f: EnforcementFacts) -> bool:
    """A substitute performs only where the decision that was served says so (ACL 51(1)[1])."""
    return f.record.way == Way.SUBSTITUTE


@rule(
    "DECISION_INCOMPLETE",
    warning="EW-35",
    law="ACL-2011:50;ACL-2011:51(1)[1]",
    zh="代履行决定书应当载明标的、费用预算以及代履行人；代履行人应当是行政机关或者没有利害关系的第三人。",
    en="The decision lacks what it is performed on, the budget or who performs, or who does may have an interest. Complete it.",
)
def substitute_stated(f: EnforcementFacts) -> bool:
    """A decision on a substitute states target, budget and performer, who has no interest in it (ACL 50, 51(1)[1])."""
    s = f.record.substitute
    return directly(f) or (
        bool(s.performer.strip() and s.target.strip()) and s.budget_fen > 0 and s.uninterested
    )


@rule(
    "SUBSTITUTE_NOT_ALLOWED",
    warning="EW-35",
    law="ACL-2011:50",
    zh="不履行的后果已经或者将危害交通安全、造成环境污染或者破坏自然资源的，方可代履行。",
    en="The decision does not say what the duty, left undone, endangers (harm). Enforce by other means.",
)
def substitute_allowed(f: EnforcementFacts) -> bool:
    """A substitute performs what, left undone, endangers traffic, the environment or natural resources (ACL 50)."""
    return directly(f) or does_harm(f)


@rule(
    "SCHEDULE_PAST",
    law="ACL-2011:51(1)[2]",
    zh="代履行日期应当晚于现在，并留足代履行前三日催告的时间。",
    en="The day lies too near: three working days have to pass after the demand before it. Set a later day.",
)
def scheduled_ahead(f: EnforcementFacts) -> bool:
    """The day leaves time for the demand before it (ACL 51(1)[2])."""
    by = f.substitute_demand_by()
    return by is not None and f.at() <= by


@rule(
    "NOT_SCHEDULED",
    law="ACL-2011:51(1)[2]",
    zh="代履行前催告应当在确定代履行日期之后、该日期三日之前进行。",
    en="No day is set on which the substitute performs. Set one first (ScheduleSubstitute).",
)
def day_set(f: EnforcementFacts) -> bool:
    """The demand names the day on which the substitute performs (ACL 51(1)[2])."""
    return f.record.perform_time is not None


@rule(
    "SERVICE_PROOF_MISSING",
    warning="EW-35",
    law="ACL-2011:38;ACL-2011:51(1)[2]",
    zh="代履行前的催告应当送达当事人，并有送达回证。",
    en="No receipt proves that the demand came to the party. Name it (receipt).",
)
def demand_shown(f: EnforcementFacts) -> bool:
    """That the party was told once more is proved (ACL 38, 51(1)[2])."""
    return f.record.substitute_demand_time is not None and bool(f.record.substitute_demand_receipt.strip())


@rule(
    "DEMAND_TERM_OPEN",
    warning="EW-35",
    law="ACL-2011:51(1)[2]",
    zh="代履行三日前应当再次催告当事人履行，且不得早于确定的代履行日期实施。",
    en="The party was not told again three working days before, or the day that was set has not come. Wait, or set another day.",
)
def substitute_demanded(f: EnforcementFacts) -> bool:
    """Three working days before a substitute performs, on the day that was set, the party is told once more (ACL 51(1)[2])."""
    demanded, by, day = f.record.substitute_demand_time, f.substitute_demand_by(), f.record.perform_time
    known = demanded is not None and by is not None and day is not None
    return directly(f) or (known and demanded <= by and day <= f.at())  # type: ignore[operator]


@rule(
    "SUBSTITUTE_UNSUPERVISED",
    warning="EW-35",
    law="ACL-2011:51(1)[3]",
    zh="代履行时，作出决定的行政机关应当派员到场监督；到场人员应当是本案执法人员。",
    en="No officer of the case is named who watches over the substitute, or somebody else is. Name officers of it (supervisors).",
)
def substitute_supervised(f: EnforcementFacts) -> bool:
    """The agency's people watch over a substitute (ACL 51(1)[3])."""
    return directly(f) or (bool(f.record.supervisors) and {*f.record.supervisors} <= {*f.handling()})


@rule(
    "UNLAWFUL_FORCE",
    warning="EW-35",
    law="ACL-2011:51(3)",
    zh="代履行不得采用暴力、胁迫以及其他非法方式。",
    en="It is not said that no violence, threats or other unlawful means are used (peaceful). See to it, and say so.",
)
def without_violence(f: EnforcementFacts) -> bool:
    """A substitute uses no violence, threats or other unlawful means; that it does not is said (ACL 51(3))."""
    return directly(f) or f.record.peaceful


@rule(
    "RECORD_MISSING",
    warning="EW-35",
    law="ACL-2011:51(1)[4]",
    zh="代履行完毕，到场监督的工作人员、代履行人和当事人或者见证人应当在执行文书上签名或者盖章。",
    en="The supervisor, the performer, and the party or a witness have not all signed the record (signers). Have it signed.",
)
def record_signed(f: EnforcementFacts) -> bool:
    """The record of a substitute is signed by who watched, who performed, and the party or a witness (ACL 51(1)[4])."""
    if directly(f):
        return True
    signed = set(f.record.signers)
    return signed >= {Signer.SUPERVISOR, Signer.PERFORMER} and not signed.isdisjoint(
        {Signer.PARTY, Signer.WITNESS}
    )


# Clearing at once.


@rule(
    "CLEARING_NOT_NAMED",
    warning="EW-35",
    law="ACL-2011:52",
    zh="需要立即清除道路、河道、航道或者公共场所的遗洒物、障碍物或者污染物，当事人不能清除的，方可立即代履行。",
    en="It is not said where what was cleared, by whom, and why the party could not (place, what, performer, unable). Say it.",
)
def clearing_named(f: EnforcementFacts) -> bool:
    """Cleared at once is what lies on roads, rivers, waterways or public places, where the party cannot do it (ACL 52)."""
    c = f.record.clearing
    said = (c.what, c.unable, c.performer)
    return c.place in tuple(Place) and all(text.strip() for text in said)


@rule(
    "ACT_IN_FUTURE",
    law="ACL-2011:52",
    zh="尚未实施的立即代履行不得登记。",
    en="The time given lies in the future. Record it after it was done.",
)
def cleared_already(f: EnforcementFacts) -> bool:
    """What was cleared is recorded after it was done."""
    at = f.at()
    return bool(at) and at <= f.now


@rule(
    "CASE_NOT_OPEN",
    law="ACL-2011:52",
    zh="立即代履行应当在已立案、尚未结案的案件中登记，并依法作出处理。",
    en="The case is not filed, or is closed. File it, and deal with it by the law.",
)
def within_a_case(f: EnforcementFacts) -> bool:
    """What was cleared at once is dealt with by the law, in a case (ACL 52)."""
    return f.case_open() is True


@rule(
    "NOTHING_TO_TELL",
    law="ACL-2011:52",
    zh="仅立即代履行时当事人不在场的，应当事后立即通知当事人，并载明通知文书；只登记一次。",
    en="Nothing was cleared in the party's absence, it was told already, or no paper shows it (told_by).",
)
def clearing_to_tell(f: EnforcementFacts) -> bool:
    """Who was not there is told at once, once, and that is shown (ACL 52)."""
    c = f.record.clearing
    return (
        c.place in tuple(Place)
        and bool(c.told_by.strip())
        and not c.party_present
        and f.told_before() is False
    )


# What it cost.


@rule(
    "NO_SUBSTITUTE",
    law="ACL-2011:51(2)",
    zh="代履行完毕的，方可向当事人收取代履行费用；立即代履行时当事人不在场的，应当先行通知。",
    en="No substitute has performed, or the party was not told what was cleared in its absence. Tell it first (TellOfClearing).",
)
def substitute_performed(f: EnforcementFacts) -> bool:
    """The party bears the costs of a substitute that performed, and of a clearing that it knows of (ACL 51(2), 52)."""
    c = f.record.clearing
    known = c.place is None or c.party_present or bool(c.told_by.strip())
    return f.record.way == Way.SUBSTITUTE and known


@rule(
    "COSTS_INCOMPLETE",
    law="ACL-2011:51(2)",
    zh="代履行费用按照成本合理确定；应当载明数额、计算方法、凭证、缴纳期限和救济途径，并有送达回证。",
    en="The claim lacks the amount, how it is reckoned, the bill, a term to come, the remedies or the receipt. Complete it.",
)
def costs_whole(f: EnforcementFacts) -> bool:
    """Costs are reckoned by what was spent, shown, and told with a term and the ways against it (ACL 51(2))."""
    c = f.record.costs
    said = (c.reckoning, c.bill, c.remedies, c.receipt)
    term = c.term_end_time is not None and c.term_end_time > f.at()
    return c.amount_fen > 0 and term and all(text.strip() for text in said)


@rule(
    "COSTS_OVER_BUDGET",
    law="ACL-2011:51(2)",
    zh="代履行费用超出决定书载明的费用预算的，应当说明理由。",
    en="It is more than the budget of the decision, and it is not said why (overrun). Say it, or claim less.",
    tells=lambda f: {"budget_fen": str(f.record.substitute.budget_fen)},
)
def within_budget(f: EnforcementFacts) -> bool:
    """Costs beyond what the decision told are explained; a clearing at once has no budget (ACL 51(1)[1], 51(2))."""
    c, told = f.record.costs, f.record.substitute.budget_fen
    return f.record.clearing.place in tuple(Place) or 0 < c.amount_fen <= told or bool(c.overrun.strip())


@rule(
    "ALREADY_DONE",
    law="ACL-2011:51(2)",
    zh="代履行费用已经决定。",
    en="The costs were claimed already.",
)
def not_claimed_yet(f: EnforcementFacts) -> bool:
    """Costs are claimed once."""
    return f.claimed_before() is False


@rule(
    "COSTS_NOT_CLAIMED",
    law="ACL-2011:51(2)",
    zh="缴纳的代履行费用应当大于零，且不超过已决定、尚未缴纳的数额。",
    en="No costs were claimed, or the payment is nothing or more than what is left of them.",
    tells=lambda f: {"left_fen": str(f.costs_left_fen())},
)
def costs_left(f: EnforcementFacts) -> bool:
    """Only costs that were claimed are paid, and no more than that (ACL 51(2))."""
    return 0 < f.record.costs.payment_fen <= f.costs_left_fen()
