"""Compulsory enforcement of a decision: by the agency that has the power, or by the court on its application."""

from dataclasses import dataclass

from services.law.process import Rule, table

SURCHARGE_DAYS = 30  # that must have passed before direct enforcement, ACL 46(1)


@dataclass(frozen=True)
class EnforcementFacts:
    """What the rules ask of an enforcement when an act is to be done."""

    own_power: bool  # a law gives the agency the power to enforce by itself
    money_duty: bool
    surcharge_announced: bool
    surcharge_days: int
    surcharge_within_fine: bool
    demand_complete: bool  # term, manner, amount, and the right to state and defend
    demand_term_over: bool
    good_reason: bool  # the party has one for not performing
    statement_open: bool  # made, and not rechecked yet
    hiding_assets: bool
    demolition: bool
    demolition_announced: bool
    remedy_over: bool  # the periods of reconsideration and suit are over, and none was used
    night_or_holiday: bool
    urgent: bool
    cuts_utilities: bool  # water, power, heating or gas of residents
    harms_public: bool
    grounds_given: bool  # which of the cases of ACL 39 or 40 it is
    years_suspended: int
    harmless: bool  # no plain harm to society, and the party cannot perform
    supervised: bool  # the agency's people watch over the substitute
    waited: bool  # ten working days since the demand was served
    in_three_months: bool
    papers_complete: bool  # of ACL 55
    head_signed: bool
    public_safety: bool
    days_since_ruling: int


_POWER = Rule(
    "NO_POWER_TO_ENFORCE", "ACL-2011:34", "Only an agency that a law gives the power enforces by itself.",
    "具有行政强制执行权的行政机关方可自行强制执行。", lambda f: f.own_power,
)  # fmt: skip
_SURCHARGE = (
    Rule("SURCHARGE_NOT_TOLD", "ACL-2011:45(1)", "The rate of the surcharge was told to the party.",
         "加处罚款的标准应当告知当事人。", lambda f: f.surcharge_announced),
    Rule("SURCHARGE_RULE", "ACL-2011:45(2)", "The surcharge does not exceed the duty.",
         "加处罚款的数额不得超出金钱给付义务的数额。", lambda f: f.surcharge_within_fine),
)  # fmt: skip
_DEMAND = Rule(
    "DEMAND_INCOMPLETE", "ACL-2011:35", "The demand names term, manner, amount and the right to defend.",
    "催告书应当载明期限、方式、金额以及陈述权和申辩权。", lambda f: f.demand_complete,
)  # fmt: skip
_RECHECKED = Rule(
    "STATEMENT_NOT_RECHECKED", "ACL-2011:36", "What the party states is recorded and rechecked.",
    "对当事人提出的事实、理由和证据，应当记录、复核。", lambda f: not f.statement_open,
)  # fmt: skip
_DECIDE = (
    _POWER,
    _RECHECKED,
    Rule("DEMAND_TERM_OPEN", "ACL-2011:37(1)", "The term of the demand is over and the duty is not performed.",
         "经催告逾期仍不履行的，方可作出强制执行决定。", lambda f: f.demand_term_over),
    Rule("GOOD_REASON", "ACL-2011:37(1)", "The party has no good reason for not performing.",
         "当事人无正当理由。", lambda f: not f.good_reason),
    Rule("SURCHARGE_TOO_SHORT", "ACL-2011:46(1)", "A surcharge has run for more than thirty days.",
         "加处罚款超过三十日，经催告仍不履行的，方可强制执行。",
         lambda f: not f.money_duty or f.surcharge_days > SURCHARGE_DAYS),
    Rule("DEMOLITION_PRECONDITION", "ACL-2011:44", "Demolition is announced, and no remedy was used in time.",
         "强制拆除应当公告，且当事人在法定期限内不申请复议、不起诉又不拆除。",
         lambda f: not f.demolition or (f.demolition_announced and f.remedy_over)),
)  # fmt: skip
_HIDING = Rule(
    "NO_SIGN_OF_HIDING", "ACL-2011:37(3)", "There is evidence that assets are moved or hidden.",
    "有证据证明有转移或者隐匿财物迹象。", lambda f: f.hiding_assets,
)  # fmt: skip
_EXECUTE = (
    _POWER,
    Rule("NIGHT_OR_HOLIDAY", "ACL-2011:43(1)", "Not at night or on a public holiday, unless it is urgent.",
         "不得在夜间或者法定节假日实施，情况紧急的除外。", lambda f: f.urgent or not f.night_or_holiday),
    Rule("UTILITIES_CUT", "ACL-2011:43(2)", "Residents' water, power, heating and gas are not cut off.",
         "不得对居民生活停止供水、供电、供热、供燃气。", lambda f: not f.cuts_utilities),
)  # fmt: skip
_HARMLESS = Rule(
    "AGREEMENT_HARMS", "ACL-2011:42(1)", "An agreement harms neither the public nor other people.",
    "执行协议不得损害公共利益和他人合法权益。", lambda f: not f.harms_public,
)  # fmt: skip
_GROUNDS = Rule(
    "GROUNDS_MISSING", "ACL-2011:39(1);ACL-2011:40", "It is said which of the cases of the law it is.",
    "应当说明属于中止、终结执行的何种情形。", lambda f: f.grounds_given,
)  # fmt: skip
_THREE_YEARS = Rule(
    "NOT_THREE_YEARS", "ACL-2011:39(2)", "Suspended three years, harmless, and the party cannot perform.",
    "没有明显社会危害，当事人确无能力履行，中止执行满三年。", lambda f: f.years_suspended >= 3 and f.harmless,
)  # fmt: skip
_SUPERVISED = Rule(
    "SUBSTITUTE_UNSUPERVISED", "ACL-2011:51(1)[3]", "The agency's people watch over a substitute.",
    "代履行时，行政机关应当派员到场监督。", lambda f: f.supervised,
)  # fmt: skip
_URGENT = Rule(
    "NOT_URGENT", "ACL-2011:52", "At once only what must be cleared at once.",
    "需要立即清除的，方可立即代履行。", lambda f: f.urgent,
)  # fmt: skip
_OPEN = "UNPERFORMED DEMANDED STATED DECIDED SERVED ENFORCING AGREED SUSPENDED"

# fmt: off
ENFORCEMENT = table(
    "enforcement",
    ("NOTE_OVERDUE_PAYMENT", "", "UNPERFORMED", "APL-2021:72(1)", (),
     "SYSTEM FINANCE", ("逾期未缴纳罚款", "Note that a fine is overdue"), "payment.overdue"),
    ("NOTE_OVERDUE_DUTY", "", "UNPERFORMED", "ACL-2011:34", (),
     "SYSTEM HANDLING_OFFICER", ("逾期不履行义务", "Note that a duty is overdue")),
    ("CHARGE_SURCHARGE", "UNPERFORMED", "=", "ACL-2011:45(1)", _SURCHARGE,
     "SYSTEM FINANCE", ("加处罚款", "Charge the surcharge"), "surcharge.started"),
    ("ANNOUNCE_DEMOLITION", "UNPERFORMED DEMANDED", "=", "ACL-2011:44", (),
     "AGENCY_HEAD CLERK", ("公告限期拆除", "Announce the demolition"), "demolition.announced"),
    ("DEMAND", "UNPERFORMED", "DEMANDED", "ACL-2011:35", (_DEMAND,),
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "enforcement.demanded"),
    ("RECORD_STATEMENT", "DEMANDED STATED", "STATED", "ACL-2011:36", (),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("RECHECK_STATEMENT", "STATED", "DEMANDED", "ACL-2011:36", (),
     "HANDLING_OFFICER UNIT_HEAD", ("复核陈述申辩", "Recheck the statement")),
    ("DECIDE", "DEMANDED", "DECIDED", "ACL-2011:37(1)", _DECIDE,
     "AGENCY_HEAD", ("作出强制执行决定", "Decide to enforce"), "enforcement.decided"),
    ("DECIDE_AT_ONCE", "DEMANDED STATED", "DECIDED", "ACL-2011:37(3)", (_POWER, _HIDING),
     "AGENCY_HEAD", ("作出立即强制执行决定", "Decide to enforce at once"), "enforcement.decided"),
    ("SERVE", "DECIDED", "SERVED", "ACL-2011:38", (),
     "CLERK HANDLING_OFFICER", ("送达强制执行决定书", "Serve the decision")),
    ("SCHEDULE_SUBSTITUTE", "SERVED", "=", "ACL-2011:51(1)[1]", (),
     "UNIT_HEAD", ("确定代履行日期", "Set a day for the substitute"), "substitute.scheduled"),
    ("DEMAND_ONCE_MORE", "SERVED", "=", "ACL-2011:51(1)[2]", (),
     "CLERK HANDLING_OFFICER", ("代履行前催告", "Demand before the substitute"), "substitute.demanded"),
    ("EXECUTE", "SERVED", "ENFORCING", "ACL-2011:43", _EXECUTE,
     "HANDLING_OFFICER", ("实施强制执行", "Enforce"), "enforcement.started"),
    ("EXECUTE_BY_SUBSTITUTE", "SERVED", "ENFORCING", "ACL-2011:50", (*_EXECUTE, _SUPERVISED),
     "HANDLING_OFFICER", ("代履行", "Have a substitute perform"), "enforcement.started"),
    ("CLEAR_AT_ONCE", "", "ENFORCED", "ACL-2011:52", (_URGENT,),
     "AGENCY_HEAD HANDLING_OFFICER", ("立即代履行", "Clear at once"), "enforcement.completed"),
    ("AGREE", "SERVED ENFORCING", "AGREED", "ACL-2011:42(1)", (_HARMLESS,),
     "AGENCY_HEAD", ("达成执行协议", "Make an agreement"), "enforcement.agreed"),
    ("RESUME", "AGREED", "ENFORCING", "ACL-2011:42(2)", (),
     "AGENCY_HEAD", ("不履行协议，恢复执行", "Resume, the agreement being broken"), "enforcement.resumed"),
    ("SUSPEND", "SERVED ENFORCING", "SUSPENDED", "ACL-2011:39(1)", (_GROUNDS,),
     "AGENCY_HEAD", ("中止执行", "Suspend"), "enforcement.suspended"),
    ("RESUME", "SUSPENDED", "ENFORCING", "ACL-2011:39(2)", (),
     "AGENCY_HEAD", ("恢复执行", "Resume"), "enforcement.resumed"),
    ("GIVE_UP", "SUSPENDED", "TERMINATED", "ACL-2011:39(2)", (_THREE_YEARS,),
     "AGENCY_HEAD", ("不再执行", "Give up"), "enforcement.ended"),
    ("TERMINATE", _OPEN, "TERMINATED", "ACL-2011:40", (_GROUNDS,),
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

_APPLY = (
    Rule("AGENCY_HAS_POWER", "ACL-2011:53", "An agency without power of its own applies to the court.",
         "没有行政强制执行权的行政机关方可申请人民法院强制执行。", lambda f: not f.own_power),
    Rule("WAITING_TIME", "ACL-2011:54", "Ten working days have passed since the demand was served.",
         "催告书送达十日后当事人仍未履行义务的，方可申请。", lambda f: f.waited),
    Rule("APPLICATION_LATE", "ACL-2011:53", "It is asked for within three months of the end of the remedy period.",
         "应当自期限届满之日起三个月内申请。", lambda f: f.in_three_months),
    Rule("COURT_APPLICATION_PRECONDITION", "ACL-2011:55(1)", "The papers of the application are complete.",
         "应当提供法律规定的申请材料。", lambda f: f.papers_complete),
    Rule("HEAD_NOT_SIGNED", "ACL-2011:55(2)", "The head of the agency has signed the application.",
         "强制执行申请书应当由行政机关负责人签名。", lambda f: f.head_signed),
)
_REMEDY_OVER = Rule(
    "REMEDY_OPEN", "ACL-2011:53", "The periods of reconsideration and suit are over, and none was used.",
    "当事人在法定期限内不申请行政复议或者提起行政诉讼。", lambda f: f.remedy_over,
)
_SAFETY = Rule(
    "NOT_PUBLIC_SAFETY", "ACL-2011:59", "Immediate enforcement is urgent and protects public safety.",
    "情况紧急，为保障公共安全的，方可申请立即执行。", lambda f: f.urgent and f.public_safety,
)
_LATE = Rule(
    "STILL_IN_TIME", "ACL-2011:53", "The right lapses only when the three months have passed.",
    "三个月期限届满后，方丧失申请执行的权利。", lambda f: not f.in_three_months,
)
_CHALLENGE = Rule(
    "CHALLENGE_LATE", "ACL-2011:56(2);ACL-2011:58(3)", "A ruling is challenged within fifteen days.",
    "对裁定有异议的，应当在十五日内申请复议。", lambda f: f.days_since_ruling <= 15,
)
COURT_ENFORCEMENT = table(
    "court_enforcement",
    ("NOTE_REMEDY_OVER", "", "EXPIRED", "ACL-2011:53", (_REMEDY_OVER,),
     "SYSTEM", ("救济期限届满", "Note the end of the remedy period"), "remedy.expired"),
    ("NOTE_DEFERRAL_OVER", "", "EXPIRED", "APL-2021:72(2)", (_REMEDY_OVER,),
     "SYSTEM", ("延期、分期期限结束", "Note the end of the deferral"), "deferral.ended"),
    ("DEMAND", "EXPIRED", "DEMANDED", "ACL-2011:54", (_DEMAND,),
     "CLERK HANDLING_OFFICER", ("催告", "Demand performance"), "demand.served"),
    ("RECORD_STATEMENT", "DEMANDED", "=", "ACL-2011:36", (),
     "HANDLING_OFFICER CLERK", ("记录陈述申辩", "Record a statement")),
    ("APPLY", "DEMANDED", "APPLIED", "ACL-2011:53;ACL-2011:54", (*_APPLY, _RECHECKED),
     "AGENCY_HEAD", ("申请法院强制执行", "Apply to the court"), "court.applied"),
    ("APPLY_FOR_IMMEDIATE", "EXPIRED DEMANDED", "APPLIED", "ACL-2011:59", (_SAFETY,),
     "AGENCY_HEAD", ("申请立即执行", "Apply for immediate enforcement"), "court.applied"),
    ("LAPSE", "EXPIRED DEMANDED", "LAPSED", "ACL-2011:53", (_LATE,),
     "SYSTEM", ("丧失申请执行的权利", "Lose the right to enforce")),
    ("ACCEPT", "APPLIED", "ACCEPTED", "ACL-2011:56(1)", (),
     "COURT", ("法院受理", "Accept"), "court.accepted"),
    ("REFUSE", "APPLIED", "REFUSED", "ACL-2011:56(2)", (),
     "COURT", ("裁定不予受理", "Refuse to accept"), "court.refused"),
    ("RULE", "ACCEPTED", "RULED", "ACL-2011:57;ACL-2011:58(2)", (),
     "COURT", ("裁定执行", "Rule to enforce"), "court.ruled"),
    ("RULE_URGENTLY", "ACCEPTED", "RULED", "ACL-2011:59", (_SAFETY,),
     "COURT", ("裁定立即执行", "Rule to enforce at once"), "court.ruled court.ruled_urgent"),
    ("RULE_AGAINST", "ACCEPTED", "REFUSED", "ACL-2011:58(2)", (),
     "COURT", ("裁定不予执行", "Rule against"), "court.ruled court.refused"),
    ("CHALLENGE", "REFUSED", "CHALLENGED", "ACL-2011:56(2);ACL-2011:58(3)", (_CHALLENGE,),
     "AGENCY_HEAD", ("申请复议", "Challenge the ruling"), "court.challenged"),
    ("LET_STAND", "REFUSED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "AGENCY_HEAD SYSTEM", ("裁定生效", "Let the ruling stand")),
    ("ALLOW", "CHALLENGED", "ACCEPTED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "COURT", ("复议改为受理", "Allow the challenge"), "court.accepted"),
    ("DISMISS", "CHALLENGED", "FAILED", "ACL-2011:56(2);ACL-2011:58(3)", (),
     "COURT", ("复议维持", "Dismiss the challenge")),
    ("ENFORCE", "RULED", "ENFORCED", "ACL-2011:59;ACL-2011:60(2)", (),
     "COURT", ("法院执行", "Enforce"), "court.enforced"),
    ("WITHDRAW", "APPLIED ACCEPTED", "WITHDRAWN", "ALIT-2017:62", (),
     "AGENCY_HEAD", ("撤回申请", "Withdraw the application"), "court.withdrawn"),
    ("RECORD_PERFORMANCE", "EXPIRED DEMANDED APPLIED ACCEPTED RULED", "PERFORMED", "APL-2021:66(1)", (),
     "HANDLING_OFFICER FINANCE", ("当事人自行履行", "Record performance"), "decision.performed"),
    titles=("申请人民法院强制执行", "Enforcement by the court"),
    ends="LAPSED FAILED ENFORCED WITHDRAWN PERFORMED",
)
# fmt: on
