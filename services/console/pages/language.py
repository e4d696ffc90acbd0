"""The language of the pages, kept in a cookie of the browser."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.console import COOKIE
from services.console.forms import handed_in
from services.console.pages.filters import BadFilter
from services.console.words import LANGUAGES

YEAR_SECONDS = 365 * 86400


async def language(request: Request) -> Response:
    """Set the language and go back to where the reader was, on this site only."""
    form = await handed_in(request)
    to, back = form.get("to", ""), form.get("back", "/")
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
