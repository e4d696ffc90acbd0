"""OTLP over gRPC: takes in spans as the OpenTelemetry SDKs send them."""

import math
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as pb
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as rpc
from opentelemetry.proto.common.v1 import common_pb2 as common
from opentelemetry.proto.trace.v1 import trace_pb2 as trace

from services.console.traces import Event, Link, Span, TraceStore
from services.kit.dial import Trust, open_port
from services.kit.peer import host_of, is_local
from services.kit.security import BOOK, Actor, Kind

LARGEST_MESSAGE = 8 * 1024 * 1024
LARGEST_SPAN = 64 * 1024
AT_ONCE = 16
"""Calls under way, and connections for each of them: who sends more waits."""
UNNAMED = "unknown"
WANTED = f"a span needs a trace_id of 16 bytes and a span_id of 8, and has at most {LARGEST_SPAN} bytes"


class Receiver(rpc.TraceServiceServicer):
    """Answers an export when its spans are committed, so that a sender may rely on it and a repeat changes nothing."""

    def __init__(self, store: TraceStore, *, open_to_all: bool):
        self.store, self.open_to_all = store, open_to_all

    async def Export(
        self, request: pb.ExportTraceServiceRequest, context: grpc.aio.ServicerContext
    ) -> pb.ExportTraceServiceResponse:
        local = self.open_to_all or is_local(context.peer())
        if not local:
            BOOK.tell("console", Kind.NODE, Actor(address=host_of(context.peer())), "TRACES_LOCAL", "Export")
            await context.abort(
                grpc.StatusCode.PERMISSION_DENIED, "traces are taken from this machine 仅限本机"
            )
        good = list(spans(request.resource_spans))
        await self.store.add(good)
        answer = pb.ExportTraceServiceResponse()
        sent = sum(len(scope.spans) for part in request.resource_spans for scope in part.scope_spans)
        if sent > len(good):
            answer.partial_success.rejected_spans = sent - len(good)
            answer.partial_success.error_message = WANTED
        return answer


@asynccontextmanager
async def receiving(store: TraceStore, host: str, port: int, trust: Trust | None) -> AsyncIterator[int]:
    """Listen for spans of whoever shows a certificate of the authority; without one to go by, of this machine. Yields the port.
    Raises BadSettings if it is taken.
    """
    server = grpc.aio.server(
        options=[
            ("grpc.max_receive_message_length", LARGEST_MESSAGE),
            ("grpc.so_reuseport", 0),
            ("grpc.server_handshake_timeout_ms", 5_000),
            ("grpc.max_allowed_incoming_connections", 16 * AT_ONCE),
        ],
        maximum_concurrent_rpcs=AT_ONCE,
    )
    # whom TLS let in has shown a certificate
    rpc.add_TraceServiceServicer_to_server(Receiver(store, open_to_all=trust is not None), server)
    bound = open_port(server, f"{host}:{port}", trust, known_only=True)
    await server.start()
    try:
        yield bound
    finally:
        await server.stop(1)


def spans(parts: Iterable[trace.ResourceSpans]) -> Iterator[Span]:
    """The spans of an export that carry valid ids and are no larger than a span is."""
    for part in parts:
        resource = attributes(part.resource.attributes)
        service = str(resource.get("service.name") or UNNAMED)
        for scope in part.scope_spans:
            for span in scope.spans:
                if len(span.trace_id) == 16 and len(span.span_id) == 8 and span.ByteSize() <= LARGEST_SPAN:
                    yield _span(span, service, resource)


def _span(span: trace.Span, service: str, resource: dict[str, Any]) -> Span:
    return Span(
        trace_id=span.trace_id.hex(),
        span_id=span.span_id.hex(),
        parent_id=span.parent_span_id.hex(),
        service=service,
        name=span.name,
        kind=trace.Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_")
        if span.kind in trace.Span.SpanKind.values()
        else "UNSPECIFIED",
        start_ns=min(span.start_time_unix_nano, 2**63 - 1),
        end_ns=min(span.end_time_unix_nano, 2**63 - 1),
        failed=span.status.code == trace.Status.STATUS_CODE_ERROR,
        message=span.status.message,
        attributes=attributes(span.attributes),
        resource=resource,
        events=tuple(Event(e.name, e.time_unix_nano, attributes(e.attributes)) for e in span.events),
        links=tuple(Link(x.trace_id.hex(), x.span_id.hex(), attributes(x.attributes)) for x in span.links),
    )


def attributes(pairs: Iterable[common.KeyValue]) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: common.AnyValue) -> Any:
    match value.WhichOneof("value"):
        case "array_value":
            return [_value(v) for v in value.array_value.values]
        case "kvlist_value":
            return attributes(value.kvlist_value.values)
        case "bytes_value":
            return value.bytes_value.hex()
        case None:
            return None
        case "double_value" if not math.isfinite(value.double_value):
            return str(value.double_value)  # JSON has no number for it
        case kind:
            return getattr(value, kind)
