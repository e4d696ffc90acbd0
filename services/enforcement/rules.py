"""What the law asks of an act: predicates on Facts, each with its reason, article and both sentences. Pure."""

from yifa.enforcement.v1.case_pb2 import CaseState, PenaltyKind, Procedure

from services.enforcement.facts import (
    CONFISCATIONS,
    Facts,
    fine_range,
    hearing_due,
    heavier,
    is_major,
    moment_of,
)
from services.law.process import rule

_FINE = PenaltyKind.PENALTY_KIND_FINE
_ON_THE_SPOT = {PenaltyKind.PENALTY_KIND_WARNING, _FINE}


@rule("ACT_IN_FUTURE", law="APL-2021:47", zh="行为应当如实记录：尚未发生的行为不得记录。")
def not_in_future(f: Facts) -> bool:
    """An act is recorded after it was done, not before."""
    return f.at <= f.now


@rule("ACTS_OUT_OF_ORDER", law="APL-2021:47", zh="行为不得早于其所依据的前一行为。")
def in_order(f: Facts) -> bool:
    """An act may not lie before the act it builds on."""
    return f.after is None or f.at >= f.after


@rule("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", zh="该机构未经确认具有行政处罚主体资格。")
def body_confirmed(f: Facts) -> bool:
    """Only a body confirmed as an enforcement body of this node may impose penalties."""
    return f.body_confirmed is not False


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law="APL-2021:38(1)",
    zh="办理本案的执法主体已被撤销，应当由承继其职权的主体继续办理。",
)
def body_lasts(f: Facts) -> bool:
    """The body that handles the case had not ended; who goes on with its powers goes on with the case."""
    return not f.case.HasField("body_end_time") or f.at < moment_of(f.case.body_end_time)


@rule(
    "SUCCESSOR_NOT_NAMED",
    law="ALIT-2017:26(6)",
    zh="该主体不是本案原主体的承继主体，或者不具有执法主体资格。",
)
def named_successor(f: Facts) -> bool:
    """A case of a body that ended is passed to one that was named its successor and may enforce here."""
    return f.successor is not False


@rule(
    "NO_LEGAL_BASIS",
    law="APL-2021:4;APL-2021:38(1)",
    zh="该主体已公布权责清单，案件应当载明其中当时有效、依据现行有效的行政处罚事项。",
)
def item_held(f: Facts) -> bool:
    """A body with a published power list exercises an item of it that it held at that moment, on a basis in force."""
    return f.item_held is not False


@rule(
    "ENTRUSTMENT_INVALID", law="APL-2021:20(4)", zh="受委托组织应当在委托书载明的期限和事项内实施行政处罚。"
)
def within_mandate(f: Facts) -> bool:
    """An entrusted body acts inside the period and the items of its mandate."""
    return f.mandate_holds is not False


@rule("NON_FILING_REASON_REQUIRED", law="SAMR-2022:20", zh="不予立案应当说明理由。")
def cause_given(f: Facts) -> bool:
    """A clue is not filed only for a stated reason."""
    return f.cause is None or bool(f.cause.strip())


@rule("LIMITATION_EXPIRED", law="APL-2021:36(1)", zh="违法行为超过追责时效才被发现，不再给予行政处罚。")
def within_limitation(f: Facts) -> bool:
    """An act discovered after the limitation period is not penalised."""
    found = f.case.clue.receive_time
    return f.limitation_end is None or moment_of(found) <= f.limitation_end


@rule("NOT_ON_CASE", law="APL-2021:42(1)", zh="该行为应当由本案承办执法人员办理。")
def by_handling_officers(f: Facts) -> bool:
    """Only the handling officers of the case do this."""
    return f.on_case is not False


@rule("TOO_FEW_OFFICERS", law="APL-2021:42(1)", zh="执法人员不得少于两人。")
def two_officers(f: Facts) -> bool:
    """At least two officers act."""
    return f.officers is None or len({p.officer_id for p in f.officers}) >= 2


@rule(
    "TWO_CERTIFIED_OFFICERS",
    law="APL-2021:42(1)",
    zh="每名执法人员在实施该行为时均应持有有效的行政执法证件。",
)
def certified(f: Facts) -> bool:
    """Every officer named held a certificate in force at the moment of the act."""
    return f.officers is None or all(p.certified for p in f.officers)


@rule("CERTIFICATE_SUSPENDED", law="APL-2021:42(1)", zh="执法人员的行政执法证件在实施该行为时处于暂扣状态。")
def not_suspended(f: Facts) -> bool:
    """No officer named had a suspended certificate at the moment of the act."""
    return f.officers is None or not any(p.suspended for p in f.officers)


@rule(
    "CERTIFICATE_OUT_OF_SCOPE",
    law="APL-2021:42(1)",
    zh="执法人员所持行政执法证件的领域或者行为种类不包括本案。",
)
def in_scope(f: Facts) -> bool:
    """Every officer's certificate covers the field of the body and penalties."""
    return f.officers is None or not any(p.outside for p in f.officers)


@rule(
    "CERTIFICATE_OUT_OF_AREA",
    law="APL-2021:42(1);ASR-2025:12[1]",
    zh="执法人员所持行政执法证件的执法区域不包括行为实施地；需要在外地调查的，应当请求当地行政机关协助。",
)
def in_area(f: Facts) -> bool:
    """Every officer's certificate covers the place of the act; elsewhere the agency of that place is asked to assist."""
    return f.officers is None or not any(p.elsewhere for p in f.officers)


@rule("CERTIFICATE_NOT_SHOWN", law="APL-2021:55(1)", zh="执法人员应当主动出示执法证件。")
def certificate_shown(f: Facts) -> bool:
    """The officers show their certificates unasked."""
    return f.certificate_shown is not False


@rule("EVIDENCE_INADMISSIBLE", law="APL-2021:46", zh="证据应当载明来源，并由两名以上执法人员收集。")
def admissible(f: Facts) -> bool:
    """Evidence names its source and the two officers who collected it."""
    enough = f.officers is None or len({p.officer_id for p in f.officers}) >= 2
    return enough and (f.source is None or bool(f.source.strip()))


@rule("RECORD_MISSING", law="APL-2021:40", zh="没有任何证据记录，不得终结调查。")
def evidence_recorded(f: Facts) -> bool:
    """An inquiry does not end without evidence."""
    return f.case.evidence_count > 0


@rule("CORRECTION_ORDER_MISSING", law="APL-2021:28(1)", zh="实施行政处罚应当责令当事人改正或者限期改正。")
def correction_ordered(f: Facts) -> bool:
    """A penalty comes with an order to correct, at once or by a date."""
    return f.penalty is None or bool(f.penalty.correction_order.strip())


@rule(
    "SANCTION_KIND_NOT_ALLOWED",
    law="APL-2021:9",
    zh="应当载明法定的处罚种类；罚款、没收应当与其种类和金额相符。",
)
def kinds_allowed(f: Facts) -> bool:
    """A penalty names kinds of article 9; a fine has its amount, and an amount its kind."""
    if f.penalty is None:
        return True
    kinds = set(f.penalty.kinds)
    known = bool(kinds) and 0 not in kinds and kinds <= set(PenaltyKind.values())
    confiscated = f.penalty.confiscation.fen == 0 or not CONFISCATIONS.isdisjoint(kinds)
    return known and confiscated and (_FINE in kinds) == (f.penalty.fine.fen > 0)


@rule(
    "DISCRETION_NOT_STATED",
    law="GBF-2022-27:12;APL-2021:34",
    zh="应当载明所适用的已公布裁量基准档次；按比例处罚的应当载明基数。",
)
def band_stated(f: Facts) -> bool:
    """A band of a published benchmark is named, with the base amount when it is a rate."""
    if f.penalty is None:
        return True
    return f.band is not None and (not f.band.max_rate or f.penalty.base.fen > 0)


@rule(
    "DISCRETION_OUT_OF_BAND",
    law="GBF-2022-27:12",
    zh="罚款数额超出裁量基准，且未载明理由并经办案人员以外的负责人批准。",
)
def inside_band(f: Facts) -> bool:
    """The fine lies inside the band, or a head who does not handle the case approved the stated reason."""
    if f.penalty is None or f.band is None:
        return True
    allowed = fine_range(f.band, f.penalty.base.fen)
    if allowed is None or allowed[0] <= f.penalty.fine.fen <= allowed[1]:
        return True
    approver = f.penalty.deviation_approver.strip()
    others = approver and all(approver != o.officer_id for o in f.case.officers)
    return bool(f.penalty.deviation_reason.strip() and others)


@rule("SOD_VIOLATION", law="SAMR-2022:49(3)", zh="办案人员不得作为本案审核人员。")
def reviewer_apart(f: Facts) -> bool:
    """Who investigates a case does not review it."""
    return not f.investigated


@rule(
    "REVIEWER_NOT_QUALIFIED",
    law="APL-2021:58(2)",
    zh="法制审核人员在审核时应当持有有效的法制审核资格。",
)
def reviewer_qualified(f: Facts) -> bool:
    """Where the register keeps reviewers, who passes a review holds a qualification for it in force."""
    return f.qualified is not False


@rule("SOD_VIOLATION", law="APL-2021:64[4]", zh="听证由非本案调查人员主持。")
def host_apart(f: Facts) -> bool:
    """A hearing is conducted by a person who does not investigate the case."""
    return not f.investigated


@rule(
    "SOD_VIOLATION",
    law="APL-2021:57(1);APL-2021:58(1)",
    zh="调查、审核、决定应当分离：决定人不得是本案调查人员或者审核人员。",
)
def decider_apart(f: Facts) -> bool:
    """Who investigates or reviews a case does not decide it."""
    return not f.investigated and (f.caller is None or f.caller != f.case.review.reviewer)


@rule("LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)", zh="未经法制审核或者审核未通过。")
def review_passed(f: Facts) -> bool:
    """Legal review has passed."""
    return f.case.review.passed


@rule("PRIOR_NOTICE_INCOMPLETE", law="APL-2021:44", zh="告知书应当载明拟作出的处罚内容及事实、理由、依据。")
def notice_complete(f: Facts) -> bool:
    """The notice tells the penalty, the facts, the reasons and the basis."""
    if f.notice is None:
        return True
    told = f.notice.facts.strip() and f.notice.reasons.strip() and f.notice.basis.strip()
    return bool(told and f.case.proposal.kinds)


@rule("HEARING_RIGHT_NOT_TOLD", law="APL-2021:63(1)", zh="拟作出的处罚属于听证范围，应当告知要求听证的权利。")
def hearing_right_told(f: Facts) -> bool:
    """A penalty of article 63 is announced together with the right to a hearing."""
    if f.notice is None or f.thresholds is None:
        return True
    return f.notice.hearing_right_told or not hearing_due(f.case.proposal, f.thresholds)


@rule("HEARING_REQUEST_LATE", law="APL-2021:64[1]", zh="要求听证应当在告知后五个工作日内提出。")
def request_in_time(f: Facts) -> bool:
    """A hearing is asked for inside the window."""
    notice = f.case.notice
    return not notice.HasField("window_end") or f.at <= moment_of(notice.window_end)


@rule(
    "NO_DECISION_WITHOUT_NOTICE",
    law="APL-2021:62",
    zh="未告知，或者陈述申辩、要求听证期限未届满且当事人未书面放弃，不得作出处罚决定。",
)
def window_over(f: Facts) -> bool:
    """A decision waits until the party was told and the window is over, or was waived in writing."""
    case = f.case
    if not case.HasField("notice"):
        return False
    if case.defence.HasField("waive_time"):
        return True
    return case.notice.HasField("window_end") and f.at > moment_of(case.notice.window_end)


@rule("HEARING_NOT_HELD", law="APL-2021:63(1)", zh="当事人依法要求听证的，应当组织听证。")
def hearing_held(f: Facts) -> bool:
    """A hearing asked for is held, unless the party withdrew the request in writing."""
    defence = f.case.defence
    if not defence.HasField("hearing_request_time") or defence.HasField("hearing_time"):
        return True
    withdrawn = defence.HasField("waive_time")
    return withdrawn and moment_of(defence.waive_time) >= moment_of(defence.hearing_request_time)


@rule("DEFENCE_NOT_RECHECKED", law="APL-2021:45(1)", zh="对当事人的陈述、申辩或者听证意见应当进行复核。")
def defence_rechecked(f: Facts) -> bool:
    """What the party said is checked again before the decision."""
    defence = f.case.defence
    said = [t for t in ("statement_time", "hearing_time") if defence.HasField(t)]
    return not said or defence.HasField("recheck_time")


@rule(
    "AGGRAVATED_AFTER_DEFENCE",
    law="APL-2021:45(2);APL-2021:62",
    zh="处罚决定不得重于告知的内容，不得因陈述、申辩而给予更重的处罚。",
)
def not_heavier(f: Facts) -> bool:
    """The decision is not heavier than what the party was told."""
    if f.penalty is None or not f.case.HasField("notice"):
        return True
    return not heavier(f.penalty, f.case.notice.penalty)


@rule(
    "COLLECTIVE_DISCUSSION_REQUIRED",
    law="APL-2021:57(2)",
    zh="重大违法行为给予行政处罚，应当由行政机关负责人集体讨论决定。",
)
def discussed(f: Facts) -> bool:
    """A major penalty is decided by the heads together, with a record of who took part."""
    if f.discussed is not False or f.penalty is None or f.thresholds is None:
        return True
    return not is_major(f.penalty, f.thresholds)


@rule("SERVICE_PROOF_MISSING", law="APL-2021:61(1)", zh="送达应当有送达回证。")
def receipt_given(f: Facts) -> bool:
    """Service is proved by a receipt."""
    return f.receipt is None or bool(f.receipt.strip())


@rule(
    "COLLECT_DECIDE_SEPARATION",
    law="APL-2021:67(2)",
    zh="罚款应当缴入指定银行，行政机关及其执法人员不得自行收缴。",
)
def paid_to_bank(f: Facts) -> bool:
    """Fines are paid to the designated bank, which gives a reference."""
    return f.bank_reference is None or bool(f.bank_reference.strip())


@rule("OVERPAID", law="APL-2021:67(3)", zh="缴款数额超过应缴罚款余额。")
def not_overpaid(f: Facts) -> bool:
    """No more is paid than is due."""
    return f.amount is None or f.amount <= f.due


@rule("ALREADY_DONE", law="APL-2021:63(1)", zh="本案已举行听证。")
def not_heard_yet(f: Facts) -> bool:
    """A case is heard once."""
    return not f.case.defence.HasField("hearing_time")


@rule("NOT_MAJOR", law="LN-SUP:16", zh="仅重大行政处罚决定需报送备案。")
def major(f: Facts) -> bool:
    """Only a major penalty is filed with the city legal office."""
    return f.case.decision.major


@rule("ALREADY_DONE", law="LN-SUP:16", zh="该决定已报送备案。")
def not_filed_yet(f: Facts) -> bool:
    """A decision is filed with the city legal office once."""
    return not f.case.HasField("report_time")


@rule("DECISION_MISSING", law="APL-2021:48(1)", zh="本案未作出处罚决定。")
def decision_made(f: Facts) -> bool:
    """Only a decision that was made can be made public."""
    return f.case.HasField("decision")


@rule("ALREADY_DONE", law="APL-2021:48(1)", zh="该决定已公开。")
def not_published_yet(f: Facts) -> bool:
    """A decision is made public once."""
    return not f.case.HasField("publish_time")


@rule("ALREADY_DONE", law="APL-2021:52(3)", zh="该当场处罚决定已报所属机关备案。")
def not_reported_yet(f: Facts) -> bool:
    """An on-the-spot decision is filed with the own agency once."""
    return not f.case.HasField("spot_report_time")


@rule(
    "CLOSE_NOT_ALLOWED",
    law="SAMR-2022:77",
    zh="处罚决定尚未执行完毕，或者当场处罚决定尚未报所属机关备案，不得结案。",
)
def settled(f: Facts) -> bool:
    """A case is closed when the fine is paid and an on-the-spot decision was filed with the own agency."""
    if f.case.state == CaseState.CASE_STATE_TERMINATED:
        return True
    reported = f.case.procedure != Procedure.PROCEDURE_SUMMARY or f.case.HasField("spot_report_time")
    return reported and f.due <= 0


@rule(
    "SIMPLE_LIMIT_EXCEEDED",
    law="APL-2021:51",
    zh="当场处罚限于警告，或者对公民二百元以下、对法人或者其他组织三千元以下的罚款。",
)
def within_spot_limit(f: Facts) -> bool:
    """On the spot only a warning is given, or a fine up to the limit of article 51."""
    if f.penalty is None or f.thresholds is None:
        return True
    return f.penalty.fine.fen <= f.thresholds.spot_fine and set(f.penalty.kinds) <= _ON_THE_SPOT


@rule(
    "SIMPLE_FORM_DEFECT",
    law="APL-2021:52(1);APL-2021:44",
    zh="当场处罚应当填写编有号码的决定书，告知事实、理由、依据和权利，并听取陈述申辩。",
)
def form_complete(f: Facts) -> bool:
    """The form is numbered, the party was told, and was heard."""
    return f.form is None or bool(f.form.number.strip() and f.form.rights_told and f.form.statement_heard)
