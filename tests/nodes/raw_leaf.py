"""A leaf link written by hand: what a department with a valid key, and no scruples, can send to the hub."""

import asyncio
import base64
import json
import re
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import nkeys

from services.kit.dial import Trust, context

LINE = re.compile(rb"(LMSG|HMSG) (.+)")


@dataclass(frozen=True)
class Message:
    subject: str
    reply: str
    headers: bytes
    data: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.data)


@dataclass
class RawLeaf:
    """Speaks the leaf protocol over TLS. `received` is every message the hub sent, `errors` its complaints."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    received: list[Message] = field(default_factory=list)
    interests: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    def subscribe(self, subject: str) -> None:
        self.writer.write(f"LS+ {subject}\r\n".encode())

    def publish(self, subject: bytes | str, data: bytes = b"", reply: str = "", headers: bytes = b"") -> None:
        name = subject if isinstance(subject, bytes) else subject.encode()
        verb, size = (
            (b"HMSG", f"{len(headers)} {len(headers) + len(data)}") if headers else (b"LMSG", len(data))
        )
        words = [verb, name, *([reply.encode()] if reply else []), str(size).encode()]
        self.writer.write(b" ".join(words) + b"\r\n" + headers + data + b"\r\n")

    async def request(
        self, subject: str, body: object = None, *, inbox: str, headers: bytes = b""
    ) -> Message | None:
        """The answer, or None if the hub gives none and has dealt with everything sent, or has hung up."""
        reply = f"{inbox}.{secrets.token_hex(6)}"
        self.publish(subject, b"" if body is None else json.dumps(body).encode(), reply, headers)
        await self.settle()
        for _ in range(20):
            if found := [m for m in self.received if m.subject == reply]:
                return found[0]
            if self.closed.is_set():
                return None
            await asyncio.sleep(0.02)
        return None

    async def settle(self) -> None:
        """Wait until the hub has read all that was sent: it answers a PING in turn, or hangs up."""
        self.pong = asyncio.Event()
        self.writer.write(b"PING\r\n")
        waits = [asyncio.create_task(event.wait()) for event in (self.pong, self.closed)]
        await asyncio.wait(waits, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def listen(self) -> None:
        try:
            while line := await self.reader.readline():
                await self._handle(line.rstrip(b"\r\n"))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.closed.set()

    async def _handle(self, line: bytes) -> None:
        if line == b"PING":
            self.writer.write(b"PONG\r\n")
        elif line == b"PONG" and hasattr(self, "pong"):
            self.pong.set()
        elif line.startswith(b"-ERR"):
            self.errors.append(line.decode())
        elif line.startswith(b"LS+ "):
            self.interests.add(line.split()[1].decode())
        elif found := LINE.fullmatch(line):
            await self._message(found[1] == b"HMSG", found[2].split())

    async def _message(self, has_headers: bool, words: list[bytes]) -> None:
        total = int(words[-1])
        head = int(words[-2]) if has_headers else 0
        names = [
            w.decode(errors="replace") for w in words[: -2 if has_headers else -1] if w not in (b"+", b"|")
        ]
        content = (await self.reader.readexactly(total + 2))[:-2]
        reply = names[1] if len(names) > 1 else ""
        self.received.append(Message(names[0], reply, content[:head], content[head:]))


@asynccontextmanager
async def raw_leaf(host: str, port: int, trust: Trust, seed: str, name: str = "raw"):
    """Connect as a leaf with this key. Raises ConnectionError with the hub's words if it does not let us in."""
    reader, writer = await asyncio.open_connection(host, port)
    info = json.loads((await reader.readline()).removeprefix(b"INFO "))
    await writer.start_tls(context(trust), server_hostname=host)
    key = nkeys.from_seed(bytearray(seed, "ascii"))
    signature = base64.urlsafe_b64encode(key.sign(info["nonce"].encode())).rstrip(b"=").decode()
    connect = {
        "nkey": key.public_key.decode(),
        "sig": signature,
        "tls_required": True,
        "server_id": "N" + secrets.token_hex(8).upper(),
        "name": name,
        "domain": name,
        "version": "2.15.1",
        "headers": True,
        "jetstream": True,
        "compression": "not supported",
    }
    leaf = RawLeaf(reader, writer)
    listening = asyncio.create_task(leaf.listen())
    writer.write(b"CONNECT " + json.dumps(connect).encode() + b"\r\n")
    try:
        await leaf.settle()
        if leaf.closed.is_set() or leaf.errors:
            raise ConnectionError(f"{leaf.errors}")
        yield leaf
    finally:
        listening.cancel()
        writer.transport.abort()
