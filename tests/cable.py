"""A TCP link that a test can cut and mend."""

import asyncio
import contextlib
import os
import random
import socket


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_base(span: int = 60) -> int:
    """The first of `span` ports in a row that nobody listens on now.

    Below the ports that the system gives out by itself, and apart from those of the other test workers.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
    for _ in range(200):
        base = 12_000 + 5_000 * worker + random.randrange(0, 5_000 - span)
        if all(_is_free(base + n) for n in range(span)):
            return base
    raise RuntimeError(f"no {span} free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Cable:
    """Carries connections to a port of this machine; or takes them and lets nothing through, as a black hole does."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, free_port()
        self.through = asyncio.Event()
        self.through.set()
        self.server: asyncio.Server | None = None
        self.writers: set[asyncio.StreamWriter] = set()

    async def mend(self) -> None:
        if self.server is None:
            self.server = await asyncio.start_server(self.carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None
        for writer in list(self.writers):
            writer.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.through.wait()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        if self.server is None:  # cut while this connection was being made
            writer.transport.abort()
            far_writer.transport.abort()
            return
        both = {writer, far_writer}
        self.writers |= both
        await asyncio.gather(self.copy(reader, far_writer), self.copy(far_reader, writer))
        self.writers -= both

    async def copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(65536):
                await self.through.wait()
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()
