"""The ways of a certificate, of a measure against its holder, and of a transfer, as tables."""

# ruff: noqa: E501
from services.law.process import table
from services.registry.rules import body_confirmed, permanent_staff, suspension_open
from services.registry.rules import certificate as r

_HELD = "ACTIVE EXPIRING"
_ENDED = "EXPIRED REVOKED CANCELLED VOID"

# fmt: off
CERTIFICATE = table(
    "certificate",
    ("SUSPEND",      _HELD,                           "SUSPENDED", "MOT-CERT:31", (), "", ("暂扣", "Suspend")),
    ("RESTORE",      "SUSPENDED",                     "ACTIVE",    "MOT-CERT:32", (suspension_open,), "", ("返还", "Restore")),
    ("RESTORE",      _HELD,                           "=",         "MOT-CERT:32", (suspension_open,), "", ("取消将要开始的暂扣", "Call off a suspension to come")),
    ("RENEW",        "EXPIRING",                      "ACTIVE",    "HN-CERT",     (r.renewal_exam_passed, r.renewal_exam_on_record, permanent_staff, body_confirmed, r.still_serving), "", ("期满换证", "Renew")),
    ("REPORT_LOSS",  f"{_HELD} SUSPENDED",            "LOST",      "MOT-CERT:24", (), "", ("报告遗失", "Report the loss")),
    ("DECLARE_LOSS", "LOST",                          "LOST",      "MOT-CERT:24", (), "", ("登载遗失声明", "Make the loss public")),
    ("REISSUE",      "LOST",                          "LOST",      "MOT-CERT:24", (r.loss_declared, r.none_in_force, permanent_staff, body_confirmed, r.still_serving, r.number_left), "", ("补发", "Issue anew")),
    ("REVOKE",       f"{_HELD} SUSPENDED",            "REVOKED",   "ASR-2025:32", (r.holder_heard,), "", ("吊销", "Revoke")),
    ("CANCEL",       f"{_HELD} SUSPENDED LOST",       "CANCELLED", "MOT-CERT:25", (), "", ("注销", "Cancel")),
    ("VOID",         f"{_HELD} SUSPENDED LOST EXPIRED REVOKED CANCELLED", "VOID", "ASR-2025:32", (), "", ("确认无效", "Find void")),
    ("RETURN_CARD",  _ENDED,                          "=",         "MOT-CERT:25", (r.card_out,), "", ("交回证件", "Return the card")),
    titles=("行政执法证件", "Certificate"),
)

MEASURE = table(
    "measure",
    ("APPEAL",   "NONE", "OPEN",       "MOT-CERT:35", (r.appeal_in_time,), "", ("申请复核", "Apply for a review")),
    ("UPHOLD",   "OPEN", "UPHELD",     "MOT-CERT:35", (), "", ("维持", "Uphold")),
    ("OVERTURN", "OPEN", "OVERTURNED", "MOT-CERT:35", (), "", ("撤销", "Overturn")),
    titles=("证件处理的复核", "Review of a measure against a certificate"),
)

TRANSFER = table(
    "transfer",
    ("REQUEST", "",          "REQUESTED", "MOT-CERT:25", (r.on_this_roster, r.still_serving, r.no_transfer_open, body_confirmed), "", ("申请调动", "Request")),
    ("APPROVE", "REQUESTED", "APPROVED",  "MOT-CERT:25", (r.on_this_roster, r.still_serving, body_confirmed), "", ("同意调动", "Approve")),
    ("REFUSE",  "REQUESTED", "REFUSED",   "MOT-CERT:25", (), "", ("不同意调动", "Refuse")),
    titles=("执法人员调动", "Transfer of an officer"),
)
# fmt: on
