"""The servers that the service is compared with, each a process: `python -m tests.bench.server KIND PORT [FILE OTLP]`.

What only one kind needs is imported where it is used: eight processes start at once.
"""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import uvloop

from services.kit.dial import open_port
from tests.trust import trusted

SERVICE = "yifa.enforcement.v1.EnforcementService"
SECURE = "tls="
"""How the last word begins that names the folder of the certificates to show."""
NODE = "huanbao"


def sink() -> tuple[str, dict[str, Any]]:
    """Takes spans and forgets them."""
    from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as otlp

    async def export(
        request: otlp.ExportTraceServiceRequest, _context: Any
    ) -> otlp.ExportTraceServiceResponse:
        return otlp.ExportTraceServiceResponse()

    method = grpc.unary_unary_rpc_method_handler(
        export, otlp.ExportTraceServiceRequest.FromString, otlp.ExportTraceServiceResponse.SerializeToString
    )
    return "opentelemetry.proto.collector.trace.v1.TraceService", {"Export": method}


def echo() -> tuple[str, dict[str, Any]]:
    """Gives back the bytes that come: the least that a gRPC server in Python does."""

    async def same(body: bytes, _context: Any) -> bytes:
        return body

    return SERVICE, {"RecordEvidence": grpc.unary_unary_rpc_method_handler(same)}


def plain(file: str) -> tuple[str, dict[str, Any]]:
    from tests.bench.plain import Plain

    return SERVICE, {"RecordEvidence": grpc.unary_unary_rpc_method_handler(Plain(Path(file)).call)}


def no_store(settings: str, otlp: str) -> tuple[str, dict[str, Any]]:
    from tests.bench.nostore import handler

    return SERVICE, {"RecordEvidence": handler(Path(settings), otlp)}


KINDS: dict[str, Callable[..., tuple[str, dict[str, Any]]]] = {
    "sink": sink,
    "echo": echo,
    "plain": plain,
    "nostore": no_store,
}


async def serve(kind: str, port: int, *more: str) -> None:
    trust = None
    if more and more[-1].startswith(SECURE):
        folder = Path(more[-1].removeprefix(SECURE))
        trust, more = trusted(folder, NODE, port).trust, more[:-1]
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(*KINDS[kind](*more)),))
    open_port(server, f"127.0.0.1:{port}", trust)
    await server.start()
    if kind != "sink":
        from services.kit.writer import calm

        calm()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await server.stop(0)


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]))
