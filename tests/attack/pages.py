"""The console, by who is signed in and by who is not: forms, cookies, paths, hosts, verbs, scripts."""

import asyncio
from functools import partial
from urllib.parse import urlsplit

import httpx

from services.kit.security import Kind
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.browser.site import SESSION, VISIT

SCRIPT = "<script>alert('x')</script>"


async def planted(scene: Scene) -> str:
    """A session that somebody else chose is not the one that is signed in."""
    planted = "x" * 43
    async with httpx.AsyncClient(base_url=scene.console, cookies={SESSION: planted}) as other:
        answer = await other.get("/cases")
    return str(answer.status_code)


async def flagged(scene: Scene) -> str:
    """No script reads a cookie, and no other site sends it."""
    async with httpx.AsyncClient(base_url=scene.console) as fresh:
        answer = await fresh.get("/sign-in")
    cookies = answer.headers.get_list("set-cookie")
    good = cookies and all(
        "HttpOnly" in each and "SameSite=Lax" in each and each.startswith(VISIT) for each in cookies
    )
    return HARMLESS if good else repr(cookies)


async def led(back: str, scene: Scene) -> str:
    """Where a form leads back to: this site, whatever it says."""
    answer = await scene.officer.post("/language", data={"to": "zh", "back": back})
    where = answer.headers.get("location", "")
    parts = urlsplit(where)
    inside = not parts.scheme and not parts.netloc and where.startswith("/") and "\\" not in where
    split = any("evil" in value for name, value in answer.headers.items() if name != "location")
    return HARMLESS if inside and not split else f"{answer.status_code} {where}"


async def asked(method: str, path: str, headers: dict[str, str], scene: Scene) -> str:
    answer = await raw(scene, method, path, headers)
    return answer.partition(" ")[0]


async def raw(
    scene: Scene, method: str, path: str, headers: dict[str, str], body: bytes = b"", signed: bool = True
) -> str:
    """A request as it is written, which no library puts in order: its status, and the rest of the answer."""
    parts = urlsplit(scene.console)
    lines = {"host": f"{parts.hostname}:{parts.port}", "connection": "close"}
    if signed:
        lines["cookie"] = f"{SESSION}={scene.officer.held(SESSION)}"
    lines |= headers
    text = (
        f"{method} {path} HTTP/1.1\r\n"
        + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        + "\r\n"
    )
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write(text.encode("latin-1") + body)
        async with asyncio.timeout(20):
            got = (await reader.read(1 << 20)).decode("utf-8", "replace")
    finally:
        writer.transport.abort()
    return got.partition(" ")[2] or "closed"


async def kept(path: str, scene: Scene) -> str:
    """A path out of the folder finds no file of this machine."""
    got = await raw(scene, "GET", path, {}, signed=False)
    if "root:" in got or "[project]" in got or "PRIVATE KEY" in got:
        return "READ"
    return got.partition(" ")[0]


async def framed(path: str, scene: Scene) -> str:
    """No other site frames a page, and no script of another runs in it."""
    headers = (await scene.officer.get(path)).headers
    policy = headers.get("content-security-policy", "")
    good = (
        headers.get("x-frame-options") == "DENY"
        and headers.get("x-content-type-options") == "nosniff"
        and "frame-ancestors 'none'" in policy
        and "default-src 'none'" in policy
        and "unsafe" not in policy
    )
    return HARMLESS if good else repr(dict(headers))


async def shown(path: str, scene: Scene) -> str:
    """What stands in an address, or in a record, is never markup."""
    text = (await scene.officer.get(path.format(complaint=scene.complaint_id))).text
    return "RUN" if SCRIPT in text or "<img src=x" in text else HARMLESS


async def stranger_at(path: str, scene: Scene) -> str:
    return str((await scene.stranger.get(path)).status_code)


OTHERS = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/x\r\nset-cookie: evil=1",
    "http:evil.example",
    "///evil.example",
    "data:text/html,x",
    "/%0d%0aset-cookie:evil=1",
)
PATHS = (
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2fpyproject.toml",
    "/static//etc/passwd",
    "/static/%00",
    "/static/..\\..\\pyproject.toml",
    "/static/%252e%252e/pyproject.toml",
    "/papers/city/../../x.pdf",
    "/cases/../../../etc/passwd/files/x",
)
BAD_HOSTS = ("evil.example", "127.0.0.1.evil.example", "", "evil.example:80@127.0.0.1")
VERBS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "CONNECT")
CLOSED = ("/cases", "/complaints", "/nodes", "/traces", "/cases.csv", "/reports/file", "/papers/city/P-1.pdf")
MARKUP = (
    "/cases?q={}",
    "/cases?area={}",
    "/warnings?state={}",
    "/sign-in?back={}",
    "/open/bodies/{}",
    "/traces?q={}",
)
PAGES: tuple[Attack, ...] = (
    Attack("a planted session", "session", "fixation", ("303",), planted),
    Attack("the flags of cookies", "session", "theft by a script or another site", (HARMLESS,), flagged),
    *(
        Attack(
            f"leading away {n}",
            "redirect",
            back[:40].encode("unicode_escape").decode(),
            (HARMLESS,),
            partial(led, back),
        )
        for n, back in enumerate(OTHERS, 1)
    ),
    *(
        Attack(f"out of the folder {n}", "path", path, ("404", "400", "303", "422"), partial(kept, path))
        for n, path in enumerate(PATHS, 1)
    ),
    Attack(
        "a path that is noted", "path", "/static/../x", ("404",), partial(kept, "/static/../../x"), Kind.PAGE
    ),
    *(
        Attack(
            f"a host {host!r}",
            "host",
            "another site's name",
            ("400",),
            partial(asked, "GET", "/sign-in", {"host": host}),
            Kind.FORM,
        )
        for host in BAD_HOSTS
    ),
    Attack(
        "a host said beside",
        "host",
        "X-Forwarded-Host",
        ("200",),
        partial(asked, "GET", "/sign-in", {"x-forwarded-host": "evil.example"}),
    ),
    *(
        Attack(
            f"the verb {verb}",
            "verb",
            f"{verb} /cases",
            ("405", "404", "400"),
            partial(asked, verb, "/cases", {}),
            None if verb == "CONNECT" else Kind.PAGE,
        )
        for verb in VERBS
    ),
    Attack(
        "a verb said beside",
        "verb",
        "X-HTTP-Method-Override",
        ("200",),
        partial(asked, "GET", "/cases", {"x-http-method-override": "DELETE"}),
    ),
    Attack(
        "a form to a page without one",
        "verb",
        "POST /cases",
        ("405",),
        partial(asked, "POST", "/cases", {"content-length": "0"}),
        Kind.PAGE,
    ),
    *(
        Attack(
            f"framing {path}",
            "frame",
            "clickjacking, sniffing, foreign scripts",
            (HARMLESS,),
            partial(framed, path),
        )
        for path in ("/", "/cases", "/sign-in", "/open", "/static/style.css", "/nothing")
    ),
    *(
        Attack(
            f"a script in {path.partition('=')[0]}",
            "xss",
            "reflected",
            (HARMLESS,),
            partial(shown, path.format(SCRIPT)),
        )
        for path in MARKUP
    ),
    Attack(
        "a script in a complaint", "xss", "stored", (HARMLESS,), partial(shown, "/complaints/{complaint}")
    ),
    Attack("a script in a list", "xss", "stored", (HARMLESS,), partial(shown, "/complaints")),
    *(
        Attack(f"a stranger at {path}", "session", "without a session", ("303",), partial(stranger_at, path))
        for path in CLOSED
    ),
)
