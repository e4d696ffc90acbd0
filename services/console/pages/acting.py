"""What is done by a form: in the name of whoever is signed in, and said so where it is refused."""

from collections.abc import Awaitable
from typing import Any
from uuid import uuid4

import grpc
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.console.console import language_of
from services.console.files import refused_person
from services.console.pages.errors import answer, sentence
from services.console.pages.language import local


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
