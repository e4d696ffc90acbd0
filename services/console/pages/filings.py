"""Filing reviews."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.law.v1 import law_pb2
from yifa.supervision.v1 import filing_pb2

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum

# The clock that a filing waits on, by its state.
CLOCKS = {
    filing_pb2.FILING_STATE_DUE: "PEN-27",
    **dict.fromkeys(
        (filing_pb2.FILING_STATE_FILED, filing_pb2.FILING_STATE_RETURNED, filing_pb2.FILING_STATE_REGISTERED),
        "PEN-28",
    ),
}


async def filings(request: Request) -> Response:
    console = console_of(request)
    wanted = filing_pb2.ListFilingsRequest(
        state=filters.enum(request, "state", "FilingState"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.filings(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {"state": short_enum("FilingState", wanted.state) if wanted.state else ""}
    return page(
        request,
        "filings.html",
        filings=found.filings,
        f=chosen,
        states=filters.choices(show, "FilingState"),
        due=due,
        pages=filters.pages("/filings", chosen, seen, len(found.filings), found.total, found.next_page_token),
    )


async def filing(request: Request) -> Response:
    console = console_of(request)
    found = await console.supervision.filing(request.path_params["filing_id"])
    people = await console.registry.names(p for p in (found.reviewer, found.registrar) if p)
    return page(request, "filing.html", people=people, r=found, said={v.item_id: v for v in found.verdicts})


def due(filing: filing_pb2.FilingReview) -> law_pb2.Deadline:
    return law_pb2.Deadline(clock_id=CLOCKS.get(filing.state, ""), due_time=filing.due_time)


ROUTES = [
    Route("/filings", filings),
    Route("/filings/{filing_id}", filing),
]
