"""Whether something serves, asked as whoever uses it would."""

import asyncio

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.kit.dial import Target, channel


async def serves(target: Target) -> bool:
    """Whether a node's gRPC server says that it serves."""
    async with channel(target) as there:
        try:
            request = health_pb2.HealthCheckRequest()
            answer = await health_pb2_grpc.HealthStub(there).Check(request, timeout=1)
        except grpc.aio.AioRpcError:
            return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


async def answers(port: int) -> bool:
    """Whether the console answers /healthz with 200."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
    except (OSError, TimeoutError):
        return False
    return b" 200 " in line
