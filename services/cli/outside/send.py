"""Sending stages of cases to a department's node, over the stream, part by part."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable
from itertools import islice

import grpc
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import outside_pb2 as pb

from services.kit.dial import Target, channel
from services.node.callers import Metadata, went_away

PART, AHEAD = 100, 3
PATIENCE = 30.0


async def send(
    target: Target, metadata: Metadata, stages: Iterable[pb.OutsideStage], size: int = PART
) -> AsyncIterator[pb.ReportStagesResponse]:
    """Send stages, a few parts ahead of the answers; after a break go on with the first part that was not answered.

    Yields the answer to each part, in order. Raises AioRpcError for a refusal, or a node that stays away for PATIENCE seconds.
    """
    rows = iter(stages)
    parts = iter(lambda: list(islice(rows, size)), [])
    waiting = deque(islice(parts, AHEAD))
    deadline = time.monotonic() + PATIENCE
    while waiting:
        try:
            async with channel(target) as there:
                call = rpc.EnforcementServiceStub(there).ReportStages(metadata=metadata)
                for part in waiting:
                    await call.write(pb.ReportStagesRequest(rows=part))
                while waiting:
                    reply = await call.read()
                    if reply is grpc.aio.EOF:
                        raise grpc.aio.AioRpcError(
                            await call.code(),
                            await call.initial_metadata(),
                            await call.trailing_metadata(),
                            details=await call.details(),
                        )
                    yield reply
                    waiting.popleft()
                    deadline = time.monotonic() + PATIENCE
                    if part := next(parts, []):
                        waiting.append(part)
                        await call.write(pb.ReportStagesRequest(rows=part))
                await call.done_writing()
                return
        except grpc.aio.AioRpcError as wrong:
            if not went_away(wrong) or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.3)
