"""Filing reviews, listed."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import filing_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing

FILINGS = Filing.__table__


@read
def list_filings(request: filing_pb2.ListFilingsRequest, view: View) -> filing_pb2.ListFilingsResponse:
    """Filing reviews, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching_filings(request)
    keys = (FILINGS.c.decide_time.desc(), FILINGS.c.filing_id.desc())
    rows, token = view.page(select(FILINGS).where(*wanted), keys, request.page_size, request.page_token)
    return filing_pb2.ListFilingsResponse(
        filings=[filing_message(row) for row in rows],
        next_page_token=token,
        total=count(view, FILINGS, wanted),
    )


def matching_filings(request: filing_pb2.ListFilingsRequest) -> list[Any]:
    """The conditions of a list of filings."""
    if not request.state:
        return []
    return [FILINGS.c.state == filing_pb2.FilingState.Name(request.state).removeprefix("FILING_STATE_")]
