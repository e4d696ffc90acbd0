"""The way of a body, from the proposal to its end, as a table."""

# ruff: noqa: E501
from services.law.process import Move, Process
from services.registry.rules.body import conditions_met, items_succeeded, mandate_same, successors_fit

# fmt: off
_WITHDRAW = {"law": "ASR-2025:10", "rules": (successors_fit, items_succeeded), "title_zh": "撤销执法主体", "title_en": "Withdraw the body"}
_CHANGE = {"law": "CBZ-2019-7:16", "title_zh": "报告变更", "title_en": "Report a change"}
_NOTE = {"law": "CBZ-2019-7:16", "title_zh": "获悉变更", "title_en": "Hear of a change"}
_PUBLISH = {"law": "ASR-2025:17", "title_zh": "向社会公示", "title_en": "Announce to the public"}

BODY = Process(
    "body",
    #    act              from               to                 law
    Move("PROPOSE",       "",                "PROPOSED",        "ASR-2025:17", title_zh="申报执法主体", title_en="Propose the body"),
    Move("PROPOSE",       "REJECTED",        "PROPOSED",        "ASR-2025:17", title_zh="重新申报", title_en="Propose again"),
    Move("PASS_LEGALITY", "PROPOSED",        "LEGALITY_CHECKED", "ASR-2025:17", (conditions_met,), title_zh="合法性审核通过", title_en="Pass the legality review"),
    Move("FAIL_LEGALITY", "PROPOSED",        "REJECTED",        "ASR-2025:17", title_zh="合法性审核不通过", title_en="Fail the legality review"),
    Move("CONFIRM",       "LEGALITY_CHECKED", "CONFIRMED",      "ASR-2025:17", title_zh="确认主体资格", title_en="Confirm the body"),
    Move("PUBLISH",       "CONFIRMED",       "PUBLISHED",       **_PUBLISH),
    Move("PUBLISH",       "REISSUED",        "PUBLISHED",       **_PUBLISH),
    *(Move("RENEW_MANDATE", state, state, "APL-2021:20(2)", (mandate_same,), title_zh="续签委托书", title_en="Renew the mandate")
      for state in ("PUBLISHED", "CHANGE_PENDING", "REISSUED")),
    Move("NOTE_CHANGE",   "PUBLISHED",       "PUBLISHED",       **_NOTE),
    Move("NOTE_CHANGE",   "REISSUED",        "REISSUED",        **_NOTE),
    Move("REPORT_CHANGE", "PUBLISHED",       "CHANGE_PENDING",  **_CHANGE),
    Move("REPORT_CHANGE", "REISSUED",        "CHANGE_PENDING",  **_CHANGE),
    Move("REISSUE",       "CHANGE_PENDING",  "REISSUED",        "CBZ-2019-7:16", title_zh="换发主体资格证", title_en="Reissue the certificate"),
    Move("REFUSE_CHANGE", "CHANGE_PENDING",  "PUBLISHED",       "CBZ-2019-7:16", title_zh="不予变更", title_en="Refuse the change"),
    *(Move("WITHDRAW", state, "WITHDRAWN", **_WITHDRAW)
      for state in ("PROPOSED", "LEGALITY_CHECKED", "CONFIRMED", "PUBLISHED", "CHANGE_PENDING", "REISSUED")),
    titles=("执法主体", "Enforcement body"),
)
# fmt: on
