"""The language of the pages, kept in a cookie of the browser."""

from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.console import COOKIE
from services.console.pages.filters import BadFilter
from services.console.words import LANGUAGES

YEAR_SECONDS = 365 * 86400
LONGEST_BODY = 8192


async def language(request: Request) -> Response:
    """Set the language and go back to where the reader was, on this site only."""
    if int(request.headers.get("content-length") or LONGEST_BODY + 1) > LONGEST_BODY:
        raise BadFilter("back")
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    to, back = form.get("to", [""])[0], form.get("back", ["/"])[0]
    if to not in LANGUAGES:
        raise BadFilter("to")
    answer = RedirectResponse(back if local(back) else "/", 303)
    answer.set_cookie(COOKIE, to, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
    return answer


def local(back: str) -> bool:
    """A path on this site; browsers read a backslash as a slash, so `/\\host` leads away as `//host` does."""
    parts = urlsplit(back)
    safe = not parts.scheme and not parts.netloc and back.startswith("/") and not back.startswith("//")
    return safe and "\\" not in back and back.isprintable()


ROUTES = [Route("/language", language, methods=["POST"])]
