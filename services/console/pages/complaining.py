"""Complaints from anybody, without a login: what is filed leaves no name, who complained is sealed, and the receipt tells how it
stands (OPR-SUP 10, CITY-ERS 6(6)).
"""

from secrets import token_hex

import grpc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import complaint_pb2 as pb

from services.console.asking import VISITOR
from services.console.console import console_of, language_of
from services.console.forms import handed_in
from services.console.pages.errors import SAY_IT_THEMSELVES, sentence
from services.console.pages.filters import BadFilter, text
from services.console.render import address, page
from services.kit.limit import Limit
from services.kit.peer import network_of

HOME, ANSWERS = "/open/complaint", "/open/answers"
PAGE = 20
LONGEST_BODY = 64 * 1024
FIELDS = {
    "act": 200,
    "text": 10_000,
    "day": 10,
    "body_id": 64,
    "body_name": 200,
    "name": 100,
    "phone": 40,
    "address": 200,
}
"""What the form asks, and how long each may be."""
BODIES = 500
# What one address may file, and ask, over this console: a flood waits, and the others do not.
FILED, ASKED = Limit(rate=1, burst=30), Limit(rate=5, burst=100)


async def said(request: Request, limit: Limit) -> dict[str, str]:
    """What was filled in. Raises HTTPException for what another site sends, and for one too many; BadFilter for too much."""
    form = await handed_in(request, LONGEST_BODY)
    if not limit.admits(network_of(VISITOR.get())):
        raise HTTPException(429)
    return form


async def blank(request: Request) -> Response:
    """The form, and where to ask how a complaint stands."""
    chosen = {f"{name}_id": text(request, name, 64) for name in ("body", "promise")}
    return await asked(request, chosen)


async def asked(
    request: Request, form: dict[str, str], status: int = 200, *, field: str = "", said: str = ""
) -> Response:
    """The form with what was filled in already, and what is wrong with it: the field, or what the city says."""
    bodies = (await console_of(request).public.bodies(BODIES, "")).bodies
    filled = dict.fromkeys((*FIELDS, "promise_id", "open_wanted", "mark"), "") | form
    filled["mark"] = filled["mark"] or token_hex(16)
    return page(request, "open_complaint.html", status, bodies=bodies, f=filled, field=field, said=said)


async def file(request: Request) -> Response:
    """Take it down. Sent twice it is one complaint, and the receipt the same. What is refused goes back as it was filled in."""
    form = await said(request, FILED)
    try:
        filed = await complaint_of(request, form)
        receipt = (await console_of(request).public.complain(filed)).receipt
    except BadFilter as wrong:
        return await asked(request, form, 400, field=wrong.field)
    except grpc.aio.AioRpcError as no:
        if no.code() not in SAY_IT_THEMSELVES:
            raise
        return await asked(request, form, 400, said=sentence(no, language_of(request)))
    return page(request, "open_complaint_filed.html", receipt=receipt)


async def complaint_of(request: Request, form: dict[str, str]) -> pb.FileComplaintRequest:
    """What was filled in as the city takes it. Raises BadFilter for what is missing or too long."""
    for name, longest in FIELDS.items():
        if len(form.get(name, "")) > longest:
            raise BadFilter(name)
    for name in ("mark", "act", "text"):
        if not form.get(name, "").strip():
            raise BadFilter(name)
    public = console_of(request).public
    body_id = form.get("body_id", "")
    named = (await public.body(body_id)).name if body_id else form.get("body_name", "")
    if not named:
        raise BadFilter("body_name")
    about = pb.ComplainedAct(
        body_id=body_id,
        body_name=named,
        day=form.get("day", ""),
        act=form["act"],
        promise_id=form.get("promise_id", "")[:64],
    )
    filed = pb.FileComplaintRequest(
        request_id=form["mark"][:64],
        source=pb.COMPLAINT_SOURCE_PUBLIC,
        about=about,
        text=form["text"],
        open_wanted=form.get("open_wanted") == "1",
    )
    for name in ("name", "phone", "address"):
        if form.get(name):
            setattr(filed.reporter, name, form[name])
    return filed


async def standing(request: Request) -> Response:
    """How a complaint stands, for who shows its receipt."""
    form = await said(request, ASKED)
    if not (form.get("complaint_id") and form.get("receipt")):
        raise BadFilter("receipt")
    shown_by = pb.CheckComplaintRequest(complaint_id=form["complaint_id"][:64], receipt=form["receipt"][:64])
    shown = (await console_of(request).public.complaint(shown_by)).shown
    return page(request, "open_complaint_standing.html", c=shown)


async def answers(request: Request) -> Response:
    """What was asked and answered in public: as who asked wanted it, and without who did."""
    wanted = pb.ListPublicAnswersRequest(page_size=PAGE, page_token=text(request, "token", 400))
    found = await console_of(request).public.answers(wanted)
    following = address(ANSWERS, token=found.next_page_token) if found.next_page_token else ""
    return page(request, "open_answers.html", answers=found.answers, following=following)


ROUTES = [
    Route(ANSWERS, answers),
    Route(HOME, blank),
    Route(HOME, file, methods=["POST"]),
    Route(HOME + "/standing", standing, methods=["POST"]),
]
