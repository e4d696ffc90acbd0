"""Files of a case: handed in by parts, whole or not there, given back, destroyed when their time is over."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from typer.testing import CliRunner
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as pb

from services.cli.files import app
from services.enforcement.file.sweeping import sweep
from services.given.file import CHUNK, hand_in, parts, upload_of
from services.kit.access import mint
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, HOUR, NODE, REVIEWER, START, UNIT, Dossier, Who, stamp

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
    assert not part_of(department, first, upload_in(department, first, photo)).exists()


# Broken off, wrong, too much.


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


async def test_an_upload_goes_on_where_it_stopped(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    upload = upload_in(department, dossier, photo)

    async with department.refused("UPLOAD_INCOMPLETE") as told:
        await begin(department, dossier, some(upload, photo, 2))
    assert await offset_of(department, dossier, upload) == int(told.metadata["offset"]) == 2 * CHUNK
    assert not store(department).place(upload.sha256).exists(), "nothing half is to be seen"
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
    assert not store(department).place(bytes(32)).exists()


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


async def test_who_may_not_see_the_case_gets_no_file(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)

    for who in (("anybody", "PUBLIC"), ("machine", "SYSTEM")):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await fetched(department, file, who)
        assert read_refusal(no.value).reason == "ROLE_REQUIRED"


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


# Recordings of acts.


def clocks_of(case: cases.Case) -> dict[str, Any]:
    return {deadline.clock_id: deadline for deadline in case.deadlines}


async def heard(department: Department) -> Dossier:
    dossier = await department.noticed()
    await department.act("RequestHearing", dossier)
    department.now += 8 * DAY
    await department.act("HoldHearing", dossier)
    return dossier


async def test_the_recording_of_a_hearing_is_handed_in_within_its_term(
    department: Department, photo: Path
) -> None:
    """Within a working day here (GD-RECORD 23); it takes sound, and stops the clock AVR-01."""
    dossier = await heard(department)
    film = {"records": pb.RECORDED_ACT_HEARING, "media_type": "video/mp4"}
    started = clocks_of(await department.case(dossier.case_id))["AVR-01"]
    assert (started.citation.code, started.HasField("stop_time")) == ("GD-RECORD:23(1)", False)

    async with department.refused("MALFORMED") as told:
        upload = upload_in(department, dossier, photo, **film | {"media_type": "image/jpeg"})
        await begin(department, dossier, parts(upload, photo))
    assert told.fields == ["media_type"], "a picture is no recording of a hearing"
    file = await handed_in(department, dossier, photo, REVIEWER, **film)

    assert clocks_of(await department.case(dossier.case_id))["AVR-01"].stop_time == file.store_time
    assert department.names(dossier.case_id)[-1] == "HearingRecordingHandedIn"


async def test_a_service_left_at_the_place_is_recorded_and_no_other(
    department: Department, photo: Path
) -> None:
    served = await department.served()
    department.now = START
    left = await department.decided()
    await department.serve(left, method=cases.SERVICE_METHOD_LEFT)
    assert "AVR-02" not in clocks_of(await department.case(served.case_id))
    assert not clocks_of(await department.case(left.case_id))["AVR-02"].HasField("stop_time")

    async with department.refused("RECORDED_ACT_NOT_DONE"):
        upload = upload_in(department, served, photo, records=pb.RECORDED_ACT_SERVICE_LEFT)
        await begin(department, served, parts(upload, photo))
    await handed_in(department, left, photo, CLERK, records=pb.RECORDED_ACT_SERVICE_LEFT)

    assert clocks_of(await department.case(left.case_id))["AVR-02"].HasField("stop_time")


async def test_a_public_notice_is_recorded(department: Department, photo: Path) -> None:
    dossier = await department.decided()
    await department.do("AnnounceService", CLERK, case_id=dossier.case_id, cause="下落不明", address="公告栏")
    assert not clocks_of(await department.case(dossier.case_id))["AVR-03"].HasField("stop_time")

    await handed_in(department, dossier, photo, CLERK, records=pb.RECORDED_ACT_PUBLIC_NOTICE)

    assert clocks_of(await department.case(dossier.case_id))["AVR-03"].HasField("stop_time")


# What is kept, and until when.


async def test_a_changed_or_lost_file_is_told(department: Department, photo: Path) -> None:
    dossier = await department.investigating()
    file = await handed_in(department, dossier, photo)
    place = store(department).place(file.sha256)

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
    nameless = files.place(bytes(range(32)))
    nameless.parent.mkdir(exist_ok=True)
    nameless.write_bytes(b"left by a process that died")

    await sweep(department.running)
    assert nameless.exists() and await offset_of(department, dossier, upload) == CHUNK, "it may be on its way"
    before = time.time() - files.limits.keep_seconds - 60
    for path in (nameless, files.place(file.sha256), part_of(department, dossier, upload)):
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
    store(department).place(lost.sha256).unlink()
    with store(department).place(altered.sha256).open("r+b") as file:
        file.write(b"altered")
    assert await asyncio.to_thread(verified) == (1, {lost.file_id: "LOST", altered.file_id: "ALTERED"})
    for path in paths[1:]:
        store(department).place(upload_in(department, dossier, path).sha256).write_bytes(path.read_bytes())

    assert await asyncio.to_thread(verified) == (0, {})
    assert await fetched(department, good) == paths[0].read_bytes()
