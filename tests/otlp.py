"""An OTLP receiver that keeps spans in memory."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as otlp
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc

from services.kit.dial import open_port
from services.node.plan import HOST, OTLP, Plan


@dataclass(frozen=True)
class Span:
    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: tuple[str, ...]


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self) -> None:
        self.spans: list[Span] = []

    async def Export(self, request: Any, context: Any) -> otlp.ExportTraceServiceResponse:
        for resource in request.resource_spans:
            service = next(
                a.value.string_value for a in resource.resource.attributes if a.key == "service.name"
            )
            for scope in resource.scope_spans:
                for s in scope.spans:
                    keys = tuple(a.key for a in s.attributes)
                    ids = (s.trace_id.hex(), s.span_id.hex(), s.parent_span_id.hex())
                    self.spans.append(Span(service, s.name, *ids, keys))
        return otlp.ExportTraceServiceResponse()


@contextlib.asynccontextmanager
async def receiver(plan: Plan) -> AsyncIterator[list[Span]]:
    """The spans that the nodes of a city export while it is open."""
    collector, server = Collector(), grpc.aio.server()
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)
    open_port(server, f"{HOST}:{plan.base + OTLP}", plan.trust(plan.city.id), known_only=True)
    await server.start()
    try:
        yield collector.spans
    finally:
        await server.stop(0)
