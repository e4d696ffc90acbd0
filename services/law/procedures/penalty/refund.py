"""What was paid and is not owed, given back: of a decision that was annulled, is void or was changed (APL 74(3))."""

from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.outcome import hold
from services.law.procedures.penalty.owed import last_payment, owed
from services.law.rule import rule

LAW = "APL-2021:74(3);ARL-2023:72(2)"


def due(f: PenaltyFacts) -> int:
    """What is to be given back, in fen, by the outcomes up to the time of the act."""
    at = f.at()
    stood = type(f.case)()
    stood.CopyFrom(f.case)
    told = moment_at(stood, "set_aside.set_aside_time")
    if told is not None and told > at:
        stood.ClearField("set_aside")
    hold(stood, [each for each in f.case.outcomes if moment_of(each.outcome_time) <= at])
    del stood.earlier_decisions[:]
    stood.earlier_decisions.extend(
        was for was in f.case.earlier_decisions if moment_of(was.anew.outcome_time) <= at
    )
    return int(owed(stood, max(at, last_payment(stood) or at), f.calendar).refund.fen)


@rule(
    "REFUND_NOT_DUE",
    warning="EW-33",
    law=LAW,
    zh="没有应当退还的款项：决定未被撤销、确认无效或者变更，或者已缴款项不超过应缴数额，或者已经全部退还。",
    en="Nothing is to be given back: the decision stands, no more was paid than is owed, or all of it was given back. Record "
    "first how the decision was set aside or changed (RecordOutcome).",
)
def something_due(f: PenaltyFacts) -> bool:
    """Given back is what was paid and, by the day of it, is not owed."""
    return due(f) > 0


@rule(
    "REFUND_TOO_MUCH",
    warning="EW-33",
    law=LAW,
    zh="退还数额应当大于零，且不得超过应当退还的数额。",
    en="More than nothing is given back, and no more than is to be given back. Correct the amount.",
    tells=lambda f: {"due": yuan(due(f))},
)
def not_beyond_due(f: PenaltyFacts) -> bool:
    """No more is given back than is to be given back; where nothing is, `something_due` says so."""
    left = due(f)
    return left <= 0 or 0 < f.amount() <= left


@rule(
    "REFUND_NOT_SHOWN",
    warning="EW-33",
    law=LAW,
    zh="退还罚款应当载明银行流水号。",
    en="It is not shown that the party was given it back. Name the bank's number of the payment (bank_reference).",
)
def refund_shown(f: PenaltyFacts) -> bool:
    """It is given back through the bank, which gives a reference."""
    return bool(f.bank_reference().strip())


@rule(
    "ALREADY_DONE",
    law=LAW,
    zh="该笔退还已经登记。",
    en="This payment back was recorded already.",
)
def refund_not_known(f: PenaltyFacts) -> bool:
    """The same payment back is counted once."""
    return f.bank_reference().strip() not in [each.bank_reference for each in f.case.refunds]


@rule(
    "COLLECT_DECIDE_SEPARATION",
    guard="G-50",
    warning="EW-33",
    law="APL-2021:67(1)",
    zh="作出罚款决定应当与收缴罚款分离：决定人和本案办案人员不得登记退还。",
    en="Who decided or investigated the case gives no money back. Let somebody else of the finance unit do it.",
    tells=lambda f: {"persons": ",".join(n for n in f.collectors() if n.strip())},
)
def refunded_apart(f: PenaltyFacts) -> bool:
    """Who gives it back decided nothing of the case, now or before, and never handled it; nobody named is not kept."""
    rounds = (f.case, *f.case.earlier_decisions)
    deciders = {name for each in rounds for name in (each.decision.decider, each.no_penalty.decider)}
    handled = {officer.officer_id for each in rounds for officer in each.officers}
    names = f.collectors()
    return bool(names) and all(n.strip() and n not in deciders | handled and not f.handled(n) for n in names)


@rule(
    "REFUND_DUE",
    guard="G-56",
    warning="EW-33",
    law=LAW,
    zh="决定被撤销、确认无效或者变更后，已缴款项尚未全部退还，不得结案、归档。",
    en="What was paid and is no longer owed was not given back in full. Give it back first (RecordRefund).",
    tells=lambda f: {"due": yuan(due(f))},
)
def given_back(f: PenaltyFacts) -> bool:
    """A case is neither closed nor archived while something is to be given back."""
    return due(f) <= 0
