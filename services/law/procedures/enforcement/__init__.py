"""Compulsory enforcement of a decision by the agency that has the power."""

from typing import Any

from services.law.procedure import Procedure
from services.law.procedures.demanding import in_turn, stated
from services.law.procedures.enforcement.agreement import agreement_broken, stages_whole, waiver_earned
from services.law.procedures.enforcement.duty import (
    announcement_whole,
    cleared_already,
    clearing_named,
    clearing_to_tell,
    costs_left,
    costs_whole,
    day_set,
    decided_by_substitute,
    decided_directly,
    demand_shown,
    demolition_ready,
    not_claimed_yet,
    record_signed,
    scheduled_ahead,
    substitute_allowed,
    substitute_demanded,
    substitute_performed,
    substitute_stated,
    substitute_supervised,
    within_a_case,
    within_budget,
    without_violence,
)
from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.rules import (
    agreement_harmless,
    by_day,
    demand_served,
    duty_power,
    end_ground,
    hiding_shown,
    no_good_reason,
    own_power,
    residents_supplied,
    surcharge_long_enough,
    surcharge_told,
    surcharge_within_duty,
    suspension_ground,
    three_years_suspended,
)
from services.law.procedures.enforcement.way import (
    all_brought_in,
    annulled_indeed,
    decision_whole,
    means_named,
    not_begun_already,
    not_ended_for_good,
    overdue,
    proceeds_banked,
    restitution_shown,
    something_wrong,
    still_owed,
)
from services.law.procedures.publishing import ground_holds, not_withheld, of_age
from services.law.procedures.shared import (
    KNOWN,
    MADE,
    by_head,
    demand_complete,
    demand_term_over,
    not_stayed,
    service_proved,
    statement_rechecked,
    under,
    urgency_stated,
)
from services.law.process import table

_WARNED = "EW-35"
_NOT_STAYED = under(not_stayed, not_stayed.law, guard="G-60", warning=_WARNED)
_DUE = (overdue, still_owed, _NOT_STAYED)
_SURCHARGE = (surcharge_told, surcharge_within_duty, _NOT_STAYED)
_BEGIN = (own_power, *_DUE, not_begun_already, not_ended_for_good)
_COMPLETE = under(demand_complete, "ACL-2011:35", warning=_WARNED)
_SERVED = under(service_proved, "ACL-2011:38", warning=_WARNED)
_BEGIN_DUTY = (duty_power, *_DUE, not_begun_already, not_ended_for_good)
_DEMAND = (*_DUE, _COMPLETE, _SERVED, in_turn)
_RECHECKED = under(statement_rechecked, "ACL-2011:36", warning=_WARNED)
_DECIDE = (
    own_power, *_DUE, _RECHECKED, _COMPLETE, under(demand_term_over, "ACL-2011:37(1)", warning=_WARNED), no_good_reason,
    surcharge_long_enough, demolition_ready, decision_whole, substitute_stated, substitute_allowed,
)  # fmt: skip
_AT_ONCE = (own_power, *_DUE, demand_served, hiding_shown, decision_whole)
_FORCE = (own_power, by_day, residents_supplied, *_DUE, means_named, in_turn)
_WATCHED = (substitute_supervised, without_violence)
_BY_SUBSTITUTE = (substitute_allowed, substitute_demanded, *_WATCHED)
_SUBSTITUTE = (*_FORCE, decided_by_substitute, *_BY_SUBSTITUTE, demolition_ready)
_GO_ON = (*_FORCE, *_BY_SUBSTITUTE, demolition_ready)
_URGENT = under(urgency_stated, "ACL-2011:52", warning=_WARNED)
_CLEAR = (_URGENT, clearing_named, *_WATCHED, cleared_already, within_a_case)
_AGREE = (agreement_harmless, still_owed, stages_whole, waiver_earned)
_WAITING = "SERVED AGREED SUSPENDED"
_OPEN = "UNPERFORMED DEMANDED STATED DECIDED SERVED ENFORCING AGREED SUSPENDED"
_PUBLIC = "DECIDED SERVED ENFORCING ENFORCED PERFORMED TERMINATED"
_AFTER = "ENFORCING AGREED SUSPENDED ENFORCED TERMINATED PERFORMED"


def _by_whom(line: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is for a head alone asks for one in office, under the article of the act."""
    act, sources, target, law, held, roles, *more = line
    if roles == "AGENCY_HEAD":
        held = (*held, under(by_head, law, guard="G-60", warning=_WARNED))
    return act, sources, target, law, held, roles, *more


# fmt: off
_MOVES = (
    ("NOTE_OVERDUE_PAYMENT", "", "UNPERFORMED", "APL-2021:72(1);ACL-2011:34", _BEGIN,
     "FINANCE HANDLING_OFFICER", ("逾期未缴纳罚款", "Note that a fine is overdue"), "enforcement.begun", "BeginEnforcement"),
    ("NOTE_OVERDUE_DUTY", "", "UNPERFORMED", "ACL-2011:34", _BEGIN_DUTY,
     "HANDLING_OFFICER", ("逾期不履行义务", "Note that a duty is overdue"), "duty.overdue", "BeginDutyEnforcement"),
    ("CHARGE_SURCHARGE", "UNPERFORMED", "=", "ACL-2011:45(1)", _SURCHARGE,
     "FINANCE", ("加处罚款", "Charge the surcharge"), "surcharge.started"),
    ("ANNOUNCE_DEMOLITION", "UNPERFORMED DEMANDED", "=", "ACL-2011:44", (announcement_whole, still_owed, _NOT_STAYED),
     "AGENCY_HEAD CLERK", ("公告限期拆除", "Announce the demolition"), "demolition.announced", "AnnounceDemolition"),
    ("DEMAND", "UNPERFORMED", "DEMANDED", "ACL-2011:35", _DEMAND,
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "enforcement.demanded", "DemandBeforeEnforcement"),
    ("RECORD_STATEMENT", "DEMANDED STATED", "STATED", "ACL-2011:36", (in_turn,),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement"), "enforcement.answered", "RecordEnforcementStatement"),
    ("RECHECK_STATEMENT", "STATED", "DEMANDED", "ACL-2011:36", (stated,),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the statement"), "enforcement.rechecked",
     "RecheckEnforcementStatement"),
    ("DECIDE", "DEMANDED", "DECIDED", "ACL-2011:37(1)", _DECIDE,
     "AGENCY_HEAD", ("作出强制执行决定", "Decide to enforce"), f"enforcement.decided {MADE}", "DecideEnforcement"),
    ("DECIDE_AT_ONCE", "DEMANDED STATED", "DECIDED", "ACL-2011:37(3)", _AT_ONCE,
     "AGENCY_HEAD", ("作出立即强制执行决定", "Decide to enforce at once"),
     f"enforcement.decided enforcement.decided_at_once {MADE}", "DecideEnforcement"),
    ("SERVE", "DECIDED", "SERVED", "ACL-2011:38", (_SERVED, in_turn, _NOT_STAYED),
     "CLERK HANDLING_OFFICER", ("送达强制执行决定书", "Serve the decision"), KNOWN, "ServeEnforcementDecision"),
    ("SCHEDULE_SUBSTITUTE", _WAITING, "=", "ACL-2011:51(1)[2]", (decided_by_substitute, still_owed, _NOT_STAYED, scheduled_ahead),
     "UNIT_HEAD", ("确定代履行日期", "Set a day for the substitute"), "substitute.scheduled", "ScheduleSubstitute"),
    ("DEMAND_ONCE_MORE", _WAITING, "=", "ACL-2011:51(1)[2]",
     (decided_by_substitute, still_owed, _NOT_STAYED, day_set, demand_shown, in_turn),
     "CLERK HANDLING_OFFICER", ("代履行前催告", "Demand before the substitute"), "substitute.demanded", "DemandBeforeSubstitute"),
    ("EXECUTE", "SERVED", "ENFORCING", "ACL-2011:43", (*_FORCE, decided_directly, demolition_ready),
     "HANDLING_OFFICER", ("实施强制执行", "Enforce"), "enforcement.started", "StartEnforcement"),
    ("EXECUTE_BY_SUBSTITUTE", "SERVED", "ENFORCING", "ACL-2011:50", _SUBSTITUTE,
     "HANDLING_OFFICER", ("代履行", "Have a substitute perform"), "substitute.started", "StartSubstitute"),
    ("CLEAR_AT_ONCE", "", "ENFORCED", "ACL-2011:52", _CLEAR,
     "AGENCY_HEAD HANDLING_OFFICER", ("立即代履行", "Clear at once"), "clearing.done", "ClearAtOnce"),
    ("TELL_CLEARED", "ENFORCED", "=", "ACL-2011:52", (clearing_to_tell, in_turn),
     "CLERK HANDLING_OFFICER", ("立即代履行后通知当事人", "Tell the party what was cleared"), "clearing.told", "TellOfClearing"),
    ("CLAIM_COSTS", "ENFORCED", "=", "ACL-2011:51(2)", (substitute_performed, costs_whole, within_budget, not_claimed_yet),
     "AGENCY_HEAD", ("决定代履行费用", "Claim the costs"), "substitute.costs_claimed", "ClaimSubstituteCosts"),
    ("RECORD_COSTS", "ENFORCED", "=", "ACL-2011:51(2)", (costs_left, in_turn),
     "FINANCE", ("登记代履行费用缴纳", "Record costs paid"), "substitute.costs_paid", "RecordSubstituteCosts"),
    ("AGREE", "SERVED ENFORCING", "AGREED", "ACL-2011:42(1)", _AGREE,
     "AGENCY_HEAD", ("达成执行协议", "Make an agreement"), "enforcement.agreed", "AgreeOnEnforcement"),
    ("RESUME", "AGREED", "ENFORCING", "ACL-2011:42(2)", (agreement_broken, *_GO_ON),
     "AGENCY_HEAD", ("不履行协议，恢复执行", "Resume, the agreement being broken"), "enforcement.resumed", "ResumeEnforcement"),
    ("SUSPEND", "SERVED ENFORCING", "SUSPENDED", "ACL-2011:39(1)", (suspension_ground,),
     "AGENCY_HEAD", ("中止执行", "Suspend"), "enforcement.suspended", "SuspendEnforcement"),
    ("RESUME", "SUSPENDED", "ENFORCING", "ACL-2011:39(2)", _GO_ON,
     "AGENCY_HEAD", ("恢复执行", "Resume"), "enforcement.resumed", "ResumeEnforcement"),
    ("GIVE_UP", "SUSPENDED", "TERMINATED", "ACL-2011:39(2)", (three_years_suspended,),
     "AGENCY_HEAD", ("不再执行", "Give up"), "enforcement.ended enforcement.given_up", "GiveUpEnforcement"),
    ("TERMINATE", _OPEN, "TERMINATED", "ACL-2011:40", (end_ground, annulled_indeed),
     "AGENCY_HEAD", ("终结执行", "Terminate"), "enforcement.ended", "TerminateEnforcement"),
    ("PUBLISH", _PUBLIC, "=", "GBF-2018-118:6", (of_age, not_withheld),
     "CLERK", ("公示强制执行结果", "Publish"), "enforcement.published", "PublishEnforcement"),
    ("WITHHOLD", _PUBLIC, "=", "OGI-2019:15", (ground_holds,),
     "AGENCY_HEAD", ("强制执行结果不予公开", "Keep from the public"), "enforcement.withheld", "WithholdEnforcement"),
    ("COMPLETE", "ENFORCING", "ENFORCED", "ACL-2011:49;ACL-2011:51(1)[4]",
     (all_brought_in, proceeds_banked, record_signed, _NOT_STAYED),
     "HANDLING_OFFICER FINANCE", ("执行完毕", "Complete"), "enforcement.completed", "CompleteEnforcement"),
    ("RECORD_PERFORMANCE", _OPEN, "PERFORMED", "APL-2021:66(1)", (),
     "SYSTEM", ("当事人自行履行", "Record performance"), "decision.performed enforcement.performed"),
    ("RESTORE", _AFTER, "=", "ACL-2011:41", (something_wrong, restitution_shown),
     "AGENCY_HEAD", ("恢复原状、退还财物或者赔偿", "Put right what was enforced"), "enforcement.restored", "RestoreEnforced"),
)
# fmt: on
TABLE = table(
    "enforcement",
    *map(_by_whom, _MOVES),
    titles=("行政强制执行", "Compulsory enforcement"),
    ends="ENFORCED TERMINATED PERFORMED",
)
ENFORCEMENT = Procedure("enforcement", EnforcementFacts, TABLE)
