"""What the law asks of each act on a certificate, a measure, a transfer."""

from services.law.process import rule
from services.registry.rules.roster import Facts


@rule("CERTIFICATE_IN_FORCE", law="ASR-2025:17", zh="该人员已持有同类有效证件，不得重复发证。")
def none_in_force(facts: Facts) -> bool:
    """An officer holds one certificate of a kind at a time."""
    return facts.none_in_force


@rule(
    "LEGAL_QUALIFICATION_MISSING",
    law="APL-2021:58(2)",
    zh="初次从事法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格。",
)
def lawyer(facts: Facts) -> bool:
    """Who reviews decisions for the first time has passed the national legal profession exam."""
    return facts.lawyer


@rule(
    "NOT_ISSUED_HERE", law="ASR-2025:17", zh="该证件由国务院部门颁发，本市只作备案认可，应当由发证机关处理。"
)
def issued_here(facts: Facts) -> bool:
    """The city manages the certificates that it issued; a ministry's card is the ministry's own affair."""
    return facts.issued_here


@rule("NUMBERS_EXHAUSTED", law="ASR-2025:17", zh="按照证件编号规则，该区域、单位已无可用编号。")
def number_left(facts: Facts) -> bool:
    """The issuer's pattern has room for the area, the body and one more number."""
    return facts.number_left


@rule("POSTING_NOT_OVER", law="MOT-CERT:20", zh="拟发证人员名单应当公示，公示期满前不得发证。")
def posting_over(facts: Facts) -> bool:
    """Where names are posted for objections, no certificate is issued before the posting has ended."""
    return facts.posted


@rule("EXAM_NOT_PASSED", law="HN-CERT", zh="期满换证应当经考试合格。")
def renewal_exam_passed(facts: Facts) -> bool:
    """A certificate is renewed after an exam."""
    return facts.renewal_exam


@rule("RENEWAL_EXAM_MISSING", law="HN-CERT", zh="没有规定期限内合格的换证考试成绩。")
def renewal_exam_on_record(facts: Facts) -> bool:
    """Where an exam on record is asked for, one for renewal was passed lately enough."""
    return facts.renewal_exam_on_record


@rule("LOSS_NOT_DECLARED", law="MOT-CERT:24", zh="证件遗失的，应当先登载遗失声明，再申请补发。")
def loss_declared(facts: Facts) -> bool:
    """A lost certificate is issued anew after its loss was made public."""
    return facts.loss_declared


@rule(
    "OFFICER_NOT_HEARD",
    law="ASR-2025:32",
    zh="吊销证件前应当告知持证人员，并听取其陈述申辩（持证人员放弃的除外）。",
)
def holder_heard(facts: Facts) -> bool:
    """Before a revocation the holder is told, and then heard unless the holder waives it."""
    return facts.heard


@rule("CARD_ALREADY_RETURNED", law="MOT-CERT:25", zh="该证件已经交回。")
def card_out(facts: Facts) -> bool:
    """A card is handed back once."""
    return facts.card_out


@rule("APPEAL_LATE", law="MOT-CERT:35", zh="申请复核应当在收到决定之日起三十日内提出。")
def appeal_in_time(facts: Facts) -> bool:
    """A review is applied for within thirty days."""
    return facts.in_time


@rule("NOT_THIS_ROSTER", law="ASR-2025:17", zh="该人员不在本部门名册中。")
def on_this_roster(facts: Facts) -> bool:
    """Only the department on whose roster an officer stands writes about that officer."""
    return facts.on_roster


@rule("OFFICER_HAS_LEFT", law="MOT-CERT:25", zh="该人员已离开执法岗位。")
def still_serving(facts: Facts) -> bool:
    """Nothing more is done for an officer who has left enforcement work."""
    return facts.serving


@rule("TRANSFER_OPEN", law="MOT-CERT:25", zh="该人员的调动申请尚未办结。")
def no_transfer_open(facts: Facts) -> bool:
    """One transfer of an officer at a time."""
    return not facts.transfer_open


@rule("ALREADY_RECEIVED", law="ASR-2025:17", zh="该人员已办理接收。")
def not_received_yet(facts: Facts) -> bool:
    """A transferred officer is received once."""
    return not facts.received


@rule("NOT_ELIGIBLE_STAFF", law="MOT-CERT:8", zh="非在编人员或者有不得从事执法情形的人员，资格审核不予通过。")
def found_eligible(facts: Facts) -> bool:
    """The establishment office confirms the post, and nothing bars the person."""
    return facts.eligible
