"""Sealing, seizure and freezing: the compulsory measures of the Administrative Compulsion Law."""

from dataclasses import dataclass

from services.law.process import Rule, table

MOST_DAYS = 30  # of an extension, ACL 25(1), 32(1)


@dataclass(frozen=True)
class MeasureFacts:
    """What the rules ask of a measure when an act is to be done."""

    power_by_statute: bool  # a law or regulation gives the acting agency itself the power
    officers: int
    certified: bool  # each holds a certificate in force
    certificates_shown: bool
    party_or_witness: bool
    party_told: bool  # reasons, basis, rights and remedies
    party_heard: bool
    record_signed: bool  # or the refusal to sign is noted
    papers_delivered: bool  # decision and list, on the spot
    related_only: bool
    necessities: bool
    taken_already: bool  # sealed or frozen by another organ of the state
    urgent: bool
    hours_since: int  # since an urgent measure was taken
    complex: bool
    extensions: int  # granted so far
    extension_days: int
    extension_told: bool  # in writing, with reasons
    term_over: bool
    appraisal_told: bool  # its length, to the party in writing
    grounds_given: bool  # which of the cases of ACL 28 or 33 it is
    decided: bool  # the violation was decided on
    destruction_by_statute: bool
    party_told_of_transfer: bool
    demanded_in_vain: bool  # no remedy was sought in time, and a demand was not met


_POWER = (
    Rule("COERCION_NOT_ENTRUSTABLE", "ACL-2011:17(1);ACL-2011:22",
         "Only the agency that a law or regulation empowers takes the measure, and it entrusts nobody with it.",
         "行政强制措施由法律、法规规定的行政机关实施，不得委托。", lambda f: f.power_by_statute),
)  # fmt: skip
_OFFICERS = (
    Rule("TWO_CERTIFIED_OFFICERS", "ACL-2011:17(3)", "Every officer who takes it holds a certificate in force.",
         "行政强制措施应当由具备资格的行政执法人员实施。", lambda f: f.certified),
    Rule("TOO_FEW_OFFICERS", "ACL-2011:18[2]", "At least two officers take the measure.",
         "行政强制措施由两名以上行政执法人员实施。", lambda f: f.officers >= 2),
    Rule("CERTIFICATE_NOT_SHOWN", "ACL-2011:18[3]", "The officers show their certificates.",
         "实施行政强制措施应当出示执法身份证件。", lambda f: f.certificates_shown),
    Rule("RECORD_MISSING", "ACL-2011:18[7]", "A record is made on the spot and signed, or the refusal noted.",
         "应当制作现场笔录并签名，拒绝签名的予以注明。", lambda f: f.record_signed),
)  # fmt: skip
_ON_SITE = (
    *_OFFICERS,
    Rule("PARTY_NOT_PRESENT", "ACL-2011:18[4];ACL-2011:18[9]",
         "The party is called to be there; if it does not come, a witness is.",
         "通知当事人到场；当事人不到场的，邀请见证人到场。", lambda f: f.party_or_witness),
    Rule("RIGHTS_NOT_TOLD", "ACL-2011:18[5]", "Reasons, basis, rights and remedies are told on the spot.",
         "当场告知理由、依据以及当事人的权利、救济途径。", lambda f: f.party_told),
    Rule("DEFENCE_NOT_HEARD", "ACL-2011:18[6]", "The party's statement and defence are heard.",
         "听取当事人的陈述和申辩。", lambda f: f.party_heard),
    Rule("PAPERS_NOT_DELIVERED", "ACL-2011:24(1)", "Decision and list are delivered on the spot.",
         "查封、扣押决定书和清单应当当场交付。", lambda f: f.papers_delivered),
    Rule("COERCIVE_SCOPE", "ACL-2011:23(1)", "Only what is connected with the violation, no necessities of life.",
         "限于涉案的场所、设施或者财物，不得查封、扣押生活必需品。",
         lambda f: f.related_only and not f.necessities),
    Rule("SEALED_TWICE", "ACL-2011:23(2)", "What another organ has lawfully sealed is not sealed again.",
         "已被其他国家机关依法查封的，不得重复查封。", lambda f: not f.taken_already),
)  # fmt: skip
_FREEZE = (
    *_POWER,
    *_OFFICERS,
    Rule("FROZEN_TWICE", "ACL-2011:29(2)", "What another organ has lawfully frozen is not frozen again.",
         "已被其他国家机关依法冻结的，不得重复冻结。", lambda f: not f.taken_already),
)  # fmt: skip
_URGENT = Rule(
    "NOT_URGENT", "ACL-2011:19", "Without approval a measure is taken only if it is urgent.",
    "未经批准，仅在情况紧急时可以当场实施。", lambda f: f.urgent,
)  # fmt: skip
_WITHIN_A_DAY = Rule(
    "REPORTED_LATE", "ACL-2011:19", "It is reported and approved within twenty-four hours.",
    "应当在二十四小时内报告并补办批准手续。", lambda f: f.hours_since <= 24,
)  # fmt: skip
_EXTENSION = (
    Rule("NOT_COMPLEX", "ACL-2011:25(1);ACL-2011:32(1)", "The term is extended only for complexity.",
         "情况复杂的，方可延长。", lambda f: f.complex),
    Rule("EXTENSION_INVALID", "ACL-2011:25(1);ACL-2011:32(1)", "It is extended once, by thirty days at most.",
         "只可延长一次，延长期限不得超过三十日。",
         lambda f: f.extensions == 0 and 0 < f.extension_days <= MOST_DAYS),
    Rule("EXTENSION_LATE", "ACL-2011:25(1);ACL-2011:32(1)", "It is extended while the term still runs.",
         "应当在期限届满前延长。", lambda f: not f.term_over),
    Rule("EXTENSION_NOT_TOLD", "ACL-2011:25(2);ACL-2011:32(2)", "The party is told in writing, with reasons.",
         "延长的决定应当及时书面告知当事人，并说明理由。", lambda f: f.extension_told),
)  # fmt: skip
_APPRAISAL = Rule(
    "APPRAISAL_NOT_TOLD", "ACL-2011:25(3)", "How long the appraisal takes is told to the party in writing.",
    "检测、检验、检疫或者技术鉴定的期间应当明确，并书面告知当事人。", lambda f: f.appraisal_told,
)  # fmt: skip
_TERM_RUNS = Rule(
    "TERM_OVER", "ACL-2011:28(1)[4];ACL-2011:33(1)[4]", "After the term the measure can only be lifted.",
    "期限届满的，只能解除。", lambda f: not f.term_over,
)  # fmt: skip
_DECIDED = Rule(
    "NOT_DECIDED", "ACL-2011:27", "The facts are clear and the violation is decided on.",
    "违法事实清楚并已作出处理决定。", lambda f: f.decided,
)  # fmt: skip
_GROUNDS = Rule(
    "GROUNDS_MISSING", "ACL-2011:28(1);ACL-2011:33(1)", "The decision to lift says which case it is.",
    "解除决定应当说明属于何种情形。", lambda f: f.grounds_given,
)  # fmt: skip
_TO_DESTROY = Rule(
    "DESTRUCTION_WITHOUT_LAW", "ACL-2011:27", "Things are destroyed if a law or regulation says so.",
    "法律、行政法规规定应当销毁的，方可销毁。", lambda f: f.destruction_by_statute,
)  # fmt: skip
_TRANSFER_TOLD = Rule(
    "TRANSFER_NOT_TOLD", "ACL-2011:21", "The party is told in writing that its things were handed over.",
    "移送应当书面告知当事人。", lambda f: f.party_told_of_transfer,
)  # fmt: skip
_AUCTION = Rule(
    "AUCTION_TOO_EARLY", "ACL-2011:46(3)", "No remedy was sought in time, and a demand was not met.",
    "当事人在法定期限内不申请复议或者提起诉讼，经催告仍不履行。", lambda f: f.demanded_in_vain,
)  # fmt: skip

# fmt: off
MEASURE = table(
    "measure",
    ("REQUEST", "", "REQUESTED", "ACL-2011:18[1]", _POWER,
     "HANDLING_OFFICER UNIT_HEAD", ("报请批准强制措施", "Ask for the measure")),
    ("APPROVE", "REQUESTED", "APPROVED", "ACL-2011:18[1]", _POWER,
     "AGENCY_HEAD", ("批准强制措施", "Approve the measure"), "measure.approved"),
    ("REFUSE", "REQUESTED", "REFUSED", "ACL-2011:18[1]", (),
     "AGENCY_HEAD", ("不予批准", "Refuse the measure")),
    ("SEAL", "APPROVED", "EXECUTED", "ACL-2011:24(1)", _ON_SITE,
     "HANDLING_OFFICER", ("查封", "Seal"), "measure.sealed"),
    ("SEIZE", "APPROVED", "EXECUTED", "ACL-2011:24(1)", _ON_SITE,
     "HANDLING_OFFICER", ("扣押", "Seize"), "measure.seized"),
    ("SEAL_URGENTLY", "", "URGENT", "ACL-2011:19", (*_POWER, _URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急查封", "Seal urgently"), "measure.sealed measure.executed_urgently"),
    ("SEIZE_URGENTLY", "", "URGENT", "ACL-2011:19", (*_POWER, _URGENT, *_ON_SITE),
     "HANDLING_OFFICER", ("紧急扣押", "Seize urgently"), "measure.seized measure.executed_urgently"),
    ("APPROVE_AFTERWARDS", "URGENT", "EXECUTED", "ACL-2011:19", (_WITHIN_A_DAY,),
     "AGENCY_HEAD", ("补办批准", "Approve afterwards"), "measure.approved"),
    ("FREEZE", "APPROVED", "FROZEN", "ACL-2011:30(1)", _FREEZE,
     "HANDLING_OFFICER", ("冻结", "Freeze"), "measure.frozen"),
    ("DELIVER_FREEZING_DECISION", "FROZEN", "=", "ACL-2011:31", (),
     "CLERK HANDLING_OFFICER", ("交付冻结决定书", "Deliver the freezing decision"), "measure.decision_delivered"),
    ("SEND_TO_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (_APPRAISAL, _TERM_RUNS),
     "HANDLING_OFFICER", ("送检验鉴定", "Send to appraisal"), "measure.appraisal_started"),
    ("RECEIVE_APPRAISAL", "EXECUTED EXTENDED", "=", "ACL-2011:25(3)", (),
     "HANDLING_OFFICER", ("收到鉴定意见", "Receive the appraisal"), "measure.appraisal_ended"),
    ("EXTEND", "EXECUTED", "EXTENDED", "ACL-2011:25(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长查封、扣押", "Extend the seal or seizure"), "measure.extended"),
    ("EXTEND", "FROZEN", "FREEZE_EXTENDED", "ACL-2011:32(1)", _EXTENSION,
     "AGENCY_HEAD", ("延长冻结", "Extend the freeze"), "measure.extended"),
    ("COME_DUE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "RELEASE_DUE",
     "ACL-2011:28(1)[4];ACL-2011:33(1)[4]", (), "SYSTEM", ("期限届满，应当解除", "The term ends")),
    ("RELEASE", "URGENT", "RELEASED", "ACL-2011:19", (),
     "AGENCY_HEAD", ("立即解除", "Lift at once"), "measure.released"),
    ("RELEASE", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED RELEASE_DUE", "RELEASED",
     "ACL-2011:28(1);ACL-2011:33(1)", (_GROUNDS,),
     "AGENCY_HEAD", ("解除", "Lift the measure"), "measure.released"),
    ("CONFISCATE", "EXECUTED EXTENDED", "CONFISCATED", "ACL-2011:27", (_TERM_RUNS, _DECIDED),
     "AGENCY_HEAD", ("没收", "Confiscate"), "measure.confiscated"),
    ("DESTROY", "EXECUTED EXTENDED", "DESTROYED", "ACL-2011:27", (_TERM_RUNS, _DECIDED, _TO_DESTROY),
     "AGENCY_HEAD", ("销毁", "Destroy"), "measure.destroyed"),
    ("AUCTION", "EXECUTED EXTENDED", "AUCTIONED", "ACL-2011:46(3)", (_TERM_RUNS, _AUCTION),
     "AGENCY_HEAD", ("拍卖抵缴罚款", "Auction to pay the fine"), "measure.auctioned"),
    ("DISPOSE", "FROZEN FREEZE_EXTENDED", "SETTLED", "ACL-2011:32(1)", (_TERM_RUNS, _DECIDED),
     "AGENCY_HEAD", ("作出处理决定", "Decide what becomes of the money"), "measure.decided"),
    ("HAND_OVER", "EXECUTED EXTENDED FROZEN FREEZE_EXTENDED", "HANDED_OVER", "ACL-2011:21",
     (_TERM_RUNS, _TRANSFER_TOLD), "AGENCY_HEAD", ("随案移送司法机关", "Hand over to justice"),
     "measure.handed_over"),
    titles=("行政强制措施", "Compulsory measure"),
    ends="REFUSED RELEASED CONFISCATED DESTROYED AUCTIONED SETTLED HANDED_OVER",
)
# fmt: on
