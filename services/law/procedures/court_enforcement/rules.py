"""The rules that the law puts on enforcement by the court."""

from datetime import timedelta

from services.law.procedures.court_enforcement.facts import CourtFacts
from services.law.procedures.papers import local_midnight, since
from services.law.rule import rule

CHALLENGE = timedelta(
    days=15
)  # to challenge a ruling, ACL 56(2), 58(3): more than ten days, so calendar days


@rule(
    "AGENCY_HAS_POWER",
    guard="G-61",
    warning="EW-35",
    law="ACL-2011:53",
    zh="没有行政强制执行权的行政机关方可申请人民法院强制执行。",
    en="The agency has the power to enforce by itself. Enforce the decision.",
)
def no_own_power(f: CourtFacts) -> bool:
    """An agency without power of its own applies to the court (ACL 53)."""
    return f.own_power() is False


@rule(
    "WAITING_TIME",
    guard="G-61",
    warning="EW-35",
    law="ACL-2011:54;ACL-2011:69",
    zh="催告书送达十日（工作日）后当事人仍未履行义务的，方可申请。",
    en="The demand was not served, or ten working days have not passed since. Wait.",
)
def waited(f: CourtFacts) -> bool:
    """Ten working days have passed since the demand was served (ACL 54, 69)."""
    served, first = f.record.demand.serve_time, f.application_not_before()
    return served is not None and first is not None and served < first <= f.at()


@rule(
    "APPLICATION_LATE",
    guard="G-61",
    warning="EW-35",
    law="ACL-2011:53",
    zh="应当自期限届满之日起三个月内申请。",
    en="The three months since the end of the remedy periods are over, or that end is not known.",
)
def applied_in_time(f: CourtFacts) -> bool:
    """It is asked for within three months of the end of the remedy periods (ACL 53)."""
    end = f.application_end()
    return end is not None and f.at() <= end


@rule(
    "HEAD_NOT_SIGNED",
    guard="G-61",
    warning="EW-35",
    law="ACL-2011:55(2)",
    zh="强制执行申请书应当由行政机关负责人签名，加盖印章并注明日期。",
    en="The head of the agency has not signed the application. Have it signed, and record when (head_sign_time).",
)
def head_signed(f: CourtFacts) -> bool:
    """The head of the agency has signed the application, with a date (ACL 55(2))."""
    signed = f.record.head_sign_time
    return signed is not None and signed <= f.at()


@rule(
    "NOT_PUBLIC_SAFETY",
    law="ACL-2011:59",
    zh="情况紧急，为保障公共安全的，方可申请立即执行；应当载明理由。",
    en="It is not said what is urgent and what of public safety it protects. State both.",
)
def public_safety(f: CourtFacts) -> bool:
    """Immediate enforcement is urgent and protects public safety (ACL 59)."""
    return bool(f.record.urgency.strip() and f.record.public_safety.strip())


@rule(
    "STILL_IN_TIME",
    law="ACL-2011:53",
    zh="三个月期限届满后，方丧失申请执行的权利。",
    en="The three months are not over. The right lapses when they are.",
)
def three_months_over(f: CourtFacts) -> bool:
    """The right lapses only when the three months have passed (ACL 53)."""
    end = f.application_end()
    return end is not None and f.at() > end


@rule(
    "CHALLENGE_LATE",
    law="ACL-2011:56(2);ACL-2011:58(3)",
    zh="对裁定有异议的，应当自收到裁定之日起十五日内申请复议。",
    en="More than fifteen days have passed since the ruling was received, or it is not said when that was.",
)
def challenged_in_time(f: CourtFacts) -> bool:
    """A ruling is challenged within fifteen days of its receipt, which does not count itself (ACL 56(2), 58(3))."""
    received = f.record.ruling_receive_time
    passed = since(None if received is None else local_midnight(received), local_midnight(f.at()))
    return passed is not None and timedelta() <= passed <= CHALLENGE


@rule(
    "NOTHING_DUE",
    guard="G-61",
    law="ACL-2011:53",
    zh="处罚决定已经履行完毕，没有可申请强制执行的内容。",
    en="Nothing of the decision is left to carry out.",
)
def something_left(f: CourtFacts) -> bool:
    """Only what was not carried out is enforced (ACL 53)."""
    return len(f.left()) > 0


@rule(
    "ALREADY_DONE",
    law="ACL-2011:53",
    zh="本案的强制执行已在办理。",
    en="An enforcement of the case is under way. Go on with that one.",
)
def not_begun_already(f: CourtFacts) -> bool:
    """A decision is enforced once at a time."""
    return f.begun_already() is False


@rule(
    "GOOD_REASON",
    law="ACL-2011:36;ACL-2011:37(1)",
    zh="当事人提出的理由成立的，应当采纳，不得申请强制执行。",
    en="The party was found to have a good reason for not performing. Do not enforce while it lasts.",
)
def reason_not_adopted(f: CourtFacts) -> bool:
    """What the party states is adopted where it holds (ACL 36)."""
    return f.record.good_reason is False


@rule(
    "RULING_NOT_SHOWN",
    law="ACL-2011:56;ACL-2011:57",
    zh="应当载明人民法院的通知书或者裁定书。",
    en="No paper of the court shows it. Name it (document).",
)
def ruling_shown(f: CourtFacts) -> bool:
    """What the court said is shown by its paper (ACL 56–60)."""
    return bool(f.record.ruling_document.strip())
