"""What a penalty hearing takes to be arranged, and the ways in which a document is served."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class HearingFacts:
    """What the rules ask of a hearing when an act is to be done."""

    in_time: bool  # asked for within the window
    host_apart: bool  # the host does not investigate the case
    noticed: bool
    days_ahead: int  # working days between the notice and the hearing
    open_to_public: bool
    secret: bool  # state or business secrets, or privacy
    announced: bool
    record_checked: bool  # by the party, or the refusal noted
    in_writing: bool


_IN_TIME = Rule(
    "HEARING_REQUEST_LATE", "APL-2021:64[1]", "A hearing is asked for inside the window.",
    "要求听证应当在告知后五日内提出。", lambda f: f.in_time,
)  # fmt: skip
_HOST = Rule(
    "SOD_VIOLATION", "APL-2021:64[4]", "The host does not investigate the case.",
    "听证由非本案调查人员主持。", lambda f: f.host_apart,
)  # fmt: skip
_HOLD = (
    _HOST,
    Rule("HEARING_NOTICE_SHORT", "APL-2021:64[2]", "Time and place are told seven working days beforehand.",
         "应当在举行听证的七日前通知时间、地点。", lambda f: f.noticed and f.days_ahead >= 7),
    Rule("HEARING_NOT_OPEN", "APL-2021:64[3]", "It is open, unless secrets or privacy forbid it.",
         "除涉及秘密、隐私外，听证公开举行。", lambda f: f.secret or (f.open_to_public and f.announced)),
    Rule("RECORD_MISSING", "APL-2021:64[8]", "The record is checked by the party, or its refusal noted.",
         "笔录应当交当事人核对，拒绝签字的予以注明。", lambda f: f.record_checked),
)  # fmt: skip
_WRITTEN = Rule(
    "WAIVER_NOT_PROVED", "APL-2021:64[6]", "The request is withdrawn in writing, or absence is on record.",
    "撤回应当书面提出，缺席应当记录。", lambda f: f.in_writing,
)  # fmt: skip

# fmt: off
HEARING = table(
    "hearing",
    ("REQUEST", "", "REQUESTED", "APL-2021:64[1]", (_IN_TIME,),
     "PARTY", ("要求听证", "Ask for a hearing"), "hearing.requested"),
    ("APPOINT_PANEL", "REQUESTED", "PANEL", "APL-2021:64[4];GD-HEARING", (_HOST,),
     "AGENCY_HEAD", ("指定听证人员", "Appoint the panel"), "hearing.panel_appointed"),
    ("SCHEDULE", "PANEL", "SCHEDULED", "APL-2021:64[2]", (),
     "LEGAL_REVIEWER CLERK", ("确定听证时间", "Schedule"), "hearing.scheduled"),
    ("NOTIFY", "SCHEDULED", "=", "APL-2021:64[2]", (),
     "CLERK", ("通知当事人", "Notify the party"), "hearing.notice_served"),
    ("ANNOUNCE", "SCHEDULED", "=", "APL-2021:64[3];GD-HEARING", (),
     "CLERK", ("公告听证", "Announce"), "hearing.announced"),
    ("POSTPONE", "SCHEDULED", "PANEL", "APL-2021:64[2]", (),
     "LEGAL_REVIEWER", ("延期", "Postpone")),
    ("HOLD", "SCHEDULED", "HELD", "APL-2021:64", _HOLD,
     "LEGAL_REVIEWER", ("举行听证", "Hold"), "hearing.held"),
    ("WITHDRAW", "REQUESTED PANEL SCHEDULED", "WAIVED", "APL-2021:64[6]", (_WRITTEN,),
     "PARTY", ("撤回听证要求", "Withdraw the request"), "hearing.waived"),
    ("STAY_AWAY", "SCHEDULED", "WAIVED", "APL-2021:64[6]", (_WRITTEN,),
     "LEGAL_REVIEWER", ("无正当理由缺席", "Stay away"), "hearing.waived"),
    titles=("行政处罚听证", "Penalty hearing"),
    ends="HELD WAIVED",
)
# fmt: on


@dataclass(frozen=True)
class ServingFacts:
    """What the rules ask of the service of a document when an act is to be done."""

    receipt: bool
    refused: bool
    witnessed: bool  # or recorded by audio or video
    consented: bool  # to electronic service, by a signed confirmation
    direct_failed: bool
    all_failed: bool  # the party cannot be found, or nothing else works
    thirty_days_over: bool


_RECEIPT = Rule(
    "SERVICE_PROOF_MISSING", "APL-2021:61(1);SAMR-2022:82(1)[1]", "Service is proved by a receipt.",
    "送达应当有送达回证。", lambda f: f.receipt,
)  # fmt: skip
_REFUSED = Rule(
    "NOT_REFUSED", "SAMR-2022:82(1)[2]", "A document is left there if it is refused, before a witness.",
    "拒绝签收的，方可在见证下留置送达。", lambda f: f.refused and f.witnessed,
)  # fmt: skip
_CONSENT = Rule(
    "ESERVICE_CONSENT_MISSING", "APL-2021:61(2)", "Electronic service needs the party's signed consent.",
    "电子送达应当经当事人同意并签订确认书。", lambda f: f.consented,
)  # fmt: skip
_HARD = Rule(
    "DIRECT_SERVICE_FIRST", "SAMR-2022:82(1)[4]", "By post or through others if direct service is hard.",
    "直接送达有困难的，方可邮寄或者委托送达。", lambda f: f.direct_failed,
)  # fmt: skip
_LAST = Rule(
    "OTHER_WAYS_FIRST", "SAMR-2022:82(1)[5]", "By public notice if every other way has failed.",
    "下落不明或者其他方式无法送达的，方可公告送达。", lambda f: f.all_failed,
)  # fmt: skip
_THIRTY = Rule(
    "TERM_RUNS", "CPL-2023:95(1);SAMR-2022:82(1)[5]", "It counts as served thirty days after the notice.",
    "自公告发布之日起经过三十日，即视为送达。", lambda f: f.thirty_days_over,
)  # fmt: skip

# fmt: off
SERVING = table(
    "serving",
    ("SERVE_DIRECTLY", "", "RECEIVED", "APL-2021:61(1);SAMR-2022:82(1)[1]", (_RECEIPT,),
     "CLERK HANDLING_OFFICER", ("直接送达", "Serve directly"), "service.received"),
    ("LEAVE", "", "RECEIVED", "SAMR-2022:82(1)[2]", (_REFUSED, _RECEIPT),
     "CLERK HANDLING_OFFICER", ("留置送达", "Leave it there"), "service.received"),
    ("SERVE_ELECTRONICALLY", "", "RECEIVED", "APL-2021:61(2);SAMR-2022:82(1)[3]", (_CONSENT, _RECEIPT),
     "CLERK HANDLING_OFFICER", ("电子送达", "Serve electronically"), "service.received"),
    ("POST", "", "POSTED", "SAMR-2022:82(1)[4]", (_HARD,),
     "CLERK", ("邮寄或者委托送达", "Post, or ask others to serve")),
    ("CONFIRM_RECEIPT", "POSTED", "RECEIVED", "SAMR-2022:82(1)[4]", (_RECEIPT,),
     "CLERK", ("收到回执", "Confirm the receipt"), "service.received"),
    ("PUBLISH_NOTICE", "", "NOTICED", "SAMR-2022:82(1)[5];CPL-2023:95(1)", (_LAST,),
     "CLERK", ("公告送达", "Publish a notice"), "service.notice_published"),
    ("PUBLISH_NOTICE", "POSTED", "NOTICED", "SAMR-2022:82(1)[5];CPL-2023:95(1)", (_LAST,),
     "CLERK", ("公告送达", "Publish a notice"), "service.notice_published"),
    ("DEEM_SERVED", "NOTICED", "RECEIVED", "CPL-2023:95(1);SAMR-2022:82(1)[5]", (_THIRTY,),
     "SYSTEM", ("公告期满，视为送达", "Deem it served"), "service.received"),
    titles=("文书送达", "Service of a document"),
    ends="RECEIVED",
)
# fmt: on
