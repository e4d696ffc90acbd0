"""The calls: seeded, many at once, each answer judged as it comes."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import grpc
from google.protobuf import message_factory
from google.protobuf.message import Message
from yifa.enforcement.v1 import file_pb2

from services.kit.dial import channel
from services.kit.node import MESSAGE_BYTES
from services.kit.text import tidy
from tests.fuzz.judging import Writes, wrong_answer, wrong_reply
from tests.fuzz.methods import Bearer, Bearers, Metadata, Method, methods
from tests.fuzz.values import Known, Values
from tests.fuzz.world import CHANNEL, World

AT_ONCE = 24
DEADLINE = 60.0
LONGEST_STREAM = 0.4
"""The seconds after which a stream that does not end is left."""
KEPT = 60


@dataclass
class Outcome:
    """What came of all calls."""

    calls: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: dict[tuple[str, str], Writes] = field(default_factory=lambda: defaultdict(Writes))

    def fault(self, path: str, what: str, node: str, metadata: Any, request: bytes) -> None:
        told = self.faults[f"{path}: {what[:300]}"]
        if len(told) < 2:
            told.append(f"at {node} as {str(metadata)[:40]}: {request[:4000].hex()}")


class Fuzzer:
    def __init__(self, world: World, seed: int) -> None:
        self.world, self.rng = world, Random(seed)
        self.known = Known()
        self.values = Values(self.rng, self.known, lambda: int(time.time()))
        self.bearers = Bearers(world, self.rng)
        kinds = {s.id: s.kind for s in world.plan.sites}
        self.methods = list(methods(world.served, kinds))
        self.lawful: dict[str, list[Message]] = defaultdict(list)
        self.callers: dict[str, list[Bearer]] = defaultdict(list)
        for said in world.said:
            self.lawful[said.path].append(said.request)
            if said.node in world.served:
                self.callers[said.path].append((said.by[0], said.node, said.by[1:]))
        for message in (*world.replies, *(said.request for said in world.said)):
            self.known.learn(message)
        self.outcome = Outcome()
        self.channels: dict[str, grpc.aio.Channel] = {}

    async def run(self, calls: int) -> Outcome:
        """Make so many calls."""
        began, left = time.monotonic(), iter(range(calls))

        async def worker() -> None:
            for _ in left:
                await self.call()

        self.channels = {node: channel(self.world.target(node), CHANNEL) for node in self.world.served}
        await asyncio.gather(*(worker() for _ in range(min(AT_ONCE, calls))))
        for each in self.channels.values():
            await each.close()
        self.outcome.seconds += time.monotonic() - began
        return self.outcome

    async def call(self) -> None:
        rng = self.rng
        method = rng.choice(self.methods)
        if not method.writes and rng.random() < 0.4:
            method = rng.choice(self.methods)
        node, metadata = self.caller(method)
        self.outcome.calls += 1
        if method.streams_in:
            await self.send_stream(method, node, metadata)
            return
        request = self.request(method)
        body = request.SerializeToString()
        if rng.random() < 0.02:
            body = broken(rng, body)
        if method.streams_out:
            await self.read_stream(method, node, metadata, body)
        else:
            await self.ask(method, node, metadata, body, request)

    def caller(self, method: Method) -> tuple[str, Metadata]:
        rng = self.rng
        node = rng.choice(method.home) if rng.random() < 0.95 else rng.choice(list(self.world.served))
        if rng.random() < 0.06:
            return node, self.bearers.wrong(node, method.roles)
        if (same := self.callers.get(method.path)) and rng.random() < 0.5:
            bearer = rng.choice(same)
            return bearer[1], self.bearers.of(*bearer)
        return node, self.bearers.good(node, method.roles)

    def request(self, method: Method) -> Message:
        """A request made from nothing, or a lawful one in which something was changed."""
        rng, lawful = self.rng, self.lawful.get(method.path)
        wild = rng.choice((0.0, 0.0, 0.0, 0.05, 0.15, 0.6))
        if lawful and rng.random() < 0.65:
            made = self.values.mutated(rng.choice(lawful), wild)
        else:
            made = self.values.message(method.takes, wild)
        if method.writes and rng.random() < 0.97:
            made.request_id = f"fuzz-{rng.getrandbits(64):016x}"  # type: ignore[attr-defined]
        return made

    # One request, one answer ------------------------------------------------------------------------

    async def ask(self, method: Method, node: str, metadata: Any, body: bytes, request: Message) -> None:
        written = self.outcome.written[node, method.service]
        request_id = tidy(getattr(request, "request_id", ""))
        unary = self.channels[node].unary_unary(method.path)
        call = unary(body, metadata=metadata, timeout=DEADLINE)
        if self.rng.random() < 0.01:
            written.unheard.add(request_id)
            await asyncio.sleep(self.rng.random() * 0.01)
            call.cancel()
        try:
            reply = await call
        except asyncio.CancelledError:
            self.outcome.codes["left"] += 1
            return
        except grpc.aio.AioRpcError as no:
            self.refused(method, node, metadata, body, no)
            return
        self.took(method, node, metadata, body, reply)
        if method.writes:
            await self.wrote(method, node, metadata, body, request, reply)

    async def wrote(
        self, method: Method, node: str, metadata: Any, body: bytes, request: Message, reply: bytes
    ) -> None:
        """A write was acknowledged: it is kept, and asked again it is answered alike."""
        request_id = tidy(type(request).FromString(body).request_id)  # type: ignore[attr-defined]
        written = self.outcome.written[node, method.service]
        written.replies.setdefault(request_id, (method.path, reply))
        lawful = self.lawful[method.path]
        lawful.append(request)
        if len(lawful) > KEPT:
            lawful.pop(self.rng.randrange(KEPT))
        if self.rng.random() < 0.1:
            unary = self.channels[node].unary_unary(method.path)
            try:
                again = await unary(body, metadata=metadata, timeout=DEADLINE)
            except grpc.aio.AioRpcError as no:
                if no.code() is grpc.StatusCode.UNAUTHENTICATED:
                    self.refused(method, node, metadata, body, no)
                else:
                    self.outcome.fault(
                        method.path, f"refused when repeated: {no.details()}", node, metadata, body
                    )
                return
            if again != reply:
                self.outcome.fault(method.path, "answered otherwise when repeated", node, metadata, body)

    def took(self, method: Method, node: str, metadata: Any, body: bytes, reply: bytes) -> None:
        self.outcome.codes["OK"] += 1
        self.outcome.accepted[method.path] += 1
        if wrong := wrong_reply(method.gives, reply):
            self.outcome.fault(method.path, wrong, node, metadata, body)
        elif len(reply) < 20_000 and self.rng.random() < 0.5:
            self.known.learn(method.gives.FromString(reply))

    def refused(
        self, method: Method, node: str, metadata: Any, body: bytes, no: grpc.aio.AioRpcError
    ) -> None:
        self.outcome.codes[no.code().name] += 1
        if no.code() is grpc.StatusCode.UNAUTHENTICATED:
            self.bearers.signed_out(metadata)
        if len(body) > MESSAGE_BYTES and no.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
            return  # of the wire's own, which reads no further
        if wrong := wrong_answer(no):
            self.outcome.fault(method.path, wrong, node, metadata, body)

    # Streams ----------------------------------------------------------------------------------------

    async def read_stream(self, method: Method, node: str, metadata: Any, body: bytes) -> None:
        """Read a while, and leave what does not end, or now and then at once."""
        call = self.channels[node].unary_stream(method.path)(body, metadata=metadata, timeout=DEADLINE)
        most = self.rng.choice((0, 1, 30, 30, 30))
        try:
            async with asyncio.timeout(LONGEST_STREAM):
                async for reply in call:
                    self.took(method, node, metadata, body, reply)
                    if (most := most - 1) <= 0:
                        break
        except TimeoutError:
            self.outcome.codes["left"] += 1
        except grpc.aio.AioRpcError as no:
            self.refused(method, node, metadata, body, no)
        finally:
            call.cancel()

    async def send_stream(self, method: Method, node: str, metadata: Any) -> None:
        """Send some messages, and break off in the middle now and then."""
        bodies = [message.SerializeToString() for message in self.parts(method)]
        if self.rng.random() < 0.05:
            bodies = [broken(self.rng, body) for body in bodies]
        breaks = self.rng.random() < 0.2
        kind = self.channels[node].stream_stream if method.streams_out else self.channels[node].stream_unary

        async def sending() -> AsyncIterator[bytes]:
            for body in bodies:
                yield body
            if breaks:
                await asyncio.sleep(self.rng.random() * 0.02)
                call.cancel()

        call: Any = kind(method.path)(sending(), metadata=metadata, timeout=DEADLINE)
        first = bodies[0] if bodies else b""
        try:
            if method.streams_out:
                async for reply in call:
                    self.took(method, node, metadata, first, reply)
            else:
                self.took(method, node, metadata, first, await call)
        except asyncio.CancelledError:
            self.outcome.codes["left"] += 1
        except grpc.aio.AioRpcError as no:
            # who has broken off, or writes on what the node has ended, hears what the own library makes of it
            if not breaks and not str(no.details()).startswith("Internal error from Core"):
                self.refused(method, node, metadata, first, no)
        finally:
            with suppress(Exception):
                call.cancel()

    def parts(self, method: Method) -> list[Message]:
        """The messages of a stream: often the first says what it is, and the others hold bytes."""
        rng = self.rng
        made = [self.request(method) for _ in range(rng.choice((0, 1, 1, 2, 3)))]
        if method.takes.full_name == "yifa.enforcement.v1.UploadFileRequest":
            chunk = message_factory.GetMessageClass(method.takes)
            made = made[:1] + [chunk(chunk=rng.randbytes(rng.choice((0, 1, 999, 2**20)))) for _ in made]
            assert isinstance(made, list) and file_pb2
        return made


def broken(rng: Random, body: bytes) -> bytes:
    """Bytes that are no message, or are one that ends too early or holds what nobody knows."""
    return rng.choice(
        (
            rng.randbytes(rng.choice((1, 5, 200))),
            body[: len(body) // 2],
            body + b"\xff",
            body + b"\x82\xa6\x7d\x03abc",
            b"\x0a" + b"\xff" * 9 + b"\x01",
            b"\x0a\x02\xc3\x28",
        )
    )
