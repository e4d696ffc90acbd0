"""The rules of the indemnity for a permit that was recalled or altered in the public interest: claim, negotiation, hearing,
settlement or decision, payment (ALIC 8(2); CITY-ERS 6(5)).
"""

from services.law.procedures.permit.deciding import remedies_told
from services.law.procedures.permit.facts import PermitFacts
from services.law.procedures.permit.held_record import Agreement, IndemnityStage, Meeting
from services.law.rule import rule

LAW = "ALIC-2019:8(2);CITY-ERS:6(5)"


@rule(
    "PERMIT_INDEMNITY_NOT_OWED",
    law=LAW,
    zh="因依法撤回、变更许可造成财产损失的，应当给予补偿；尚无撤回、变更，或者已经提出过补偿请求。因违法撤销造成损害的，依法请求国家赔偿。",
    en="The permit was not recalled or altered, or its indemnity was claimed before. What a revocation cost is claimed as state "
    "compensation.",
)
def indemnity_owed(f: PermitFacts) -> bool:
    """What a lawful recall or alteration costs its holder is made good, once (ALIC 8(2))."""
    return f.record.indemnity.stage == IndemnityStage.OWED


@rule(
    "PERMIT_LOSS_NOT_SAID",
    law=LAW,
    zh="补偿请求应当载明财产损失和请求的金额。",
    en="The claim does not say what was lost, or how much is asked for. State both (loss, claimed).",
)
def loss_said(f: PermitFacts) -> bool:
    """A claim says what was lost, and how much it is (ALIC 8(2))."""
    return bool(f.record.indemnity.loss.strip()) and f.record.indemnity.claimed > 0


@rule(
    "PERMIT_INDEMNITY_NOT_CLAIMED",
    law=LAW,
    zh="被许可人尚未提出补偿请求，或者已经作出补偿决定。",
    en="No indemnity is claimed that is not decided.",
)
def indemnity_claimed(f: PermitFacts) -> bool:
    """What is claimed, and not yet decided, is negotiated, heard and decided (CITY-ERS 6(5))."""
    return f.record.indemnity.stage == IndemnityStage.CLAIMED


@rule(
    "PERMIT_MEETING_INCOMPLETE",
    law=LAW,
    zh="协商、听证应当有主持人和经参加人签字确认的笔录，并载明是否达成一致和金额。",
    en="Who hosted it, its record, the signatures, whether it was agreed, or on how much, is missing. Complete it.",
)
def meeting_complete(f: PermitFacts) -> bool:
    """A negotiation or hearing is on record, signed, with what it came to (CITY-ERS 6(5))."""
    i = f.record.indemnity
    recorded = i.meeting is not None and bool(i.host.strip() and i.minutes.strip()) and i.signed is True
    return recorded and (
        i.agreement == Agreement.NOT_AGREED or (i.agreement == Agreement.AGREED and i.proposed > 0)
    )


@rule(
    "PERMIT_INDEMNITY_NOT_NEGOTIATED",
    law=LAW,
    zh="补偿应当与被许可人协商；被许可人要求听证的，应当举行听证。",
    en="It was not negotiated with the holder, or the hearing it asked for was not held. Do that first (MeetOnPermitIndemnity).",
)
def negotiated(f: PermitFacts) -> bool:
    """Nothing is decided before it was negotiated, and heard where the holder asks for it (CITY-ERS 6(5))."""
    i = f.record.indemnity
    return Meeting.NEGOTIATION in i.held and (i.hearing_asked is False or Meeting.HEARING in i.held)


@rule(
    "PERMIT_INDEMNITY_BY_HOST",
    law="CITY-ERS:6(4)",
    zh="听证主持人不得作出补偿决定。",
    en="Nobody decides, or who hosted the hearing does. Have another decide.",
)
def decided_by_another(f: PermitFacts) -> bool:
    """Who hosts the hearing does not decide (CITY-ERS 6(4))."""
    decider = f.record.indemnity.decider.strip()
    return bool(decider) and decider not in f.record.indemnity.hosts


@rule(
    "PERMIT_INDEMNITY_NOT_AS_AGREED",
    law=LAW,
    zh="协商达成一致的，应当按照约定的金额补偿。",
    en="Another amount is awarded than was agreed on. Award that (awarded).",
    tells=lambda f: {"agreed": str(f.record.indemnity.agreed)},
)
def awarded_as_agreed(f: PermitFacts) -> bool:
    """What was agreed on is what is paid (CITY-ERS 6(5))."""
    return f.record.indemnity.agreed is None or f.record.indemnity.awarded == f.record.indemnity.agreed


@rule(
    "PERMIT_INDEMNITY_UNREASONED",
    law="ALIC-2019:7;CITY-ERS:6(5)",
    zh="协商未达成一致的，补偿决定应当说明理由，并告知复议、诉讼的权利和本市规则设定的复议机关、人民法院。",
    en="Nothing was agreed on, and the decision gives no reasons, or does not tell where reconsideration and suit are sought as "
    "the city has set it. Add them (reasons, authority, court).",
)
def settled_or_reasoned(f: PermitFacts) -> bool:
    """What is decided without the holder's agreement has reasons and can be challenged (ALIC 7)."""
    r = f.record
    return r.indemnity.agreed is not None or (bool(r.reasons.strip()) and remedies_told.holds(f))


@rule(
    "PERMIT_INDEMNITY_NOT_DECIDED",
    law=LAW,
    zh="尚未作出补偿决定，或者已经支付。",
    en="No indemnity is decided that is not paid.",
)
def indemnity_decided(f: PermitFacts) -> bool:
    """What is paid was decided (ALIC 8(2))."""
    return f.record.indemnity.stage == IndemnityStage.DECIDED


@rule(
    "PERMIT_INDEMNITY_NOT_IN_FULL",
    law=LAW,
    zh="应当按照决定的金额全额支付，并载明支付凭证。",
    en="Another amount is paid than was awarded, or no voucher is named. Pay it in full, and name it (voucher).",
    tells=lambda f: {"awarded": str(f.record.indemnity.awarded)},
)
def indemnity_in_full(f: PermitFacts) -> bool:
    """The holder gets what was awarded (ALIC 8(2))."""
    i = f.record.indemnity
    return i.awarded > 0 and i.paid == i.awarded and bool(i.voucher.strip())
