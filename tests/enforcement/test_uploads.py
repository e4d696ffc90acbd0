"""Uploads: broken off and gone on with, refused, too many, too large, onto a full disk."""

import asyncio
import errno
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import file_pb2 as pb

from services.given.file import CHUNK, parts, upload_of
from tests.enforcement.department import Department
from tests.enforcement.handing_in import (
    SIZE,
    as_,
    begin,
    fetched,
    handed_in,
    offset_of,
    part_of,
    some,
    store,
    upload_in,
)
from tests.enforcement.samples import CLERK, HEAD, HOUR, UNIT, stamp


async def test_an_upload_goes_on_where_it_stopped(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)

    async with department.refused("UPLOAD_INCOMPLETE") as told:
        await begin(department, dossier, some(upload, photo, 2))
    assert await offset_of(department, dossier, upload) == int(told.metadata["offset"]) == 2 * CHUNK
    assert not store(department).held.place(upload.sha256).exists(), "nothing half is to be seen"
    listed = await department.do("ListFiles", UNIT, case_id=dossier.case_id)
    assert not listed.files
    async with department.refused("UPLOAD_ELSEWHERE") as elsewhere:
        await begin(department, dossier, some(upload, photo, 1, 3 * CHUNK))
    assert elsewhere.metadata["offset"] == str(2 * CHUNK)
    file = await handed_in(department, dossier, photo)

    assert await fetched(department, file) == photo.read_bytes()


async def test_nobody_goes_on_with_what_another_began(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    async with department.refused("UPLOAD_INCOMPLETE"):
        await begin(department, dossier, some(upload, photo, 2))

    asked = {"case_id": upload.case_id, "sha256": upload.sha256, "size": upload.size}
    reply = await department.do("GetUpload", CLERK, **asked)

    assert reply.offset == 0


async def test_a_call_that_is_cut_keeps_what_came(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    sent = asyncio.Event()

    async def half() -> AsyncIterator[pb.UploadFileRequest]:
        async for message in some(upload, photo, 3):
            yield message
        sent.set()
        await asyncio.Event().wait()

    call = department.stub.UploadFile(half(), metadata=as_(department, dossier.who))
    await sent.wait()
    path = part_of(department, dossier, upload)
    async with asyncio.timeout(10):
        while not path.exists() or path.stat().st_size < 2 * CHUNK:
            await asyncio.sleep(0.01)
    async with department.refused("UPLOAD_RUNNING"):
        await begin(department, dossier, some(upload, photo, 1, path.stat().st_size))
    call.cancel()
    async with asyncio.timeout(10):
        while store(department).running:
            await asyncio.sleep(0.01)
    file = await handed_in(department, dossier, photo)

    assert await fetched(department, file) == photo.read_bytes()


async def test_other_bytes_than_those_of_the_hash_are_not_kept(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    upload.sha256 = bytes(32)

    async with department.refused("HASH_MISMATCH"):
        await begin(department, dossier, parts(upload, photo))

    assert await offset_of(department, dossier, upload) == 0, "it begins anew"
    assert not store(department).held.place(bytes(32)).exists()


async def test_more_bytes_than_were_named_are_refused(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    upload.size -= 1

    async with department.refused("MALFORMED") as told:
        await begin(department, dossier, parts(upload, photo))

    assert told.fields == ["chunk"]


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("FILE_TOO_LARGE", {"size": 2 * 1024**3 + 1}),
        ("MEDIA_TYPE_NOT_TAKEN", {"media_type": "text/html"}),
        ("MALFORMED", {"sha256": b"short"}),
        ("MALFORMED", {"size": 0}),
        ("MALFORMED", {"title": ""}),
        ("NOT_FOUND", {"case_id": "C-none"}),
        ("RECORDED_ACT_NOT_DONE", {"records": pb.RECORDED_ACT_HEARING, "media_type": "video/mp4"}),
    ],
)
async def test_what_is_not_taken(
    department: Department, photo: Path, reason: str, changes: dict[str, Any]
) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    for name, value in changes.items():
        setattr(upload, name, value)

    async with department.refused(reason):
        await begin(department, dossier, parts(upload, photo))


async def test_a_file_taken_in_the_future_is_none(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_of(dossier.case_id, photo, stamp(department.now + HOUR))

    async with department.refused("ACT_IN_FUTURE"):
        await begin(department, dossier, parts(upload, photo))


async def test_only_people_of_the_case_hand_in(department: Department, photo: Path) -> None:
    dossier, other = await department.investigating(), await department.investigating()
    upload = upload_in(department, dossier, photo)

    async with department.refused("NOT_ON_CASE"):
        await department.stub.UploadFile(parts(upload, photo), metadata=as_(department, other.who))
    async with department.refused("ROLE_REQUIRED"):
        await department.stub.UploadFile(parts(upload, photo), metadata=as_(department, HEAD))
    assert (await handed_in(department, dossier, photo, CLERK)).uploader == CLERK[0]


async def test_uploads_of_one_caller_are_few_at_once(department: Department, tmp_path: Path) -> None:
    dossier = await department.investigating()
    files = [tmp_path / f"{n}.jpg" for n in range(4)]
    for file in files:
        file.write_bytes(os.urandom(2 * CHUNK))
    uploads = [upload_in(department, dossier, file) for file in files]
    hold = asyncio.Event()

    async def slowly(upload: pb.Upload, file: Path) -> AsyncIterator[pb.UploadFileRequest]:
        async for message in some(upload, file, 1):
            yield message
        await hold.wait()
        yield pb.UploadFileRequest(chunk=file.read_bytes()[CHUNK:])

    limit = store(department).limits.running
    running = [
        asyncio.ensure_future(begin(department, dossier, slowly(upload, file)))
        for upload, file in zip(uploads[:limit], files, strict=False)
    ]
    async with asyncio.timeout(10):
        while len(store(department).running) < limit:
            await asyncio.sleep(0.01)
    async with department.refused("TOO_MANY_UPLOADS") as told:
        await begin(department, dossier, parts(uploads[limit], files[limit]))
    hold.set()
    replies = await asyncio.gather(*running)

    assert told.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert [r.file.sha256 for r in replies] == [u.sha256 for u in uploads[:limit]]
    assert (await handed_in(department, dossier, files[limit])).sha256 == uploads[limit].sha256


async def test_two_callers_hand_in_the_same_file_at_once(department: Department, photo: Path) -> None:
    dossier = await department.investigating()

    one, other = await asyncio.gather(
        handed_in(department, dossier, photo), handed_in(department, dossier, photo, CLERK)
    )

    assert one == other and department.names(dossier.case_id).count("FileStored") == 1
    assert await fetched(department, one) == photo.read_bytes()


async def test_a_silent_stream_is_let_go(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    files = store(department)
    usual, files.limits = files.limits, replace(files.limits, silence=1)

    async def silent() -> AsyncIterator[pb.UploadFileRequest]:
        async for message in some(upload, photo, 2):
            yield message
        await asyncio.Event().wait()

    try:
        async with department.refused("UPLOAD_STALLED"):
            await begin(department, dossier, silent())
    finally:
        files.limits = usual

    assert await offset_of(department, dossier, upload) == 2 * CHUNK


async def test_a_disk_that_is_nearly_full_takes_no_file(department: Department, photo: Path) -> None:
    """What is kept free for the records is not given to files; afterwards the upload goes on."""
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    files = store(department)
    async with department.refused("UPLOAD_INCOMPLETE"):
        await begin(department, dossier, some(upload, photo, 2))
    usual, files.limits = files.limits, replace(files.limits, reserve=2**62)
    try:
        async with department.refused("DISK_NEARLY_FULL") as told:
            await begin(department, dossier, some(upload, photo, 1, 2 * CHUNK))
    finally:
        files.limits = usual

    assert told.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert await offset_of(department, dossier, upload) == 2 * CHUNK
    assert (await handed_in(department, dossier, photo)).size == SIZE


async def test_a_disk_that_fills_up_meanwhile_stops_the_upload(
    department: Department, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at again whenever something is forced to the disk."""
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    files = store(department)
    usual = files.limits
    monkeypatch.setattr("services.kit.files.SYNC_EVERY", 2 * CHUNK)

    async def filling() -> AsyncIterator[pb.UploadFileRequest]:
        async for message in parts(upload, photo):
            yield message
            async with asyncio.timeout(10):
                while not part_of(department, dossier, upload).exists():
                    await asyncio.sleep(0.01)
            files.limits = replace(usual, reserve=2**62)

    try:
        async with department.refused("DISK_NEARLY_FULL"):
            await begin(department, dossier, filling())
    finally:
        files.limits = usual

    assert await offset_of(department, dossier, upload) >= 2 * CHUNK
    assert (await handed_in(department, dossier, photo)).size == SIZE


async def test_what_the_disk_would_not_hold_is_not_taken_as_come(
    department: Department, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk may take bytes and say only afterwards, when they are forced to it, that it has no room for them."""
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    monkeypatch.setattr("services.kit.files.SYNC_EVERY", 2 * CHUNK)
    forced: list[int] = []

    def force(descriptor: int) -> None:
        forced.append(descriptor)
        if len(forced) == 2:
            raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patched:
        patched.setattr("os.fdatasync", force)
        async with department.refused("DISK_FULL"):
            await begin(department, dossier, parts(upload, photo))

    assert len(forced) == 2
    assert await offset_of(department, dossier, upload) == 2 * CHUNK
    assert (await handed_in(department, dossier, photo)).size == SIZE


async def test_a_disk_that_is_full_is_a_proper_refusal(department: Department, photo: Path) -> None:
    """Linux has a device that is always full; the upload is led there."""
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)
    part = part_of(department, dossier, upload)
    part.parent.mkdir(parents=True, exist_ok=True)
    part.symlink_to("/dev/full")

    async with department.refused("DISK_FULL") as told:
        await begin(department, dossier, parts(upload, photo))
    assert told.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    part.unlink()

    assert (await handed_in(department, dossier, photo)).size == SIZE


async def test_what_was_swept_while_its_record_was_on_the_way_is_kept_again(
    department: Department, photo: Path
) -> None:
    files, data = store(department), photo.read_bytes()
    sha256 = hashlib.sha256(data).digest()

    with files.taking(("somebody", "by-hand"), len(data), 0) as part:
        part.take(data)
        part.finish(sha256)
        files.held.forget(sha256)
        part.make_sure(sha256)
        part.drop()

    assert files.check(sha256, len(data)) == ""
    files.held.forget(sha256)
