"""Inspections: the list, one inspection, and what anybody sees who scans an inspection code."""

from typing import Any, NamedTuple

from google.protobuf.timestamp_pb2 import Timestamp
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.supervision.v1 import inspection_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.shown import of, public_of
from services.console.render import page
from services.console.show import short_enum
from services.law.procedures.elsewhere import INSPECTION, missing

LONGEST = 40
# The look of a verdict: sign and colour; whatever is not said here is red.
LOOKS = {
    pb.CODE_VERDICT_GOOD: ("done", "green"),
    pb.CODE_VERDICT_MISREAD: ("calm", "orange"),
    pb.CODE_VERDICT_OUT_OF_TIME: ("calm", "orange"),
}


async def inspections(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListInspectionsRequest(
        node=filters.text(request, "node", 32),
        state=filters.enum(request, "state", "InspectionState"),
        kind=filters.enum(request, "kind", "InspectionKind"),
        query=filters.text(request, "q"),
        only_warned=filters.flag(request, "warned"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.inspections(wanted)
    show, chosen, seen = console.show(language_of(request)), carried(wanted), filters.number(request, "seen")
    return page(
        request,
        "inspections.html",
        inspections=found.inspections,
        f=chosen,
        nodes=filters.departments(show),
        states=filters.choices(show, "InspectionState"),
        kinds=filters.choices(show, "InspectionKind"),
        pages=filters.pages(
            "/inspections", chosen, seen, len(found.inspections), found.total, found.next_page_token
        ),
    )


def carried(request: pb.ListInspectionsRequest) -> dict[str, Any]:
    """The filters as the address carries them."""
    return {
        "node": request.node,
        "state": short_enum("InspectionState", request.state) if request.state else "",
        "kind": short_enum("InspectionKind", request.kind) if request.kind else "",
        "q": request.query,
        "warned": int(request.only_warned),
    }


async def inspection(request: Request) -> Response:
    found = await console_of(request).supervision.inspection(request.path_params["inspection_id"])
    code = found.inspection.code.code
    qr = of(f"{public_of(request)}/i/{code}") if code else ""
    inspected = found.inspection
    papers = await console_of(request).papers.of(inspected.node, record_id=inspected.inspection_id)
    return page(
        request,
        "inspection.html",
        view=found,
        i=inspected,
        qr=qr,
        papers=papers,
        stages=stages_of(inspected),
        missing=missing(INSPECTION, inspected),
    )


class Stage(NamedTuple):
    """A stage that another system reported: what it is called, and when it was done."""

    title_zh: str
    title_en: str
    act_time: Timestamp


def stages_of(inspected: Inspection) -> list[Stage]:
    """The acts that were reported of an inspection, in the order in which they were done."""
    named = ((INSPECTION.table.named(told.act), told.act_time) for told in inspected.origin.told)
    return [Stage(move.title_zh, move.title_en, at) for move, at in named]


async def code(request: Request) -> Response:
    """What anybody sees who scans the code of an inspection: nothing of the console around it."""
    scanned: str = request.path_params["code"]
    if len(scanned) > LONGEST:
        raise HTTPException(404)
    found = await console_of(request).public.inspection_code(scanned)
    sign, look = LOOKS.get(found.verdict, ("over", "red"))
    says = found.says_zh if language_of(request) == "zh" else found.says_en
    return page(
        request, "inspection_code.html", found=found, code=scanned, sign_name=sign, look=look, says=says
    )


ROUTES = [
    Route("/inspections", inspections),
    Route("/inspections/{inspection_id}", inspection),
    Route("/i/{code}", code),
]
