"""The rules that keep an enforcement by the agency itself to what is owed, in its order, and undo what was wrong."""

from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.record import End, Means, Wrong
from services.law.procedures.papers import of_money
from services.law.rule import rule


@rule(
    "NOT_OVERDUE",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:34",
    zh="当事人在行政机关决定的期限内不履行义务的，方可强制执行；缴款或者履行期限尚未届满，或者决定尚未送达。",
    en="The time to pay or to do it is not over, or the decision was not served. Wait until it is over.",
)
def overdue(f: EnforcementFacts) -> bool:
    """Only a duty that was not done in its time is enforced (ACL 34)."""
    return f.overdue()


@rule(
    "NOTHING_DUE",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:34",
    zh="决定已经履行完毕或者已被撤销，没有可强制执行的义务。",
    en="No money is owed and nothing left to be done by the decision, or it was taken away. There is nothing to enforce.",
)
def still_owed(f: EnforcementFacts) -> bool:
    """Only what is still owed, or still to be done, is enforced (ACL 34)."""
    return f.left() is True


@rule(
    "ALREADY_DONE",
    law="ACL-2011:34",
    zh="本案该项义务的强制执行已在办理。",
    en="An enforcement of it is under way, here or at the court. Go on with that one.",
)
def not_begun_already(f: EnforcementFacts) -> bool:
    """What is owed, and what is to be done, is each enforced once at a time."""
    return f.begun_already() is False


@rule(
    "ENFORCEMENT_TERMINATED",
    law="ACL-2011:39(2);ACL-2011:40",
    zh="已经终结执行或者不再执行的，不得重新开始强制执行。",
    en="The enforcement of this decision was terminated or given up. It is not begun anew.",
)
def not_ended_for_good(f: EnforcementFacts) -> bool:
    """What was terminated, or given up, is enforced no more (ACL 39(2), 40)."""
    return f.ended_for_good() is False


@rule(
    "DECISION_INCOMPLETE",
    law="ACL-2011:37(2)",
    zh="强制执行决定书应当载明理由和依据、方式和时间、救济途径和期限。",
    en="The decision lacks reasons, basis, manner, time or remedies. Complete it.",
)
def decision_whole(f: EnforcementFacts) -> bool:
    """A decision to enforce states why, by which law, how and when, and the ways against it (ACL 37(2))."""
    d = f.record.decision
    said = (d.reasons, d.basis, d.manner, d.remedies)
    return all(text.strip() for text in said) and d.enforce_time is not None


@rule(
    "MEANS_INCOMPLETE",
    law="ACL-2011:47(1);ACL-2011:48",
    zh="划拨存款、汇款应当书面通知金融机构；拍卖财物应当委托拍卖机构；执行行为义务的，应当载明如何执行。",
    en="It is not said how the money is brought in: the bank and the notice to it (bank, bank_notice), or the auction house; or "
    "how the duty is performed (how).",
)
def means_named(f: EnforcementFacts) -> bool:
    """A bank transfers on a written notice, an auction house sells (ACL 47(1), 48); how a duty is performed is said."""
    e = f.record.execution
    if not of_money(f.record.duty):
        return bool(e.how.strip())
    named = {
        Means.TRANSFER: bool(e.bank.strip() and e.bank_notice.strip()),
        Means.AUCTION: bool(e.auctioneer.strip()),
        Means.DISPOSAL: True,
    }
    return e.means is not None and named[e.means]


@rule(
    "ENFORCEMENT_UNFINISHED",
    law="ACL-2011:49",
    zh="款项尚未全部执行到位的，不得登记执行完毕。",
    en="Money is still owed. Go on, or terminate the enforcement.",
    tells=lambda f: {"left_fen": str(f.left_fen())},
)
def all_brought_in(f: EnforcementFacts) -> bool:
    """An enforcement of money is complete when nothing is owed any more (ACL 49)."""
    return not of_money(f.record.duty) or f.left_fen() == 0


@rule(
    "PROCEEDS_NOT_BANKED",
    warning="EW-35",
    law="ACL-2011:49",
    zh="划拨、拍卖和依法处理所得的款项应当上缴国库或者划入财政专户；尚无本次执行所得的缴库登记。",
    en="No payment to the designated bank names this enforcement (enforcement_id). Pay in the proceeds, and record it.",
)
def proceeds_banked(f: EnforcementFacts) -> bool:
    """What is brought in goes to the treasury (ACL 49)."""
    return not of_money(f.record.duty) or f.brought_in_fen() > 0


@rule(
    "DECISION_STANDS",
    law="ACL-2011:40",
    zh="据以执行的行政决定未被撤销，不得以此终结执行。",
    en="The decision was not annulled. Name the true ground (end).",
)
def annulled_indeed(f: EnforcementFacts) -> bool:
    """That the decision was annulled is a ground to terminate only where it was (ACL 40(4))."""
    return f.record.end != End.DECISION_ANNULLED or Wrong.ANNULLED in f.wrong()


@rule(
    "DECISION_STANDS",
    law="ACL-2011:41",
    zh="据以执行的行政决定被撤销、变更或者执行错误的，方恢复原状、退还财物；执行错误的应当说明。",
    en="The decision was neither annulled nor changed, and no mistake of the enforcement is stated (cause).",
)
def something_wrong(f: EnforcementFacts) -> bool:
    """What was enforced is undone where the decision was annulled or changed, or the enforcement was a mistake (ACL 41)."""
    r = f.record.restitution
    return bool(r.cause.strip()) if r.wrong == Wrong.MISTAKE else r.wrong is not None and r.wrong in f.wrong()


@rule(
    "RESTITUTION_NOT_SHOWN",
    law="ACL-2011:41",
    zh="应当载明恢复、退还或者赔偿的内容及凭证。",
    en="It is not said what was given back, put right or compensated, or nothing proves it. State both.",
)
def restitution_shown(f: EnforcementFacts) -> bool:
    """What was given back, put right or compensated is on record, with its proof (ACL 41)."""
    r = f.record.restitution
    return bool(r.given_back.strip() and r.proof.strip())
