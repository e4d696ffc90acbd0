"""Files of a case: handed in by parts, whole or not there, given back, destroyed when their time is over."""

import os
from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as pb

from services.given.file import CHUNK, hand_in, upload_of
from services.kit.access import mint
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import HOUR, NODE, UNIT, Dossier, Who, stamp

SIZE = 5 * CHUNK + 12_345


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Bytes of their own for each test."""
    file = tmp_path / "现场.jpg"
    file.write_bytes(os.urandom(SIZE))
    return file


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


async def test_a_file_is_kept_with_who_certificate_when_and_where(
    department: Department, photo: Path
) -> None:
    dossier = await department.investigating(area="440703")

    file = await handed_in(department, dossier, photo)

    told = events.FileStored.FromString(department.events(dossier.case_id)[-1].data)
    certificate = dossier.officers[0].certificate.certificate_number
    assert told.file == file and (file.uploader, file.certificate_number) == (dossier.ids[0], certificate)
    assert (file.size, file.area_code) == (SIZE, "440703") and file.store_time == stamp(department.now)
    assert await fetched(department, file) == photo.read_bytes()
    assert await fetched(department, file, offset=CHUNK, length=7) == photo.read_bytes()[CHUNK : CHUNK + 7]
    assert department.names(dossier.case_id)[-2:] == ["FileRead", "FileRead"], "each look is kept"
    place = store(department).place(file.sha256)
    assert place.stat().st_mode & 0o777 == 0o600
    assert {p.stat().st_mode & 0o777 for p in list(place.parents)[:3]} == {0o700}


async def test_evidence_rests_on_the_hash_of_the_store(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)

    async with department.refused("MALFORMED"):
        await department.evidence(dossier, file_id=file.file_id, sha256=bytes(32))
    async with department.refused("MALFORMED") as told:
        await department.evidence(dossier, sha256=bytes(32))
    assert told.fields == ["location"], "a file that is not held is kept somewhere"
    reply = await department.evidence(dossier, file_id=file.file_id, title="照片")
    async with department.refused("MALFORMED"):
        await department.evidence(dossier, file_id=file.file_id)

    assert reply.evidence.sha256 == file.sha256 and reply.evidence.file.file_id == file.file_id
    assert list(reply.evidence.certificates) == [o.certificate.certificate_number for o in dossier.officers]
    listed = await department.do("ListFiles", UNIT, case_id=dossier.case_id)
    assert [f.evidence_id for f in listed.files] == [reply.evidence.evidence_id]
    elsewhere = await department.evidence(dossier, sha256=bytes(32), location="省平台")
    assert not elsewhere.evidence.HasField("file"), "not held here"


async def test_a_file_of_another_case_is_no_evidence(department: Department, photo: Path) -> None:
    first, second = await department.investigating(), await department.investigating()
    file = await handed_in(department, first, photo)

    async with department.refused("NOT_FOUND"):
        await department.evidence(second, file_id=file.file_id)
    stranger = file.__class__(case_id=second.case_id, file_id=file.file_id)
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, stranger)

    assert read_refusal(no.value).reason == "NOT_FOUND"


async def test_the_same_file_twice_is_one_entry(department: Department, photo: Path) -> None:
    first, second = await department.investigating(), await department.investigating()

    one = await handed_in(department, first, photo)
    again = await handed_in(department, first, photo)
    other = await handed_in(department, second, photo)

    assert one == again and other.file_id != one.file_id and other.sha256 == one.sha256
    assert department.names(first.case_id).count("FileStored") == 1
    assert [n for n in store(department).names()].count(one.sha256) == 1
    assert store(department).come((first.who[0], first.case_id, one.sha256.hex(), str(SIZE))) == 0
