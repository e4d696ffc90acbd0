"""Traces: search, waterfall, and the same as JSON."""

import asyncio
import math
import re
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.console.console import console_of
from services.console.pages import filters
from services.console.pages.sign_in import require
from services.console.render import address, page
from services.console.traces import PAGE, SEARCHED, SPANS_SHOWN, Query, Span
from services.console.waterfall import waterfall

# What the nodes did for whom, the console keeps itself: for those who oversee.
MAY = ("OVERSIGHT", "OVERSIGHT_HEAD")
_TRACE_ID = re.compile(r"[0-9a-f]{32}")


def asked(request: Request) -> Query:
    return Query(
        case=filters.text(request, "case"),
        service=filters.text(request, "service"),
        operation=filters.text(request, "operation"),
        min_ms=milliseconds(request),
        failed=filters.flag(request, "failed"),
        before_ns=filters.number(request, "before") if request.query_params.get("before") else 0,
    )


def milliseconds(request: Request) -> float:
    try:
        value = float(request.query_params.get("min_ms", "").strip() or 0)
    except ValueError:
        raise filters.BadFilter("min_ms") from None
    if not math.isfinite(value) or not 0 <= value <= 1e9:
        raise filters.BadFilter("min_ms")
    return value


async def traces(request: Request) -> Response:
    require(request, *MAY)
    console, query = console_of(request), asked(request)
    store = console.traces
    found, services, kept = await asyncio.gather(store.search(query), store.services(), store.count())
    older = ""
    if len(found) == PAGE:
        older = address("/traces", **{**asdict(query), "before_ns": 0, "before": found[-1].key_ns})
    return page(
        request,
        "traces.html",
        found=found,
        q=query,
        older=older,
        services=[(name, name) for name in services],
        kept=kept,
        limit=store.limit,
    )


async def spans_of(request: Request) -> list[Span]:
    require(request, *MAY)
    trace_id = request.path_params["trace_id"].lower()
    spans = await console_of(request).traces.trace(trace_id) if _TRACE_ID.fullmatch(trace_id) else []
    if not spans:
        raise HTTPException(404, "NO_TRACE")
    return spans


async def trace(request: Request) -> Response:
    spans = await spans_of(request)
    return page(
        request,
        "trace.html",
        fall=waterfall(spans),
        trace_id=spans[0].trace_id,
        cut=len(spans) == SPANS_SHOWN,
        searched=SEARCHED,
    )


async def trace_json(request: Request) -> Response:
    spans = await spans_of(request)
    return JSONResponse({"trace_id": spans[0].trace_id, "spans": [asdict(span) for span in spans]})


ROUTES = [
    Route("/traces", traces),
    Route("/traces/{trace_id}", trace),
    Route("/api/traces/{trace_id}", trace_json),
]
