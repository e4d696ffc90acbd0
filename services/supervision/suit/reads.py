"""The register of suits, for oversight."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View, packed
from services.supervision.counts import count
from services.supervision.suit.model import Suit

SUITS = Suit.__table__
NEWEST_FIRST = (SUITS.c.register_time.desc(), SUITS.c.suit_id.desc())


@read
def get_suit(request: pb.GetSuitRequest, view: View) -> bytes:
    """A pb.GetSuitResponse. Refuses with NOT_FOUND."""
    row = view.find(Suit, request.suit_id)
    if row is None:
        raise Missing("Suit", request.suit_id)
    return packed(pb.GetSuitResponse.SUIT_FIELD_NUMBER, [row.record])


@read
def list_suits(request: pb.ListSuitsRequest, view: View) -> bytes:
    """A pb.ListSuitsResponse, the newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching(request)
    rows, token = view.page(select(SUITS).where(*wanted), NEWEST_FIRST, request.page_size, request.page_token)
    listed = packed(pb.ListSuitsResponse.SUITS_FIELD_NUMBER, [row.record for row in rows])
    more = pb.ListSuitsResponse(next_page_token=token, total=count(view, SUITS, wanted))
    return listed + more.SerializeToString()


def matching(request: pb.ListSuitsRequest) -> list[Any]:
    """The conditions of a list of suits."""
    state = pb.SuitState.Name(request.state).removeprefix("SUIT_STATE_")
    asked = (
        (request.state, SUITS.c.state == state),
        (request.body_id, SUITS.c.body_id == request.body_id),
        (request.case_id, SUITS.c.case_id == request.case_id),
    )
    return [condition for said, condition in asked if said]
