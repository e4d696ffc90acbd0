"""Traces and metrics. Every call has a trace context; a span is made only where the context is sampled."""

import re
from collections.abc import Mapping
from functools import cache
from random import getrandbits, random
from types import TracebackType
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter
from opentelemetry.trace import Link, SpanKind, Status, StatusCode
from prometheus_client import Counter, Histogram, start_http_server

from services.kit.dial import Trust, shown

TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Recorded without OpenTelemetry's metrics: those cost four times as much a call.
CALLS = Histogram(
    "rpc_server_duration_seconds",
    "how long a call took",
    ("node", "service", "method", "code"),
    buckets=SECONDS,
)
# What waits for a collector that is away is bounded: so many spans, each of so much.
SMALL = SpanLimits(max_span_attributes=64, max_attribute_length=4096, max_events=64, max_links=64)
WAITING = 16_384
EVENTS = Counter("yifa_events", "events by what became of them", ("node", "service", "outcome"))


class Telemetry:
    """The spans and metrics of one service at one node."""

    def __init__(
        self,
        node: str,
        service: str,
        *,
        otlp: str = "",
        share: float = 0.1,
        exporter: SpanExporter | None = None,
        trust: Trust | None = None,
    ):
        self.share = share
        resource = Resource(
            {"service.name": f"{service}@{node}", "service.namespace": "yifa", "yifa.node": node}
        )
        self.provider = TracerProvider(resource=resource, shutdown_on_exit=False, span_limits=SMALL)
        if exporter is not None:
            self.provider.add_span_processor(SimpleSpanProcessor(exporter))
        elif otlp:
            known = shown(trust) if trust is not None else None
            plain = otlp.startswith("http://")
            sender = OTLPSpanExporter(endpoint=otlp, insecure=plain, credentials=known, timeout=2)
            self.provider.add_span_processor(
                BatchSpanProcessor(sender, schedule_delay_millis=500, max_queue_size=WAITING)
            )
        self.tracer = self.provider.get_tracer("yifa")
        self.records = bool(otlp or exporter)
        self.node, self.service = node, service

    def trace_of(self, headers: Mapping[str, str]) -> str:
        """The caller's trace context, or a new one. Whether it is sampled is decided here, before any span."""
        known = headers.get("traceparent")
        if known is not None and TRACEPARENT.fullmatch(known):
            return known
        # which calls are traced is no secret
        sampled = "01" if self.records and random() < self.share else "00"  # noqa: S311
        return f"00-{getrandbits(128):032x}-{getrandbits(64) or 1:016x}-{sampled}"

    def span(
        self, name: str, context: str, kind: SpanKind = SpanKind.INTERNAL, link: str = "", **attributes: Any
    ) -> "LiveSpan | Unsampled":
        """A span under `context` if that is sampled. What it gives has `.context`, to hand on."""
        if not self.records or not context.endswith("1"):
            return Unsampled(context)
        return LiveSpan(self.tracer, name, context, kind, link, attributes)

    def called(self, method: str, code: str, seconds: float) -> None:
        _calls(self.node, self.service, method, code).observe(seconds)

    def happened(self, outcome: str, count: int = 1) -> None:
        """Count events: emitted, relayed, reacted, parked."""
        EVENTS.labels(self.node, self.service, outcome).inc(count)

    def close(self) -> None:
        self.provider.force_flush(2000)
        self.provider.shutdown()


@cache
def _calls(node: str, service: str, method: str, code: str) -> Any:
    """What counts the calls of a method with one outcome: to find it by its labels costs more than to count."""
    return CALLS.labels(node, service, method, code)


class Unsampled:
    """The place of a span that is not recorded; also its own context manager."""

    __slots__ = ("context",)

    def __init__(self, context: str):
        self.context = context

    def tag(self, name: str, value: Any) -> None:
        """Nothing is recorded."""

    def fail(self, what: str) -> None:
        """Nothing is recorded."""

    def __enter__(self) -> "Unsampled":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is recorded."""


class LiveSpan:
    """A recorded span; also its own context manager."""

    __slots__ = ("context", "span")

    def __init__(
        self, tracer: trace.Tracer, name: str, context: str, kind: SpanKind, link: str, attributes: Any
    ):
        _, trace_id, _, _ = context.split("-")
        parent = trace.set_span_in_context(trace.NonRecordingSpan(remote(context)))
        links = [Link(remote(link))] if link else None
        self.span = tracer.start_span(name, parent, kind, attributes, links)
        self.context = f"00-{trace_id}-{self.span.get_span_context().span_id:016x}-01"

    def tag(self, name: str, value: Any) -> None:
        self.span.set_attribute(name, value)

    def fail(self, what: str) -> None:
        self.span.set_status(Status(StatusCode.ERROR, what))

    def __enter__(self) -> "LiveSpan":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if error is not None:
            self.fail(str(error))
        self.span.end()


def remote(context: str) -> trace.SpanContext:
    _, trace_id, span_id, _ = context.split("-")
    return trace.SpanContext(int(trace_id, 16), int(span_id, 16), True, trace.TraceFlags(1))


def serve_metrics(address: str, port: int) -> Any:
    """Let Prometheus read this process's metrics over HTTP: on this machine alone where no address is named. Returns the server,
    to be shut down.
    """
    server, _ = start_http_server(port, address or "127.0.0.1")
    return server
