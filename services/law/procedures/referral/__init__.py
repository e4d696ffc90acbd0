"""Referral of a suspected crime to the police, and what becomes of the case if they refuse it."""

from services.law.procedure import Procedure
from services.law.procedures import correcting, shared
from services.law.procedures.referral.facts import ReferralFacts
from services.law.procedures.referral.rules import (
    challenged_in_time,
    copy_sent,
    not_referred_already,
    nothing_kept_back,
    outcome_shown,
    reported_in_writing,
    standard_not_reached,
    things_listed,
)
from services.law.procedures.shared import under
from services.law.process import table

_TEAM = (
    under(shared.certified, "CRT-2020:5(1)", guard="G-29", reason="REFERRAL_TEAM"),
    under(shared.two_officers, "CRT-2020:5(1)", guard="G-29", reason="REFERRAL_TEAM", warning="EW-36"),
    reported_in_writing,
)
_HEAD = under(shared.by_head, "CRT-2020:5(2)", guard="G-29", warning="EW-36")
_REASONS = under(shared.reasons_given, "CRT-2020:5(2)", warning="EW-36")
_PAPERS = under(
    shared.papers_complete, "CRT-2020:6", guard="G-29", reason="REFERRAL_PAPERS_MISSING", warning="EW-36"
)
_ANSWER = "RecordPoliceAnswer"
_BY = "CLERK HANDLING_OFFICER"  # who records what the police said

# Wherever a record stands a slip may be found.
_KEPT = (
    "FLAGGED REPORTED APPROVED REJECTED SENT RECEIVED MISDIRECTED OPENED REFUSED RECONSIDERING REFUSED_AGAIN SUPERVISED RETURNED "
    "HANDED_OVER CONVICTED"
)

# fmt: off
TABLE = table(
    "referral",
    ("FLAG", "", "FLAGGED", "CRT-2020:3(1)", (not_referred_already,),
     "HANDLING_OFFICER UNIT_HEAD SYSTEM", ("发现涉嫌犯罪", "Flag a suspected crime"), "referral.flagged", "FlagCrime"),
    ("REPORT", "FLAGGED", "REPORTED", "CRT-2020:5(1)", _TEAM,
     "HANDLING_OFFICER", ("提出移送报告", "Report"), "referral.reported", "ReportCrime"),
    ("APPROVE", "REPORTED", "APPROVED", "CRT-2020:5(2)", (_HEAD,),
     "AGENCY_CHIEF", ("批准移送", "Approve"), "referral.approved", "ApproveReferral"),
    ("REJECT", "REPORTED", "REJECTED", "CRT-2020:5(2)", (_HEAD, _REASONS, standard_not_reached),
     "AGENCY_CHIEF", ("不批准移送", "Reject"), "referral.rejected", "RejectReferral"),
    ("SEND", "APPROVED", "SENT", "CRT-2020:5(2);CRT-2020:6", (_PAPERS, copy_sent),
     "CLERK HANDLING_OFFICER", ("移送公安机关", "Send to the police"), "referral.sent", "SendReferral"),
    ("RECEIVE", "SENT", "RECEIVED", "CRT-2020:7", (),
     _BY, ("公安机关签收", "Receive"), "referral.received", _ANSWER),
    ("FIND_NOT_COMPETENT", "RECEIVED", "MISDIRECTED", "CRT-2020:7", (),
     _BY, ("不属于本机关管辖", "Find itself not competent"), "referral.not_competent", _ANSWER),
    ("FORWARD", "MISDIRECTED", "RECEIVED", "CRT-2020:7", (),
     _BY, ("转送有管辖权的机关", "Forward"), "referral.forwarded referral.received", _ANSWER),
    ("OPEN", "RECEIVED", "OPENED", "CRT-2020:8", (),
     _BY, ("公安机关立案", "Open a case"), "referral.opened", _ANSWER),
    ("REFUSE", "RECEIVED", "REFUSED", "CRT-2020:8", (),
     _BY, ("公安机关不予立案", "Refuse"), "referral.refused", _ANSWER),
    ("ASK_RECONSIDERATION", "REFUSED", "RECONSIDERING", "CRT-2020:9(1)", (challenged_in_time,),
     "AGENCY_HEAD", ("提请公安机关复议", "Ask the police to reconsider"), "referral.reconsideration_requested"),
    ("OPEN_AFTER_ALL", "RECONSIDERING", "OPENED", "CRT-2020:9(2)", (),
     _BY, ("复议决定立案", "Open it after all"), "referral.reconsidered referral.opened", _ANSWER),
    ("REFUSE_AGAIN", "RECONSIDERING", "REFUSED_AGAIN", "CRT-2020:9(2)", (),
     _BY, ("复议维持不予立案", "Refuse again"), "referral.reconsidered referral.reconsideration_refused", _ANSWER),
    ("SUGGEST_SUPERVISION", "REFUSED REFUSED_AGAIN", "SUPERVISED", "CRT-2020:9", (challenged_in_time,),
     "AGENCY_HEAD", ("建议检察院立案监督", "Suggest supervision"), "referral.supervision_suggested"),
    ("OPEN_UNDER_SUPERVISION", "SUPERVISED", "OPENED", "CRT-2020:9(3)", (),
     _BY, ("经立案监督立案", "Open under supervision"), "referral.opened", _ANSWER),
    ("RESUME_CASE", "REFUSED REFUSED_AGAIN SUPERVISED", "RETURNED", "CRT-2020:10", (),
     "AGENCY_HEAD", ("依法作出行政处理", "Go on with the administrative case"), "referral.returned"),
    ("HAND_OVER", "OPENED", "HANDED_OVER", "CRT-2020:12", (things_listed, nothing_kept_back),
     "HANDLING_OFFICER", ("移交物品和材料", "Hand over things and papers"), "referral.handed_over", "HandOverToPolice"),
    ("TAKE_BACK", "OPENED HANDED_OVER", "RETURNED", "APL-2021:27(1);CRT-2020:13", (outcome_shown,),
     _BY, ("司法机关移送行政处理", "Take the case back from justice"), "referral.returned", "RecordCriminalOutcome"),
    ("CONVICT", "HANDED_OVER", "CONVICTED", "APL-2021:35", (outcome_shown,),
     _BY, ("追究刑事责任", "Record the conviction"), "referral.convicted", "RecordCriminalOutcome"),
    ("CORRECT_REFERRAL", _KEPT, "=", correcting.LAW, correcting.PROPOSED,
     correcting.PROPOSERS, ("提出更正移送记录", "Propose a correction of the referral's record"), "referral.correction_proposed"),
    ("DECIDE_REFERRAL_CORRECTION", _KEPT, "=", correcting.LAW, correcting.DECIDED,
     "AGENCY_HEAD", ("决定更正移送记录", "Decide on a correction of the referral's record"), "referral.corrected"),
    titles=("涉嫌犯罪案件移送", "Referral of a suspected crime"),
    ends="REJECTED RETURNED CONVICTED",
)
# fmt: on
REFERRAL = Procedure("referral", ReferralFacts, TABLE)
