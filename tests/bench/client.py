"""The load: a process that keeps a fixed number of calls under way and looks at every answer.

gRPC over HTTP/2, reduced to what a closed loop of small unary calls needs. A general client in Python costs as much
time as the server that is measured; this one costs a tenth, so that the server and not the client is the limit.
Run as `python -m tests.bench.client`: it takes one order a line as JSON, and answers each with one line.
"""

import asyncio
import gc
import itertools
import json
import ssl
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import uvloop

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8
END_STREAM, ACK, END_HEADERS = 1, 1, 4
WINDOW = 2**31 - 1
STATUS, OK = b"grpc-status\x01", b"grpc-status\x010"
ID_LENGTH = 32
PLACE = b"0" * ID_LENGTH
"""Stands in a request where a fresh request_id belongs."""


@dataclass(frozen=True)
class Load:
    """What is asked, prepared once: for every connection its token and its requests, sent in turn."""

    path: str
    clients: list[tuple[str, list[bytes]]]

    def save(self, file: Path) -> Path:
        clients = [(token, [body.hex() for body in bodies]) for token, bodies in self.clients]
        file.write_text(json.dumps({"path": self.path, "clients": clients}))
        return file

    @staticmethod
    def read(file: Path) -> "Load":
        raw = json.loads(file.read_text())
        clients = [(token, [bytes.fromhex(body) for body in bodies]) for token, bodies in raw["clients"]]
        return Load(raw["path"], clients)


@dataclass
class Tally:
    """What came of one round. `acknowledged` counts every good answer, `calls` those inside the measured time."""

    acknowledged: int = 0
    calls: int = 0
    seconds: float = 0.0
    errors: int = 0
    first_error: str = ""
    p50: float = 0.0
    p99: float = 0.0
    sample: str = ""
    times: list[float] = field(default_factory=list)
    moments: list[tuple[int, float]] = field(default_factory=list)
    """Of calls at a steady rate: the number of each that was acknowledged, and when, by the machine's monotonic clock."""


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return b"%b%c%c%b%b" % (len(payload).to_bytes(3, "big"), kind, flags, stream.to_bytes(4, "big"), payload)


def text(value: bytes) -> bytes:
    """A string as HPACK writes it (RFC 7541, 5.1 and 5.2), without compression."""
    if len(value) < 127:
        return bytes([len(value)]) + value
    rest, out = len(value) - 127, bytearray([127])
    while rest >= 128:
        out.append(rest % 128 + 128)
        rest //= 128
    return bytes(out) + bytes([rest]) + value


def header_blocks(path: str, token: str) -> tuple[bytes, bytes]:
    """The headers of a connection's first call, which fill the server's table, and of all that follow."""
    pairs = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost")]
    pairs += [("te", "trailers"), ("content-type", "application/grpc")]
    if token:
        pairs.append(("authorization", f"Bearer {token}"))
    first = b"".join(b"\x40" + text(name.encode()) + text(value.encode()) for name, value in pairs)
    return first, bytes(0x80 | 61 + len(pairs) - n for n in range(len(pairs)))


def known(authority: str) -> ssl.SSLContext | None:
    """HTTP/2 over TLS with whom this authority names; plain text where none is."""
    if not authority:
        return None
    context = ssl.create_default_context(cafile=authority)
    context.set_alpn_protocols(["h2"])
    return context


class Round:
    """One round of load against one server."""

    def __init__(self, load: Load, order: dict[str, Any]):
        self.load, self.order, self.tally = load, order, Tally()
        self.ids = itertools.count(order["first_id"])
        self.measuring = self.ended = False
        self.loop = asyncio.get_running_loop()

    async def run(self) -> Tally:
        order = self.order
        made = await asyncio.gather(*(
            self.loop.create_connection(
                lambda turn=turn, client=client: Connection(self, turn, *client, order["streams"]),
                "127.0.0.1",
                order["port"],
                ssl=known(order.get("authority", "")),
            )
            for turn, client in enumerate(
                itertools.islice(itertools.cycle(self.load.clients), order["connections"])
            )
        ))  # fmt: skip
        connections = [connection for _, connection in made]
        if "rate" in order:
            await self.pace([connection for _, connection in made])
        else:
            await asyncio.sleep(order["warm_up"])
            self.measuring, began = True, time.perf_counter()
            await asyncio.sleep(order["seconds"])
            self.measuring, self.ended, self.tally.seconds = False, True, time.perf_counter() - began
        async with asyncio.timeout(30):
            await asyncio.gather(*(connection.idle.wait() for connection in connections))
        for transport, _ in made:
            transport.close()
        return self.tally

    async def pace(self, connections: list["Connection"]) -> None:
        """One call after the other at a steady rate, whatever is still under way; the connections take turns."""
        rate, began = self.order["rate"], self.loop.time()
        self.ended = True
        for n in range(self.order["calls"]):
            await asyncio.sleep(max(0.0, began + n / rate - self.loop.time()))
            connections[n % len(connections)].send()
        for connection in connections:
            connection.rest()

    def answered(self, number: int, began: float, status: bytes, body: bytes) -> None:
        tally = self.tally
        if not status.startswith(OK):
            tally.errors += 1
            tally.first_error = tally.first_error or repr(status)
            return
        tally.acknowledged += 1
        if "rate" in self.order:
            tally.moments.append((number, time.perf_counter()))
        if self.measuring:
            tally.calls += 1
            tally.times.append(time.perf_counter() - began)
            tally.sample = tally.sample or body.hex()


class Connection(asyncio.Protocol):
    """One caller: its connection, and as many calls at once as it may have."""

    def __init__(self, round_: Round, turn: int, token: str, bodies: list[bytes], streams: int):
        self.round, self.turn, self.streams = round_, turn, streams
        self.headers, self.later = header_blocks(round_.load.path, token)
        parts = ((body, body.find(PLACE)) for body in bodies)
        self.bodies: Iterator[tuple[bytes, bytes] | None] = itertools.cycle(
            [(body[:at], body[at + ID_LENGTH :]) if at >= 0 else (body, b"") for body, at in parts]
        )
        self.fresh = PLACE in bodies[0]
        self.next_stream = 1
        self.begun: dict[int, float] = {}
        self.data: dict[int, bytes] = {}
        self.waiting = b""
        self.idle = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        settings = b"".join(
            key.to_bytes(2, "big") + value.to_bytes(4, "big")
            for key, value in ((1, 0), (2, 0), (4, WINDOW), (5, 2**20))
        )
        window = frame(WINDOW_UPDATE, 0, 0, (WINDOW - 65535).to_bytes(4, "big"))
        calls = [self.call() for _ in range(self.streams)]
        transport.write(b"".join([PREFACE, frame(SETTINGS, 0, 0, settings), window, *calls]))

    def send(self) -> None:
        """One call more."""
        self.idle.clear()
        self.transport.write(self.call())

    def rest(self) -> None:
        """Nothing more is sent: idle once all is answered."""
        if not self.begun:
            self.idle.set()

    def number(self, stream: int) -> int:
        """Which of all calls that was, where the connections take turns."""
        return self.turn + stream // 2 * self.round.order["connections"]

    def call(self) -> bytes:
        """The frames of the next call."""
        stream, self.next_stream = self.next_stream, self.next_stream + 2
        before, after = next(self.bodies)
        body = b"%b%032d%b" % (before, next(self.round.ids), after) if self.fresh else before
        head = frame(HEADERS, END_HEADERS, stream, self.headers)
        self.headers = self.later
        self.begun[stream] = time.perf_counter()
        message = b"\0" + len(body).to_bytes(4, "big") + body
        return head + frame(DATA, END_STREAM, stream, message)

    def data_received(self, chunk: bytes) -> None:
        out = []
        for kind, flags, stream, payload in self.frames(chunk):
            if kind == DATA:
                self.data[stream] = self.data.get(stream, b"") + payload
            elif kind == SETTINGS and not flags & ACK:
                out.append(frame(SETTINGS, ACK, 0, b""))
            elif kind == PING and not flags & ACK:
                out.append(frame(PING, ACK, 0, payload))
            elif kind == GOAWAY:
                self.lose(b"GOAWAY " + payload)
            elif kind == RST_STREAM or (kind == HEADERS and flags & END_STREAM):
                status = payload[at:] if (at := payload.find(STATUS)) >= 0 else payload
                data = self.data.pop(stream, b"")[5:]
                self.round.answered(self.number(stream), self.begun.pop(stream), status, data)
                if not self.round.ended:
                    out.append(self.call())
                elif not self.begun:
                    self.idle.set()
        if out:
            self.transport.write(b"".join(out))

    def frames(self, chunk: bytes) -> Iterable[tuple[int, int, int, bytes]]:
        """The whole frames received; the rest waits."""
        data, at = self.waiting + chunk, 0
        while len(data) - at >= 9:
            end = at + 9 + int.from_bytes(data[at : at + 3], "big")
            if end > len(data):
                break
            yield data[at + 3], data[at + 4], int.from_bytes(data[at + 5 : at + 9], "big"), data[at + 9 : end]
            at = end
        self.waiting = data[at:]

    def connection_lost(self, error: Exception | None) -> None:
        self.lose(b"connection lost: " + repr(error).encode())

    def lose(self, why: bytes) -> None:
        """What is under way will not be answered."""
        for stream, began in self.begun.items():
            self.round.answered(self.number(stream), began, why, b"")
        self.begun.clear()
        self.idle.set()


async def main() -> None:
    gc.freeze()
    loads: dict[str, Load] = {}
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        order = json.loads(line)
        file = order["load"]
        load = loads[file] = loads.get(file) or Load.read(Path(file))
        tally = await Round(load, order).run()
        times = sorted(tally.times)
        if times:
            tally.p50, tally.p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        tally.times = []
        print(json.dumps(asdict(tally)), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
