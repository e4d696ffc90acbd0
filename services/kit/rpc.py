"""The edge: turns the plain methods of a servicer into gRPC methods."""

import asyncio
import hmac
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import partial, reduce
from hashlib import sha256
from math import inf
from typing import TYPE_CHECKING, Any

import grpc
import protovalidate
from google.protobuf import message_factory
from google.protobuf.message import DecodeError, Message
from google.rpc import code_pb2
from grpc_status import rpc_status
from opentelemetry.trace import SpanKind
from yifa.law.v1.options_pb2 import Home

from services.kit import security
from services.kit.access import Access, Caller, Gate, access_of
from services.kit.call import Call
from services.kit.door import CALLS, STREAMS
from services.kit.refusal import Full, Malformed, Missing, NotHome, Refusal, status
from services.kit.sealing import open_box, opened, packed_away, take
from services.kit.security import Actor
from services.kit.store import Row
from services.kit.text import put_in_order
from services.kit.view import Feed, View
from services.kit.words import Nouns, in_chinese, not_there, path_of
from services.law.rule import Unlawful

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
LARGEST_REQUEST = 4 * 1024 * 1024
CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)
"""Who was let in to the call that is answered."""
LET_END = 2.0
LET_HEAR = 1.0
"""The same for who may be waiting for an answer before it sends more."""
Loads = tuple[type[Row], str]
Handler = Callable[..., Any]


def write(
    handler: Handler | None = None,
    *,
    loads: Loads | tuple[Loads, ...] = (),
    prepare: Callable[[Any], Any] | None = None,
) -> Any:
    """Mark a method as a write. `loads` names the rows it works on: (Case, "case_id"), or several such pairs.

    `prepare(request)` is for what takes long and needs no records: it runs before the transaction, in a thread of its own,
    and may refuse; what it returns is handed to the method after the request.
    """

    def mark(handler: Handler) -> Handler:
        pairs = (loads,) if loads and isinstance(loads[0], type) else loads
        handler.kind, handler.loads, handler.prepare = "write", pairs, prepare  # type: ignore[attr-defined]
        return handler

    return mark(handler) if handler is not None else mark


def read(handler: Handler) -> Handler:
    """Mark a method as a read."""
    handler.kind = "read"  # type: ignore[attr-defined]
    return handler


def long_read(handler: Handler) -> Handler:
    """Mark a method as a read that takes long: it goes on in a thread of its own, on a connection of its own."""
    handler.apart = True  # type: ignore[attr-defined]
    return read(handler)


def ask(handler: Handler) -> Handler:
    """Mark an asynchronous method that does its own writing; only the kit's own services need it."""
    handler.kind = "ask"  # type: ignore[attr-defined]
    return handler


def stream(handler: Handler) -> Handler:
    """Mark an asynchronous generator as a method that answers with a stream."""
    handler.kind = "stream"  # type: ignore[attr-defined]
    return handler


def upload(handler: Handler) -> Handler:
    """Mark an asynchronous method as one that takes a stream and answers once: `handler(messages, feed)`. The messages come one
    by one, each as it is asked for and checked against the contract.
    """
    handler.kind = "upload"  # type: ignore[attr-defined]
    return handler


def exchange(handler: Handler) -> Handler:
    """Mark a method as a stream of writes: `handler(self, request, seen, tx)` is done for every message, and its reply
    goes back once it is kept. `seen` is a dict that lasts as long as the stream; the same message may come to the
    handler twice, so what it puts there must not turn against it.
    """
    handler.kind = "exchange"  # type: ignore[attr-defined]
    return handler


class Endpoint:
    """One method: admit, validate, do. Bytes in, bytes out."""

    def __init__(
        self,
        running: "Running",
        method: Any,
        handler: Handler,
        domain: str,
        keys: frozenset[str],
        nouns: Nouns,
    ):
        self.running, self.handler, self.domain, self.nouns = running, handler, domain, nouns
        self.name = f"{method.containing_service.full_name}/{method.name}"
        self.kind: str = handler.kind  # type: ignore[attr-defined]
        self.access = access_of(method, self.kind in ("write", "exchange", "upload"))
        self.parse = message_factory.GetMessageClass(method.input_type).FromString
        self.loads: tuple[Loads, ...] = getattr(handler, "loads", ())
        self.prepare: Callable[[Any], Any] | None = getattr(handler, "prepare", None)
        self.tags = {f"yifa.{k}": k for k in keys.intersection(method.input_type.fields_by_name)}
        self.away = wrong_home(running, self.access)
        self.answer = message_factory.GetMessageClass(method.output_type)

    async def call(self, body: bytes, context: Any) -> bytes:
        began, telemetry = time.perf_counter(), self.running.telemetry
        code = grpc.StatusCode.OK
        headers = dict(context.invocation_metadata())
        with telemetry.span(self.name, telemetry.trace_of(headers), SpanKind.SERVER) as span:
            try:
                caller = self.let_in(headers, context)
                with self.running.door.entered(caller, CALLS):
                    request = self.request(body)
                    if self.kind == "write":
                        return await self.write(caller, request, span)
                    return await self.read(caller, request)
            except Exception as wrong:
                refused = self.refused(wrong, headers, context)
                code = refused.code
                span.fail(refused.details)
                await context.abort_with_status(refused)
                raise
            finally:
                telemetry.called(self.name, code.name, time.perf_counter() - began)

    def let_in(self, headers: dict[str, str], context: Any) -> Caller:
        """The caller, found good."""
        door = self.running.door
        CALLER.set(None)
        caller = door.proved(self.running.gate.admit(headers, self.access), context)
        CALLER.set(caller)
        if self.away is not None:
            raise self.away
        return door.placed(caller, headers, context)

    def request(self, body: bytes) -> Message:
        """The request, found good."""
        if len(body) > LARGEST_REQUEST:
            raise too_large(len(body))
        try:
            request = self.parse(body)
        except DecodeError:
            said = f"is not a {self.parse.__self__.DESCRIPTOR.full_name}"  # type: ignore[attr-defined]
            raise Malformed({"": (said, "请求的内容不是该方法所要求的消息，请按接口定义编码")}) from None
        check(request, rows=self.kind == "exchange")
        return request

    async def write(self, caller: Caller, request: Any, span: Any) -> bytes:
        taken = take(request)
        box = packed_away(taken) if taken is not None else None
        digest = self.digest(caller, request, taken)
        work = partial(self.handler, request)
        if self.prepare is not None:
            work = partial(work, await asyncio.to_thread(self.prepare, request))
        loads = tuple((kind, _keys(getattr(request, name))) for kind, name in self.loads)
        call = Call(work, caller, span.context, request.request_id, digest, loads, box=box)
        try:
            reply: bytes = await self.running.writer.write(call)
        finally:
            for tag, name in self.tags.items():
                span.tag(tag, getattr(request, name))
            for tag, value in call.tags.items():
                span.tag(tag, value)
        self.running.let_keys_go()
        return await self.unsealed(caller, reply) if self.access.unseals else reply

    async def unsealed(self, caller: Caller, reply: bytes) -> bytes:
        """The answer with what the seals hold that it names, for the caller alone: what is kept of it does not have it."""
        running, response = self.running, self.answer.FromString(reply)
        *path, last = self.access.unseals.split(".")
        seal_ids = getattr(reduce(getattr, path, response), last)

        def open_all() -> list[Message]:
            with running.reading() as connection:
                return [
                    open_box(connection, running.around.keys, caller.subject, seal_id) for seal_id in seal_ids
                ]

        contents = open_all() if running.reads_inline else await asyncio.to_thread(open_all)
        return _bytes(opened(response, contents))

    async def read(self, caller: Caller, request: Any) -> bytes:
        running = self.running
        if self.kind == "ask":
            reply: bytes = (await self.handler(request, caller)).SerializeToString()
            return reply
        if getattr(self.handler, "apart", False):
            return await asyncio.to_thread(self.read_long, caller, request)
        if running.reads_inline:
            view = View(running.connection, running.around, caller)
            return _bytes(self.handler(request, view))
        return await asyncio.to_thread(self.read_apart, caller, request)

    def read_long(self, caller: Caller, request: Any) -> bytes:
        apart = self.running.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with apart as connection:
            return _bytes(self.handler(request, View(connection, self.running.around, caller)))

    def read_apart(self, caller: Caller, request: Any) -> bytes:
        with self.running.reading() as connection:
            view = View(connection, self.running.around, caller)
            return _bytes(self.handler(request, view))

    async def stream(self, body: bytes, context: Any) -> AsyncIterator[bytes]:
        headers = dict(context.invocation_metadata())
        try:
            caller = self.let_in(headers, context)
            with self.running.door.entered(caller, STREAMS):
                feed = self.feed(caller, self.running.telemetry.trace_of(headers))
                messages = self.handler(self.request(body), feed)
                async for message in while_let_in(self.running.gate, caller, messages):
                    yield message.SerializeToString()
        except Exception as wrong:
            await context.abort_with_status(self.refused(wrong, headers, context))

    def feed(self, caller: Caller, trace: str) -> Feed:
        running = self.running

        async def do(work: Callable[[Any], Any]) -> Any:
            return await running.writer.write(Call(work, caller, trace))

        return Feed(running.connection, running.around, caller, running.writer.committed, running.reading, do)

    async def upload(self, bodies: AsyncIterator[bytes], context: Any) -> bytes:
        headers, telemetry = dict(context.invocation_metadata()), self.running.telemetry
        began, code = time.perf_counter(), grpc.StatusCode.OK
        with telemetry.span(self.name, telemetry.trace_of(headers), SpanKind.SERVER) as span:
            try:
                caller = self.let_in(headers, context)
                with self.running.door.entered(caller, STREAMS):
                    messages = self.messages(caller, bodies, context)
                    return _bytes(await self.handler(messages, self.feed(caller, span.context)))
            except Exception as wrong:
                refused = self.refused(wrong, headers, context)
                code = refused.code
                span.fail(refused.details)
                await let_end(bodies)
                await context.abort_with_status(refused)
                raise
            finally:
                telemetry.called(self.name, code.name, time.perf_counter() - began)

    async def messages(
        self, caller: Caller, bodies: AsyncIterator[bytes], context: Any
    ) -> AsyncIterator[Message]:
        """The messages of a stream. Who asks for a second one has taken the first: the caller is told so by the headers of the
        reply, and need not send what would be refused.
        """
        taken = False
        async for body in while_let_in(self.running.gate, caller, bodies):
            yield self.request(body)
            if not taken:
                await context.send_initial_metadata(())
                taken = True

    async def exchange(self, bodies: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
        headers, seen = dict(context.invocation_metadata()), dict[str, Any]()
        began = time.perf_counter()
        try:
            caller = self.let_in(headers, context)
            with self.running.door.entered(caller, STREAMS):
                async for body in while_let_in(self.running.gate, caller, bodies):
                    yield await self.part(caller, headers, body, seen)
        except Exception as wrong:
            refused = self.refused(wrong, headers, context)
            self.running.telemetry.called(self.name, refused.code.name, time.perf_counter() - began)
            await let_end(bodies, LET_HEAR)
            await context.abort_with_status(refused)

    async def part(self, caller: Caller, headers: dict[str, str], body: bytes, seen: dict[str, Any]) -> bytes:
        """One message of a stream of writes."""
        began, telemetry = time.perf_counter(), self.running.telemetry
        with telemetry.span(self.name, telemetry.trace_of(headers), SpanKind.SERVER) as span:
            work = partial(self.handler, self.request(body), seen)
            reply = await self.running.writer.write(Call(work, caller, span.context))
        telemetry.called(self.name, grpc.StatusCode.OK.name, time.perf_counter() - began)
        return _bytes(reply)

    def digest(self, caller: Caller, request: Message, taken: Message | None = None) -> bytes:
        """Same method, same caller, same content: the same request. What was sealed of it cannot be guessed by this: it counts
        under a key of the service.
        """
        content = request.SerializeToString(deterministic=True)
        if taken is not None:
            own = self.running.around.keys.own()
            content += hmac.digest(own, taken.SerializeToString(deterministic=True), "sha256")
        return sha256(b"%b\0%b\0%b" % (self.name.encode(), caller.subject.encode(), content)).digest()

    def refused(self, wrong: Exception, headers: dict[str, str], context: Any) -> Any:
        """The status that a caller gets; what may have been an attack is noted with who tried. What is not a refusal is a bug:
        logged here, and nothing of it told.
        """
        if isinstance(wrong, Refusal):
            by, address = wrong.by or CALLER.get(), self.running.door.address(headers, context)
            actor = Actor(by.subject, by.node, address) if by is not None else Actor(address=address)
            security.refused(self.running.settings.node, wrong, actor, self.name)
        if isinstance(wrong, Missing) and (noun := self.nouns.get(wrong.kind)) is not None:
            wrong.en, wrong.zh = not_there(noun, wrong.key, self.running.around.kind)
        if isinstance(wrong, Unlawful):
            told = self.running.around.parameters.told
            wrong.broken = [told(broken, wrong.sector) for broken in wrong.broken]
        if isinstance(wrong, Refusal | Unlawful):
            return rpc_status.to_status(status(wrong, self.domain))
        log.error("%s failed", self.name, exc_info=wrong)
        bug = Refusal("the service failed; the log of the node says why")
        bug.code, bug.reason, bug.metadata = code_pb2.INTERNAL, "INTERNAL", {}
        bug.en, bug.zh = "the service failed; the log of the node says why", "服务内部错误，详情见节点日志"
        return rpc_status.to_status(status(bug, self.domain))


async def while_let_in(gate: Gate, caller: Caller, messages: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The messages of a stream for as long as the caller's token holds. Raises Unauthenticated then."""
    messages = aiter(messages)
    while (left := gate.left(caller)) > 0:
        try:
            async with asyncio.timeout(left if left < inf else None) as until:
                with gate.listening(caller, until):
                    message = await anext(messages)
        except StopAsyncIteration:
            return
        except TimeoutError:
            if not until.expired():
                raise
            break
        yield message
    raise gate.over(caller)


async def let_end(bodies: AsyncIterator[bytes], seconds: float = LET_END) -> None:
    """Let who sends on while it is refused come to an end, for a moment: some clients hear of no refusal before."""
    with suppress(Exception):
        async with asyncio.timeout(seconds):
            async for _ in bodies:
                pass


def wrong_home(running: "Running", access: Access) -> NotHome | None:
    """The refusal that every call of a method gets at this node, if the method's records live elsewhere."""
    kind, city = running.around.kind, running.around.city
    if access.home == Home.HOME_CITY and kind != "city":
        return NotHome(
            "NOT_HOME",
            f"this record is kept at the city's node {city}, where alone it may be written: call the same method there",
            f"该记录由市级节点（{city}）保管，只能在那里办理，请向市级节点调用同一方法",
            home=city,
        )
    if access.home == Home.HOME_DEPARTMENT and kind == "city":
        return NotHome(
            "NOT_HOME",
            "this record is kept at the node of the department that handles the matter: call the same method there",
            "该记录由承办部门的节点保管，只能在那里办理，请向该部门的节点调用同一方法",
            home="department",
        )
    return None


def too_large(size: int) -> Full:
    return Full(
        "TOO_LARGE",
        f"the request has {size} bytes; at most {LARGEST_REQUEST} are taken: send a list in several parts",
        f"请求有{size}字节，超过上限{LARGEST_REQUEST}字节；名单等请分批提交",
        size=str(size),
        most=str(LARGEST_REQUEST),
    )


def check(request: Message, *, rows: bool = False) -> None:
    """Bring the texts of a request into their one form. Raises Malformed, naming every field that is not as it should be.

    With `rows`, the request is a part of a list: what is wrong with a row is told of that row by who takes it, and the others
    are kept.
    """
    wrong = put_in_order(request)
    if rows:
        wrong = {path: said for path, said in wrong.items() if not path.startswith("rows[")}
    try:
        protovalidate.validate(request)
    except protovalidate.ValidationError as no:
        wrong = {path_of(v): (v.proto.message, in_chinese(v)) for v in no.violations} | wrong
    if wrong:
        raise Malformed(wrong)


def _bytes(reply: Message | bytes) -> bytes:
    """A reply on the wire. A method that returns stored messages as they are gives bytes."""
    return reply if isinstance(reply, bytes) else reply.SerializeToString()


def _keys(value: Any) -> tuple[str, ...]:
    named = (value,) if isinstance(value, str) else tuple(value)
    return tuple(key for key in named if key)
