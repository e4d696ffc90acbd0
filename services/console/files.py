"""Calls to the departments for the files of a case: always in the name of the person who looks, never in the console's own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import grpc
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import evidence_pb2, file_pb2

from services.console.channels import CALL_SECONDS, channel, metadata
from services.console.config import ConsoleConfig

DOWNLOAD_SECONDS = 3600.0
PAGE = 200


@dataclass(frozen=True)
class Item:
    """A piece of evidence, a file, or both: evidence that rests on a file that is held."""

    evidence: evidence_pb2.Evidence | None
    file: file_pb2.File | None


class CaseFiles:
    """The departments' files by the ids of their nodes."""

    def __init__(self, config: ConsoleConfig):
        self._channels = {node.id: channel(node.target) for node in config.nodes}

    async def close(self) -> None:
        for each in self._channels.values():
            await each.close()

    def knows(self, node: str) -> bool:
        return node in self._channels

    async def listed(self, node: str, case_id: str) -> list[Item]:
        """The evidence of a case and its other files, the first two hundred of each."""
        stub, who = self._stub(node), metadata()
        evidence, files = await asyncio.gather(
            stub.ListEvidence(
                evidence_pb2.ListEvidenceRequest(case_id=case_id, page_size=PAGE),
                timeout=CALL_SECONDS,
                metadata=who,
            ),
            stub.ListFiles(
                file_pb2.ListFilesRequest(case_id=case_id, page_size=PAGE), timeout=CALL_SECONDS, metadata=who
            ),
        )
        held = {file.file_id: file for file in files.files}
        items = [
            Item(each, held.pop(each.file.file_id, None) if each.HasField("file") else None)
            for each in evidence.evidence
        ]
        return [*items, *(Item(None, file) for file in held.values())]

    async def parts(
        self, node: str, case_id: str, file_id: str, length: int = 0
    ) -> AsyncIterator[file_pb2.DownloadFileResponse]:
        """A file, or its first `length` bytes: first what it is, then its bytes."""
        asked = file_pb2.DownloadFileRequest(case_id=case_id, file_id=file_id, length=length)
        call = self._stub(node).DownloadFile(asked, timeout=DOWNLOAD_SECONDS, metadata=metadata())
        try:
            async for part in call:
                yield part
        finally:
            call.cancel()

    def _stub(self, node: str) -> Any:
        return rpc.EnforcementServiceStub(self._channels[node])


def refused_person(error: grpc.aio.AioRpcError) -> bool:
    """Whether the one who looks was not let in."""
    return error.code() in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
