"""A certificate's way, the review of a measure against its holder, and what the law asks of each act."""

# ruff: noqa: E501
from services.law.procedures.officer import OfficerFacts, body_confirmed, permanent_staff, still_serving
from services.law.process import rule, table


@rule("CERTIFICATE_IN_FORCE", law="ASR-2025:17", zh="该人员已持有同类有效证件，不得重复发证。")
def none_in_force(facts: OfficerFacts) -> bool:
    """An officer holds one certificate of a kind at a time."""
    return facts.none_in_force


@rule(
    "LEGAL_QUALIFICATION_MISSING",
    law="APL-2021:58(2)",
    zh="初次从事法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格。",
)
def lawyer(facts: OfficerFacts) -> bool:
    """Who reviews decisions for the first time has passed the national legal profession exam."""
    return facts.lawyer


@rule(
    "NOT_ISSUED_HERE", law="ASR-2025:17", zh="该证件由国务院部门颁发，本市只作备案认可，应当由发证机关处理。"
)
def issued_here(facts: OfficerFacts) -> bool:
    """The city manages the certificates that it issued; a ministry's card is the ministry's own affair."""
    return facts.issued_here


@rule("NUMBERS_EXHAUSTED", law="ASR-2025:17", zh="按照证件编号规则，该区域、单位已无可用编号。")
def number_left(facts: OfficerFacts) -> bool:
    """The issuer's pattern has room for the area, the body and one more number."""
    return facts.number_left


@rule("EXAM_NOT_PASSED", law="HN-CERT", zh="期满换证应当经考试合格。")
def renewal_exam_passed(facts: OfficerFacts) -> bool:
    """A certificate is renewed after an exam."""
    return facts.renewal_exam


@rule("RENEWAL_EXAM_MISSING", law="HN-CERT", zh="没有规定期限内合格的换证考试成绩。")
def renewal_exam_on_record(facts: OfficerFacts) -> bool:
    """Where an exam on record is asked for, one for renewal was passed lately enough."""
    return facts.renewal_exam_on_record


@rule("LOSS_NOT_DECLARED", law="MOT-CERT:24", zh="证件遗失的，应当先登载遗失声明，再申请补发。")
def loss_declared(facts: OfficerFacts) -> bool:
    """A lost certificate is issued anew after its loss was made public."""
    return facts.loss_declared


@rule(
    "OFFICER_NOT_HEARD",
    law="ASR-2025:32",
    zh="吊销证件前应当告知持证人员，并听取其陈述申辩（持证人员放弃的除外）。",
)
def holder_heard(facts: OfficerFacts) -> bool:
    """Before a revocation the holder is told, and then heard unless the holder waives it."""
    return facts.heard


@rule("CARD_ALREADY_RETURNED", law="MOT-CERT:25", zh="该证件已经交回。")
def card_out(facts: OfficerFacts) -> bool:
    """A card is handed back once."""
    return facts.card_out


@rule("APPEAL_LATE", law="MOT-CERT:35", zh="申请复核应当在收到决定之日起三十日内提出。")
def appeal_in_time(facts: OfficerFacts) -> bool:
    """A review is applied for within thirty days."""
    return facts.in_time


@rule(
    "CERTIFICATE_NOT_IN_FORCE",
    law="APL-2021:55(1)",
    zh="出示的行政执法证件应当在有效期内且未被暂扣、吊销、注销。",
)
def certificate_in_force(stood: str) -> bool:
    """Only a certificate that is in force is shown."""
    return stood == "ACTIVE"


@rule(
    "OFFICER_NOT_CERTIFIED",
    law="APL-2021:42(1);ASR-2025:17",
    zh="未完成培训或者未通过执法资格考试，不得发放行政执法证。",
)
def trained_and_examined(facts: OfficerFacts) -> bool:
    """A certificate is issued only after training and a passed exam."""
    return facts.examined


@rule("ACT_NOT_OPEN", law="MOT-CERT:32", zh="该证件没有正在执行或者将要开始的暂扣。")
def suspension_open(facts: OfficerFacts) -> bool:
    """There must be a suspension that runs or is still to begin."""
    return facts.suspension_open


ISSUE = (trained_and_examined, body_confirmed, permanent_staff)


_HELD = "ACTIVE EXPIRING"


_ENDED = "EXPIRED REVOKED CANCELLED VOID"


# fmt: off
CERTIFICATE = table(
    "certificate",
    ("SUSPEND",      _HELD,                           "SUSPENDED", "MOT-CERT:31", (), "", ("暂扣", "Suspend")),
    ("RESTORE",      "SUSPENDED",                     "ACTIVE",    "MOT-CERT:32", (suspension_open,), "", ("返还", "Restore")),
    ("RESTORE",      _HELD,                           "=",         "MOT-CERT:32", (suspension_open,), "", ("取消将要开始的暂扣", "Call off a suspension to come")),
    ("RENEW",        "EXPIRING",                      "ACTIVE",    "HN-CERT",     (renewal_exam_passed, renewal_exam_on_record, permanent_staff, body_confirmed, still_serving), "", ("期满换证", "Renew")),
    ("REPORT_LOSS",  f"{_HELD} SUSPENDED",            "LOST",      "MOT-CERT:24", (), "", ("报告遗失", "Report the loss")),
    ("DECLARE_LOSS", "LOST",                          "LOST",      "MOT-CERT:24", (), "", ("登载遗失声明", "Make the loss public")),
    ("REISSUE",      "LOST",                          "LOST",      "MOT-CERT:24", (loss_declared, none_in_force, permanent_staff, body_confirmed, still_serving, number_left), "", ("补发", "Issue anew")),
    ("REVOKE",       f"{_HELD} SUSPENDED",            "REVOKED",   "ASR-2025:32", (holder_heard,), "", ("吊销", "Revoke")),
    ("CANCEL",       f"{_HELD} SUSPENDED LOST",       "CANCELLED", "MOT-CERT:25", (), "", ("注销", "Cancel")),
    ("VOID",         f"{_HELD} SUSPENDED LOST EXPIRED REVOKED CANCELLED", "VOID", "ASR-2025:32", (), "", ("确认无效", "Find void")),
    ("RETURN_CARD",  _ENDED,                          "=",         "MOT-CERT:25", (card_out,), "", ("交回证件", "Return the card")),
    titles=("行政执法证件", "Certificate"),
)

CERTIFICATE_MEASURE = table(
    "measure",
    ("APPEAL",   "NONE", "OPEN",       "MOT-CERT:35", (appeal_in_time,), "", ("申请复核", "Apply for a review")),
    ("UPHOLD",   "OPEN", "UPHELD",     "MOT-CERT:35", (), "", ("维持", "Uphold")),
    ("OVERTURN", "OPEN", "OVERTURNED", "MOT-CERT:35", (), "", ("撤销", "Overturn")),
    titles=("证件处理的复核", "Review of a measure against a certificate"),
)
# fmt: on
