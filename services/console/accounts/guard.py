"""Every request: who is signed in, and whether a page is for everybody. What is not said to be open is not."""

from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.console.accounts.sessions import Sessions
from services.console.asking import NODE, TOKEN, VISITOR
from services.kit.peer import plain

OPEN = ("/open", "/p/", "/v/", "/i/", "/static/", "/language", "/sign-in", "/sign-out", "/healthz")
"""What anybody may ask for: the pages for the public, checks of codes and papers, and where one signs in."""
LONGEST = 200


def cookie_names(secure: bool) -> tuple[str, str]:
    """Of the session, and of a browser that nobody is signed in at. With https nothing else of the host can set them."""
    prefix = "__Host-" if secure else ""
    return f"{prefix}yifa_session", f"{prefix}yifa_visit"


class Guard:
    """Finds the session of a request, and lets nobody else on."""

    def __init__(self, app: ASGIApp, sessions: Sessions, secure: bool):
        self.app, self.sessions, self.secure = app, sessions, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        secure = self.secure or scope.get("scheme") == "https"
        session_name, visit_name = cookie_names(secure)
        cookies = read_cookies(Headers(scope=scope).get("cookie", ""))
        session_id = cookies.get(session_name, "")[:LONGEST]
        session = self.sessions.find(session_id) if session_id else None
        visit, fresh = cookies.get(visit_name, "")[:LONGEST], False
        if len(visit) < 40:
            visit, fresh = token_urlsafe(32), True
        state = scope.setdefault("state", {})
        state |= {
            "session": session,
            "session_id": session_id if session else "",
            "visit": visit,
            "secure": secure,
        }
        state["csrf"] = self.sessions.proof(session_id if session else visit)
        TOKEN.set(session.token if session else "")
        NODE.set(session.node if session else "")
        VISITOR.set(visitor_of(scope))
        path: str = scope["path"]
        if session is None and not is_open(path):
            return await turned_away(scope, path)(scope, receive, send)

        async def with_visit(message: Message) -> None:
            if message["type"] == "http.response.start" and fresh:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", cookie(visit_name, visit, secure))
            await send(message)

        await self.app(scope, receive, with_visit)


def visitor_of(scope: Scope) -> str:
    """The address that a request comes from; empty where the server knows none."""
    return plain((scope.get("client") or ("", 0))[0])


def is_open(path: str) -> bool:
    return any(path == each or path.startswith(each if each.endswith("/") else f"{each}/") for each in OPEN)


def turned_away(scope: Scope, path: str) -> Response:
    """To where one signs in, and from there back; who asks no page is told so."""
    if path in ("/feed", "/stream/events"):
        return Response(status_code=204)  # the browser does not ask again
    if path.startswith("/api/") or scope["method"] not in ("GET", "HEAD"):
        return Response(status_code=401)
    query = scope["query_string"].decode("latin-1")
    return to_sign_in(path + (f"?{query}" if query else ""), Headers(scope=scope).get("hx-request") == "true")


def to_sign_in(back: str, part: bool) -> Response:
    """Where one signs in, and comes back from; for a part of a page that asks again by itself, the whole page goes there."""
    where = f"/sign-in?back={quote(back, safe='')}"
    return Response(status_code=401, headers={"hx-redirect": where}) if part else RedirectResponse(where, 303)


def cookie(name: str, value: str, secure: bool, age: int | None = None) -> str:
    """A cookie that no script reads, that no other site sends with a form, and that ends with the browser unless it is told."""
    ends = "" if age is None else f"; Max-Age={age}"
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}{ends}"


def read_cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
