"""The rules that the law puts on the referral of a suspected crime."""

from services.law.procedures.papers import within
from services.law.procedures.referral.facts import ReferralFacts
from services.law.rule import rule


@rule(
    "REFERRAL_TEAM",
    guard="G-29",
    warning="EW-36",
    law="CRT-2020:5(1)",
    zh="专案组核实情况后，应当提出移送涉嫌犯罪案件的书面报告。",
    en="No written report of those who verified the case is handed in. Write it (report).",
)
def reported_in_writing(f: ReferralFacts) -> bool:
    """Those who verify the case report in writing (CRT 5(1))."""
    return f.record.report_time is not None and bool(f.record.report.strip())


@rule(
    "TOO_LATE",
    warning="EW-36",
    law="CRT-2020:9",
    zh="对不予立案有异议的，应当自接到通知书之日起三日内提请复议或者建议立案监督。",
    en="The three days since the notice are over, or it is not known when it came.",
)
def challenged_in_time(f: ReferralFacts) -> bool:
    """A refusal is challenged within three days of its notice (CRT 9(1), (2))."""
    return f.record.notice_receive_time is not None and within(f.challenge_end(), f.at())


@rule(
    "THINGS_NOT_LISTED",
    warning="EW-36",
    law="CRT-2020:4(2)",
    zh="移交的涉案物品应当如实填写清单。",
    en="The things that are handed over are not listed. List them.",
)
def things_listed(f: ReferralFacts) -> bool:
    """The things that are handed over are listed truly (CRT 4(2), 12)."""
    return f.record.list_time is not None


@rule(
    "REFERRED_ALREADY",
    law="CRT-2020:5(1)",
    zh="本案已在办理移送。",
    en="The case is being referred already. Go on with that referral.",
)
def not_referred_already(f: ReferralFacts) -> bool:
    """A case is referred once at a time."""
    return f.referred_already() is False


@rule(
    "COPY_NOT_SENT",
    guard="G-29",
    warning="EW-36",
    law="CRT-2020:14(1)",
    zh="移送案件应当接受人民检察院监督，移送书应当同时抄送。",
    en="No copy went to the procuratorate, which supervises referrals. Send it, and record when (copy_time).",
)
def copy_sent(f: ReferralFacts) -> bool:
    """The procuratorate, which supervises referrals, gets a copy at once (CRT 14(1))."""
    return f.record.copy_time is not None and f.record.copy_time <= f.at()


@rule(
    "THINGS_STILL_HELD",
    warning="EW-36",
    law="ACL-2011:21;CRT-2020:12",
    zh="查封、扣押、冻结的财物应当一并移送；应当先办理随案移送或者解除。",
    en="A measure still holds things of the case. Hand them over along with it (HandOverThings), or lift it.",
)
def nothing_kept_back(f: ReferralFacts) -> bool:
    """What measures hold goes along with the case (ACL 21, CRT 12)."""
    return f.things_held() is False


@rule(
    "OUTCOME_NOT_SHOWN",
    law="APL-2021:27(1)",
    zh="应当载明司法机关的文书。",
    en="No paper shows how the criminal case ended. Name it (outcome.document).",
)
def outcome_shown(f: ReferralFacts) -> bool:
    """How the criminal case ended is shown by a paper of justice (APL 27(1), 35)."""
    return bool(f.record.outcome_document.strip())


@rule(
    "STANDARD_REACHED",
    guard="G-29",
    warning="EW-21",
    severity="warn",
    law="CRT-2020:3(1);CRT-2020:16(2)",
    zh="违法事实已达到立案追诉标准的，必须移送；不批准移送的，监督机构将予核查。",
    en="The facts reach a standard of prosecution, and the case is not referred. Oversight looks into it.",
)
def standard_not_reached(f: ReferralFacts) -> bool:
    """A case whose facts reach a standard of prosecution is referred (CRT 3(1))."""
    return not f.record.standard.strip()
