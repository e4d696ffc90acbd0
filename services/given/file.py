"""Handing files in: where the last call stopped, then the bytes from there."""

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import file_pb2 as pb

CHUNK = 1024 * 1024


def upload_of(case_id: str, path: Path, taken: Any, **more: Any) -> pb.Upload:
    """What is said of a file that is to be handed in."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").digest()
    said = {"media_type": "image/jpeg", "title": path.name} | more
    return pb.Upload(case_id=case_id, sha256=sha256, size=path.stat().st_size, take_time=taken, **said)


async def parts(upload: pb.Upload, path: Path, offset: int = 0) -> AsyncIterator[pb.UploadFileRequest]:
    """The messages of an upload from a place in the file on."""
    yield pb.UploadFileRequest(upload=upload, offset=offset)
    with path.open("rb") as file:
        file.seek(offset)
        while chunk := file.read(CHUNK):
            yield pb.UploadFileRequest(chunk=chunk)


async def hand_in(stub: Any, metadata: Callable[[], Any], upload: pb.Upload, path: Path) -> pb.File:
    """Hand a file in, from where an earlier call stopped."""
    asked = pb.GetUploadRequest(
        case_id=upload.case_id,
        inspection_id=upload.inspection_id,
        sha256=upload.sha256,
        size=upload.size,
        records=upload.records,
    )
    came = await stub.GetUpload(asked, metadata=metadata())
    if came.HasField("file"):
        return came.file
    call = stub.UploadFile(metadata=metadata())
    messages = parts(upload, path, came.offset)
    await call.write(await anext(messages))
    # The headers of the reply say that the file is taken: what is refused is not sent for nothing.
    await call.initial_metadata()
    async for message in messages:
        if call.done():
            break
        await call.write(message)
    await call.done_writing()
    return (await call).file
