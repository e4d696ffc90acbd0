"""Forms of the console: of another site, of the wrong size, half ones; and signing in as somebody whom one is not."""

import asyncio
from functools import partial
from urllib.parse import urlsplit

import httpx

from services.console import protocol
from services.kit.security import Kind
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.attack.pages import raw
from tests.browser.site import SESSION

FORGED: tuple[tuple[str, str, dict[str, str], dict[str, str]], ...] = (
    ("no proof", "/sign-out", {}, {}),
    ("a wrong proof", "/sign-out", {"csrf": "0" * 64}, {}),
    ("a proof of wrong letters", "/sign-out", {"csrf": "é"}, {}),
    ("from another site", "/language", {"to": "en"}, {"sec-fetch-site": "cross-site"}),
    ("from a sister site", "/language", {"to": "en"}, {"sec-fetch-site": "same-site"}),
    ("closing a warning", "/warnings/W-1/close", {"reason": "x"}, {}),
    ("handing work over", "/work/hand-over", {"to": "x"}, {}),
)


async def forged(path: str, data: dict[str, str], headers: dict[str, str], scene: Scene) -> str:
    """A form that another site made somebody's browser send."""
    answer = await httpx.AsyncClient.post(scene.officer, path, data=data, headers=headers)
    return str(answer.status_code)


async def handed(body: bytes, headers: dict[str, str], scene: Scene) -> str:
    """A body of the wrong size, form or length."""
    return (await raw(scene, "POST", "/language", headers, body)).partition(" ")[0]


async def halves(content: bytes, scene: Scene) -> str:
    """Connections that begin a request and leave it at that, each let go of in time."""
    parts, usual = urlsplit(scene.console), protocol.SECONDS
    protocol.SECONDS = 0.5
    opened = []
    try:
        for _ in range(120):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(content)
            opened.append((reader, writer))
        async with asyncio.timeout(30):
            for reader, _ in opened:
                while await reader.read(1024):
                    pass
    finally:
        protocol.SECONDS = usual
        for _, writer in opened:
            writer.transport.abort()
    return HARMLESS


async def persona(data: dict[str, str], scene: Scene) -> str:
    answer = await scene.stranger.post("/sign-in/persona", data=data)
    return str(answer.status_code) if not scene.stranger.held(SESSION) else "SIGNED IN"


SENT = (
    *(
        Attack(
            f"a form: {name}",
            "csrf",
            f"POST {path}",
            ("403",),
            partial(forged, path, data, headers),
            Kind.PAGE,
        )
        for name, path, data, headers in FORGED
    ),
    *(
        Attack(f"a form of {name}", "form", name, must, partial(handed, body, headers), told)
        for name, body, headers, must, told in (
            ("no length", b"", {}, ("400",), Kind.FORM),
            ("100 kB", b"a=" + b"x" * 100_000, {"content-length": "100002"}, ("400",), Kind.FORM),
            ("a length below nought", b"", {"content-length": "-1"}, ("400",), None),
            ("a length that is no number", b"", {"content-length": "x"}, ("400",), None),
            ("parts", b"0\r\n\r\n", {"transfer-encoding": "chunked"}, ("400",), Kind.FORM),
            (
                "two lengths",
                b"0\r\n\r\n",
                {"content-length": "0", "transfer-encoding": "chunked"},
                ("400", "403"),
                None,
            ),
            (
                "an object",
                b"{}",
                {"content-length": "2", "content-type": "application/json"},
                ("403",),
                Kind.PAGE,
            ),
        )
    ),
    *(
        Attack(name, "form", "slow loris", (HARMLESS,), partial(halves, content), Kind.RATE, True)
        for name, content in (
            ("half a head", b"GET /sign-in HTTP/1.1\r\nHost: x\r\n"),
            ("half a body", b"POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nto="),
            ("not a word", b""),
        )
    ),
    *(
        Attack(
            f"signing in as {name}", "sign-in", "POST /sign-in/persona", must, partial(persona, data), told
        )
        for name, data, must, told in (
            ("nobody", {"node": "city", "subject": "nobody"}, ("403",), Kind.SIGN_IN),
            ("SQL", {"node": "city", "subject": "x' OR '1'='1"}, ("403",), Kind.SIGN_IN),
            ("somebody of no node", {"node": "../city", "subject": "head-1"}, ("404",), None),
            ("a service", {"node": "city", "subject": "system:registry"}, ("403",), Kind.SIGN_IN),
        )
    ),
)
