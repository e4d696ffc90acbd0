"""What a clue of responsibility may come from, and whether it is there and about whom it is pursued against (CITY-ERS 2(7))."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import major_decision_pb2 as decisions
from yifa.supervision.v1.complaint_pb2 import COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY

from services.law.moment import moment_at
from services.law.procedures.papers import past
from services.law.procedures.penalty.corrected import CORRECTS
from services.supervision.accountability.model import Accountability
from services.supervision.case.model import CaseView
from services.supervision.compensation.model import Compensation
from services.supervision.complaint.model import Complaint
from services.supervision.document_filing.model import UNFILED, DocumentFiling
from services.supervision.major_decision.model import MajorDecision
from services.supervision.outside_decision.model import OutsideDecision
from services.supervision.suit.model import Suit
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN


def source_key(matter: pb.Accountability) -> str:
    """What the clue comes from, and whom it is pursued against."""
    source = matter.source
    return f"{source.kind}/{source.source_id}/{source.document_number.strip()}/{matter.body_id}/{matter.officer_id}"


def _case(look: Any, case_id: str) -> cases.Case | None:
    view = look.find(CaseView, case_id) if case_id else None
    return view.case() if view is not None else None


def acted_in(case: cases.Case) -> frozenset[str]:
    """Those who handled, reviewed, filed or decided a case."""
    people = {*(o.officer_id for o in case.officers), *case.reviewers, case.filer, case.decision.decider}
    return frozenset(people | {case.no_penalty.decider, case.review.reviewer}) - {""}


def _warning(look: Any, matter: pb.Accountability) -> bool:
    """A warning that is open, about the body or a case of it."""
    row = look.find(Warning, matter.source.source_id)
    if row is None or row.state != OPEN or row.node != matter.node:
        return False
    case = _case(look, row.case_id)
    about = case.body_id if case is not None else row.body_id
    return about in ("", matter.body_id)


def _proposal(look: Any, matter: pb.Accountability) -> bool:
    """A supervision matter about the body in which a measure was proposed about the officer (ASR 32)."""
    row = look.find(SupervisionOrder, matter.source.source_id)
    if row is None or row.body_id != matter.body_id or not matter.officer_id:
        return False
    return any(p.officer_id == matter.officer_id for p in row.order().person_proposals)


def _complaint(look: Any, matter: pb.Accountability) -> bool:
    """A complaint about the body that was found so and referred to accountability; of one that names people, one of them."""
    row = look.find(Complaint, matter.source.source_id)
    if row is None or row.body_id != matter.body_id:
        return False
    complaint = row.complaint()
    referred = any(r.kind == COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY for r in complaint.referrals)
    named = complaint.about.officer_ids
    return referred and (not matter.officer_id or not named or matter.officer_id in named)


def _outcome(look: Any, matter: pb.Accountability) -> bool:
    """A decision of the body that was corrected by the document that is named; of a person, one who took part in it."""
    case = _case(look, matter.source.source_id)
    if case is None or (case.node, case.body_id) != (matter.node, matter.body_id):
        return False
    document = matter.source.document_number.strip()
    corrected = any(o.document == document and o.kind in CORRECTS for o in case.outcomes)
    return bool(document) and corrected and (not matter.officer_id or matter.officer_id in acted_in(case))


def _decision(look: Any, matter: pb.Accountability) -> bool:
    """A major decision for which the office head pursues this person in this unit (MDR 38)."""
    row = look.find(MajorDecision, matter.source.source_id)
    if row is None or not matter.officer_id:
        return False
    pursued = decisions.MajorDecision.FromString(row.record).pursuits
    return any((p.person, p.body_id) == (matter.officer_id, matter.body_id) for p in pursued)


def _compensation(look: Any, matter: pb.Accountability) -> bool:
    """A claim against the body for which this person was ordered to bear costs by the paper that is named (SCL 16)."""
    row = look.find(Compensation, matter.source.source_id)
    if row is None or row.body_id != matter.body_id or not matter.officer_id:
        return False
    document = matter.source.document_number.strip()
    borne = ((each.officer_id, each.document.strip()) for each in row.compensation().recourses)
    return bool(document) and (matter.officer_id, document) in borne


def _interference(look: Any, matter: pb.Accountability) -> bool:
    """A suit in which this body, or this officer of it, interfered with the court by the paper that is named (ALIT 3(2))."""
    row = look.find(Suit, matter.source.source_id)
    document = matter.source.document_number.strip()
    done = row.suit().interferences if row is not None else ()
    return bool(document) and any(
        (each.body_id, each.officer_id, each.document.strip())
        == (matter.body_id, matter.officer_id, document)
        for each in done
    )


def _outside(look: Any, matter: pb.Accountability) -> bool:
    """A decision of an audit or supervision body about the body, which was found to refuse (OPR-SUP 12)."""
    row = look.find(OutsideDecision, matter.source.source_id)
    return row is not None and row.state == "REFUSED" and row.body_id == matter.body_id


def _filing(look: Any, matter: pb.Accountability) -> bool:
    """A filing that the body was urged to make, and had not made when that term was over (GF-2008-17 14, CITY-ERS 6(5))."""
    row = look.find(DocumentFiling, matter.source.source_id)
    if row is None or row.body_id != matter.body_id or row.state not in UNFILED:
        return False
    filing = row.filing()
    until = moment_at(filing, "urged_until_time")
    named = matter.source.document_number == filing.number
    return named and until is not None and past(until, look.now)


def _unit(look: Any, matter: pb.Accountability) -> bool:
    """A matter against the body whose investigation names this leader of it (OPR-SUP 16)."""
    row = look.find(Accountability, matter.source.source_id)
    if row is None or row.body_id != matter.body_id or not matter.officer_id:
        return False
    return any(each.officer_id == matter.officer_id for each in row.accountability().investigation.leaders)


def _paper(_look: Any, matter: pb.Accountability) -> bool:
    return bool(matter.source.document_number.strip() and matter.source.reason.strip())


SOURCES: Mapping[int, Callable[[Any, pb.Accountability], bool]] = MappingProxyType(
    {
        pb.ACCOUNTABILITY_SOURCE_KIND_WARNING: _warning,
        pb.ACCOUNTABILITY_SOURCE_KIND_PROPOSAL: _proposal,
        pb.ACCOUNTABILITY_SOURCE_KIND_COMPLAINT: _complaint,
        pb.ACCOUNTABILITY_SOURCE_KIND_OUTCOME: _outcome,
        pb.ACCOUNTABILITY_SOURCE_KIND_PAPER: _paper,
        pb.ACCOUNTABILITY_SOURCE_KIND_DECISION: _decision,
        pb.ACCOUNTABILITY_SOURCE_KIND_COMPENSATION: _compensation,
        pb.ACCOUNTABILITY_SOURCE_KIND_INTERFERENCE: _interference,
        pb.ACCOUNTABILITY_SOURCE_KIND_OUTSIDE_DECISION: _outside,
        pb.ACCOUNTABILITY_SOURCE_KIND_DOCUMENT_FILING: _filing,
        pb.ACCOUNTABILITY_SOURCE_KIND_UNIT: _unit,
    }
)


def stands(look: Any, matter: pb.Accountability) -> bool:
    """Whether what a clue comes from is there."""
    return SOURCES[matter.source.kind](look, matter)
