"""The rules that the law puts on enforcement by the agency itself."""

from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.record import End, Harm, Suspension, Way
from services.law.procedures.papers import Duty, of_money
from services.law.rule import rule

SURCHARGE_DAYS = 30  # that must have passed before direct enforcement, ACL 46(1)
THREE_YEARS = 3  # of suspension, after which a harmless duty is given up, ACL 39(2)


@rule(
    "NO_POWER_TO_ENFORCE",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:34",
    zh="具有行政强制执行权的行政机关方可自行强制执行；依法可以代履行的，方可不具该权而代履行。",
    en="No law gives the agency the power to enforce by itself, and it is no case for a substitute. Apply to the court.",
)
def own_power(f: EnforcementFacts) -> bool:
    """Only an agency that a law gives the power enforces by itself (ACL 13, 34); a substitute performs where ACL 50 lets it."""
    return f.own_power() is True or (f.record.way == Way.SUBSTITUTE and does_harm(f))


@rule(
    "NO_POWER_TO_ENFORCE",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:34;ACL-2011:50",
    zh="具有行政强制执行权，或者不履行的后果危害交通安全、造成环境污染、破坏自然资源的，方可自行强制执行该义务。",
    en="No law gives the agency the power to enforce the duty by itself, nor does the decision name what it endangers (harm). "
    "Apply to the court.",
)
def duty_power(f: EnforcementFacts) -> bool:
    """A duty is enforced by an agency that a law gives the power, or goes to a substitute where ACL 50 lets it."""
    return f.own_power() is True or does_harm(f)


def does_harm(f: EnforcementFacts) -> bool:
    """Whether a duty that is left undone endangers what a substitute may then save (ACL 50)."""
    return f.record.duty in (Duty.DEMOLITION, Duty.OTHER) and f.record.harm in tuple(Harm)


@rule(
    "SURCHARGE_NOT_TOLD",
    guard="G-62",
    warning="EW-22",
    law="ACL-2011:45(1)",
    zh="加处罚款的标准应当告知当事人。",
    en="The party was not told the rate of the surcharge. Tell it, and record when (surcharge_tell_time).",
)
def surcharge_told(f: EnforcementFacts) -> bool:
    """The rate of the surcharge was told to the party (ACL 45(1))."""
    return f.record.surcharge_tell_time is not None


@rule(
    "SURCHARGE_RULE",
    guard="G-62",
    warning="EW-22",
    law="ACL-2011:45(2);APL-2021:72(1)[1]",
    zh="加处罚款的数额不得超出金钱给付义务的数额。",
    en="The surcharge exceeds the duty, or the amount of either is not stated. Charge no more than the duty.",
    tells=lambda f: {"surcharge_fen": str(f.record.surcharge_fen), "duty_fen": str(f.record.duty_fen)},
)
def surcharge_within_duty(f: EnforcementFacts) -> bool:
    """A surcharge is laid on a duty of money, and does not exceed it (ACL 45(2))."""
    return f.record.duty == Duty.MONEY and 0 < f.record.surcharge_fen <= f.record.duty_fen


@rule(
    "GOOD_REASON",
    warning="EW-35",
    law="ACL-2011:37(1)",
    zh="当事人有正当理由的，不得作出强制执行决定。",
    en="The party was found to have a good reason for not performing. Do not enforce while it lasts.",
)
def no_good_reason(f: EnforcementFacts) -> bool:
    """No good reason for not performing was found when the party's statement was rechecked; none found is the lawful case
    (ACL 37(1))."""
    return not f.record.good_reason.strip()


@rule(
    "SURCHARGE_TOO_SHORT",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:46(1)",
    zh="加处罚款超过三十日，经催告仍不履行的，方可强制执行。",
    en="The surcharge has run for thirty days or less. Wait until it has run for more.",
    tells=lambda f: {"days": str(f.surcharge_days())},
)
def surcharge_long_enough(f: EnforcementFacts) -> bool:
    """A duty of money is enforced when a surcharge has run for more than thirty days (ACL 46(1))."""
    return not of_money(f.record.duty) or f.surcharge_days() > SURCHARGE_DAYS


@rule(
    "NO_SIGN_OF_HIDING",
    warning="EW-35",
    law="ACL-2011:37(3)",
    zh="有证据证明有转移或者隐匿财物迹象的，方可作出立即强制执行决定；应当载明证据。",
    en="No evidence of assets being moved or hidden is named. Name it (hiding_evidence), or wait for the term to end.",
)
def hiding_shown(f: EnforcementFacts) -> bool:
    """While the demand runs, enforcement of money is decided only on evidence that assets are moved or hidden (ACL 37(3))."""
    return f.record.duty == Duty.MONEY and bool(f.record.hiding_evidence.strip())


@rule(
    "DEMAND_TERM_OPEN",
    warning="EW-35",
    law="ACL-2011:37(3)",
    zh="立即强制执行决定应当在催告期间作出，催告书应当已经送达。",
    en="The demand was not served. Serve it first.",
)
def demand_served(f: EnforcementFacts) -> bool:
    """Enforcement is decided at once while a demand runs that was served (ACL 35, 37(3))."""
    served = f.record.demand.serve_time
    return served is not None and served <= f.at()


@rule(
    "NIGHT_OR_HOLIDAY",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:43(1)",
    zh="不得在夜间或者法定节假日实施，情况紧急的除外；应当载明何种紧急情况。",
    en="It is night or a public holiday, and no urgency is stated. Wait, or state it (urgency).",
)
def by_day(f: EnforcementFacts) -> bool:
    """Enforcement does not take place at night or on a public holiday, unless it is urgent (ACL 43(1))."""
    return f.night_or_holiday() is False or bool(f.record.urgency.strip())


@rule(
    "UTILITIES_CUT",
    guard="G-60",
    warning="EW-35",
    law="ACL-2011:43(2)",
    zh="不得对居民生活停止供水、供电、供热、供燃气。",
    en="Residents' water, power, heating or gas would be cut off, or it is not said that they are not. Use other means.",
)
def residents_supplied(f: EnforcementFacts) -> bool:
    """Residents' water, power, heating and gas are not cut off (ACL 43(2)); that they are not is said."""
    return f.record.residents_supplied


@rule(
    "AGREEMENT_HARMS",
    warning="EW-35",
    law="ACL-2011:42(1)",
    zh="执行协议不得损害公共利益和他人合法权益，并应当经过核查。",
    en="The agreement harms the public or other people, or that was not looked into. Change it, or say that it does not.",
)
def agreement_harmless(f: EnforcementFacts) -> bool:
    """An agreement harms neither the public nor other people (ACL 42(1))."""
    return f.record.agreement_harmless


@rule(
    "GROUNDS_MISSING",
    law="ACL-2011:39(1)",
    zh="应当说明属于中止执行的何种情形。",
    en="It is not said in which case of the law enforcement is suspended. Name it (suspension).",
)
def suspension_ground(f: EnforcementFacts) -> bool:
    """Enforcement is suspended in a case of the law, which is named (ACL 39(1))."""
    return f.record.suspension in tuple(Suspension)


@rule(
    "GROUNDS_MISSING",
    law="ACL-2011:40",
    zh="应当说明属于终结执行的何种情形。",
    en="It is not said in which case of the law enforcement is terminated. Name it (end).",
)
def end_ground(f: EnforcementFacts) -> bool:
    """Enforcement is terminated in a case of the law, which is named (ACL 40)."""
    return f.record.end in tuple(End)


@rule(
    "NOT_THREE_YEARS",
    law="ACL-2011:39(2)",
    zh="没有明显社会危害，当事人确无能力履行，中止执行满三年的，方可不再执行。",
    en="Three years of suspension are not over, or it is not found that the party cannot perform and that nobody is harmed.",
    tells=lambda f: {"years": str(f.years_suspended())},
)
def three_years_suspended(f: EnforcementFacts) -> bool:
    """A harmless duty that the party cannot perform is given up after three years of suspension (ACL 39(2))."""
    return f.years_suspended() >= THREE_YEARS and f.record.harmless and f.record.unable
