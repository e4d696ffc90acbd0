"""Complaints from anybody, without a login: what is filed leaves no name, who complained is sealed, and the receipt tells how it
stands (OPR-SUP 10, CITY-ERS 6(6)).
"""

from secrets import token_hex

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import complaint_pb2 as pb

from services.console.asking import VISITOR
from services.console.console import console_of
from services.console.forms import handed_in
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
    bodies = (await console_of(request).public.bodies(BODIES, "")).bodies
    chosen = {name: text(request, name, 64) for name in ("body", "promise")}
    return page(request, "open_complaint.html", bodies=bodies, f=chosen, mark=token_hex(16))


async def file(request: Request) -> Response:
    """Take it down. Sent twice it is one complaint, and the receipt the same."""
    form = await said(request, FILED)
    for name, longest in FIELDS.items():
        if len(form.get(name, "")) > longest:
            raise BadFilter(name)
    for name in ("mark", "act", "text"):
        if not form.get(name):
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
    asked = pb.FileComplaintRequest(
        request_id=form["mark"][:64],
        source=pb.COMPLAINT_SOURCE_PUBLIC,
        about=about,
        text=form["text"],
        open_wanted=form.get("open_wanted") == "1",
    )
    for name in ("name", "phone", "address"):
        if form.get(name):
            setattr(asked.reporter, name, form[name])
    receipt = (await public.complain(asked)).receipt
    return page(request, "open_complaint_filed.html", receipt=receipt)


async def standing(request: Request) -> Response:
    """How a complaint stands, for who shows its receipt."""
    form = await said(request, ASKED)
    if not (form.get("complaint_id") and form.get("receipt")):
        raise BadFilter("receipt")
    asked = pb.CheckComplaintRequest(complaint_id=form["complaint_id"][:64], receipt=form["receipt"][:64])
    shown = (await console_of(request).public.complaint(asked)).shown
    return page(request, "open_complaint_standing.html", c=shown)


async def answers(request: Request) -> Response:
    """What was asked and answered in public: as who asked wanted it, and without who did."""
    asked = pb.ListPublicAnswersRequest(page_size=PAGE, page_token=text(request, "token", 400))
    found = await console_of(request).public.answers(asked)
    following = address(ANSWERS, token=found.next_page_token) if found.next_page_token else ""
    return page(request, "open_answers.html", answers=found.answers, following=following)


ROUTES = [
    Route(ANSWERS, answers),
    Route(HOME, blank),
    Route(HOME, file, methods=["POST"]),
    Route(HOME + "/standing", standing, methods=["POST"]),
]
