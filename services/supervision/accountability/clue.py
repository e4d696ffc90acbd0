"""How a matter begins: the unit and the officer as the registry knows them, never as the request says."""

from contextlib import suppress
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.case_pb2 import Remedy
from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import (
    compensation_pb2,
    complaint_pb2,
    document_filing_pb2,
    outside_decision_pb2,
    suit_pb2,
)
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.accountability import ACCOUNTABILITY, PREFIX
from services.law.procedures.penalty.corrected import CORRECTS
from services.law.procedures.penalty.outcome import EFFECT
from services.law.rule import Unlawful
from services.supervision.accountability.act import act
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate

REMEDIES = frozenset({Remedy.REMEDY_RECONSIDERATION, Remedy.REMEDY_SUIT})
UNIT, PERSON = pb.ACCOUNTABILITY_AGAINST_ORGANISATION, pb.ACCOUNTABILITY_AGAINST_PERSON


def new_matter(
    tx: Tx, against: int, body_id: str, officer_id: str, source: pb.AccountabilitySource, title: str
) -> pb.Accountability:
    """The record that a clue begins with."""
    body = tx.find(Body, body_id)
    case = tx.find(CaseView, source.source_id) if source.source_id else None
    matter = pb.Accountability(
        accountability_id=tx.new_id(PREFIX),
        node=body.node if body is not None else "",
        body_id=body_id,
        body_name=body.name if body is not None else "",
        against=against,  # type: ignore[arg-type]
        officer_id=officer_id,
        officer_name=name_of(tx, officer_id),
        source=source,
        title=title,
        case_id=case.case_id if case is not None else "",
        case_number=case.case_number if case is not None else "",
        registrar=tx.caller.subject,
    )
    put_moment(matter.register_time, tx.now)
    return matter


def name_of(look: Any, officer_id: str) -> str:
    """What a certificate calls an officer; of who holds none, the id."""
    if not officer_id:
        return ""
    held = select(Certificate).where(Certificate.officer_id == officer_id).limit(1)
    return next((row.officer_name for row in look.query(held)), officer_id)


def register(
    tx: Tx,
    against: int,
    body_id: str,
    officer_id: str,
    source: pb.AccountabilitySource,
    title: str,
    leading: pb.AccountabilityLeader | None = None,
) -> None:
    """A clue that registers itself; what is pursued already, or is about nobody known, is left."""

    def body(_request: None, _matter: pb.Accountability, _do: Do) -> events.AccountabilityRegistered:
        return events.AccountabilityRegistered()

    matter = new_matter(tx, against, body_id, officer_id, source, title)
    if leading is not None:
        matter.leading.CopyFrom(leading)
    with suppress(Unlawful):
        act.do(tx, ACCOUNTABILITY.REGISTER, matter, None, body)


def of_unit(tx: Tx, matter: pb.Accountability) -> None:
    """Each leader whom the investigation of a unit names answers in a matter of its own, and is heard in it (OPR-SUP 16)."""
    for each in matter.investigation.leaders:
        source = pb.AccountabilitySource(
            kind=pb.ACCOUNTABILITY_SOURCE_KIND_UNIT,
            source_id=matter.accountability_id,
            reason=each.reasons,
        )
        title = f"领导责任：{matter.title}"[:200]
        register(tx, PERSON, matter.body_id, each.officer_id, source, title, each)


def of_complaint(tx: Tx, complaint: complaint_pb2.Complaint) -> None:
    """A complaint that was found so went to accountability: against each whom it names, else against the unit (CITY-ERS 2(7))."""
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_COMPLAINT, source_id=complaint.complaint_id
    )
    about = complaint.about
    for officer in about.officer_ids or ("",):
        register(tx, PERSON if officer else UNIT, about.body_id, officer, source, "投诉查证属实的执法行为")


def of_recourse(tx: Tx, claim: compensation_pb2.Compensation) -> None:
    """Who was ordered to bear the costs of an injury with intent or gross negligence is pursued (SCL 16(2))."""
    borne = claim.recourses[-1]
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_COMPENSATION,
        source_id=claim.compensation_id,
        document_number=borne.document.strip(),
        reason=borne.reasons[:5000],
    )
    register(tx, PERSON, claim.body_id, borne.officer_id, source, f"国家赔偿追偿：{claim.claimant}")


def of_interference(tx: Tx, suit: suit_pb2.Suit) -> None:
    """Who interfered with a court is pursued: the officer where it was one, else the body (CITY-ERS 8(9))."""
    done = suit.interferences[-1]
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_INTERFERENCE,
        source_id=suit.suit_id,
        document_number=done.document.strip(),
        reason=done.facts[:5000],
    )
    against = PERSON if done.officer_id else UNIT
    register(tx, against, done.body_id, done.officer_id, source, f"干预法院受理、审理：{suit.court}")


def of_decision(tx: Tx, event: events.DecisionResponsibilityRaised) -> None:
    """Somebody answers for a major decision, and is of a unit that is known: a clue (MDR 38). Else another body pursues."""
    decision, pursuit = event.major_decision, event.pursuit
    if not pursuit.body_id:
        return
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_DECISION,
        source_id=decision.decision_id,
        reason=pursuit.facts[:5000],
    )
    register(tx, PERSON, pursuit.body_id, pursuit.person, source, f"重大行政决策责任倒查：{decision.title}")


def of_outside_decision(tx: Tx, decision: outside_decision_pb2.OutsideDecision) -> None:
    """A unit refuses what an audit or supervision body decided: a clue against it (OPR-SUP 12, CITY-ERS 6(5))."""
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_OUTSIDE_DECISION,
        source_id=decision.decision_id,
        document_number=decision.document_number,
        reason=decision.refusal.reasons,
    )
    title = f"拒不执行审计、监察决定：{decision.document_number}"
    register(tx, UNIT, decision.body_id, "", source, title)


def of_missing_filing(tx: Tx, filing: document_filing_pb2.DocumentFiling) -> None:
    """A document was urged to be filed, in vain: a clue against its maker, whose review says who answers (CITY-ERS 6(5))."""
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_DOCUMENT_FILING,
        source_id=filing.filing_id,
        document_number=filing.number,
        reason=filing.urging[:5000],
    )
    title = f"责令后仍未报送备案：{filing.number}{filing.title}"
    register(tx, UNIT, filing.body_id, "", source, title)


def of_outcome(tx: Tx, view: CaseView, outcome: Any) -> None:
    """A decision was corrected in a way that the law wants pursued: unlawful, void, for want of a reply (ARL 65, 67, 70)."""
    effect = EFFECT.get(outcome.kind)
    corrected = outcome.remedy in REMEDIES and outcome.kind in CORRECTS
    if effect is None or not corrected or not (effect.accountability or outcome.unanswered):
        return
    source = pb.AccountabilitySource(
        kind=pb.ACCOUNTABILITY_SOURCE_KIND_OUTCOME,
        source_id=view.case_id,
        document_number=outcome.document.strip(),
    )
    title = f"{view.case_number}：{effect.title_zh if not outcome.unanswered else '逾期未作书面答复'}"
    register(tx, UNIT, view.case().body_id, "", source, title)
