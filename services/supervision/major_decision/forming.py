"""The catalogue, the suggestion, the start and the draft (MDR 3, 10 to 13)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.procedures.major_decision import MAJOR_DECISION as DECISION
from services.supervision.major_decision.act import PREFIX, act
from services.supervision.major_decision.model import MajorDecision
from services.supervision.major_decision.unit import put_unit


def _listed(request: pb.PutOnDecisionCatalogueRequest, tx: Tx) -> pb.MajorDecision:
    decision = pb.MajorDecision(
        decision_id=tx.new_id(PREFIX),
        title=request.title,
        year=request.year,
        kind=request.kind,
        exclusions=request.exclusions,
        none_excluded=request.none_excluded,
        consent_document=request.consent_document,
        catalogue_address=request.address,
        lister=tx.caller.subject,
    )
    put_moment(decision.list_time, tx.now)
    return decision


@act(DECISION.LIST, begins=_listed)
def put_on_decision_catalogue(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionMatterListed:
    """Put a matter on the yearly catalogue (MDR 3(3))."""
    return events.DecisionMatterListed()


def ended(decision: pb.MajorDecision, do: Do, reasons: str, paper: str = "") -> None:
    """The decision ends, or its making does."""
    decision.end_reasons, decision.end_document = reasons, paper
    put_moment(decision.end_time, do.at)


def _unlisted(request: pb.TakeOffDecisionCatalogueRequest, decision: pb.MajorDecision, _tx: Tx) -> None:
    decision.catalogue_address = request.address


@act(DECISION.UNLIST, takes=_unlisted)
def take_off_decision_catalogue(
    request: pb.TakeOffDecisionCatalogueRequest, decision: pb.MajorDecision, do: Do
) -> events.DecisionMatterUnlisted:
    """Take a matter off the catalogue before it was begun (MDR 3(3))."""
    ended(decision, do, request.reasons, request.consent_document)
    return events.DecisionMatterUnlisted()


def _suggested(request: Any, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.suggestion.CopyFrom(request.suggestion)
    decision.suggester = tx.caller.subject
    put_moment(decision.suggest_time, tx.now)


@act(DECISION.PROPOSE, takes=_suggested)
def propose_major_decision(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.MajorDecisionProposed:
    """Suggest to decide on a matter of the catalogue, studied (MDR 10)."""
    return events.MajorDecisionProposed()


def _change(request: pb.ProposeDecisionChangeRequest, tx: Tx) -> pb.MajorDecision:
    """A decision of its own: what is changed or ended goes through the same steps. Nothing but its kind is taken over."""
    row = tx.find(MajorDecision, request.changes_id)
    decision = pb.MajorDecision(
        decision_id=tx.new_id(PREFIX),
        title=request.title,
        year=tx.now.astimezone(SHANGHAI).year,
        kind=row.decision().kind if row is not None else 0,  # type: ignore[arg-type]
        none_excluded=row is not None,
        changes_id=request.changes_id,
        ends=request.ends,
    )
    put_moment(decision.list_time, tx.now)
    _suggested(request, decision, tx)
    return decision


@act(DECISION.PROPOSE_CHANGE, begins=_change)
def propose_decision_change(
    _request: Any, _decision: pb.MajorDecision, _do: Do
) -> events.DecisionChangeProposed:
    """Suggest to change or end a decision that is being carried out (MDR 37)."""
    return events.DecisionChangeProposed()


def _started(request: pb.StartMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    decision.start_document = request.start_document
    del decision.traits[:]
    decision.traits.extend(request.traits)
    put_unit(decision, request.body_id, tx)
    put_moment(decision.start_time, tx.now)


@act(DECISION.START, takes=_started)
def start_major_decision(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.MajorDecisionStarted:
    """Begin: the unit is named, and the steps that the matter wants (MDR 10, 11)."""
    return events.MajorDecisionStarted()


@act(DECISION.DECLINE)
def decline_major_decision(
    request: pb.DeclineMajorDecisionRequest, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionDeclined:
    """Do not begin (MDR 10)."""
    ended(decision, do, request.reasons)
    return events.MajorDecisionDeclined()


OF_A_DRAFT = (
    "hearing", "adoption", "group_opinions", "secret_law", "secret_reasons", "experts", "draw", "opinions", "expert_adoption",
    "risk", "competition", "competition_reviewer", "procedure_note", "comment_start_time", "comment_end_time",
    "comment_close_time",
)  # fmt: skip
"""What was gone through for one draft is not gone through for another."""


def _drafted(request: pb.DraftMajorDecisionRequest, decision: pb.MajorDecision, tx: Tx) -> None:
    for name in OF_A_DRAFT:
        decision.ClearField(name)  # type: ignore[arg-type]
    decision.text, decision.none_concerned = request.text, request.none_concerned
    decision.bases[:] = request.bases
    decision.drafters[:] = dict.fromkeys([*decision.drafters, tx.caller.subject, *request.drafters])
    del decision.consulted[:]
    decision.consulted.extend(request.consulted)
    decision.interested[:] = request.interested
    put_moment(decision.draft_time, tx.now)


@act(DECISION.DRAFT, takes=_drafted)
def draft_major_decision(_request: Any, _decision: pb.MajorDecision, _do: Do) -> events.MajorDecisionDrafted:
    """Hand in the draft (MDR 12, 13): its steps begin anew. Who drafted an earlier one stays named."""
    return events.MajorDecisionDrafted()


@act(DECISION.ABANDON)
def abandon_major_decision(
    request: pb.AbandonMajorDecisionRequest, decision: pb.MajorDecision, do: Do
) -> events.MajorDecisionAbandoned:
    """End the procedure before a decision, as the government decided (MDR 37)."""
    ended(decision, do, request.reasons, request.document)
    return events.MajorDecisionAbandoned()
