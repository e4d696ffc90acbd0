"""The papers of a permit (行政许可文书), from the receipt for the application to the end of the permit."""

from typing import Any

from services.law.paper_form import Paper

_ABOUT = "terms.title applicant"
_STATED = "body_name applicant.name terms.title"
_HELD = frozenset({"ISSUED", "RENEWAL_ASKED", "RENEWAL_DECLINED"})
_PERMIT = "certificate.number"
_TOLD = ".ground .basis .reasons .document"


def _permit(kind: str, zh: str, en: str, law: str, act: str, due: str, says: str = "", **more: Any) -> Paper:
    """One that goes to the applicant or holder, with the seal of the body, unless it is said otherwise."""
    served = more.setdefault("served", True)
    sealed = more.pop("sealed", served)
    more.setdefault("group", 3 if served else 16)
    more["needs"] = tuple(f"{_STATED}{' seal' if sealed else ''} {more.get('needs', '')}".split())
    said = tuple(f"{_ABOUT} {says}".split())
    return Paper(kind, zh, en, f"ALIC-2019:{law}", act, due, said, record="permit", **more)


def _check(kind: str, zh: str, en: str, law: str, due: str, says: str = "", **more: Any) -> Paper:
    said = f"{_PERMIT} .check_time .situation .order .correct_time {says}"
    return _permit(kind, zh, en, law, "CHECK_HOLDER", due, said, part="checks", at="check_time", **more)


def _reversal(
    kind: str, zh: str, en: str, law: str, act: str, due: str, says: str, needs: str = "", **more: Any
) -> Paper:
    """One of what is done to a permit that stands."""
    said = f"{_PERMIT} decision.document_number decision.decide_time .kind {says}"
    needs = f"decision.document_number .basis .reasons {needs}"
    return _permit(kind, zh, en, law, act, due, said, part="reversals", at=due, needs=needs, **more)


def _decided(kind: str, zh: str, en: str, law: str, act: str, what: str, needs: str = "") -> Paper:
    said = f"{_TOLD} .tell_time .state_time .statement .interest .claim_told .content"
    return _reversal(
        kind, zh, en, law, act, "decide_time", said, f".document_number .interest remedies {needs}",
        number="document_number", where=f"kind={what}", group=2,
    )  # fmt: skip


# fmt: off
PERMIT_PAPERS: tuple[Paper, ...] = (
    _permit("permit_receipt", "行政许可申请材料接收凭证", "Receipt for an application", "32(1)[4]", "RECEIVE", "receive_time",
            "terms.materials terms.window terms.contact materials receive_time window", at="receive_time", number="number",
            needs="number materials"),
    _permit("permit_supplement", "行政许可申请材料补正告知书", "Notice of what an application lacks", "32(1)[4]",
            "TELL_SUPPLEMENT", "supplement.tell_time", "terms.materials terms.contact terms.window number receive_time "
            "supplement.missing supplement.tell_time", at="supplement.tell_time", word="许补", needs="supplement.missing"),
    _permit("permit_acceptance", "行政许可申请受理通知书", "Notice that an application is accepted", "32(2)", "ACCEPT",
            "acceptance.accept_time", "terms.handling terms.departments terms.contact number receive_time acceptance "
            "promise.days", at="acceptance.accept_time", word="许理", needs="number"),
    _permit("permit_not_accepted", "行政许可申请不予受理决定书", "Decision not to accept an application", "32(2)", "NOT_ACCEPT",
            "ending.end_time", "number receive_time ending.reasons ending.competent", at="ending.end_time", word="许不受",
            states=frozenset({"NOT_ACCEPTED"}), needs="ending.reasons remedies", group=2),
    _permit("permit_exclusion", "行政许可办理所需时间告知书", "Notice of time that does not count", "45", "EXCLUDE", "from_time",
            "number acceptance.accept_time .ground .days .from_time", part="exclusions", at="from_time", number="document",
            needs=".document .days"),
    _permit("permit_extension", "行政许可延长办理期限告知书", "Notice that the term is extended", "42", "EXTEND", "extend_time",
            "number acceptance.accept_time terms.handling .reasons .order", part="extensions", at="extend_time",
            number="document", needs=".document .reasons acceptance.accept_time"),
    _permit("permit_hearing_right", "行政许可听证权利告知书", "Notice of the right to a hearing", "47(1)", "TELL_HEARING_RIGHT",
            "hearing.tell_time", "number receive_time hearing.told hearing.tell_time terms.contact", at="hearing.tell_time",
            word="许听告", needs="hearing.told", group=5),
    _permit("permit_hearing_notice", "行政许可听证通知书", "Notice of a hearing on a permit", "48(1)[1]", "NOTIFY_HEARING",
            "hearing.notify_time", "number hearing.told hearing.hold_at hearing.place hearing.host hearing.notify_time "
            "terms.contact", at="hearing.notify_time", word="许听", needs="hearing.hold_at hearing.place hearing.host", group=5),
    _permit("permit_hearing_announcement", "行政许可听证公告", "Public notice of a hearing on a permit", "46;ALIC-2019:48(1)[1]",
            "NOTIFY_HEARING", "hearing.notify_time", "hearing.hold_at hearing.place terms.contact", at="hearing.notify_time",
            word="许听公", needs="hearing.hold_at hearing.place", group=5),
    _permit("permit_hearing_record", "行政许可听证笔录", "Record of a hearing on a permit", "48(1)[5]", "HOLD_HEARING",
            "hearing.hold_time", "number hearing review.reviewer", at="hearing.hold_time",
            needs="hearing.minutes hearing.place", group=5, sealed=False),
    _permit("permit_review", "行政许可审查审批表", "Review and approval of an application", "34(1);ALIC-2019:34(3)", "REVIEW",
            "review.review_time", "terms.conditions terms.verified number receive_time acceptance.accept_time review inspectors "
            "decision", at="review.review_time", served=False, needs="number", group=13),
    _permit("permit_sent_up", "行政许可初步审查意见报送函", "Letter that sends an application up", "35", "SEND_UP",
            "send_up_time", "terms.conditions terms.materials terms.departments number receive_time acceptance.accept_time "
            "materials supplement review send_up_time", at="send_up_time", word="许报", group=7,
            needs="terms.departments review.review_time"),
    _permit("permit_grant", "准予行政许可决定书", "Decision that grants a permit", "38(1)", "GRANT", "decision.decide_time",
            "terms.conditions terms.window number receive_time acceptance.accept_time hearing.hold_time decision",
            at="decision.decide_time", number="decision.document_number", where="decision.granted=true",
            needs="number decision.document_number acceptance.accept_time remedies", group=2),
    _permit("permit_refusal", "不予行政许可决定书", "Decision that refuses a permit", "38(2)", "REFUSE", "decision.decide_time",
            "terms.conditions terms.tested number receive_time acceptance.accept_time hearing.hold_time review.unmet decision",
            at="decision.decide_time", number="decision.document_number", where="decision.granted=false",
            needs="number decision.document_number decision.reasons review.unmet acceptance.accept_time remedies", group=2),
    _permit("permit_certificate", "行政许可证", "Permit", "39(1)", "ISSUE", "certificate.issue_time",
            "certificate decision.document_number decision.decide_time", at="certificate.issue_time", number="certificate.number",
            states=_HELD, needs="certificate.number certificate.from_time decision.document_number", group=2),
    _permit("permit_renewal", "准予延续行政许可决定书", "Decision that renews a permit", "50(2)", "RENEW", "decide_time",
            f"{_PERMIT} .apply_time .until_time", part="renewals", at="decide_time", where="granted=true silent=false",
            word="许延", needs="certificate.number .apply_time .until_time remedies", group=2),
    _permit("permit_renewal_declined", "不予延续行政许可决定书", "Decision that declines a renewal", "50(2);ALIC-2019:38(2)",
            "DECLINE_RENEWAL", "decide_time", f"{_PERMIT} certificate.until_time .apply_time .reasons", part="renewals",
            at="decide_time", where="granted=false", word="许不延", group=2,
            needs="certificate.number .apply_time .reasons remedies"),
    _permit("permit_change", "准予变更行政许可决定书", "Decision that changes a permit", "49", "CHANGE", "decide_time",
            f"{_PERMIT} .apply_time .content .opinion", part="changes", at="decide_time", number="document_number",
            where="granted=true", needs="certificate.number .apply_time .content .opinion .document_number remedies", group=2),
    _permit("permit_change_declined", "不予变更行政许可决定书", "Decision that declines a change", "49;ALIC-2019:38(2)",
            "DECLINE_CHANGE", "decide_time", f"{_PERMIT} .apply_time .content .reasons", part="changes", at="decide_time",
            number="document_number", where="granted=false", group=2,
            needs="certificate.number .apply_time .content .reasons .document_number remedies"),
    _check("permit_check", "被许可人监督检查记录", "Record of a check of the holder", "61(2)", "check_time",
           ".manner .inspection_id .checker_ids .finding .result .case_id",
           needs="certificate.number .situation .result .checker_ids", group=4, sealed=False),
    _check("permit_correction", "责令改正通知书（被许可人）", "Order to make good, to a holder", "66;ALIC-2019:67(2)", "order",
           word="许改", needs="certificate.number .situation .correct_time remedies"),
    _reversal("permit_reversal_notice", "撤销（撤回、变更）行政许可事先告知书", "Notice of what is intended with a permit", "7",
              "TELL_REVERSAL", "tell_time", f"{_TOLD} .until_time", ".document .until_time", number="document"),
    _reversal("permit_statement", "行政许可陈述申辩笔录", "Record of what the holder states", "7", "HEAR_HOLDER", "state_time",
              ".document .state_time .statement", ".statement", group=5, sealed=False),
    _decided("permit_revocation", "撤销行政许可决定书", "Decision that revokes a permit", "69(1);ALIC-2019:69(2)", "REVOKE",
             "REVOKE"),
    _decided("permit_recall", "撤回行政许可决定书", "Decision that recalls a permit", "8(2)", "RECALL", "RECALL"),
    _decided("permit_alteration", "变更行政许可决定书", "Decision that alters a permit", "8(2)", "ALTER", "ALTER", ".content"),
    _reversal("permit_indemnity", "行政许可补偿决定书", "Decision on the indemnity for a permit", "8(2)", "DECIDE_INDEMNITY",
              "indemnity.decide_time", ".decide_time .document_number .indemnity.claim_time .indemnity.claimed .indemnity.loss "
              ".indemnity.meetings .indemnity.awarded .indemnity.reasons", ".document_number .indemnity.loss .indemnity.claimed "
              "remedies", word="许偿", group=2),
    _permit("permit_deregistration", "注销行政许可决定书", "Decision that takes a permit off the register", "70", "DEREGISTER",
            "leaving.leave_time", f"{_PERMIT} decision.document_number decision.decide_time leaving",
            at="leaving.leave_time", word="许注", group=2,
            needs="decision.document_number leaving.ground leaving.basis leaving.proof remedies"),
    _permit("permit_service", "行政许可文书送达回证", "Receipt of service of papers on a permit", "44", "ISSUE", "receive_time",
            "number", papers=True, needs="number papers", sealed=False),
)
# fmt: on
TO_APPLICANT = frozenset(each.kind for each in PERMIT_PAPERS if "seal" in each.needs) - {
    "permit_sent_up",
    "permit_hearing_announcement",
}
"""Those that the applicant, or holder, gets under seal: what a receipt of service lists."""
RECEIPT = "permit_service"
