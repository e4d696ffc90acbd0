"""The check of a filed major penalty, and what its review concludes (ASR 15, 28)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import filing_pb2 as pb

from services.kit.clocks import observe
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.procedures.filing import FILING, FORMAL
from services.law.rubric import Kind, Rubric, first_rubric
from services.law.rubric_parts import Family
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.file_review.precheck import prechecked
from services.supervision.file_review.source import SOURCES, kind_name
from services.supervision.file_review_batch.listing import standard_message
from services.supervision.filing.facts import Concluding
from services.supervision.filing.messages import filing_message, whole_message
from services.supervision.filing.model import Filing
from services.supervision.warning.runner import address

REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name
NAMES = {path: (zh, en) for path, zh, en in FORMAL}


@write(loads=(Filing, "filing_id"))
def register_filing(request: pb.RegisterFilingRequest, tx: Tx) -> pb.RegisterFilingResponse:
    """Register a filing that is whole; the machine looks at the legality of the penalty. Refuses with NOT_FOUND, ACT_NOT_OPEN,
    FILING_PAPERS_MISSING, OVERSIGHT_ROLE_CONFLICT.
    """
    filing = tx.get(Filing, request.filing_id)
    checked(tx, "REGISTER_FILING", filing)
    case = tx.get(CaseView, filing.case_id).case()
    file, substance = SOURCES[Family.PENALTY].of(case), pb.FilingReview(registrar=tx.caller.subject)
    standard = _standard(tx, case.sector)
    asked = (item for item in standard.asked_of(kind_name(file.kind)) if item.kind is Kind.VETO)
    substance.items.extend(prechecked(tx, file, tuple(asked)))
    substance.standard.CopyFrom(standard_message(standard, tx.parameters, case.sector))
    put_moment(substance.register_time, tx.now)
    filing.substance = substance.SerializeToString(deterministic=True)
    told(tx, filing, events.FilingRegistered(filing=whole_message(filing)))
    return pb.RegisterFilingResponse(filing=whole_message(filing))


def _standard(tx: Tx, sector: str) -> Rubric:
    """What the machine looks at: by the standard of the day, and before there was one by the first."""
    try:
        return tx.parameters.rubric(sector, tx.now.astimezone(SHANGHAI).date())
    except LookupError:
        return first_rubric()


@write(loads=(Filing, "filing_id"))
def return_filing(request: pb.ReturnFilingRequest, tx: Tx) -> pb.ReturnFilingResponse:
    """Return a filing for what it lacks; it is filed again by itself once the record shows that. Refuses with NOT_FOUND,
    ACT_NOT_OPEN, FILING_COMPLETE, OVERSIGHT_ROLE_CONFLICT.
    """
    filing = tx.get(Filing, request.filing_id)
    facts = checked(tx, "RETURN_FILING", filing)
    substance = pb.FilingReview(registrar=tx.caller.subject)
    for path in facts.missing():
        zh, en = NAMES[path]
        substance.missing.add(part=path, title_zh=zh, title_en=en)
    filing.substance = substance.SerializeToString(deterministic=True)
    told(tx, filing, events.FilingReturned(filing=whole_message(filing)))
    return pb.ReturnFilingResponse(filing=whole_message(filing))


def checked(tx: Tx, act: str, filing: Filing) -> Concluding:
    """The filing, a step further. Raises Unlawful."""
    facts = Concluding(tx, filing, tx.caller.subject)
    filing.state = FILING.step(act, filing.state, facts).target
    filing.version += 1
    return facts


def told(tx: Tx, filing: Filing, event: Any) -> None:
    """The department learns of it."""
    tx.emit(event, subject=filing.filing_id, to=address(tx, filing.node))


@write(loads=(Filing, "filing_id"))
def accept_filing(request: pb.AcceptFilingRequest, tx: Tx) -> pb.AcceptFilingResponse:
    """Accept a filed penalty in which nothing is wrong (ASR 15). Refuses with NOT_FOUND, ACT_NOT_OPEN, FILE_ITEMS_NOT_JUDGED,
    FILE_VERDICT_NOT_REASONED, FILING_PROBLEM_FOUND, OVERSIGHT_ROLE_CONFLICT.
    """
    return pb.AcceptFilingResponse(filing=filing_message(conclude(tx, "ACCEPT_FILING", request)))


@write(loads=(Filing, "filing_id"))
def object_to_filing(request: pb.ObjectToFilingRequest, tx: Tx) -> pb.ObjectToFilingResponse:
    """Object to a filed penalty (ASR 28). Refuses with NOT_FOUND, ACT_NOT_OPEN, OPINION_REQUIRED, FILING_NO_PROBLEM,
    FILE_ITEMS_NOT_JUDGED, FILE_VERDICT_NOT_REASONED, OVERSIGHT_ROLE_CONFLICT.
    """
    return pb.ObjectToFilingResponse(filing=filing_message(conclude(tx, "OBJECT_TO_FILING", request)))


def conclude(tx: Tx, act: str, request: pb.AcceptFilingRequest | pb.ObjectToFilingRequest) -> Filing:
    """Conclude a review, and tell the department."""
    filing = tx.get(Filing, request.filing_id)
    facts = Concluding(tx, filing, tx.caller.subject, request.opinion, request.verdicts)
    filing.state = FILING.step(act, filing.state, facts).target
    filing.reviewer, filing.opinion, filing.conclude_time = tx.caller.subject, request.opinion, tx.now
    filing.late = filing.late or tx.now > filing.due_time
    substance = filing.looked_at()
    substance.verdicts.extend(request.verdicts)
    filing.substance = substance.SerializeToString(deterministic=True)
    filing.version += 1
    view = tx.find(CaseView, filing.case_id)
    observe(tx, Clock, REVIEWED, filing.case_id, tx.now, sector=view.case().sector if view else "")
    told(tx, filing, events.FilingReviewed(filing=whole_message(filing)))
    return filing
