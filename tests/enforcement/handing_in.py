"""Handing files of a case in, whole or in part, and getting them back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import file_pb2 as pb

from services.given.file import CHUNK, hand_in, parts, upload_of
from services.kit.access import mint
from tests.enforcement.department import Department
from tests.enforcement.samples import HOUR, NODE, UNIT, Dossier, Who, stamp

SIZE = 5 * CHUNK + 12_345


def as_(department: Department, who: Who) -> Any:
    key = (department.folder / "token.key").read_bytes()
    return (("authorization", f"Bearer {mint(key, who[0], NODE, who[1:])}"),)


async def handed_in(
    department: Department, dossier: Dossier, file: Path, by: Who | None = None, **more: Any
) -> pb.File:
    by = by or dossier.who
    upload = upload_of(dossier.case_id, file, stamp(department.now - HOUR), **more)
    return await hand_in(department.stub, lambda: as_(department, by), upload, file)


async def fetched(department: Department, file: pb.File, by: Who = UNIT, **part: int) -> bytes:
    asked = pb.DownloadFileRequest(case_id=file.case_id, file_id=file.file_id, **part)
    return b"".join(
        [r.chunk async for r in department.stub.DownloadFile(asked, metadata=as_(department, by))]
    )


def store(department: Department) -> Any:
    return department.running.around.files


async def begin(department: Department, dossier: Dossier, messages: Any) -> Any:
    return await department.stub.UploadFile(messages, metadata=as_(department, dossier.who))


async def some(
    upload: pb.Upload, file: Path, chunks: int, offset: int = 0
) -> AsyncIterator[pb.UploadFileRequest]:
    """The first messages of an upload."""
    left = chunks
    async for message in parts(upload, file, offset):
        if left < 0:
            return
        left -= 1
        yield message


def part_of(department: Department, dossier: Dossier, upload: pb.Upload) -> Path:
    """Where an upload of the case's officer lies until it is whole."""
    return store(department).part((dossier.who[0], upload.case_id, upload.sha256.hex(), str(upload.size)))


def upload_in(department: Department, dossier: Dossier, file: Path, **more: Any) -> pb.Upload:
    return upload_of(dossier.case_id, file, stamp(department.now), **more)


async def offset_of(department: Department, dossier: Dossier, upload: pb.Upload) -> int:
    asked = {"case_id": upload.case_id, "sha256": upload.sha256, "size": upload.size}
    return (await department.do("GetUpload", dossier.who, **asked)).offset
