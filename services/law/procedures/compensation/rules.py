"""The rules of a claim of state compensation: claim, examination, hearing, agreement, decision, payment and recourse."""

from services.law.procedures.compensation.facts import (
    NEGOTIABLE,
    CompensationFacts,
    Fault,
    Infringement,
    Standing,
    Way,
)
from services.law.procedures.papers import past, within
from services.law.rule import rule


@rule(
    "UNIT_UNKNOWN",
    law="SCL-2012:7(1)",
    zh="赔偿义务机关应当是登记在册的行政执法主体，所涉案件应当是其案件。",
    en="The registry knows no such body, or the case is not its own. Name the body that did it, and its case.",
)
def unit_known(f: CompensationFacts) -> bool:
    """Whoever injured compensates (SCL 7)."""
    return f.unit_known() is True


@rule(
    "RECEIPT_MISSING",
    law="SCL-2012:12(2);SCL-2012:12(4)",
    zh="当面递交的，应当当场出具加盖专用印章并注明收讫日期的书面凭证；口头申请的，应当记入笔录。",
    en="It is not said how the claim was made; or it was handed in and no stamped receipt was given (stamped_receipt); or it was "
    "made orally and no record was made (document).",
)
def receipt_given(f: CompensationFacts) -> bool:
    """Who hands a claim in gets a receipt at once, and what is claimed orally is put on record (SCL 12(2), 12(4))."""
    needed = {Way.IN_PERSON: f.record.stamped_receipt, Way.ORALLY: f.record.document, Way.BY_POST: "sent"}
    return f.record.way is not None and bool(needed[f.record.way].strip())


@rule(
    "APPLICATION_INCOMPLETE",
    law="SCL-2012:12(1)",
    zh="申请应当载明请求人、具体的要求、事实根据和理由。",
    en="The claim does not say who claims, what is asked for, or on what facts and reasons. Ask for it once.",
)
def claim_complete(f: CompensationFacts) -> bool:
    """A claim says who claims what, and why (SCL 12(1))."""
    return all(said.strip() for said in (f.record.claimant, f.record.demands, f.record.grounds))


@rule(
    "RELATION_NOT_SHOWN",
    law="SCL-2012:6;SCL-2012:12(3)",
    zh="应当载明请求人的资格；不是受害人本人的，应当说明受害人、与受害人的关系，并提供相应证明。",
    en="It is not said by what the claimant may claim; or it is not the victim, and victim, relation or its proof is missing.",
)
def entitled(f: CompensationFacts) -> bool:
    """Another than the victim shows by what it may claim (SCL 6, 12(3))."""
    r = f.record
    proved = r.standing in (Standing.HEIR, Standing.SUCCESSOR) and bool(
        r.victim.strip() and r.relation.strip()
    )
    return r.standing == Standing.VICTIM or (proved and bool(r.relation_proof.strip()))


@rule(
    "SUPPLEMENT_UNSAID",
    law="SCL-2012:12(4)",
    zh="应当一次性告知需要补正的全部内容。",
    en="It is not said what the claim lacks. Name all of it (missing).",
)
def all_said(f: CompensationFacts) -> bool:
    """All that is missing is told (SCL 12(4))."""
    return bool(f.record.missing) and all(each.strip() for each in f.record.missing)


@rule(
    "ASKED_ALREADY",
    law="SCL-2012:12(4)",
    zh="补正内容只能告知一次。",
    en="A supplement was asked for before. Go on with what there is.",
)
def asked_once(f: CompensationFacts) -> bool:
    """It is told once (SCL 12(4))."""
    return f.record.ask_count == 0


@rule(
    "ASKED_LATE",
    law="SCL-2012:12(4)",
    zh="应当当场或者在五日内告知补正；逾期的，不得再要求补正。",
    en="More than five days have passed since the claim came. Go on with what there is.",
)
def asked_in_time(f: CompensationFacts) -> bool:
    """It is told at once or within five days (SCL 12(4))."""
    return within(f.ask_end(), f.at())


@rule(
    "PAPER_MISSING",
    law="SCL-2012:12;SCL-2012:13",
    zh="应当载明证明该行为的文书。",
    en="The paper that shows it is not named. Name it (document).",
)
def shown(f: CompensationFacts) -> bool:
    """What was done is shown by its paper."""
    return bool(f.record.document.strip())


@rule(
    "NOT_NEGOTIABLE",
    law="SCL-2012:13(1)",
    zh="只能就赔偿方式、赔偿项目和赔偿数额进行协商；是否违法、是否承担赔偿责任不得协商。",
    en="Only the manner, the items and the amount are open to an agreement, or nothing is named. Leave the rest out.",
)
def negotiable(f: CompensationFacts) -> bool:
    """Manner, items and amount alone are negotiated (SCL 13(1))."""
    topics = f.record.agreement.topics
    return bool(topics) and NEGOTIABLE.issuperset(topics)


@rule(
    "AGREEMENT_INCOMPLETE",
    law="SCL-2012:13(1)",
    zh="达成协议的，应当载明赔偿项目和依第四章计算的数额，并有双方签署的文书。",
    en="It is said to be agreed, but the items as the law reckons them or the signed paper are missing. Complete it.",
)
def agreement_complete(f: CompensationFacts) -> bool:
    """What is agreed keeps within chapter four, and is signed (SCL 13(1))."""
    a = f.record.agreement
    if a.agreed is False:
        return True
    reckoned = bool(a.items) and all(item.right() for item in a.items)
    return reckoned and bool(a.document.strip()) and a.minutes.checked()


@rule(
    "NOT_HEARD",
    law="SCL-2012:13(1)",
    zh="作出决定前应当充分听取赔偿请求人的意见。",
    en="The claimant was not heard. Hear it, or hold a hearing (HearCompensationClaimant).",
)
def heard(f: CompensationFacts) -> bool:
    """The claimant is heard before the decision (SCL 13(1))."""
    return f.record.hear_time is not None and f.record.hear_time <= f.at()


@rule(
    "CLAIM_LATE",
    law="SCL-2012:39",
    zh="请求国家赔偿的时效为两年，逾期的不予赔偿；起算时间应当载明。",
    en="The claim was made more than two years after the injury was known, or it is not said when it was. Decide against it.",
)
def claimed_in_time(f: CompensationFacts) -> bool:
    """A claim is made within two years, as the article counts them (SCL 39)."""
    return within(f.claim_end(), f.record.apply_time)


@rule(
    "STATE_NOT_LIABLE",
    law="SCL-2012:3;SCL-2012:4;SCL-2012:5;SCL-2012:9(1)",
    zh="应当载明属于第三条、第四条的何种情形和认定违法的根据，且不属于第五条的情形。",
    en="It is not said which act of articles 3 and 4 it was and what shows that it was unlawful, or article 5 exempts it. "
    "State it, or decide against the claim.",
)
def liable(f: CompensationFacts) -> bool:
    """The state answers for an unlawful act of the law's lists, and not for what it exempts (SCL 3, 4, 5, 9(1))."""
    r = f.record
    listed = bool(r.infringements) and all(each in tuple(Infringement) for each in r.infringements)
    return listed and bool(r.unlawful_by.strip()) and r.exemptions == ()


@rule(
    "ITEMS_WRONG",
    law="SCL-2012:32;SCL-2012:33;SCL-2012:34;SCL-2012:35;SCL-2012:36",
    zh="赔偿项目和数额应当依照第四章确定，并写明计算依据。",
    en="No item is named, or one is not reckoned as chapter four asks: its basis, the days and daily wage, the money returned.",
)
def items_right(f: CompensationFacts) -> bool:
    """What is awarded is reckoned by chapter four (SCL 32-36)."""
    return bool(f.record.items) and all(item.right() for item in f.record.items)


@rule(
    "NOT_AS_AGREED",
    law="SCL-2012:13(1)",
    zh="经协商达成协议的，赔偿决定应当与协议一致。",
    en="The award is not what was agreed with the claimant. Award that, or come to another agreement.",
)
def as_agreed(f: CompensationFacts) -> bool:
    """What was agreed is what is awarded (SCL 13(1))."""
    a = f.record.agreement
    return a.agreed is False or a.items == f.record.items


@rule(
    "NOT_AS_AGREED",
    law="SCL-2012:13(1)",
    zh="经协商达成协议的，应当按照协议作出赔偿决定，不得决定不予赔偿。",
    en="Something was agreed with the claimant. Award that, or come to another agreement.",
)
def nothing_agreed(f: CompensationFacts) -> bool:
    """What was agreed is not denied afterwards (SCL 13(1))."""
    return f.record.agreement.agreed is False


@rule(
    "TERM_RUNS",
    law="SCL-2012:13(1)",
    zh="作出决定的期限尚未届满。",
    en="The time to decide is not over. Wait.",
)
def decision_overdue(f: CompensationFacts) -> bool:
    """The two months are over (SCL 14(1))."""
    return past(f.decision_end(), f.at())


@rule(
    "NO_DECISION_TO_CHALLENGE",
    law="SCL-2012:14",
    zh="已经作出决定或者逾期未作出决定的，方可寻求救济。",
    en="There is no decision yet, and the time for one is not over. Wait.",
)
def challengeable(f: CompensationFacts) -> bool:
    """A remedy is against a decision, or the want of one in time (SCL 14)."""
    return f.record.overdue is True or f.record.decide_time is not None


@rule(
    "REMEDY_UNKNOWN",
    law="SCL-2012:14;ARL-2023:11[6]",
    zh="应当载明已登记的、针对该赔偿义务机关的行政诉讼或者行政复议。",
    en="The register holds no such suit or reconsideration against this body. Register it first, and name it.",
)
def remedy_stands(f: CompensationFacts) -> bool:
    """The suit or reconsideration is on the register (SCL 14, ARL 11[6])."""
    return f.remedy_stands() is True


@rule(
    "SUIT_LATE",
    severity="warn",
    law="SCL-2012:14",
    zh="应当自决定作出之日或者期限届满之日起三个月内起诉。",
    en="More than three months have passed since the decision, or since the time for one ended.",
)
def challenged_in_time(f: CompensationFacts) -> bool:
    """It is challenged in three months; what is late is the court's to refuse (SCL 14)."""
    return within(f.suit_end(), f.at())


@rule(
    "RESULT_UNSAID",
    law="SCL-2012:37(2)",
    zh="应当载明生效文书确定的赔偿数额。",
    en="It is not said what is awarded in the end. State it, also where it is nothing (awarded_fen).",
)
def result_said(f: CompensationFacts) -> bool:
    """What the effective paper awards is known (SCL 37(2))."""
    return f.record.result_said is True


@rule(
    "NOTHING_TO_PAY",
    law="SCL-2012:37(2)",
    zh="生效文书确定支付赔偿金的，方可申请支付。",
    en="No money is awarded. There is nothing to pay.",
)
def money_awarded(f: CompensationFacts) -> bool:
    """Payment is asked for by a paper that awards money (SCL 37(2))."""
    return f.record.awarded_fen is not None and f.record.awarded_fen > 0


@rule(
    "MONEY_OWED",
    law="SCL-2012:37",
    zh="尚有应当支付的赔偿金。",
    en="Money is awarded and has to be paid. Have it paid first.",
)
def no_money_owed(f: CompensationFacts) -> bool:
    """What has to be paid is paid before it ends (SCL 37)."""
    return f.record.awarded_fen == 0


@rule(
    "PAID_OTHERWISE",
    law="SCL-2012:37(3)",
    zh="支付的数额应当与生效文书一致。",
    en="The sum paid is not the sum awarded. Record the whole payment.",
)
def paid_in_full(f: CompensationFacts) -> bool:
    """What was awarded is paid (SCL 37(3))."""
    return f.record.paid_fen > 0 and f.record.paid_fen == f.record.awarded_fen


@rule(
    "NOT_RESTORED",
    law="SCL-2012:32(2)",
    zh="应当返还财产、恢复原状、解除措施或者赔礼道歉的，尚未履行。",
    en="Something has to be given back, restored, released or said, and was not. Record that it was (RestoreCompensated).",
)
def restored(f: CompensationFacts) -> bool:
    """What is made good without money is made good (SCL 32(2), 35, 36)."""
    return f.record.in_kind is False or f.record.restore_time is not None


@rule(
    "NOTHING_TO_RESTORE",
    law="SCL-2012:32(2)",
    zh="没有应当返还、恢复、解除或者道歉的项目。",
    en="Nothing is to be made good without money.",
)
def something_in_kind(f: CompensationFacts) -> bool:
    """Only what was awarded is restored (SCL 32(2))."""
    return f.record.in_kind is True


@rule(
    "SOMETHING_AWARDED",
    law="SCL-2012:32",
    zh="决定给予赔偿的，应当履行后办结。",
    en="Something was awarded. Perform it first.",
)
def nothing_awarded(f: CompensationFacts) -> bool:
    """Only what awards nothing ends without performance (SCL 32)."""
    return f.record.awarded_fen == 0 and f.record.in_kind is False


@rule(
    "NO_SUCH_FAULT",
    law="SCL-2012:16(1)",
    zh="应当有故意或者重大过失；应当载明责令承担的文书。",
    en="Neither intent nor gross negligence is named, or no paper that orders it. State both.",
)
def faulty(f: CompensationFacts) -> bool:
    """Who bears costs acted with intent or gross negligence (SCL 16(1))."""
    return f.record.recourse.fault in tuple(Fault) and bool(f.record.recourse.document.strip())


@rule(
    "NOT_WHO_DID_IT",
    law="SCL-2012:16(1)",
    zh="应当是该机关实施侵权行为的工作人员。",
    en="That person is no officer of the agency, or took no part in the case. Name who did it.",
)
def took_part(f: CompensationFacts) -> bool:
    """Who did it bears the costs (SCL 16(1))."""
    return f.took_part() is True


@rule(
    "RECOURSE_TOO_LARGE",
    law="SCL-2012:16(1)",
    zh="责令承担的费用不得超过已经支付的赔偿费用。",
    en="Nothing is laid on the person, or more than was paid is laid on all together. Lay on a part or the whole.",
)
def within_paid(f: CompensationFacts) -> bool:
    """A part or the whole of what was paid is recovered, no more (SCL 16(1))."""
    share, before = f.record.recourse.fen, f.record.recovered_fen
    return share > 0 and before is not None and share + before <= f.record.paid_fen


@rule(
    "RECOURSE_UNDECIDED",
    law="SCL-2012:16(1)",
    zh="赔偿后应当决定追偿；没有故意或者重大过失人员的，应当说明理由。",
    en="It was not decided who bears the costs, nor why nobody does. Order recourse, or state it (no_fault).",
)
def recourse_decided(f: CompensationFacts) -> bool:
    """After it has paid, the agency decides on recourse (SCL 16(1))."""
    return f.record.recoveries > 0 or bool(f.record.no_fault.strip())
