"""The public catalogue, what was published, and the drafts before the public (MDR 3(3), 15, 32). Anybody may ask."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.major_decision.model import MajorDecision
from services.supervision.major_decision.reads import COMMENTS, DECISIONS, LAST_LISTED_FIRST, SHOWN

LAST_PUBLISHED_FIRST = (DECISIONS.c.public_time.desc(), DECISIONS.c.decision_id.desc())
PAGE = 20
COMMENTING = pb.MAJOR_DECISION_STATE_COMMENTING


def listed(decision: pb.MajorDecision) -> pb.ListedDecision:
    """The decision as everybody may know it: nothing of who did what."""
    shown = pb.ListedDecision(
        decision_id=decision.decision_id,
        title=decision.title,
        year=decision.year,
        kind=decision.kind,
        state=decision.state,
        body_name=decision.body_name,
        catalogue_address=decision.catalogue_address,
        list_time=decision.list_time,
    )
    if published(decision):
        shown.decision_document = decision.decision_document
        shown.publish_time.CopyFrom(decision.publish_time)
    if decision.state == COMMENTING:
        shown.comment_end_time.CopyFrom(decision.comment_end_time)
    return shown


def published(decision: pb.MajorDecision) -> bool:
    return decision.HasField("publish_time") and not decision.withheld


@read
def list_decision_catalogue(
    request: pb.ListDecisionCatalogueRequest, view: View
) -> pb.ListDecisionCatalogueResponse:
    """The catalogue, or the drafts before the public. Refuses with BAD_PAGE_TOKEN."""
    wanted: list[Any] = [DECISIONS.c.catalogued]
    if request.open_for_comment:
        wanted = [DECISIONS.c.state == "COMMENTING"]
    if request.year:
        wanted.append(DECISIONS.c.year == request.year)
    found = select(DECISIONS.c.record, DECISIONS.c.list_time, DECISIONS.c.decision_id).where(*wanted)
    rows, token = view.page(found, LAST_LISTED_FIRST, request.page_size, request.page_token, default=PAGE)
    return pb.ListDecisionCatalogueResponse(
        decisions=[listed(pb.MajorDecision.FromString(row.record)) for row in rows],
        next_page_token=token,
        total=count(view, DECISIONS, wanted),
    )


@read
def list_published_decisions(
    request: pb.ListPublishedDecisionsRequest, view: View
) -> pb.ListPublishedDecisionsResponse:
    """What was decided and published, the last first; nothing that the law keeps back. Refuses with BAD_PAGE_TOKEN."""
    wanted = [DECISIONS.c.public_time.is_not(None)]
    found = select(DECISIONS.c.record, DECISIONS.c.public_time, DECISIONS.c.decision_id).where(*wanted)
    rows, token = view.page(found, LAST_PUBLISHED_FIRST, request.page_size, request.page_token, default=PAGE)
    return pb.ListPublishedDecisionsResponse(
        decisions=[listed(pb.MajorDecision.FromString(row.record)) for row in rows],
        next_page_token=token,
        total=count(view, DECISIONS, wanted),
    )


@read
def read_public_decision(request: pb.ReadPublicDecisionRequest, view: View) -> pb.ReadPublicDecisionResponse:
    """The text of what was published, or of a draft before the public; of nothing else. Raises Missing."""
    row = view.find(MajorDecision, request.decision_id)
    decision = pb.MajorDecision.FromString(row.record) if row is not None else None
    if decision is None or not (decision.state == COMMENTING or published(decision)):
        raise Missing("MajorDecision", request.decision_id)
    shown = pb.ReadPublicDecisionResponse(
        listed=listed(decision),
        text=decision.text,
        explanation=decision.explanation,
        adoption=decision.adoption,
        adoption_note=decision.adoption_note,
        gazette=decision.gazette,
        website=decision.website,
        newspaper=decision.newspaper,
    )
    its = select(COMMENTS.c.record).where(COMMENTS.c.decision_id == decision.decision_id)
    for each in view.query(its.order_by(COMMENTS.c.comment_time, COMMENTS.c.comment_id).limit(SHOWN)):
        shown.comments.add().ParseFromString(each.record)
    return shown
