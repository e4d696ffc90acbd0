"""The register of suggestions from outside, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.counts import count
from services.supervision.suggestion.model import Suggestion

SUGGESTIONS = Suggestion.__table__
NEWEST_FIRST = (SUGGESTIONS.c.register_time.desc(), SUGGESTIONS.c.suggestion_id.desc())


@read
def get_suggestion(request: pb.GetSuggestionRequest, view: View) -> bytes:
    """A pb.GetSuggestionResponse. Refuses with NOT_FOUND."""
    row = view.find(Suggestion, request.suggestion_id)
    if row is None:
        raise Missing("Suggestion", request.suggestion_id)
    return packed(pb.GetSuggestionResponse.SUGGESTION_FIELD_NUMBER, [row.record])


@read
def list_suggestions(request: pb.ListSuggestionsRequest, view: View) -> bytes:
    """A pb.ListSuggestionsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    rows, token = view.page(
        select(SUGGESTIONS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token
    )
    listed = packed(pb.ListSuggestionsResponse.SUGGESTIONS_FIELD_NUMBER, [row.record for row in rows])
    more = pb.ListSuggestionsResponse(next_page_token=token, total=count(view, SUGGESTIONS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListSuggestionsRequest) -> list[Any]:
    """The conditions of a list of suggestions."""
    state = pb.SuggestionState.Name(request.state).removeprefix("SUGGESTION_STATE_")
    kind = pb.SuggestionKind.Name(request.kind).removeprefix("SUGGESTION_KIND_")
    asked = (
        (request.state, SUGGESTIONS.c.state == state),
        (request.body_id, SUGGESTIONS.c.body_id == request.body_id),
        (request.suit_id, SUGGESTIONS.c.suit_id == request.suit_id),
        (request.kind, SUGGESTIONS.c.kind == kind),
    )
    return [condition for said, condition in asked if said]
