"""What the pages share while the console runs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from services.console import words
from services.console.accounts.granting import Doors
from services.console.accounts.provider import Provider
from services.console.accounts.sessions import Session, Sessions
from services.console.clients import Node, Supervision
from services.console.config import ConsoleConfig, NodeTarget
from services.console.files import CaseFiles
from services.console.otlp import receiving
from services.console.papers import Papers
from services.console.public import Public
from services.console.registry import Registry
from services.console.show import Show
from services.console.traces import TraceStore

COOKIE = "yifa_language"


@dataclass(frozen=True)
class Console:
    """The open console: clients, who is signed in, trace store, words."""

    config: ConsoleConfig
    supervision: Supervision
    nodes: tuple[Node, ...]
    registry: Registry
    papers: Papers
    public: Public
    files: CaseFiles
    doors: Doors
    provider: Provider | None
    sessions: Sessions
    closing: asyncio.Event
    traces: TraceStore
    words: words.Words
    targets: dict[str, NodeTarget]
    otlp_port: int | None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def show(self, language: str) -> Show:
        return Show(self.words, language, self.targets, self.now)


def console_of(request: Request) -> Console:
    console: Console = request.app.state.console
    return console


def session_of(request: Request) -> Session | None:
    """Who is signed in."""
    session: Session | None = request.state.session
    return session


def language_of(request: Request) -> str:
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in words.LANGUAGES else words.LANGUAGES[0]


@asynccontextmanager
async def opened(config: ConsoleConfig, sessions: Sessions) -> AsyncIterator[Console]:
    """A console that follows the city and takes in traces. Raises BadSettings if the OTLP port is taken."""
    async with AsyncExitStack() as stack:
        supervision = Supervision(config)
        stack.push_async_callback(supervision.close)
        nodes = tuple(Node(target, config) for target in config.nodes)
        for node in nodes:
            stack.push_async_callback(node.close)
        registry = Registry(config)
        stack.push_async_callback(registry.close)
        papers = Papers(config)
        stack.push_async_callback(papers.close)
        public = Public(config)
        stack.push_async_callback(public.close)
        files = CaseFiles(config)
        stack.push_async_callback(files.close)
        store = TraceStore(config.spans, config.span_limit, config.span_bytes)
        await store.open()
        stack.push_async_callback(store.close)
        port = None
        if config.otlp_port is not None:
            port = await stack.enter_async_context(
                receiving(store, config.otlp_host, config.otlp_port, config.trust)
            )

        doors = Doors(config)
        stack.push_async_callback(doors.close)
        provider = Provider(config.identity) if config.identity is not None else None
        stack.callback(sessions.close)
        keeping = asyncio.create_task(sessions.keep())
        stack.callback(keeping.cancel)
        closing = asyncio.Event()
        stack.callback(closing.set)
        targets = {target.id: target for target in (*config.former, *config.nodes)}
        yield Console(
            config,
            supervision,
            nodes,
            registry,
            papers,
            public,
            files,
            doors,
            provider,
            sessions,
            closing,
            store,
            words.load(),
            targets,
            port,
        )
