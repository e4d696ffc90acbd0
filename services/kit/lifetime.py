"""A process of a node, from its start to its end: what keeps records there, and what runs beside it.

What keeps no records, as the hub and the console, reads none of the code that does: it starts in half the time.
"""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop

from services.kit.private import keep_private
from services.kit.settings import WRONG, BadSettings, Settings

if TYPE_CHECKING:
    from services.kit.node import Node
    from services.kit.service import Service


def run(settings: Settings, services: "Sequence[Service]", *more: Any) -> None:
    """Run a node's process until SIGTERM or SIGINT. `more`: coroutine functions to run beside it, given the settings."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("asyncio").addFilter(not_of_tls)
    begin = beginning() if services else None
    gc.freeze()  # the code itself stays, and is not walked again
    gc.enable()

    async def main() -> None:
        # first of all, so that a second process of a node is told who has its databases, and not which port is taken
        node = begin(settings, services) if begin is not None else None
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        works = [asyncio.create_task(work(settings)) for work in more]
        if node is not None:
            works.append(asyncio.create_task(node.serve()))
        ending = asyncio.create_task(stop.wait())
        await asyncio.wait([ending, *works], return_when=asyncio.FIRST_COMPLETED)
        for task in (ending, *works):
            task.cancel()
        results = await asyncio.gather(*works, return_exceptions=True)
        for result in results:
            if isinstance(result, ExceptionGroup):
                raise next((each for each in result.exceptions if isinstance(each, BadSettings)), result)
            if isinstance(result, Exception):
                raise result

    uvloop.run(main())


def beginning() -> "Callable[[Settings, Sequence[Service]], Node]":
    """What makes the node of a process that keeps records, and shows its metrics; all its code is read."""
    from services.kit.node import Node
    from services.kit.telemetry import serve_metrics

    def begin(settings: Settings, services: "Sequence[Service]") -> Node:
        node = Node(settings, services)
        if metrics := settings.section("telemetry").get("metrics", ""):
            host, _, port = metrics.rpartition(":")
            try:
                serve_metrics(host, int(port))
            except OSError as taken:
                raise BadSettings(
                    f"{settings.path}: cannot show metrics on {metrics}: {taken.strerror}"
                ) from None
        return node

    return begin


def not_of_tls(record: logging.LogRecord) -> bool:
    """Whether a line of the event loop tells anything. One says at the end of each connection to NATS under TLS that it cannot be
    half open: the library begins it without TLS, so that its streams ask for that, and nobody here ever wants it.
    """
    return "eof_received() has no effect when using ssl" not in record.getMessage()


def run_one(service: "Service") -> None:
    """`python -m services.<name> SETTINGS`: one service of a node in a process of its own."""
    import typer

    def start(settings: Path) -> None:
        keep_private()
        try:
            run(Settings.load(settings), [service])
        except BadSettings as wrong:
            typer.echo(str(wrong), err=True)
            raise typer.Exit(WRONG) from None

    typer.run(start)
