"""Files of a case: kept by their hash, given back, destroyed when their time is over, and swept when nobody needs them."""

import asyncio
import json
import os
import time
from datetime import timedelta
from pathlib import Path

import grpc
import pytest
from typer.testing import CliRunner
from yifa.enforcement.v1 import events_pb2 as events

from services.cli.files import app
from services.enforcement.file.sweeping import sweep
from services.given.file import CHUNK
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.handing_in import (
    SIZE,
    begin,
    fetched,
    handed_in,
    offset_of,
    part_of,
    some,
    store,
    upload_in,
)
from tests.enforcement.samples import DAY, HEAD, UNIT, stamp


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
    place = store(department).held.place(file.sha256)
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
    assert [n for n in store(department).held.names()].count(one.sha256) == 1
    assert not part_of(department, first, upload_in(department, first, photo)).exists()


async def test_who_may_not_see_the_case_gets_no_file(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)

    for who in (("anybody", "PUBLIC"), ("machine", "SYSTEM")):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await fetched(department, file, who)
        assert read_refusal(no.value).reason == "ROLE_REQUIRED"


async def test_a_changed_or_lost_file_is_told(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)
    place = store(department).held.place(file.sha256)

    with place.open("r+b") as altered:
        altered.seek(SIZE // 2)
        altered.write(b"altered")
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, file)
    assert (read_refusal(no.value).reason, no.value.code()) == ("FILE_ALTERED", grpc.StatusCode.DATA_LOSS)
    place.unlink()
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, file)
    assert read_refusal(no.value).reason == "FILE_LOST"
    place.write_bytes(photo.read_bytes())


async def test_a_file_is_destroyed_only_after_its_retention(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)
    asked = {"case_id": dossier.case_id, "file_id": file.file_id, "cause": "鉴定销毁审批表1号"}

    department.now += 9000 * DAY
    async with department.refused("RETENTION_RUNS") as told:
        await department.do("DestroyFile", HEAD, **asked)
    assert told.metadata["until"] == "", "it begins when the case is closed"
    await department.act("TerminateCase", dossier)
    await department.act("CloseCase", dossier)
    closed = department.now
    department.now = closed + timedelta(days=3650)
    async with department.refused("RETENTION_RUNS", law="APL-2021:47;GBF-2018-118:9"):
        await department.do("DestroyFile", HEAD, **asked)
    department.now = closed + timedelta(days=3654)
    gone = (await department.do("DestroyFile", HEAD, **asked)).file
    async with department.refused("FILE_DESTROYED"):
        await department.do("DestroyFile", HEAD, **asked)
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, file)

    assert read_refusal(no.value).reason == "FILE_DESTROYED"
    assert gone.destroy_time == stamp(department.now)
    told_last = events.FileDestroyed.FromString(department.events(dossier.case_id)[-1].data)
    assert told_last.cause == asked["cause"] and told_last.case.last_act.actor == HEAD[0]


async def test_only_what_no_record_needs_is_swept(department: Department, tmp_path: Path) -> None:
    dossier = await department.investigating()
    needed, given_up = tmp_path / "a.jpg", tmp_path / "b.jpg"
    needed.write_bytes(os.urandom(CHUNK))
    given_up.write_bytes(os.urandom(3 * CHUNK))
    file = await handed_in(department, dossier, needed)
    upload = upload_in(department, dossier, given_up)
    async with department.refused("UPLOAD_INCOMPLETE"):
        await begin(department, dossier, some(upload, given_up, 1))
    files = store(department)
    nameless = files.held.place(bytes(range(32)))
    nameless.parent.mkdir(exist_ok=True)
    nameless.write_bytes(b"left by a process that died")

    await sweep(department.running)
    assert nameless.exists() and await offset_of(department, dossier, upload) == CHUNK, "it may be on its way"
    before = time.time() - files.limits.keep_seconds - 60
    for path in (nameless, files.held.place(file.sha256), part_of(department, dossier, upload)):
        os.utime(path, (before, before))
    assert await sweep(department.running) == 2

    assert not nameless.exists() and await offset_of(department, dossier, upload) == 0
    assert await fetched(department, file) == needed.read_bytes()


async def test_verification_names_each_lost_or_altered_file_with_its_case(
    department: Department, tmp_path: Path
) -> None:
    dossier = await department.investigating()
    number = (await department.case(dossier.case_id)).case_number
    paths = [tmp_path / f"{n}.jpg" for n in range(3)]
    for path in paths:
        path.write_bytes(os.urandom(CHUNK))
    good, lost, altered = [await handed_in(department, dossier, path) for path in paths]

    def verified() -> tuple[int, dict[str, str]]:
        told = CliRunner().invoke(app, ["verify", "--json", str(department.folder / "node.toml")])
        [node] = json.loads(told.stdout)
        of_case = [f for f in node["faults"] if f["case"] == number]
        return told.exit_code, {f["file_id"]: f["what"] for f in of_case}

    assert await asyncio.to_thread(verified) == (0, {})
    store(department).held.place(lost.sha256).unlink()
    with store(department).held.place(altered.sha256).open("r+b") as file:
        file.write(b"altered")
    assert await asyncio.to_thread(verified) == (1, {lost.file_id: "LOST", altered.file_id: "ALTERED"})
    for path in paths[1:]:
        store(department).held.place(upload_in(department, dossier, path).sha256).write_bytes(
            path.read_bytes()
        )

    assert await asyncio.to_thread(verified) == (0, {})
    assert await fetched(department, good) == paths[0].read_bytes()
