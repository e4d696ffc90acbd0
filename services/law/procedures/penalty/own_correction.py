"""The agency finds its own decision wrong and corrects it (自行纠正): proposed by one, decided by another (APL 75(2)).

An annulment or a change of its own has the effects that one by a reconsideration or a court has: outcome.py. What was public is
withdrawn, and the credit platform told (APL 48(2)).
"""

from yifa.enforcement.v1.case_pb2 import (
    CASE_SOURCE_OUTSIDE,
    OWN_CORRECTION_STATE_PENDING,
    Case,
    EarlierDecision,
    Outcome,
    OutcomeKind,
    OwnCorrection,
    Remedy,
)

from services.law.moment import moment_at, put_moment
from services.law.procedures.penalty.amounts import heavier, yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.outcome import act_of, decided_time
from services.law.rule import Unknown, rule

LAW = "APL-2021:75(2)"
ACT_OF = {
    "RECORD_SET_ASIDE": "CHANGE_OWN_DECISION",
    "RECORD_UNDONE": "ANNUL_OWN_DECISION",
    "REOPEN_CASE": "REOPEN_OWN_DECISION",
    "REOPEN_SPOT_DECISION": "REOPEN_OWN_SPOT_DECISION",
}
"""By which act the agency does itself what an act records of a remedy."""
APPROVING = frozenset(ACT_OF.values())
SERVING, ANNOUNCING = "SERVE_OWN_CORRECTION", "ANNOUNCE_OWN_CORRECTION"
OWN_ACTS = APPROVING | {"PROPOSE_OWN_CORRECTION", "REFUSE_OWN_CORRECTION"}
_CHANGED, _ANNULLED = OutcomeKind.OUTCOME_KIND_CHANGED, OutcomeKind.OUTCOME_KIND_ANNULLED


def outcome_of(case: Case, own: OwnCorrection) -> Outcome:
    """What an approved correction makes of the decision, as any remedy that ended."""
    told = Outcome(
        kind=own.kind,
        remedy=Remedy.REMEDY_OWN,
        authority=case.in_name_of or case.body_name,
        document=own.document_number,
        anew=own.anew,
        procedure_only=own.procedure_only,
    )
    if own.HasField("penalty"):
        told.penalty.CopyFrom(own.penalty)
    if (at := moment_at(own, "decide_time")) is not None:
        put_moment(told.outcome_time, at)
    return told


def act_by(case: Case, own: OwnCorrection, *, approved: bool) -> str:
    """The act by which a proposed correction is decided so."""
    found = ACT_OF.get(act_of(case, Outcome(kind=own.kind, anew=own.anew)), "")
    return found if approved and found else "REFUSE_OWN_CORRECTION"


def of_id(case: Case, correction_id: str) -> OwnCorrection:
    """The proposal in a case; an empty one where there is none."""
    wanted = correction_id.strip()
    return next((o for o in case.own_corrections if wanted and o.correction_id == wanted), OwnCorrection())


def pending(case: Case) -> OwnCorrection | None:
    """The proposal that waits to be decided."""
    return next((o for o in case.own_corrections if o.state == OWN_CORRECTION_STATE_PENDING), None)


def to_tell(case: Case) -> Case | EarlierDecision:
    """What holds the withdrawn decision of which the credit platform was not told yet: an earlier one first, else the case."""
    earlier = (
        was
        for was in case.earlier_decisions
        if was.HasField("withdrawal") and not was.withdrawal.HasField("credit_time")
    )
    return next(earlier, case)


def on_credit(case: Case | EarlierDecision) -> bool:
    """Whether the credit platform may show a decision that was withdrawn: not where the record says that it never did."""
    public = case.publication.decision
    return case.HasField("withdrawal") and (not public.HasField("credit") or public.credit.shown)


@rule(
    "OWN_CORRECTION_PENDING",
    warning="EW-33",
    law=LAW,
    zh="对本决定的自行纠正已经提出，尚未决定。",
    en="A correction of this decision was proposed already and waits. Let it be decided first (DecideOwnCorrection).",
)
def none_proposed(f: PenaltyFacts) -> bool:
    """One correction of a decision is proposed at a time."""
    return pending(f.case) is None


@rule(
    "OWN_ERROR_NOT_SHOWN",
    warning="EW-33",
    law=LAW,
    zh="自行纠正应当载明发现的错误、理由和证明材料。",
    en="It is not said what is wrong with the decision, why, or which paper shows it. State all three (ground, reason, proof).",
)
def error_shown(f: PenaltyFacts) -> bool:
    """What is corrected was found to be wrong: in which way, why, and by what that is shown."""
    own = f.own_correction()
    return bool(own.ground) and bool(own.reason.strip()) and bool(own.proof.strip())


@rule(
    "OWN_CHANGE_NOT_LIGHTER",
    warning="EW-33",
    law="APL-2021:44;APL-2021:75(2)",
    zh="自行部分撤销、变更只能减轻处罚；需要加重或者改作其他处罚的，应当撤销原决定，依法告知后重新作出。",
    en="A partial annulment or change of its own only makes the penalty lighter. Annul it, and decide anew after the party was "
    "told and heard (anew).",
    tells=lambda f: {
        "decided": yuan(f.case.decision.penalty.fine.fen),
        "changed": yuan(f.own_correction().penalty.fine.fen),
    },
)
def change_lighter(f: PenaltyFacts) -> bool:
    """A change of its own is lighter than what was decided; what is annulled is not changed."""
    own, decided = f.own_correction(), f.case.decision.penalty
    if own.kind != _CHANGED:
        return own.kind == _ANNULLED
    said = own.penalty
    lighter = (said.fine.fen, said.confiscation.fen, *sorted(said.kinds)) != (
        decided.fine.fen,
        decided.confiscation.fen,
        *sorted(decided.kinds),
    )
    return f.case.HasField("decision") and lighter and not heavier(said, decided)


@rule(
    "OWN_CORRECTION_NOT_PENDING",
    warning="EW-33",
    law=LAW,
    zh="该自行纠正未曾提出、已经决定，或者所针对的不是现有决定。",
    en="This correction was not proposed, was decided already, or is about another decision than the one that stands. Read the "
    "case again.",
)
def correction_proposed(f: PenaltyFacts) -> bool:
    """What is decided was proposed, waits, and is about the decision that the case holds."""
    was = of_id(f.case, f.own_correction().correction_id)
    made = decided_time(f.case)
    return (
        was.state == OWN_CORRECTION_STATE_PENDING
        and made is not None
        and moment_at(was, "decision_time") == made
    )


@rule(
    "SOD_VIOLATION",
    guard="G-11",
    warning="EW-33",
    law="CITY-ERS:6(4)",
    zh="提出自行纠正的人员不得批准该纠正。",
    en="Who proposed the correction does not decide on it. Let another head decide.",
    tells=lambda f: {"person": f.caller()},
)
def decided_by_another(f: PenaltyFacts) -> bool:
    """A correction is decided by somebody else than who proposed it."""
    proposer = f.own_correction().proposer.strip()
    return bool(proposer) and bool(f.caller().strip()) and f.caller() != proposer


@rule(
    "OWN_CORRECTION_NOT_DECIDED",
    warning="EW-33",
    law=LAW,
    zh="本机关自行纠正的，应当提出并经另一负责人批准，不得以登记救济结果方式办理。",
    en="The agency corrects its own decision by a proposal that another approves, not by recording an outcome. Propose it "
    "(ProposeOwnCorrection).",
    tells=lambda f: {"authority": f.outcome().authority},
)
def by_another_authority(f: PenaltyFacts) -> bool:
    """What is recorded as the outcome of a remedy was said by another than the agency itself; a report of a whole case does not
    say who proposed what the agency corrected.
    """
    if f.case.source == CASE_SOURCE_OUTSIDE and not f.case.origin.system:
        raise Unknown("who proposed the correction")
    said = f.outcome()
    own = {f.case.body_name.strip(), f.case.in_name_of.strip()} - {""}
    return bool(said.kind) and said.remedy != Remedy.REMEDY_OWN and said.authority.strip() not in own


@rule(
    "OWN_CORRECTION_NOT_SERVABLE",
    guard="G-53",
    warning="EW-33",
    law="APL-2021:61(1);APL-2021:75(2)",
    zh="没有已经批准、尚未送达的自行纠正决定书。",
    en="There is no paper of an approved correction of its own that was not served yet. Let the correction be decided first "
    "(DecideOwnCorrection).",
)
def paper_unserved(f: PenaltyFacts) -> bool:
    """The paper of a correction of its own is served when the correction was approved, and once."""
    paper = f.case.correcting_paper
    return bool(paper.document_number.strip()) and not paper.service.HasField("serve_time")


@rule(
    "ALREADY_DONE",
    law="APL-2021:61(1);APL-2021:75(2)",
    zh="该自行纠正决定书已公告送达。",
    en="The paper of the correction was announced for service already.",
)
def paper_unannounced(f: PenaltyFacts) -> bool:
    """The paper of a correction is announced for service once."""
    return not f.case.correcting_paper.HasField("announcement")


@rule(
    "NOTHING_WITHDRAWN",
    warning="EW-33",
    law="APL-2021:48(2)",
    zh="没有已撤回公开、尚未同步信用平台的决定。",
    en="No decision was withdrawn from the public of which the credit platform was not told yet. Withdraw it first "
    "(WithdrawPublication).",
)
def withdrawn_untold(f: PenaltyFacts) -> bool:
    """The credit platform is told of what was withdrawn, and once."""
    shown = to_tell(f.case)
    return shown.HasField("withdrawal") and not shown.withdrawal.HasField("credit_time")


@rule(
    "CREDIT_CORRECTION_NOT_SHOWN",
    warning="EW-33",
    law="APL-2021:48(2);CREDIT-2025:19(2)",
    zh="应当载明信用平台接收撤回、更正信息的回执。",
    en="Nothing shows that the credit platform took it in. Name its receipt (receipt).",
)
def credit_told(f: PenaltyFacts) -> bool:
    """That the platform was told is shown by its receipt."""
    return bool(f.credit_receipt().strip())


@rule(
    "REASONS_NOT_PUBLIC",
    warning="EW-33",
    law="APL-2021:48(2)",
    zh="撤回应当公开说明理由。",
    en="The reasons of the withdrawal are not given, or it is not said where they were made public. State both (explanation, "
    "address).",
)
def reasons_public(f: PenaltyFacts) -> bool:
    """The reasons of a withdrawal are made public, at a place that is named."""
    return bool(f.withdrawal_reasons().strip()) and bool(f.withdrawal_address().strip())
