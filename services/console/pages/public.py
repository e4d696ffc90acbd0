"""What enforcement shows the public before and after its acts: bodies and powers, what is inspected, what was decided."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import publication_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.shown import of, public_of
from services.console.render import address, page
from services.console.show import moment
from services.law.identity import spelt, why_no_credit_code
from services.law.moment import put_moment

HOME = "/open"
# What was decided and is public, by its kind: where it is listed. The words of each are `open.KEY`.
LISTS = {
    pb.PUBLIC_KIND_PENALTY: ("decisions", HOME),
    pb.PUBLIC_KIND_PERMIT: ("permit_decisions", f"{HOME}/permit-decisions"),
    pb.PUBLIC_KIND_FORCE: ("force", f"{HOME}/force"),
}
Entry = tuple[str, pb.PublicDecision]


async def decisions(request: Request) -> Response:
    """Penalties that are public now."""
    return await _listed(request, pb.PUBLIC_KIND_PENALTY)


async def permit_decisions(request: Request) -> Response:
    """Decisions on permits that are public now, each with whether the permit holds (ALIC 40)."""
    return await _listed(request, pb.PUBLIC_KIND_PERMIT)


async def force(request: Request) -> Response:
    """What was sealed, seized, frozen or enforced by the agencies, and what came of it (GBF-118 (6))."""
    return await _listed(request, pb.PUBLIC_KIND_FORCE)


async def _listed(request: Request, kind: pb.PublicKind) -> Response:
    """What was decided of a kind and is public now; of what was withdrawn, that it was, and why."""
    console = console_of(request)
    show, nodes = console.show(language_of(request)), console.public.nodes
    wanted = {
        "name": filters.text(request, "name", 200),
        "code": spelt(filters.text(request, "code", 40)),
        "number": filters.text(request, "number", 200),
    }
    node, credit = filters.text(request, "node", 64), filters.flag(request, "credit")
    if node and node not in nodes:
        raise HTTPException(404)
    key, here = LISTS[kind]
    asked = pb.ListPublishedDecisionsRequest(
        kind=kind,
        party_name=wanted["name"],
        party_code=wanted["code"],
        document_number=wanted["number"],
        credit=credit,
        page_token=filters.text(request, "token", 400) if node else "",
    )
    found = await console.public.decisions(asked, (node,) if node else nodes)
    entries = [(at, each) for at, reply in found.items() if reply for each in reply.decisions]
    entries.sort(key=_newest, reverse=True)
    kept = wanted | {"credit": int(credit)}
    more = [
        (at, address(here, **kept, node=at, token=reply.next_page_token))
        for at, reply in found.items()
        if reply and reply.next_page_token
    ]
    return page(
        request,
        "open.html",
        key=key,
        here=here,
        f=wanted | {"node": node, "credit": credit},
        departments=filters.departments(show),
        standing=[entry for entry in entries if not entry[1].HasField("withdraw_time")],
        withdrawn=[entry for entry in entries if entry[1].HasField("withdraw_time")],
        more=more,
        away=[at for at, reply in found.items() if reply is None],
    )


def _newest(entry: Entry) -> datetime:
    each = entry[1]
    return moment(each.publish_time) or moment(each.withdraw_time) or moment(each.decide_time) or _LONG_AGO


_LONG_AGO = datetime.fromtimestamp(0).astimezone()


async def decision(request: Request) -> Response:
    """One decision, or why it is public no more, with a code that leads here."""
    console = console_of(request)
    node, publication_id = request.path_params["node"], request.path_params["publication_id"]
    if node not in console.public.nodes or len(publication_id) > 64:
        raise HTTPException(404)
    asked = pb.ListPublishedDecisionsRequest(publication_id=publication_id)
    reply = (await console.public.decisions(asked, (node,)))[node]
    if reply is None:
        raise HTTPException(503)
    if not reply.decisions:
        raise HTTPException(404)
    link = f"{public_of(request)}{HOME}/{node}/{publication_id}"
    found = reply.decisions[0]
    key, back = LISTS.get(found.kind, LISTS[pb.PUBLIC_KIND_PENALTY])
    return page(request, "open_decision.html", d=found, key=key, back=back, qr=of(link), link=link)


async def bodies(request: Request) -> Response:
    found = await console_of(request).public.bodies(filters.PAGE, filters.text(request, "token", 400))
    following = address(f"{HOME}/bodies", token=found.next_page_token) if found.next_page_token else ""
    return page(request, "open_bodies.html", bodies=found.bodies, following=following)


async def body(request: Request) -> Response:
    """A body, and the items of its power list."""
    console, body_id = console_of(request), request.path_params["body_id"]
    found, now = await console.public.body(body_id), Timestamp()
    put_moment(now, console.now())
    items = await console.public.items(body_id, now, filters.PAGE, filters.text(request, "token", 400))
    here = f"{HOME}/bodies/{body_id}"
    following = address(here, token=items.next_page_token) if items.next_page_token else ""
    moved = await console.public.transfers(body_id, filters.PAGE)
    return page(
        request,
        "open_body.html",
        body=found,
        items=items.items,
        following=following,
        transfers=moved.transfers,
    )


async def inspections(request: Request) -> Response:
    """What may be inspected, how often, and the published results about an enterprise."""
    console, code = console_of(request), spelt(filters.text(request, "code", 40))
    items = await console.public.inspection_items(filters.PAGE, filters.text(request, "token", 400))
    why = why_no_credit_code(code) if code else None
    results = await console.public.inspections(code, filters.PAGE) if code and why is None else None
    following = address(f"{HOME}/inspections", token=items.next_page_token) if items.next_page_token else ""
    return page(
        request,
        "open_inspections.html",
        items=items.items,
        code=code,
        why=why[language_of(request) == "zh"] if why else "",
        results=results.inspections if results is not None else None,
        following=following,
    )


async def plans(request: Request) -> Response:
    """The approved plans of inspections: who inspects what, how many and when, before the visits."""
    console, year = console_of(request), filters.number(request, "year")
    if year > 2100:
        raise filters.BadFilter("year")
    found = await console.public.plans(year, PLANS, filters.text(request, "token", 400))
    following = (
        address(f"{HOME}/plans", year=year, token=found.next_page_token) if found.next_page_token else ""
    )
    return page(request, "open_plans.html", plans=found.plans, year=year, following=following)


PLANS = 20
ROUTES = [
    Route(HOME, decisions),
    Route(f"{HOME}/permit-decisions", permit_decisions),
    Route(f"{HOME}/force", force),
    Route(f"{HOME}/bodies", bodies),
    Route(f"{HOME}/bodies/{{body_id}}", body),
    Route(f"{HOME}/inspections", inspections),
    Route(f"{HOME}/plans", plans),
    Route(f"{HOME}/{{node}}/{{publication_id}}", decision),
]
