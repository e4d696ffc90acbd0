"""Calls to the departments for the papers of their records."""

from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.message import Message
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import paper_pb2 as pb

from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig

# A paper that was just issued may still be being set.
FILE_SECONDS = 35.0


@dataclass(frozen=True)
class File:
    """A paper and its file (PDF/A)."""

    paper: pb.Paper
    content: bytes


class Papers:
    """The enforcement services of the nodes that this console knows, by id."""

    def __init__(self, config: ConsoleConfig):
        self._channels = {target.id: channel(target.target) for target in config.nodes}

    async def close(self) -> None:
        for each in self._channels.values():
            await each.close()

    def knows(self, node: str) -> bool:
        return node in self._channels

    async def of(self, node: str, case_id: str = "", record_id: str = "") -> pb.ListPapersResponse | None:
        """The papers of a case with what stands beside it, or of one record; None when its department cannot be asked now."""
        if not self.knows(node):
            return None
        try:
            return await self._ask(
                node, "ListPapers", pb.ListPapersRequest(case_id=case_id, record_id=record_id)
            )
        except grpc.aio.AioRpcError:
            return None

    async def file(self, node: str, paper_id: str) -> File:
        """A paper with its file."""
        stub = rpc.EnforcementServiceStub(self._channels[node])
        request = pb.GetPaperRequest(paper_id=paper_id)
        paper, parts = pb.Paper(), []
        async for part in stub.GetPaper(request, timeout=FILE_SECONDS, metadata=metadata()):
            if part.HasField("paper"):
                paper = part.paper
            parts.append(part.data)
        return File(paper, b"".join(parts))

    async def _ask(self, node: str, method: str, request: Message) -> Any:
        call = getattr(rpc.EnforcementServiceStub(self._channels[node]), method)
        return await call(request, timeout=CALL_SECONDS, metadata=metadata())
