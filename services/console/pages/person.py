"""Who looks or acts: by a token of their own, kept in a cookie that no script reads.

What is shown by it is what its services show to that person, and what is done by it is done in that person's name.
"""

from collections.abc import Awaitable
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import grpc
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.console import language_of
from services.console.files import refused_person
from services.console.pages.errors import answer, sentence
from services.console.pages.filters import BadFilter
from services.console.pages.language import LONGEST_BODY, local

COOKIE = "yifa_person"
HOURS = 12 * 3600
LONGEST_TOKEN = 4000


def person(request: Request) -> str:
    """The token of the person who looks."""
    return request.cookies.get(COOKIE, "")[:LONGEST_TOKEN]


async def handed_in(request: Request) -> dict[str, str]:
    """The fields of a form. Raises BadFilter for a form that is too large."""
    if int(request.headers.get("content-length") or LONGEST_BODY + 1) > LONGEST_BODY:
        raise BadFilter("form")
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    return {name: values[0].strip() for name, values in form.items()}


def leads_back(form: dict[str, str], otherwise: str) -> str:
    """Where a form came from, on this site only."""
    back = form.get("back", "")
    return back if back and local(back) else otherwise


def mark() -> str:
    """What tells one sending of a form from another, so that one that is sent twice is done once."""
    return uuid4().hex


async def done(request: Request, act: Awaitable[Any], back: str) -> Response:
    """Back to where the reader was once the act is done; a page with what stands against it otherwise."""
    try:
        await act
    except grpc.aio.AioRpcError as no:
        refused = refused_person(no) or no.code() in STANDS_AGAINST
        if not refused:
            raise
        said, status = sentence(no, language_of(request)), 403 if refused_person(no) else 409
        key = "NOT_YOURS" if refused_person(no) else "REFUSED"
        return answer(request, status, key, code=no.code().name, said=said, back=back)
    return RedirectResponse(back, 303)


STANDS_AGAINST = (
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.ABORTED,
)


async def sign(request: Request) -> Response:
    """Keep the token of the person who looks, or forget it, and go back to where they were."""
    form = await handed_in(request)
    token = form.get("token", "")
    if len(token) > LONGEST_TOKEN or not token.isascii() or not token.isprintable():
        raise BadFilter("token")
    signed = RedirectResponse(leads_back(form, "/"), 303)
    if token:
        secure = request.url.scheme == "https"
        signed.set_cookie(COOKIE, token, max_age=HOURS, httponly=True, samesite="strict", secure=secure)
    else:
        signed.delete_cookie(COOKIE)
    return signed


ROUTES = [Route("/person", sign, methods=["POST"])]
