"""A console to test, and what its pages say."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx

from services.console.accounts.guard import cookie_names
from services.console.app import Listening, serve
from services.console.config import ConsoleConfig, NodeTarget
from services.console.console import COOKIE
from services.kit.dial import Target
from services.kit.service import surroundings
from services.kit.settings import Settings
from tests.city import City

SESSION, VISIT = cookie_names(secure=False)
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Ids of records, codes of items and rules, and numbers of documents are data, whoever put them there; so are signs of units.
CODES = re.compile(r"[A-Z]{1,5}-[0-9A-Za-z-]+|〔\d{4}〕\w+号|(?<=\d )[KMGT]B\b")
VOID = {"meta", "link", "input", "br", "path", "rect", "circle", "img", "hr"}
SPOKEN = ("aria-label", "title", "placeholder", "data-label", "data-pause", "data-resume", "alt")


def config_of(city: City, folder: Path, **more: Any) -> ConsoleConfig:
    """The console of a running city, on free ports."""

    around = surroundings(Settings.load(city.plan.settings(city.plan.city.id)))
    values: dict[str, Any] = {
        "supervision": city.plan.target(city.plan.city.id),
        "nodes": tuple(
            NodeTarget(s.id, s.title_zh, s.title_en, city.plan.target(s.id)) for s in city.plan.sites
        ),
        "port": 0,
        "otlp_port": 0,
        "spans": folder / "spans.db",
        "sessions": folder / "sessions.db",
        "law": around.parameters,
        "sectors": around.sectors,
    }
    return ConsoleConfig(**(values | more))


@contextlib.contextmanager
def dead_port() -> Iterator[Target]:
    """An address that refuses every connection for as long as it is held."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield Target(f"127.0.0.1:{held.getsockname()[1]}")


@contextlib.asynccontextmanager
async def serving(config: ConsoleConfig) -> AsyncIterator[Listening]:
    """The console, running."""
    ready: asyncio.Future[Listening] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(config, ready.set_result))
    await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=10)
    if task.done():
        task.result()
    listening = ready.result()
    try:
        yield listening
    finally:
        for key in [key for key in SIGNED if key[0] == listening.url]:
            del SIGNED[key]
        task.cancel()
        await asyncio.wait([task], timeout=10)
        assert task.cancelled(), "the console ends when it is told to"


SIGNED = dict[tuple[str, str, str], str]()
"""The sessions of consoles by their address and by who is signed in: one sign-in serves all tests of a console."""
OVERSEER, NOBODY = "oversight-head-1", ""
HIDDEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Visitor(httpx.AsyncClient):
    """A browser: it sends with a form what the form of its page has."""

    def __init__(self, url: str, language: str, who: str, node: str):
        super().__init__(base_url=url, cookies={COOKIE: language}, timeout=10)
        self.url, self.who, self.node, self.proof = url, who, node, ("", "")

    async def __aenter__(self) -> "Visitor":
        await super().__aenter__()
        if self.who:
            await self.become(self.who, self.node)
        return self

    async def become(self, who: str, node: str = "city") -> None:
        """Sign in as a persona, or go on in the session in which somebody already did."""
        self.forget(SESSION)
        if (known := SIGNED.get((self.url, who, node))) is None:
            known = SIGNED[self.url, who, node] = await self.sign_in(who, node)
            self.forget(SESSION)
        self.cookies.set(SESSION, known)

    async def sign_in(self, who: str, node: str = "city") -> str:
        """A session of one's own; its id."""
        answer = await self.post("/sign-in/persona", data={"node": node, "subject": who})
        assert answer.status_code == 303, answer.text
        return self.held(SESSION)

    def held(self, name: str) -> str:
        """What the browser keeps under a name."""
        return next((c.value or "" for c in self.cookies.jar if c.name == name), "")

    def forget(self, *names: str) -> None:
        for cookie in [c for c in self.cookies.jar if c.name in names]:
            self.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)

    async def post(self, url: Any, **more: Any) -> httpx.Response:
        """A form of this site, with the proof that its page has."""
        bound = self.held(SESSION) or self.held(VISIT)
        if not bound or self.proof[0] != bound:
            found = HIDDEN.search((await self.get("/sign-in")).text)
            assert found is not None
            self.proof = self.held(SESSION) or self.held(VISIT), found[1]
        data = {"csrf": self.proof[1], **(more.pop("data", None) or {})}
        return await super().post(url, data=data, **more)


def browsing(url: str, language: str = "zh", who: str = OVERSEER, node: str = "city") -> Visitor:
    """A browser in which somebody is signed in, the head of the oversight body where nobody else is said; NOBODY is nobody."""
    return Visitor(url, language, who, node)


async def cookies_of(url: str, language: str = "zh", who: str = OVERSEER, node: str = "city") -> list[Any]:
    """The same for a real browser."""
    async with browsing(url, language, who, node) as visitor:
        session = visitor.held(SESSION)
    return [{"name": COOKIE, "value": language, "url": url}, {"name": SESSION, "value": session, "url": url}]


class Reader(HTMLParser):
    """The words of a page that are its own: no code, no part in another language, no time, no script."""

    def __init__(self, page: str, language: str):
        super().__init__()
        self.language, self.open, self.words = language, [], list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        table = dict(attributes)
        foreign = not (table.get("lang") or self.language).startswith(self.language)
        hidden = tag in ("code", "time", "script", "style") or foreign
        if not self.skipping and not foreign:
            self.words += [table[name] or "" for name in SPOKEN if name in table]
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.skipping and data.strip():
            self.words.append(data.strip())

    @property
    def skipping(self) -> bool:
        return any(hidden for _, hidden in self.open)


def foreign_words(page: str, language: str, data: tuple[str, ...] = ()) -> list[str]:
    """Words in the other language that the page says in its own voice; `data` are texts of records."""
    pattern = CHINESE if language == "en" else LATIN
    found = []
    for text in Reader(page, language).words:
        own = CODES.sub("", text) if language == "zh" else text
        for known in data:
            own = own.replace(known, "")
        found += pattern.findall(own)
    return found
