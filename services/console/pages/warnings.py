"""Early warnings: listed, closed by somebody who says why, and tried with other numbers on all that is kept."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import warning_pb2

from services.console.console import console_of, language_of
from services.console.forms import handed_in
from services.console.pages import filters
from services.console.pages.acting import done, leads_back, mark
from services.console.pages.table import PER_CALL, Page, csv_response
from services.console.render import address, page
from services.console.show import Show, short_enum, text_of_time

WORST_FIRST = (3, 2, 1)
COLUMNS = (
    "warnings.level", "warnings.rule", "warnings.what", "case.facts", "clock.law", "warnings.case", "overview.department",
    "warnings.state", "warnings.occurred", "warnings.raised", "warnings.ended",
)  # fmt: skip


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
    named = (name for w in found.warnings for name in (w.closer, w.escalated_to) if name)
    return page(
        request,
        "warnings.html",
        people=await console.registry.names(named),
        mark=mark,
        warnings=found.warnings,
        f=chosen,
        nodes=filters.departments(show),
        levels=filters.choices(show, "WarningLevel", WORST_FIRST),
        states=filters.choices(show, "WarningState"),
        csv=address("/warnings.csv", **chosen),
        pages=filters.pages("/warnings", chosen, seen, shown, found.total, found.next_page_token),
    )


async def close(request: Request) -> Response:
    """Close a warning, in the name of the person who does."""
    form = await handed_in(request)
    wanted = warning_pb2.CloseWarningRequest(
        request_id=form.get("request_id", "")[:64],
        warning_id=request.path_params["warning_id"],
        reason=form.get("reason", "")[:2000],
    )
    return await done(
        request, console_of(request).supervision.close_warning(wanted), leads_back(form, "/warnings")
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


ROUTES = [
    Route("/warnings", warnings),
    Route("/warnings.csv", warnings_csv),
    Route("/warnings/{warning_id}/close", close, methods=["POST"]),
]
