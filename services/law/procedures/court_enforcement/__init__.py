"""Compulsory enforcement by the court, on the application of an agency that has no such power of its own."""

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.court_enforcement.facts import CourtFacts
from services.law.procedures.court_enforcement.rules import (
    applied_in_time,
    challenged_in_time,
    head_signed,
    no_own_power,
    not_begun_already,
    public_safety,
    reason_not_adopted,
    ruling_shown,
    something_left,
    three_months_over,
    waited,
)
from services.law.procedures.demanding import in_turn, stated
from services.law.procedures.shared import (
    demand_complete,
    remedy_unused,
    service_proved,
    statement_rechecked,
    under,
)
from services.law.process import table

_IN_TURN = under(in_turn, "ACL-2011:53;ACL-2011:54")
_NOT_STAYED = under(shared.not_stayed, shared.not_stayed.law, guard="G-61", warning="EW-35")
_DEMAND = (
    something_left,
    _NOT_STAYED,
    under(demand_complete, "ACL-2011:35;ACL-2011:54", guard="G-61", warning="EW-35"),
    under(service_proved, "ACL-2011:38", warning="EW-35"),
    _IN_TURN,
)
_HEAD = under(shared.by_head, "ACL-2011:55(2)", guard="G-61", warning="EW-35")
_APPLY = (
    no_own_power,
    not_begun_already,
    under(remedy_unused, "ACL-2011:53", warning="EW-35"),
    something_left,
    _NOT_STAYED,
    under(demand_complete, "ACL-2011:35;ACL-2011:54", guard="G-61", warning="EW-35"),
    waited,
    applied_in_time,
    under(
        shared.papers_complete,
        "ACL-2011:55(1)",
        guard="G-61",
        reason="COURT_APPLICATION_PRECONDITION",
        warning="EW-35",
    ),
    head_signed,
    _HEAD,
    under(statement_rechecked, "ACL-2011:36", warning="EW-35"),
    reason_not_adopted,
)
_AT_ONCE = (no_own_power, not_begun_already, something_left, _NOT_STAYED, public_safety, head_signed, _HEAD)
_BEGIN = (no_own_power, remedy_unused, something_left, not_begun_already)
_SAID = (_IN_TURN, ruling_shown)
_ANSWER, _BY = "RecordCourtAnswer", "CLERK HANDLING_OFFICER"  # who records what the court said

# fmt: off
TABLE = table(
    "court_enforcement",
    ("NOTE_REMEDY_OVER", "", "EXPIRED", "ACL-2011:53", _BEGIN,
     "SYSTEM CLERK HANDLING_OFFICER", ("救济期限届满", "Note the end of the remedy period"), "remedy.expired",
     "BeginCourtEnforcement"),
    ("NOTE_DEFERRAL_OVER", "", "EXPIRED", "APL-2021:72(2)", _BEGIN,
     "SYSTEM CLERK HANDLING_OFFICER", ("延期、分期期限结束", "Note the end of the deferral"), "deferral.ended",
     "BeginCourtEnforcement"),
    ("DEMAND", "EXPIRED", "DEMANDED", "ACL-2011:54", _DEMAND,
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "demand.served", "DemandPerformance"),
    ("RECORD_STATEMENT", "DEMANDED", "=", "ACL-2011:36", (_IN_TURN,),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement"), "demand.answered", "RecordDemandStatement"),
    ("RECHECK_STATEMENT", "DEMANDED", "=", "ACL-2011:36", (stated,),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the statement"), "demand.rechecked",
     "RecheckDemandStatement"),
    ("APPLY", "DEMANDED", "APPLIED", "ACL-2011:53;ACL-2011:54", _APPLY,
     "AGENCY_HEAD", ("申请法院强制执行", "Apply to the court"), "court.applied", "ApplyToCourt"),
    ("APPLY_FOR_IMMEDIATE", "EXPIRED DEMANDED", "APPLIED", "ACL-2011:59", _AT_ONCE,
     "AGENCY_HEAD", ("申请立即执行", "Apply for immediate enforcement"), "court.applied", "ApplyToCourt"),
    ("LAPSE", "EXPIRED DEMANDED", "LAPSED", "ACL-2011:53", (three_months_over,),
     "SYSTEM", ("丧失申请执行的权利", "Lose the right to enforce"), "enforcement.lapsed"),
    ("ACCEPT", "APPLIED", "ACCEPTED", "ACL-2011:56(1)", _SAID, _BY, ("法院受理", "Accept"), "court.accepted", _ANSWER),
    ("REFUSE", "APPLIED", "REFUSED", "ACL-2011:56(2)", _SAID,
     _BY, ("裁定不予受理", "Refuse to accept"), "court.refused", _ANSWER),
    ("RULE", "ACCEPTED", "RULED", "ACL-2011:57;ACL-2011:58(2)", _SAID,
     _BY, ("裁定执行", "Rule to enforce"), "court.ruled", _ANSWER),
    ("RULE_URGENTLY", "ACCEPTED", "RULED", "ACL-2011:59", (*_SAID, public_safety),
     _BY, ("裁定立即执行", "Rule to enforce at once"), "court.ruled court.ruled_urgent", _ANSWER),
    ("RULE_AGAINST", "ACCEPTED", "REFUSED", "ACL-2011:58(2)", _SAID,
     _BY, ("裁定不予执行", "Rule against"), "court.ruled court.refused", _ANSWER),
    ("CHALLENGE", "REFUSED", "CHALLENGED", "ACL-2011:56(2);ACL-2011:58(3)", (challenged_in_time,),
     "AGENCY_HEAD", ("申请复议", "Challenge the ruling"), "court.challenged", "ChallengeRuling"),
    ("LET_STAND", "REFUSED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "SYSTEM", ("裁定生效", "Let the ruling stand"), "ruling.stood"),
    ("ALLOW", "CHALLENGED", "ACCEPTED", "ACL-2011:56(2);ACL-2011:58(3)", _SAID,
     _BY, ("复议改为受理", "Allow the challenge"), "court.accepted", _ANSWER),
    ("DISMISS", "CHALLENGED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", _SAID,
     _BY, ("复议维持", "Dismiss the challenge"), "challenge.dismissed", _ANSWER),
    ("ENFORCE", "RULED", "ENFORCED", "ACL-2011:59;ACL-2011:60(2)", _SAID,
     _BY, ("法院执行", "Enforce"), "court.enforced", _ANSWER),
    ("END", "RULED", "TERMINATED", "ACL-2011:60(2)", _SAID,
     _BY, ("法院终结执行", "End the enforcement"), "court.ended", _ANSWER),
    ("WITHDRAW", "APPLIED ACCEPTED", "WITHDRAWN", "ALIT-2017:62", (),
     "AGENCY_HEAD", ("撤回申请", "Withdraw the application"), "court.withdrawn", "WithdrawCourtApplication"),
    ("RECORD_PERFORMANCE", "EXPIRED DEMANDED APPLIED ACCEPTED RULED", "PERFORMED", "APL-2021:66(1)", (),
     "SYSTEM", ("当事人自行履行", "Record performance"), "decision.performed"),
    titles=("申请人民法院强制执行", "Enforcement by the court"),
    ends="LAPSED FAILED ENFORCED TERMINATED WITHDRAWN PERFORMED",
)
# fmt: on
COURT_ENFORCEMENT = Procedure("court_enforcement", CourtFacts, TABLE)
