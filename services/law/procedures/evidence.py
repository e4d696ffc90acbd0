"""Advance registration of evidence, help from other agencies, and disputes over who handles a case."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class RegistrationFacts:
    """What the rules ask of an advance registration of evidence when an act is to be done."""

    may_vanish: bool  # or be hard to get later
    urgent: bool
    hours_since: int
    list_signed: bool  # and a copy and the notice delivered on the spot
    seven_days_over: bool


_MAY_VANISH = Rule(
    "PREREG_NOT_NEEDED", "APL-2021:56", "Evidence is registered if it may vanish or be hard to get later.",
    "证据可能灭失或者以后难以取得的，方可先行登记保存。", lambda f: f.may_vanish,
)  # fmt: skip
_URGENT = Rule(
    "PREREG_NOT_APPROVED", "APL-2021:56;SAMR-2022:33(2)", "Without approval only in urgency.",
    "未经批准，仅在情况紧急时可以当场先行登记保存。", lambda f: f.urgent,
)  # fmt: skip
_LIST = Rule(
    "PREREG_LIST_MISSING", "SAMR-2022:34(1)", "The list is signed and delivered with the notice on the spot.",
    "应当当场清点、开具清单并交付通知书。", lambda f: f.list_signed,
)  # fmt: skip
_WITHIN_A_DAY = Rule(
    "REPORTED_LATE", "SAMR-2022:33(2)", "It is reported and approved within twenty-four hours.",
    "应当在二十四小时内报告并补办批准手续。", lambda f: f.hours_since <= 24,
)  # fmt: skip
_IN_TIME = Rule(
    "TERM_OVER", "APL-2021:56;SAMR-2022:35(2)", "After seven working days the registration has lapsed.",
    "逾期未处理的，先行登记保存措施自动解除。", lambda f: not f.seven_days_over,
)  # fmt: skip
_OVER = Rule(
    "TERM_RUNS", "SAMR-2022:35(2)", "It lapses when the seven working days have passed.",
    "七个工作日届满后，方自动解除。", lambda f: f.seven_days_over,
)  # fmt: skip
_DONE = "evidence.registration_decided"

# fmt: off
ADVANCE_REGISTRATION = table(
    "advance_registration",
    ("REQUEST", "", "REQUESTED", "APL-2021:56", (_MAY_VANISH,),
     "HANDLING_OFFICER", ("报请先行登记保存", "Ask for the registration")),
    ("APPROVE", "REQUESTED", "APPROVED", "APL-2021:56", (),
     "AGENCY_HEAD", ("批准", "Approve")),
    ("REFUSE", "REQUESTED", "REFUSED", "APL-2021:56", (),
     "AGENCY_HEAD", ("不予批准", "Refuse")),
    ("REGISTER", "APPROVED", "REGISTERED", "APL-2021:56", (_LIST,),
     "HANDLING_OFFICER", ("先行登记保存", "Register"), "evidence.registered"),
    ("REGISTER_URGENTLY", "", "URGENT", "SAMR-2022:33(2)", (_MAY_VANISH, _URGENT, _LIST),
     "HANDLING_OFFICER", ("当场先行登记保存", "Register urgently"),
     "evidence.registered evidence.registered_urgently"),
    ("APPROVE_AFTERWARDS", "URGENT", "REGISTERED", "SAMR-2022:33(2)", (_WITHIN_A_DAY,),
     "AGENCY_HEAD", ("补办批准", "Approve afterwards"), "evidence.registration_approved"),
    ("PRESERVE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[1]", (_IN_TIME,),
     "HANDLING_OFFICER", ("采取证据保全措施", "Preserve by copy or record"), _DONE),
    ("SEND_TO_APPRAISAL", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[2]", (_IN_TIME,),
     "HANDLING_OFFICER", ("送检验鉴定", "Send to appraisal"), _DONE),
    ("SEAL_OR_SEIZE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[3]", (_IN_TIME,),
     "AGENCY_HEAD", ("转为查封、扣押", "Seal or seize"), _DONE),
    ("CONFISCATE", "REGISTERED", "DISPOSED", "SAMR-2022:35(1)[4]", (_IN_TIME,),
     "AGENCY_HEAD", ("没收", "Confiscate"), _DONE),
    ("RELEASE", "URGENT REGISTERED", "RELEASED", "SAMR-2022:33;SAMR-2022:35(1)[5]", (),
     "AGENCY_HEAD", ("解除", "Release"), f"{_DONE} evidence.registration_released"),
    ("LAPSE", "REGISTERED", "RELEASED", "SAMR-2022:35(2)", (_OVER,),
     "SYSTEM", ("逾期自动解除", "Lapse"), f"{_DONE} evidence.registration_released"),
    titles=("证据先行登记保存", "Advance registration of evidence"),
    ends="REFUSED DISPOSED RELEASED",
)
# fmt: on


@dataclass(frozen=True)
class CooperationFacts:
    """What the rules ask of a jurisdiction dispute or a letter of assistance when an act is to be done."""

    own_powers: bool  # what is asked for lies in the powers of the agency that is asked
    in_time: bool
    delay_told: bool
    first_to_file: bool


_POWERS = Rule(
    "NOT_COMPETENT", "APL-2021:26;SAMR-2022:45(2)", "An agency helps within its own powers.",
    "协助事项属于被请求机关职权范围的，应当予以协助。", lambda f: f.own_powers,
)  # fmt: skip
_NO_POWERS = Rule(
    "COMPETENT", "APL-2021:26", "Only what lies outside its powers is declined.",
    "不属于职权范围的，方可不予协助。", lambda f: not f.own_powers,
)  # fmt: skip
_DELAY = Rule(
    "DELAY_NOT_TOLD", "SAMR-2022:45(2)", "A delay is told before the term has ended.",
    "需要延期的，应当在期限届满前告知。", lambda f: f.in_time and f.delay_told,
)  # fmt: skip
_FIRST = Rule(
    "JURISDICTION_CONFLICT", "APL-2021:25(1)", "Of several competent agencies the first to file handles the case.",
    "两个以上行政机关都有管辖权的，由最先立案的行政机关管辖。", lambda f: f.first_to_file,
)  # fmt: skip

# fmt: off
ASSISTANCE = table(
    "assistance",
    ("ASK", "", "ASKED", "APL-2021:26;SAMR-2022:45(1)", (),
     "AGENCY", ("出具协助调查函", "Ask for help")),
    ("RECEIVE", "ASKED", "RECEIVED", "SAMR-2022:45(2)", (),
     "ASSISTING_AGENCY", ("收到协助调查函", "Receive the letter"), "assistance.received"),
    ("DEFER", "RECEIVED", "=", "SAMR-2022:45(2)", (_DELAY,),
     "ASSISTING_AGENCY", ("告知延期", "Tell a delay"), "assistance.deferred"),
    ("ANSWER", "RECEIVED", "ANSWERED", "SAMR-2022:45(2)", (_POWERS,),
     "ASSISTING_AGENCY", ("完成协助", "Answer"), "assistance.answered"),
    ("DECLINE", "RECEIVED", "DECLINED", "APL-2021:26", (_NO_POWERS,),
     "ASSISTING_AGENCY", ("不属于职权范围，退回", "Decline"), "assistance.answered"),
    titles=("协助调查", "Assistance"),
    ends="ANSWERED DECLINED",
)
JURISDICTION = table(
    "jurisdiction",
    ("DISPUTE", "", "DISPUTED", "APL-2021:25(2)", (),
     "AGENCY", ("发生管辖争议", "Dispute"), "yifa.enforcement.v1.JurisdictionDisputed"),
    ("AGREE", "DISPUTED REFERRED", "SETTLED", "APL-2021:25", (_FIRST,),
     "AGENCY", ("协商一致", "Agree"),
     "yifa.enforcement.v1.CaseYielded yifa.enforcement.v1.TransferAcknowledged"),
    ("REFER", "DISPUTED", "REFERRED", "APL-2021:25(2)", (),
     "AGENCY", ("报请指定管辖", "Refer to the common superior"), "yifa.enforcement.v1.JurisdictionReferred"),
    ("DESIGNATE", "DISPUTED REFERRED", "DESIGNATED", "APL-2021:25(2);SAMR-2022:16", (),
     "SUPERIOR_AGENCY", ("指定管辖", "Designate"), "yifa.supervision.v1.JurisdictionDesignated"),
    titles=("管辖争议", "Dispute over jurisdiction"),
    ends="SETTLED DESIGNATED",
)
# fmt: on
