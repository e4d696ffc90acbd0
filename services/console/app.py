"""The console's web server."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from services.console.accounts.guard import Guard
from services.console.accounts.sessions import Sessions
from services.console.config import ConsoleConfig
from services.console.console import Console, opened
from services.console.pages import (
    accountability,
    assessments,
    backtest,
    beside,
    bodies,
    cases,
    catalogue,
    compensations,
    complaining,
    complaints,
    decisions,
    documents,
    errors,
    file_reviews,
    files,
    filings,
    handing_over,
    inspections,
    language,
    nodes,
    officer_assessments,
    overview,
    papers,
    party_files,
    permits,
    public,
    reconsiderations,
    registers,
    reports,
    shown,
    sign_in,
    stream,
    suggestions,
    suits,
    supervision,
    traces,
    warnings,
    work,
)
from services.console.protocol import InTime
from services.console.security import SecurityHeaders
from services.kit.dial import taken
from services.kit.settings import BadSettings

STATIC = Path(__file__).parent / "static"
LOOPBACK = ("127.0.0.1", "localhost")
GRACE_SECONDS = 3
PAGES = (
    overview,
    stream,
    cases,
    work,
    handing_over,
    files,
    sign_in,
    beside,
    inspections,
    backtest,
    warnings,
    filings,
    file_reviews,
    complaining,
    complaints,
    accountability,
    reconsiderations,
    suits,
    compensations,
    suggestions,
    supervision,
    documents,
    permits,
    party_files,
    registers,
    decisions,
    assessments,
    officer_assessments,
    reports,
    bodies,
    nodes,
    traces,
    language,
    papers,
    shown,
    catalogue,
    public,
)


def create_app(config: ConsoleConfig) -> Starlette:
    """The pages. Its lifespan receives traces; BadSettings if the OTLP port is taken."""

    sessions = Sessions(config.sessions)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(config, sessions) as console:
            app.state.console = console
            yield

    # A page that is asked for under a foreign name is another site's attempt to read it through the browser.
    hosts = [*LOOPBACK, config.host, *config.hosts]
    return Starlette(
        routes=[
            *(route for page in PAGES for route in page.ROUTES),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(Guard, sessions=sessions, secure=config.secure),
            Middleware(GZipMiddleware),
        ],
        exception_handlers=errors.HANDLERS,
        lifespan=lifespan,
    )


@dataclass(frozen=True)
class Listening:
    """Where the console listens, once it does."""

    host: str
    port: int
    otlp_port: int | None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


async def serve(config: ConsoleConfig, ready: Callable[[Listening], object] | None = None) -> None:
    """Serve until cancelled, then let open requests end. Raises BadSettings if a port is taken.

    Signals are left to the caller: cancel the task that runs this.
    """
    app = create_app(config)
    with listening_socket(config) as listener:
        async with app.router.lifespan_context(app):
            console: Console = app.state.console
            server = _Server(
                uvicorn.Config(
                    app,
                    lifespan="off",
                    http=InTime,
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    timeout_graceful_shutdown=GRACE_SECONDS,
                )
            )
            running = asyncio.create_task(server.serve([listener]))
            try:
                if ready:
                    ready(Listening(config.host, listener.getsockname()[1], console.otlp_port))
                await asyncio.shield(running)
            finally:
                console.closing.set()
                server.should_exit = True
                with suppress(asyncio.CancelledError):
                    await running


@contextmanager
def listening_socket(config: ConsoleConfig) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listener = socket.create_server((config.host, config.port), family=family, backlog=128)
    except OSError as wrong:
        if wrong.errno != errno.EADDRINUSE:
            raise
        raise BadSettings(taken(f"{config.host}:{config.port}")) from None
    with listener:
        yield listener


class _Server(uvicorn.Server):
    """A server inside somebody else's process, whose signals are not its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
