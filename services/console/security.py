"""Headers that keep a page to itself, and what was turned away."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.console.accounts.guard import visitor_of
from services.kit.security import BOOK, Actor, Kind

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


TOLD = {
    400: ("BAD_REQUEST", Kind.FORM),
    401: ("SIGNED_OUT", Kind.TOKEN),
    403: ("FORBIDDEN", Kind.PAGE),
    405: ("VERB", Kind.PAGE),
    413: ("TOO_LARGE", Kind.SIZE),
    429: ("TOO_MANY", Kind.RATE),
}
OUT = ("..", "//", "\0", "\\")
"""What no path of this site has."""


def note(scope: Scope, status: int) -> None:
    """Note a request that was turned away, with who sent it."""
    path: str = scope["path"]
    reason, kind = TOLD.get(status, ("", Kind.PAGE))
    if not reason and status == 404 and any(each in path for each in OUT):
        reason = "PATH"
    if not reason:
        return
    state = scope.get("state") or {}
    session = state.get("session")
    address = visitor_of(scope)
    actor = Actor(session.subject, session.node, address) if session else Actor(address=address)
    # what follows in a path may be a code that somebody was shown
    BOOK.tell("console", kind, actor, reason, f"{scope['method']} /{path.strip('/').partition('/')[0]}")


class SecurityHeaders:
    """Adds the headers to every answer; pages of records are not kept by caches."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                note(scope, message["status"])
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                fixed = scope["path"].startswith("/static/")
                headers.setdefault("cache-control", "no-cache" if fixed else "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)
