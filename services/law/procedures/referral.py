"""Referral of a suspected crime to the police, and what becomes of the case if they refuse it."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class ReferralFacts:
    """What the rules ask of a referral when an act is to be done."""

    team: int  # officers named to verify the case
    report_written: bool
    reasons_recorded: bool
    papers_complete: bool  # letter, report, list of things, appraisals
    in_three_days: bool  # since the notice of the police
    things_listed: bool


_TEAM = Rule(
    "REFERRAL_TEAM", "CRT-2020:5(1)", "Two or more officers verify the case and report in writing.",
    "应当指定两名以上行政执法人员组成专案组，提出书面报告。", lambda f: f.team >= 2 and f.report_written,
)  # fmt: skip
_REASONS = Rule(
    "REASONS_MISSING", "CRT-2020:5(2)", "Why it is not referred is put on record.",
    "不予批准的理由应当记录在案。", lambda f: f.reasons_recorded,
)  # fmt: skip
_PAPERS = Rule(
    "REFERRAL_PAPERS_MISSING", "CRT-2020:6", "Letter, report, list of things and appraisals go along.",
    "应当附移送书、调查报告、物品清单、检验报告或者鉴定结论。", lambda f: f.papers_complete,
)  # fmt: skip
_IN_TIME = Rule(
    "TOO_LATE", "CRT-2020:9", "A refusal is challenged within three days of its notice.",
    "应当自接到通知书之日起三日内提出。", lambda f: f.in_three_days,
)  # fmt: skip
_LISTED = Rule(
    "THINGS_NOT_LISTED", "CRT-2020:4(2)", "The things that are handed over are listed truly.",
    "涉案物品应当如实填写清单。", lambda f: f.things_listed,
)  # fmt: skip

# fmt: off
REFERRAL = table(
    "referral",
    ("FLAG", "", "FLAGGED", "CRT-2020:3(1)", (),
     "HANDLING_OFFICER SYSTEM", ("发现涉嫌犯罪", "Flag a suspected crime")),
    ("REPORT", "FLAGGED", "REPORTED", "CRT-2020:5(1)", (_TEAM,),
     "HANDLING_OFFICER", ("提出移送报告", "Report"), "referral.reported"),
    ("APPROVE", "REPORTED", "APPROVED", "CRT-2020:5(2)", (),
     "AGENCY_CHIEF", ("批准移送", "Approve"), "referral.approved"),
    ("REJECT", "REPORTED", "REJECTED", "CRT-2020:5(2)", (_REASONS,),
     "AGENCY_CHIEF", ("不批准移送", "Reject"), "referral.rejected"),
    ("SEND", "APPROVED", "SENT", "CRT-2020:5(2);CRT-2020:6", (_PAPERS,),
     "CLERK HANDLING_OFFICER", ("移送公安机关", "Send to the police"), "referral.sent"),
    ("RECEIVE", "SENT", "RECEIVED", "CRT-2020:7", (),
     "POLICE", ("公安机关签收", "Receive"), "referral.received"),
    ("FIND_NOT_COMPETENT", "RECEIVED", "MISDIRECTED", "CRT-2020:7", (),
     "POLICE", ("不属于本机关管辖", "Find itself not competent"), "referral.not_competent"),
    ("FORWARD", "MISDIRECTED", "RECEIVED", "CRT-2020:7", (),
     "POLICE", ("转送有管辖权的机关", "Forward"), "referral.forwarded referral.received"),
    ("OPEN", "RECEIVED", "OPENED", "CRT-2020:8", (),
     "POLICE", ("公安机关立案", "Open a case"), "referral.opened"),
    ("REFUSE", "RECEIVED", "REFUSED", "CRT-2020:8", (),
     "POLICE", ("公安机关不予立案", "Refuse"), "referral.refused"),
    ("ASK_RECONSIDERATION", "REFUSED", "RECONSIDERING", "CRT-2020:9(1)", (_IN_TIME,),
     "AGENCY", ("提请公安机关复议", "Ask the police to reconsider"), "referral.reconsideration_requested"),
    ("OPEN_AFTER_ALL", "RECONSIDERING", "OPENED", "CRT-2020:9(2)", (),
     "POLICE", ("复议决定立案", "Open it after all"), "referral.reconsidered referral.opened"),
    ("REFUSE_AGAIN", "RECONSIDERING", "REFUSED_AGAIN", "CRT-2020:9(2)", (),
     "POLICE", ("复议维持不予立案", "Refuse again"), "referral.reconsidered referral.reconsideration_refused"),
    ("SUGGEST_SUPERVISION", "REFUSED REFUSED_AGAIN", "SUPERVISED", "CRT-2020:9", (_IN_TIME,),
     "AGENCY", ("建议检察院立案监督", "Suggest supervision"), "referral.supervision_suggested"),
    ("OPEN_UNDER_SUPERVISION", "SUPERVISED", "OPENED", "CRT-2020:9(3)", (),
     "POLICE", ("经立案监督立案", "Open under supervision"), "referral.opened"),
    ("RESUME_CASE", "REFUSED REFUSED_AGAIN SUPERVISED", "RETURNED", "CRT-2020:10", (),
     "AGENCY_HEAD", ("依法作出行政处理", "Go on with the administrative case")),
    ("HAND_OVER", "OPENED", "HANDED_OVER", "CRT-2020:12", (_LISTED,),
     "HANDLING_OFFICER", ("移交物品和材料", "Hand over things and papers"), "referral.handed_over"),
    titles=("涉嫌犯罪案件移送", "Referral of a suspected crime"),
    ends="REJECTED RETURNED HANDED_OVER",
)
# fmt: on
