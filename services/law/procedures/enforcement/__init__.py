"""Compulsory enforcement of a decision by the agency that has the power."""

from services.law.procedure import Procedure
from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.enforcement.rules import (
    agreement_harmless,
    by_day,
    demand_served,
    demolition_ready,
    end_ground,
    hiding_shown,
    no_good_reason,
    own_power,
    residents_supplied,
    substitute_allowed,
    substitute_demanded,
    substitute_supervised,
    surcharge_long_enough,
    surcharge_told,
    surcharge_within_duty,
    suspension_ground,
    three_years_suspended,
)
from services.law.procedures.shared import (
    KNOWN,
    MADE,
    demand_complete,
    demand_term_over,
    service_proved,
    statement_rechecked,
    under,
    urgency_stated,
)
from services.law.process import table

_SURCHARGE = (surcharge_told, surcharge_within_duty)
_RECHECKED = statement_rechecked
_DECIDE = (
    own_power, _RECHECKED, demand_complete, demand_term_over, no_good_reason, surcharge_long_enough, demolition_ready,
)  # fmt: skip
_AT_ONCE = (own_power, demand_served, hiding_shown)
_SERVED = (under(service_proved, "ACL-2011:38"),)
_EXECUTE = (own_power, by_day, residents_supplied)
_SUBSTITUTE = (*_EXECUTE, substitute_allowed, substitute_demanded, substitute_supervised)
_URGENT = under(urgency_stated, "ACL-2011:52")
_OPEN = "UNPERFORMED DEMANDED STATED DECIDED SERVED ENFORCING AGREED SUSPENDED"

# fmt: off
TABLE = table(
    "enforcement",
    ("NOTE_OVERDUE_PAYMENT", "", "UNPERFORMED", "APL-2021:72(1)", (),
     "SYSTEM FINANCE", ("逾期未缴纳罚款", "Note that a fine is overdue"), "payment.overdue"),
    ("NOTE_OVERDUE_DUTY", "", "UNPERFORMED", "ACL-2011:34", (),
     "SYSTEM HANDLING_OFFICER", ("逾期不履行义务", "Note that a duty is overdue")),
    ("CHARGE_SURCHARGE", "UNPERFORMED", "=", "ACL-2011:45(1)", _SURCHARGE,
     "SYSTEM FINANCE", ("加处罚款", "Charge the surcharge"), "surcharge.started"),
    ("ANNOUNCE_DEMOLITION", "UNPERFORMED DEMANDED", "=", "ACL-2011:44", (),
     "AGENCY_HEAD CLERK", ("公告限期拆除", "Announce the demolition"), "demolition.announced"),
    ("DEMAND", "UNPERFORMED", "DEMANDED", "ACL-2011:35", (demand_complete,),
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "enforcement.demanded"),
    ("RECORD_STATEMENT", "DEMANDED STATED", "STATED", "ACL-2011:36", (),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("RECHECK_STATEMENT", "STATED", "DEMANDED", "ACL-2011:36", (),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the statement")),
    ("DECIDE", "DEMANDED", "DECIDED", "ACL-2011:37(1)", _DECIDE,
     "AGENCY_HEAD", ("作出强制执行决定", "Decide to enforce"), f"enforcement.decided {MADE}"),
    ("DECIDE_AT_ONCE", "DEMANDED STATED", "DECIDED", "ACL-2011:37(3)", _AT_ONCE,
     "AGENCY_HEAD", ("作出立即强制执行决定", "Decide to enforce at once"), f"enforcement.decided {MADE}"),
    ("SERVE", "DECIDED", "SERVED", "ACL-2011:38", _SERVED,
     "CLERK HANDLING_OFFICER", ("送达强制执行决定书", "Serve the decision"), KNOWN),
    ("SCHEDULE_SUBSTITUTE", "SERVED", "=", "ACL-2011:51(1)[1]", (),
     "UNIT_HEAD", ("确定代履行日期", "Set a day for the substitute"), "substitute.scheduled"),
    ("DEMAND_ONCE_MORE", "SERVED", "=", "ACL-2011:51(1)[2]", (),
     "CLERK HANDLING_OFFICER", ("代履行前催告", "Demand before the substitute"), "substitute.demanded"),
    ("EXECUTE", "SERVED", "ENFORCING", "ACL-2011:43", _EXECUTE,
     "HANDLING_OFFICER", ("实施强制执行", "Enforce"), "enforcement.started"),
    ("EXECUTE_BY_SUBSTITUTE", "SERVED", "ENFORCING", "ACL-2011:50", _SUBSTITUTE,
     "HANDLING_OFFICER", ("代履行", "Have a substitute perform"), "enforcement.started"),
    ("CLEAR_AT_ONCE", "", "ENFORCED", "ACL-2011:52", (_URGENT,),
     "AGENCY_HEAD HANDLING_OFFICER", ("立即代履行", "Clear at once"), "enforcement.completed"),
    ("AGREE", "SERVED ENFORCING", "AGREED", "ACL-2011:42(1)", (agreement_harmless,),
     "AGENCY_HEAD", ("达成执行协议", "Make an agreement"), "enforcement.agreed"),
    ("RESUME", "AGREED", "ENFORCING", "ACL-2011:42(2)", (),
     "AGENCY_HEAD", ("不履行协议，恢复执行", "Resume, the agreement being broken"), "enforcement.resumed"),
    ("SUSPEND", "SERVED ENFORCING", "SUSPENDED", "ACL-2011:39(1)", (suspension_ground,),
     "AGENCY_HEAD", ("中止执行", "Suspend"), "enforcement.suspended"),
    ("RESUME", "SUSPENDED", "ENFORCING", "ACL-2011:39(2)", (),
     "AGENCY_HEAD", ("恢复执行", "Resume"), "enforcement.resumed"),
    ("GIVE_UP", "SUSPENDED", "TERMINATED", "ACL-2011:39(2)", (three_years_suspended,),
     "AGENCY_HEAD", ("不再执行", "Give up"), "enforcement.ended"),
    ("TERMINATE", _OPEN, "TERMINATED", "ACL-2011:40", (end_ground,),
     "AGENCY_HEAD", ("终结执行", "Terminate"), "enforcement.ended"),
    ("PUBLISH", "DECIDED SERVED ENFORCING ENFORCED PERFORMED TERMINATED", "=", "GBF-2018-118:6", (),
     "CLERK", ("公示强制执行结果", "Publish"), "enforcement.published"),
    ("COMPLETE", "ENFORCING", "ENFORCED", "ACL-2011:49;ACL-2011:51(1)[4]", (),
     "HANDLING_OFFICER FINANCE", ("执行完毕", "Complete"), "enforcement.completed"),
    ("RECORD_PAYMENT", _OPEN, "PERFORMED", "APL-2021:67(3)", (),
     "FINANCE", ("缴清款项", "Record full payment"), "payment.completed decision.performed"),
    ("RECORD_PERFORMANCE", _OPEN, "PERFORMED", "APL-2021:66(1)", (),
     "HANDLING_OFFICER", ("当事人自行履行", "Record performance"), "decision.performed"),
    titles=("行政强制执行", "Compulsory enforcement"),
    ends="ENFORCED TERMINATED PERFORMED",
)
# fmt: on
ENFORCEMENT = Procedure("enforcement", EnforcementFacts, TABLE)
