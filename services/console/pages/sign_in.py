"""Signing in: by the identity provider, or at a demonstration as one of its personas; and signing out."""

import asyncio
import logging

import grpc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from yifa.access.v1 import token_pb2
from yifa.law.v1.options_pb2 import Role

from services.console.accounts.guard import cookie, cookie_names
from services.console.accounts.provider import NotProven
from services.console.asking import VISITOR
from services.console.console import Console, console_of, language_of, session_of
from services.console.forms import handed_in
from services.console.pages import filters
from services.console.pages.acting import leads_back
from services.console.pages.errors import sentence
from services.console.render import address, page
from services.kit.peer import network_of
from services.kit.words import ROLES

log = logging.getLogger(__name__)
CALLBACK = "/sign-in/callback"
LONGEST = 400


async def sign_in(request: Request) -> Response:
    """The ways to sign in, each node with its own people."""
    return await shown(request, filters.text(request, "back", LONGEST))


async def shown(request: Request, back: str, said: str = "", status: int = 200) -> Response:
    console, language = console_of(request), language_of(request)
    show, nodes = console.show(language), [target.id for target in console.config.nodes]
    personas = await asyncio.gather(*map(console.doors.personas, nodes))
    return page(
        request,
        "sign_in.html",
        status,
        here=address("/sign-in", back=back),
        back=back,
        said=said,
        provider=console.provider is not None,
        nodes=[(node, show.node(node)) for node in nodes],
        groups=[(n, show.node(n), people) for n, people in zip(nodes, personas, strict=True) if people],
        titles=lambda roles: titles(roles, language),
    )


def titles(roles: list[int], language: str) -> str:
    """Roles in words."""
    names = [Role.Name(role).removeprefix("ROLE_") for role in roles]
    return ("、" if language == "zh" else ", ").join(ROLES[name][language != "zh"] for name in names)


async def persona(request: Request) -> Response:
    """Sign in as somebody of the demonstration: the node says whether it lets one."""
    form = await handed_in(request)
    console, node, back = console_of(request), form.get("node", ""), leads_back(form, "")
    check(request, console, node)
    try:
        grant = await console.doors.assume(node, form.get("subject", "")[:64])
    except grpc.aio.AioRpcError as no:
        return await refused(request, no, back)
    return await begun(request, grant, back)


async def provider(request: Request) -> Response:
    """To the identity provider."""
    form = await handed_in(request)
    console, node = console_of(request), form.get("node", "")
    check(request, console, node)
    if console.provider is None:
        raise HTTPException(404)
    sessions, visit = console.sessions, request.state.visit
    sessions.settle(visit)
    attempt = sessions.attempt(visit)
    attempt |= {"node": node, "back": leads_back(form, "")}
    try:
        return await console.provider.leads_to(request, attempt, f"{base_of(request)}{CALLBACK}")
    except NotProven as wrong:
        return await failed(request, wrong, attempt["back"])


async def callback(request: Request) -> Response:
    """Back from the identity provider: what it says is exchanged at the node for a token."""
    console, visit = console_of(request), request.state.visit
    attempt = console.sessions.attempt(visit)
    node, back = str(attempt.pop("node", "")), str(attempt.pop("back", ""))
    if console.provider is None:
        raise HTTPException(404)
    try:
        if not console.doors.knows(node):
            raise NotProven("this browser went to no provider")
        check(request, console, node)
        id_token = await console.provider.came_back(request, attempt)
        grant = await console.doors.exchange(node, id_token)
    except NotProven as wrong:
        return await failed(request, wrong, back)
    except grpc.aio.AioRpcError as no:
        return await refused(request, no, back)
    finally:
        console.sessions.settle(visit)
    return await begun(request, grant, back)


async def sign_out(request: Request) -> Response:
    """Forget the session, and take its token back at the node."""
    await handed_in(request)
    console = console_of(request)
    answer = RedirectResponse("/sign-in", 303)
    if session := console.sessions.end(request.state.session_id):
        await console.doors.end(session.node, session.token)
    for name in cookie_names(request.state.secure):
        answer.headers.append("set-cookie", cookie(name, "", request.state.secure, age=0))
    return answer


async def begun(request: Request, grant: token_pb2.Grant, back: str) -> Response:
    """A new session under a new id; the one before it ends with its token."""
    console, secure = console_of(request), request.state.secure
    if old := console.sessions.end(request.state.session_id):
        await console.doors.end(old.node, old.token)
    session_id = console.sessions.begin(grant)
    answer = RedirectResponse(back or home_of(console, grant.node), 303)
    session_name, visit_name = cookie_names(secure)
    answer.headers.append("set-cookie", cookie(session_name, session_id, secure))
    answer.headers.append("set-cookie", cookie(visit_name, "", secure, age=0))
    return answer


def home_of(console: Console, node: str) -> str:
    """Where somebody begins: at the city with the overview, at a department with what waits there."""
    target = next((t for t in console.config.nodes if t.id == node), None)
    at_city = target is None or target.target == console.config.supervision
    return "/" if at_city else address("/work", node=node)


def check(request: Request, console: Console, node: str) -> None:
    """Raises HTTPException for a node that there is not, and for one who tries too often."""
    if not console.doors.knows(node):
        raise HTTPException(404)
    if not console.sessions.may_try(network_of(VISITOR.get())):
        raise HTTPException(429, "TOO_MANY")


async def refused(request: Request, no: grpc.aio.AioRpcError, back: str) -> Response:
    """The page again, with what the node said."""
    said = sentence(no, language_of(request)) or no.code().name
    return await shown(request, back, said, 503 if no.code() is grpc.StatusCode.UNAVAILABLE else 403)


async def failed(request: Request, wrong: NotProven, back: str) -> Response:
    log.warning("sign-in failed: %s", wrong)
    return await shown(
        request, back, console_of(request).words.get(language_of(request), "sign_in.failed"), 403
    )


def base_of(request: Request) -> str:
    """The address of this site as browsers see it."""
    return console_of(request).config.public.rstrip("/") or str(request.base_url).rstrip("/")


def require(request: Request, *roles: str) -> None:
    """Raises HTTPException for who has none of these roles: for what the console keeps itself, and no node guards."""
    session = session_of(request)
    if session is None or not session.has(*roles):
        raise HTTPException(403, "NOT_YOURS")


ROUTES = [
    Route("/sign-in", sign_in),
    Route("/sign-in/persona", persona, methods=["POST"]),
    Route("/sign-in/provider", provider, methods=["POST"]),
    Route(CALLBACK, callback),
    Route("/sign-out", sign_out, methods=["POST"]),
]
