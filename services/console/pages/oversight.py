"""Warnings and filing reviews."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.law.v1 import law_pb2
from yifa.supervision.v1 import filing_pb2, warning_pb2

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.table import PER_CALL, Page, csv_response
from services.console.render import address, page
from services.console.show import Show, short_enum, text_of_time

WORST_FIRST = (3, 2, 1)
COLUMNS = (
    "warnings.level", "warnings.rule", "warnings.what", "case.facts", "clock.law", "warnings.case", "overview.department",
    "warnings.state", "warnings.occurred", "warnings.raised", "warnings.ended",
)  # fmt: skip
# The clock that a filing waits on, by its state.
CLOCKS = {
    filing_pb2.FILING_STATE_DUE: "PEN-27",
    **dict.fromkeys(
        (filing_pb2.FILING_STATE_FILED, filing_pb2.FILING_STATE_RETURNED, filing_pb2.FILING_STATE_REGISTERED),
        "PEN-28",
    ),
}


def asked(request: Request, size: int, token: str) -> warning_pb2.ListWarningsRequest:
    return warning_pb2.ListWarningsRequest(
        node=filters.text(request, "node", 32),
        level=filters.enum(request, "level", "WarningLevel"),
        state=filters.enum(request, "state", "WarningState"),
        rule_id=filters.text(request, "rule", 10),
        page_size=size,
        page_token=token,
    )


def carried(request: warning_pb2.ListWarningsRequest) -> dict[str, Any]:
    return {
        "node": request.node,
        "level": short_enum("WarningLevel", request.level) if request.level else "",
        "state": short_enum("WarningState", request.state) if request.state else "",
        "rule": request.rule_id,
    }


async def warnings(request: Request) -> Response:
    console = console_of(request)
    wanted = asked(request, filters.PAGE, filters.text(request, "token", 400))
    found = await console.supervision.warnings(wanted)
    show, chosen, seen = console.show(language_of(request)), carried(wanted), filters.number(request, "seen")
    shown = len(found.warnings)
    return page(
        request,
        "warnings.html",
        warnings=found.warnings,
        f=chosen,
        nodes=filters.departments(show),
        levels=filters.choices(show, "WarningLevel", WORST_FIRST),
        states=filters.choices(show, "WarningState"),
        csv=address("/warnings.csv", **chosen),
        pages=filters.pages("/warnings", chosen, seen, shown, found.total, found.next_page_token),
    )


async def warnings_csv(request: Request) -> Response:
    supervision, show = console_of(request).supervision, console_of(request).show(language_of(request))

    async def ask(token: str) -> Page:
        found = await supervision.warnings(asked(request, PER_CALL, token))
        return found.warnings, found.next_page_token

    head = [show.t(key) for key in COLUMNS]
    return await csv_response("warnings.csv", head, ask, lambda warning: cells(show, warning))


def cells(show: Show, warning: warning_pb2.Warning) -> Iterator[object]:
    yield show.word("WarningLevel", warning.level)
    yield warning.rule_id
    yield show.pick(warning, "title")
    yield show.pick(warning, "detail")
    yield show.pick(warning.citation, "text")
    yield warning.case_number
    yield show.node(warning.node)
    yield show.word("WarningState", warning.state)
    for field in ("occur_time", "raise_time", "end_time"):
        yield text_of_time(getattr(warning, field)) if warning.HasField(field) else ""


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
    found = await console_of(request).supervision.filing(request.path_params["filing_id"])
    return page(request, "filing.html", r=found, said={v.item_id: v for v in found.verdicts})


def due(filing: filing_pb2.FilingReview) -> law_pb2.Deadline:
    return law_pb2.Deadline(clock_id=CLOCKS.get(filing.state, ""), due_time=filing.due_time)


ROUTES = [
    Route("/warnings", warnings),
    Route("/warnings.csv", warnings_csv),
    Route("/filings", filings),
    Route("/filings/{filing_id}", filing),
]
