"""Administrative reconsideration of a decision, and the review of a document that comes with it."""

from dataclasses import dataclass

from services.law.process import Rule, table


@dataclass(frozen=True)
class ReconsiderationFacts:
    """What the rules ask of a reconsideration when an act is to be done."""

    admissible: bool  # the seven conditions of ARL 30(1)
    in_time: bool
    reasons_given: bool
    five_days_over: bool
    on_the_spot: bool  # or recorded by a device: the application may go through the agency
    papers_clear: bool
    simple: bool  # a case of ARL 53, or all agree
    copy_sent: bool
    reply_overdue: bool
    collected_itself: bool  # the respondent gathered evidence during the reconsideration
    heard: bool
    unhearable: bool  # the party cannot be heard for reasons of its own
    grave: bool  # grave, difficult or complex: a hearing is a must
    hearing_held: bool
    suspension_grounds: bool
    sixty_days_suspended: bool
    of_own_will: bool
    lawful_settlement: bool
    approved: bool  # by the head or after a collective discussion
    worse_for_applicant: bool
    third_party_asks: bool
    term_over: bool


_ADMISSIBLE = Rule(
    "NOT_ADMISSIBLE", "ARL-2023:30(1)", "The conditions of admission are met.",
    "符合行政复议受理条件。", lambda f: f.admissible and f.in_time,
)  # fmt: skip
_REASONS = Rule(
    "REASONS_MISSING", "ARL-2023:30(2);ARL-2023:33", "It is said why the application is not admitted.",
    "不予受理、驳回申请应当说明理由。", lambda f: f.reasons_given and not f.admissible,
)  # fmt: skip
_SILENT = Rule(
    "TERM_RUNS", "ARL-2023:30(3)", "Silence admits it only when the five days are over.",
    "审查期限届满未作出不予受理决定的，视为受理。", lambda f: f.five_days_over,
)  # fmt: skip
_SPOT = Rule(
    "NOT_THROUGH_AGENCY", "ARL-2023:32(1)", "Only penalties on the spot or by device are handed to the agency.",
    "对当场作出或者依据电子技术监控设备作出的处罚，可以通过原机关提交。", lambda f: f.on_the_spot,
)  # fmt: skip
_UNCLEAR = Rule(
    "PAPERS_CLEAR", "ARL-2023:31(1)", "A supplement is asked for if the papers are incomplete or unclear.",
    "材料不齐全或者表述不清楚的，方可要求补正。", lambda f: not f.papers_clear,
)  # fmt: skip
_SIMPLE = Rule(
    "NOT_SIMPLE", "ARL-2023:53", "The simplified procedure is for the cases of the law, or if all agree.",
    "符合法定情形或者各方同意的，方可适用简易程序。", lambda f: f.simple,
)  # fmt: skip
_OVERDUE = Rule(
    "REPLY_NOT_DUE", "ARL-2023:70", "The time for the reply is over.",
    "答复期限届满未答复。", lambda f: f.reply_overdue,
)  # fmt: skip
_NO_COLLECTION = Rule(
    "NO_SELF_COLLECTION", "ARL-2023:46(1)", "The respondent gathers no evidence during the reconsideration.",
    "行政复议期间，被申请人不得自行收集证据。", lambda f: not f.collected_itself,
)  # fmt: skip
_GROUNDS = Rule(
    "GROUNDS_MISSING", "ARL-2023:39(1)", "It is suspended in a case of the law.",
    "符合法定中止情形。", lambda f: f.suspension_grounds,
)  # fmt: skip
_SIXTY = Rule(
    "NOT_SIXTY_DAYS", "ARL-2023:41[5]", "Suspended for sixty days, and the cause is still there.",
    "中止满六十日，中止的原因仍未消除。", lambda f: f.sixty_days_suspended,
)  # fmt: skip
_WILL = Rule(
    "NOT_OF_OWN_WILL", "ARL-2023:41[1];ARL-2023:74(2)", "The applicant withdraws of its own will.",
    "撤回申请应当出于申请人真实意愿。", lambda f: f.of_own_will,
)  # fmt: skip
_SETTLEMENT = Rule(
    "SETTLEMENT_UNLAWFUL", "ARL-2023:73(1)", "It is agreed freely and harms nobody's lawful interests.",
    "调解应当自愿，不得损害国家利益、社会公共利益和他人合法权益。", lambda f: f.of_own_will and f.lawful_settlement,
)  # fmt: skip
_HEARD = (
    Rule("PARTY_NOT_HEARD", "ARL-2023:49;ARL-2023:54(2)",
         "The parties were heard, unless they cannot be or the case is simple.",
         "应当听取当事人的意见，因当事人原因不能听取或者适用简易程序的除外。", lambda f: f.heard or f.unhearable or f.simple),
    Rule("HEARING_NOT_HELD", "ARL-2023:50(1)", "A grave, difficult or complex case has a hearing.",
         "重大、疑难、复杂的案件应当组织听证。", lambda f: f.hearing_held or not f.grave),
)  # fmt: skip
_APPROVED = Rule(
    "NOT_APPROVED", "ARL-2023:61(1)", "The head agrees, or it was discussed collectively.",
    "经负责人同意或者集体讨论通过。", lambda f: f.approved,
)  # fmt: skip
_NOT_WORSE = Rule(
    "REFORMATIO_IN_PEIUS", "ARL-2023:63(2)", "A change is not worse for the applicant.",
    "不得作出对申请人更为不利的变更决定，第三人提出相反请求的除外。",
    lambda f: f.third_party_asks or not f.worse_for_applicant,
)  # fmt: skip
_EXPIRED = Rule(
    "TERM_RUNS", "ARL-2023:62;ARL-2023:34", "The time to decide is over.",
    "行政复议期限届满未作出决定。", lambda f: f.term_over,
)  # fmt: skip
_DECIDE = (*_HEARD, _NO_COLLECTION, _APPROVED)
_HEARABLE = "REPLIED UNANSWERED HEARD"
_OPEN = f"ACCEPTED ACCEPTED_SIMPLIFIED COPY_SENT COPY_SENT_SIMPLIFIED REPLY_DUE HEARING_SET {_HEARABLE}"
_ENDED = "reconsideration.ended"
_DECIDED = "reconsideration.decided"

# fmt: off
RECONSIDERATION = table(
    "reconsideration",
    ("APPLY", "", "RECEIVED", "ARL-2023:22", (),
     "APPLICANT", ("申请行政复议", "Apply"), "reconsideration.applied reconsideration.received"),
    ("APPLY_THROUGH_AGENCY", "", "AT_AGENCY", "ARL-2023:32(1)", (_SPOT,),
     "APPLICANT", ("通过原机关提交申请", "Apply through the agency"),
     "reconsideration.applied reconsideration.received_by_agency"),
    ("FORWARD", "AT_AGENCY", "RECEIVED", "ARL-2023:32(2)", (),
     "AGENCY", ("转送行政复议机关", "Forward"), "reconsideration.forwarded reconsideration.received"),
    ("CHANGE_BY_AGENCY", "AT_AGENCY", "SETTLED", "ARL-2023:32(2)", (),
     "AGENCY", ("原机关自行改变决定", "Change the decision"), "decision.changed"),
    ("ASK_SUPPLEMENT", "RECEIVED", "SUPPLEMENTING", "ARL-2023:31(1)", (_UNCLEAR,),
     "RECON_BODY", ("通知补正", "Ask for a supplement"), "reconsideration.supplement_notified"),
    ("SUPPLEMENT", "SUPPLEMENTING", "RECEIVED", "ARL-2023:31(2)", (),
     "APPLICANT", ("补正", "Supplement"), "reconsideration.supplemented reconsideration.received"),
    ("ABANDON", "SUPPLEMENTING", "ABANDONED", "ARL-2023:31(2)", (),
     "SYSTEM", ("逾期不补正，视为放弃", "Abandon by not supplementing")),
    ("ACCEPT", "RECEIVED", "ACCEPTED", "ARL-2023:30(1)", (_ADMISSIBLE,),
     "RECON_BODY", ("受理（普通程序）", "Admit, ordinary procedure"), "reconsideration.accepted"),
    ("ACCEPT_SIMPLIFIED", "RECEIVED", "ACCEPTED_SIMPLIFIED", "ARL-2023:53", (_ADMISSIBLE, _SIMPLE),
     "RECON_BODY", ("受理（简易程序）", "Admit, simplified procedure"), "reconsideration.accepted_simplified"),
    ("ACCEPT_BY_SILENCE", "RECEIVED", "ACCEPTED", "ARL-2023:30(3)", (_SILENT,),
     "SYSTEM", ("视为受理", "Admitted by silence"), "reconsideration.accepted"),
    ("REFUSE", "RECEIVED", "REFUSED", "ARL-2023:30(2)", (_REASONS,),
     "RECON_BODY", ("不予受理", "Refuse"), "reconsideration.refused"),
    ("CONVERT", "ACCEPTED_SIMPLIFIED", "ACCEPTED", "ARL-2023:55", (),
     "RECON_INSTITUTION_HEAD", ("转为普通程序", "Turn to the ordinary procedure"),
     "reconsideration.converted reconsideration.accepted"),
    ("SEND_COPY", "ACCEPTED", "COPY_SENT", "ARL-2023:48", (),
     "RECON_BODY", ("发送申请书副本", "Send the copy"), "reconsideration.copy_sent"),
    ("SEND_COPY", "ACCEPTED_SIMPLIFIED", "COPY_SENT_SIMPLIFIED", "ARL-2023:54(1)", (),
     "RECON_BODY", ("发送申请书副本", "Send the copy"), "reconsideration.copy_sent"),
    ("RECEIVE_COPY", "COPY_SENT", "REPLY_DUE", "ARL-2023:48", (),
     "AGENCY", ("被申请人收到副本", "Receive the copy"), "reconsideration.copy_received"),
    ("RECEIVE_COPY", "COPY_SENT_SIMPLIFIED", "REPLY_DUE", "ARL-2023:54(1)", (),
     "AGENCY", ("被申请人收到副本", "Receive the copy"), "reconsideration.copy_received_simplified"),
    ("REPLY", "REPLY_DUE", "REPLIED", "ARL-2023:48;ARL-2023:54(1)", (_NO_COLLECTION,),
     "AGENCY", ("被申请人答复", "Reply"), "reconsideration.replied"),
    ("NOTE_NO_REPLY", "REPLY_DUE", "UNANSWERED", "ARL-2023:70", (_OVERDUE,),
     "SYSTEM RECON_BODY", ("逾期未答复，视为没有证据", "Note that no reply came")),
    ("SCHEDULE_HEARING", _HEARABLE, "HEARING_SET", "ARL-2023:50", (),
     "RECON_BODY", ("决定听证", "Schedule a hearing"), "reconsideration.hearing_scheduled"),
    ("NOTIFY_HEARING", "HEARING_SET", "=", "ARL-2023:51(1)", (),
     "RECON_BODY", ("通知听证", "Notify the hearing"), "reconsideration.hearing_notified"),
    ("HOLD_HEARING", "HEARING_SET", "HEARD", "ARL-2023:50(3)", (),
     "RECON_BODY", ("举行听证", "Hold the hearing")),
    ("HEAR_PARTIES", "REPLIED UNANSWERED", "HEARD", "ARL-2023:49", (),
     "RECON_BODY", ("听取当事人意见", "Hear the parties")),
    ("SUSPEND", _HEARABLE, "SUSPENDED", "ARL-2023:39(1)", (_GROUNDS,),
     "RECON_BODY", ("中止", "Suspend"), "reconsideration.suspended"),
    ("REVIEW_DOCUMENT", _HEARABLE, "SUSPENDED", "ARL-2023:56;ARL-2023:57", (),
     "RECON_BODY", ("附带审查规范性文件", "Review the document"), "document_review.started reconsideration.suspended"),
    ("RESUME", "SUSPENDED", "REPLIED", "ARL-2023:39(2)", (),
     "RECON_BODY", ("恢复审理", "Resume"), "reconsideration.resumed"),
    ("TERMINATE", "SUSPENDED", "TERMINATED", "ARL-2023:41[5]", (_SIXTY,),
     "RECON_BODY", ("终止", "Terminate"), _ENDED),
    ("WITHDRAW", _OPEN, "WITHDRAWN", "ARL-2023:41[1];ARL-2023:74(2)", (_WILL,),
     "APPLICANT", ("撤回申请", "Withdraw"), _ENDED),
    ("MEDIATE", _HEARABLE, "MEDIATED", "ARL-2023:73(1)", (_SETTLEMENT,),
     "RECON_BODY", ("制作调解书", "Mediate"), _ENDED),
    ("DISMISS", _OPEN, "DISMISSED", "ARL-2023:33", (_REASONS,),
     "RECON_BODY", ("驳回申请", "Dismiss the application"), _ENDED),
    ("NOTE_EXPIRY", _OPEN, "=", "ARL-2023:34;ARL-2023:62", (_EXPIRED,),
     "SYSTEM", ("逾期未作出决定", "Note that no decision came"), "reconsideration.expired"),
    ("UPHOLD", _HEARABLE, "DECIDED", "ARL-2023:68", _DECIDE,
     "RECON_BODY", ("维持", "Uphold"), _DECIDED),
    ("CHANGE", _HEARABLE, "DECIDED", "ARL-2023:63(1)", (*_DECIDE, _NOT_WORSE),
     "RECON_BODY", ("变更", "Change"), f"{_DECIDED} decision.changed"),
    ("ANNUL", _HEARABLE, "DECIDED", "ARL-2023:64(1);ARL-2023:70", _DECIDE,
     "RECON_BODY", ("撤销或者部分撤销", "Annul, wholly or in part"), f"{_DECIDED} decision.annulled"),
    ("DECLARE_UNLAWFUL", _HEARABLE, "DECIDED", "ARL-2023:65", _DECIDE,
     "RECON_BODY", ("确认违法", "Declare unlawful"), f"{_DECIDED} decision.declared_unlawful"),
    ("ORDER_PERFORMANCE", _HEARABLE, "DECIDED", "ARL-2023:66", _DECIDE,
     "RECON_BODY", ("限期履行", "Order performance"), _DECIDED),
    ("DECLARE_VOID", _HEARABLE, "DECIDED", "ARL-2023:67", _DECIDE,
     "RECON_BODY", ("确认无效", "Declare void"), f"{_DECIDED} decision.declared_void"),
    ("REJECT", _HEARABLE, "DECIDED", "ARL-2023:69", _DECIDE,
     "RECON_BODY", ("驳回请求", "Reject the request"), _DECIDED),
    ("SERVE", "DECIDED", "SERVED", "ARL-2023:75(2)", (),
     "RECON_BODY", ("送达复议决定书", "Serve the decision"), "reconsideration.decision_received"),
    ("ISSUE_OPINION", "SERVED", "=", "ARL-2023:76", (),
     "RECON_BODY", ("制发行政复议意见书", "Issue an opinion"), "reconsideration.opinion_received"),
    ("REPORT_ON_OPINION", "SERVED", "=", "ARL-2023:76", (),
     "AGENCY", ("通报意见书落实情况", "Report on the opinion"), "reconsideration.opinion_reported"),
    ("PRESS", "SERVED", "=", "ARL-2023:77(2)", (),
     "RECON_BODY", ("责令限期履行、约谈、通报", "Press for performance")),
    ("PERFORM", "SERVED", "PERFORMED", "ARL-2023:77(1)", (), "AGENCY", ("履行复议决定", "Perform")),
    titles=("行政复议", "Reconsideration"),
    ends="SETTLED ABANDONED REFUSED TERMINATED WITHDRAWN MEDIATED DISMISSED PERFORMED",
)


@dataclass(frozen=True)
class DocumentReviewFacts:
    """What the rules ask of the review of a document in a reconsideration when an act is to be done."""

    own_power: bool  # the reconsideration body may deal with the document itself
    maker_asked: bool


_OWN = Rule(
    "NO_POWER_OVER_DOCUMENT", "ARL-2023:56;ARL-2023:57", "Only a body with power over the document deals with it.",
    "有权处理的，方可自行处理。", lambda f: f.own_power,
)
_NOT_OWN = Rule(
    "POWER_OVER_DOCUMENT", "ARL-2023:56;ARL-2023:57", "A body with power over the document does not forward it.",
    "无权处理的，方可转送。", lambda f: not f.own_power,
)
_ASKED = Rule(
    "MAKER_NOT_ASKED", "ARL-2023:58(1)", "The maker of the document was asked for its reply.",
    "应当通知制定机关提出书面答复。", lambda f: f.maker_asked,
)
DOCUMENT_REVIEW = table(
    "document_review",
    ("START", "", "STARTED", "ARL-2023:56;ARL-2023:57", (),
     "RECON_BODY", ("启动附带审查", "Start"), "document_review.started"),
    ("NOTIFY_MAKER", "STARTED", "MAKER_NOTIFIED", "ARL-2023:58(1)", (_OWN,),
     "RECON_BODY", ("通知制定机关", "Notify the maker"), "document_review.maker_notified"),
    ("RECEIVE_REPLY", "MAKER_NOTIFIED", "MAKER_REPLIED", "ARL-2023:58(1)", (),
     "MAKER", ("制定机关答复", "Receive the reply"), "document_review.maker_replied"),
    ("FIND_LAWFUL", "MAKER_NOTIFIED MAKER_REPLIED", "FOUND_LAWFUL", "ARL-2023:59", (_OWN, _ASKED),
     "RECON_BODY", ("认为条款合法", "Find it lawful"), "document_review.decided"),
    ("STOP_CLAUSE", "MAKER_NOTIFIED MAKER_REPLIED", "STOPPED", "ARL-2023:59", (_OWN, _ASKED),
     "RECON_BODY", ("停止条款执行，责令纠正", "Stop the clause"), "document_review.decided"),
    ("FORWARD", "STARTED", "FORWARDED", "ARL-2023:56;ARL-2023:57", (_NOT_OWN,),
     "RECON_BODY", ("转送有权机关", "Forward"), "document_review.forwarded"),
    ("RECEIVE_ANSWER", "FORWARDED", "ANSWERED", "ARL-2023:60", (),
     "COMPETENT_BODY", ("收到处理意见", "Receive the answer"), "document_review.answered"),
    titles=("规范性文件附带审查", "Incidental review of a document"),
    ends="FOUND_LAWFUL STOPPED ANSWERED",
)
# fmt: on
