"""The rules that the law puts on a permit that stands: the check of its holder, its revocation, recall and alteration, and how it
leaves the register (ALIC 7, 8, 61–70).
"""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.procedures.permit.facts import PermitFacts
from services.law.procedures.permit.held_record import (
    Finding,
    Holder,
    Holding,
    LeavingGround,
    Manner,
    Reversal,
    ReversalGround,
)
from services.law.procedures.shared import local
from services.law.rule import rule

_PUBLIC = frozenset({ReversalGround.LAW_CHANGED, ReversalGround.CIRCUMSTANCES_CHANGED})
GROUNDS: Mapping[Reversal, frozenset[ReversalGround]] = MappingProxyType(
    {
        Reversal.REVOKE: frozenset(ReversalGround) - _PUBLIC,
        Reversal.RECALL: _PUBLIC,
        Reversal.ALTER: _PUBLIC,
    }
)
"""What each may rest on: how the permit was given (ALIC 69), or what changed since (ALIC 8(2))."""
_STANDS: Mapping[LeavingGround, Holding] = MappingProxyType(
    {
        **dict.fromkeys(LeavingGround, Holding.HELD),
        LeavingGround.EXPIRED: Holding.LAPSED,
        LeavingGround.REVERSED: Holding.REVERSED,
    }
)
"""How a permit stands that leaves the register for each ground."""
_HOLDERS: Mapping[LeavingGround, frozenset[Holder]] = MappingProxyType(
    {
        **dict.fromkeys(LeavingGround, frozenset(Holder)),
        LeavingGround.HOLDER_GONE: frozenset({Holder.CITIZEN, Holder.SOLE_TRADER}),
        LeavingGround.HOLDER_ENDED: frozenset({Holder.ORGANISATION, Holder.SOLE_TRADER}),
    }
)

# The check of its holder.


@rule(
    "PERMIT_CHECK_NOT_RECORDED",
    law="ALIC-2019:61(2)",
    zh="监督检查的情况和处理结果应当予以记录。",
    en="It is not said what the check found, or what was done about it. State both (situation, result).",
)
def check_recorded(f: PermitFacts) -> bool:
    """What a check saw, and what came of it, is on record (ALIC 61(2))."""
    return bool(f.record.check.situation.strip() and f.record.check.result.strip())


@rule(
    "PERMIT_CHECK_NOT_SIGNED",
    law="ALIC-2019:61(2)",
    zh="监督检查记录应当由监督检查人员签字后归档。",
    en="Nobody of the department is named who checked, or not each of them signed. Name them, and have each sign.",
)
def check_signed(f: PermitFacts) -> bool:
    """Whoever checks signs the record (ALIC 61(2))."""
    checkers, signers = frozenset(f.record.check.checkers), frozenset(f.record.check.signers)
    return bool(checkers) and checkers == signers and checkers <= f.on_roster()


@rule(
    "PERMIT_VISIT_NOT_INSPECTED",
    law="ALIC-2019:62(1);GBF-2024-54",
    zh="实地检查应当是已经实施的、对该被许可人的行政检查，由该检查的执法人员作出。",
    en="The visit is no inspection of this holder that was carried out, or another than its officers checked. Name it.",
)
def visit_inspected(f: PermitFacts) -> bool:
    """Who is visited is visited by an inspection, with its plan, approval and code (ALIC 62(1); 国办发〔2024〕54号)."""
    manner = f.record.check.manner
    return manner == Manner.PAPERS or (manner == Manner.ON_SITE and f.visited() is True)


@rule(
    "PERMIT_FINDING_NOT_HANDLED",
    law="ALIC-2019:61(2);ALIC-2019:66;ALIC-2019:67(2)",
    zh="发现违法从事许可事项活动的，应当责令限期改正，或者作为本机关的案件线索登记处理。",
    en="Something unlawful was found, and neither an order to put it right by a later day nor a clue of this holder is named.",
)
def finding_handled(f: PermitFacts) -> bool:
    """What a check finds to be unlawful is ordered to be put right by a day, or goes on as a case (ALIC 61(2), 66, 67(2))."""
    check = f.record.check
    if check.finding != Finding.UNLAWFUL:
        return check.finding == Finding.LAWFUL
    ordered = bool(check.order.strip()) and check.correct_until is not None and check.correct_until > f.at()
    return ordered or f.clue_known() is True


# What is done to a permit that stands.


@rule(
    "PERMIT_REVERSAL_UNGROUNDED",
    law="ALIC-2019:8;ALIC-2019:69(1);ALIC-2019:69(2)",
    zh="不得擅自改变已经生效的行政许可：撤销应当有第六十九条的情形，撤回、变更应当有第八条第二款的情形，并载明依据。",
    en="A permit that stands is changed on a ground of the law only, and on what shows it. Name both (ground, basis).",
)
def grounded(f: PermitFacts) -> bool:
    """A permit in force is not changed but on the grounds of the law (ALIC 8, 69)."""
    told = f.record.reversal
    return told.kind is not None and told.ground in GROUNDS[told.kind] and bool(told.basis.strip())


@rule(
    "PERMIT_REVERSAL_NOT_TOLD",
    law="ALIC-2019:7",
    zh="应当书面告知被许可人拟作出的决定和陈述、申辩的期限。",
    en="No paper tells the holder what is intended, or no later day until which it may answer. Name both (document, until_time).",
)
def told_in_writing(f: PermitFacts) -> bool:
    """The holder is told in writing, with time to state its case (ALIC 7)."""
    told = f.record.reversal
    return bool(told.document.strip()) and told.until_time is not None and told.until_time > f.at()


@rule(
    "PERMIT_NOTHING_TOLD",
    law="ALIC-2019:7",
    zh="尚未告知被许可人拟作出的决定，或者已经作出决定。",
    en="Nothing was told to the holder that is not decided. Tell it first (TellPermitReversal).",
)
def something_told(f: PermitFacts) -> bool:
    """The holder states its case on what it was told (ALIC 7)."""
    return f.record.reversal.tell_time is not None and f.record.reversal.tell_time <= f.at()


@rule(
    "PERMIT_STATEMENT_MISSING",
    law="ALIC-2019:7",
    zh="应当载明被许可人的陈述、申辩。",
    en="It is not said what the holder stated. State it (statement).",
)
def stated(f: PermitFacts) -> bool:
    """What the holder says is on record (ALIC 7)."""
    return bool(f.record.statement.strip())


@rule(
    "PERMIT_REVERSAL_NOT_AS_TOLD",
    law="ALIC-2019:7",
    zh="作出的决定应当是已经告知被许可人的。",
    en="The holder was told of nothing, or of something else. Tell it what is intended first (TellPermitReversal).",
)
def as_told(f: PermitFacts) -> bool:
    """Nothing is decided but what the holder was told (ALIC 7)."""
    told = f.record.reversal
    return told.tell_time is not None and f.record.doing is not None and told.kind == f.record.doing


@rule(
    "PERMIT_HOLDER_NOT_HEARD",
    law="ALIC-2019:7",
    zh="被许可人享有陈述权、申辩权：未陈述、申辩且期限未满的，不得作出决定。",
    en="The holder did not state its case, and its time is not over. Hear it, or wait.",
    tells=lambda f: {"until": local(f.record.reversal.until_time)} if f.record.reversal.until_time else {},
)
def holder_heard(f: PermitFacts) -> bool:
    """The holder is heard, or lets its time pass (ALIC 7)."""
    end = f.record.reversal.until_time
    return end is not None and (f.record.reversal.stated is True or f.at() > end)


@rule(
    "PERMIT_INTEREST_NOT_WEIGHED",
    law="ALIC-2019:69(3)",
    zh="撤销可能对公共利益造成重大损害的，不予撤销；撤回、变更应当为了公共利益的需要。应当载明对公共利益的衡量。",
    en="It is not said what the public interest asks for. State it (interest).",
)
def interest_weighed(f: PermitFacts) -> bool:
    """What would do the public great harm is not revoked, and nothing is recalled but in its interest (ALIC 8(2), 69(3))."""
    return bool(f.record.interest.strip())


@rule(
    "PERMIT_CLAIM_NOT_TOLD",
    law="ALIC-2019:69(4)",
    zh="因行政机关的原因撤销许可，被许可人合法权益受到损害的，应当依法给予赔偿；应当告知其有权要求赔偿。",
    en="It is revoked for what the agency did, and the holder is not told that it may claim compensation. Tell it (claim_told).",
)
def claim_told(f: PermitFacts) -> bool:
    """Who loses a permit by the agency's fault may claim compensation, who deceived may not (ALIC 69(4))."""
    ground = f.record.reversal.ground
    return ground is not None and (ground == ReversalGround.DECEPTION or f.record.claim_told is True)


@rule(
    "PERMIT_ALTERATION_MISSING",
    law="ALIC-2019:8(2)",
    zh="应当载明变更的内容。",
    en="It is not said what of the permit is altered. State it (content).",
)
def alteration_said(f: PermitFacts) -> bool:
    """A permit is altered in what is said (ALIC 8(2))."""
    return bool(f.record.content.strip())


# How it leaves the register.


@rule(
    "PERMIT_DEREGISTRATION_UNGROUNDED",
    law="ALIC-2019:70",
    zh="注销应当有第七十条的情形，并与许可、被许可人的状态相符；证件被吊销的，应当载明已送达且未被撤销的处罚案件。",
    en="The permit does not stand as the ground has it, or the holder is none of whom it may be said, or no case is named that "
    "revoked the licence and still stands. Name the ground that is so.",
)
def leaving_grounded(f: PermitFacts) -> bool:
    """A permit leaves the register for a ground of the law that is so (ALIC 70)."""
    ground = f.record.leaving.ground
    if ground is None or f.record.holding != _STANDS[ground] or f.record.holder not in _HOLDERS[ground]:
        return False
    return ground != LeavingGround.LICENCE_REVOKED or f.licence_revoked() is True


@rule(
    "PERMIT_DEREGISTRATION_NOT_SHOWN",
    law="ALIC-2019:70",
    zh="应当载明注销的依据和证明材料。",
    en="It is not said on what it rests, or which paper shows it. State both (basis, proof).",
)
def leaving_shown(f: PermitFacts) -> bool:
    """Why a permit leaves the register is shown (ALIC 70)."""
    return bool(f.record.leaving.basis.strip() and f.record.leaving.proof.strip())
