"""Acts that have to be recorded in sound or picture, and the clock that their recordings stop."""

from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import file_pb2 as pb

from services.given.file import hand_in, parts, upload_of
from tests.enforcement.department import Department
from tests.enforcement.duty import Duty, performing
from tests.enforcement.handing_in import as_, begin, handed_in, upload_in
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import CLERK, DAY, HEAD, REVIEWER, START, UNIT, Dossier, stamp
from tests.enforcement.test_measure import Held, asked, seized


def clocks_of(case: cases.Case) -> dict[str, Any]:
    return {deadline.clock_id: deadline for deadline in case.deadlines}


async def heard(department: Department) -> Dossier:
    dossier = await department.noticed()
    await department.act("RequestHearing", dossier)
    department.now += 8 * DAY
    await department.hold(dossier)
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
    shown = (await handed_in(department, left, photo, title="留置送达照片")).file_id
    how = {"refuse_time": stamp(department.now), "record": shown}
    await department.serve(left, method=cases.SERVICE_METHOD_LEFT, left=how)
    assert "AVR-02" not in clocks_of(await department.case(served.case_id))
    assert not clocks_of(await department.case(left.case_id))["AVR-02"].HasField("stop_time")

    async with department.refused("RECORDED_ACT_NOT_DONE"):
        upload = upload_in(department, served, photo, records=pb.RECORDED_ACT_SERVICE_LEFT)
        await begin(department, served, parts(upload, photo))
    await handed_in(department, left, photo, CLERK, records=pb.RECORDED_ACT_SERVICE_LEFT)

    assert clocks_of(await department.case(left.case_id))["AVR-02"].HasField("stop_time")


async def test_a_public_notice_is_recorded(department: Department, photo: Path) -> None:
    dossier = await department.decided()
    lost = (await handed_in(department, dossier, photo, title="派出所查询证明")).file_id
    said = {"cause": "下落不明", "address": "公告栏", "whereabouts": lost}
    await department.do("AnnounceService", CLERK, case_id=dossier.case_id, **said)
    assert not clocks_of(await department.case(dossier.case_id))["AVR-03"].HasField("stop_time")

    await handed_in(department, dossier, photo, CLERK, records=pb.RECORDED_ACT_PUBLIC_NOTICE)

    assert clocks_of(await department.case(dossier.case_id))["AVR-03"].HasField("stop_time")


async def test_a_seizure_is_recorded(department: Department, photo: Path) -> None:
    """Within a working day here (GD-RECORD 23); the recording names the measure, and stops its clock AVR-04."""
    department.now = START
    held, other = await seized(department), await seized(department)
    film = {
        "records": pb.RECORDED_ACT_MEASURE,
        "media_type": "video/mp4",
        "record_id": held.measure.measure_id,
    }
    started = clocks_of(await measure_of(department, held))["AVR-04"]
    assert (started.citation.code, started.HasField("stop_time")) == ("GD-RECORD:23(1)", False)

    for wrong, reason in (
        ({"record_id": ""}, "MALFORMED"),
        ({"record_id": other.measure.measure_id}, "NOT_FOUND"),
        ({"records": pb.RECORDED_ACT_UNSPECIFIED}, "MALFORMED"),
    ):
        async with department.refused(reason):
            upload = upload_in(department, held.dossier, photo, **film | wrong)
            await begin(department, held.dossier, parts(upload, photo))
    file = await handed_in(department, held.dossier, photo, **film)

    assert clocks_of(await measure_of(department, held))["AVR-04"].stop_time == file.store_time
    assert not clocks_of(await measure_of(department, other))["AVR-04"].HasField("stop_time")
    assert department.names(held.measure.measure_id)[-1] == "MeasureRecordingHandedIn"
    listed = (await department.do("ListFiles", CLERK, case_id=held.dossier.case_id)).files
    assert [f.record_id for f in listed] == [held.measure.measure_id]


async def test_what_was_cleared_by_force_is_recorded(department: Department, photo: Path) -> None:
    """As a demolition is, throughout (GBF-2018-118:8); the recording names the enforcement, and stops its clock AVR-06."""
    department.now = START
    duty, other = Duty(department, await department.investigating()), await performing(department)
    await duty.clear()
    film = {"records": pb.RECORDED_ACT_ENFORCEMENT, "media_type": "video/mp4"}
    started = clocks_of(duty.record)["AVR-06"]
    assert (started.citation.code, started.HasField("stop_time")) == ("GD-RECORD:23(1)", False)
    assert "AVR-06" not in clocks_of(other.record), "it goes on"

    for of, record_id, reason in (
        (duty, "", "MALFORMED"),
        (duty, other.record.enforcement_id, "NOT_FOUND"),
        (other, other.record.enforcement_id, "RECORDED_ACT_NOT_DONE"),
    ):
        async with department.refused(reason):
            upload = upload_in(department, of.dossier, photo, **film, record_id=record_id)
            await begin(department, of.dossier, parts(upload, photo))
    await other.complete()
    files = [
        await handed_in(department, of.dossier, photo, **film, record_id=of.record.enforcement_id)
        for of in (duty, other)
    ]

    for of, file in zip((duty, other), files, strict=True):
        [kept] = (await department.do("ListEnforcements", CLERK, case_id=of.dossier.case_id)).enforcements
        assert clocks_of(kept)["AVR-06"].stop_time == file.store_time
        assert department.names(of.record.enforcement_id)[-1] == "EnforcementRecordingHandedIn"


async def test_a_measure_that_was_not_taken_is_not_recorded(department: Department, photo: Path) -> None:
    department.now = START
    held = await asked(department)
    film = {"records": pb.RECORDED_ACT_MEASURE, "record_id": held.measure.measure_id}

    async with department.refused("RECORDED_ACT_NOT_DONE", law="GBF-2018-118:8"):
        upload = upload_in(department, held.dossier, photo, **film)
        await begin(department, held.dossier, parts(upload, photo))


async def measure_of(department: Department, held: Held) -> Any:
    """The measure as it stands."""
    await held.state()
    return held.measure


async def test_a_visit_is_recorded(department: Department, photo: Path) -> None:
    """Within a working day here (GD-RECORD 23); the file is of the inspection, and stops its clock AVR-05."""
    department.now = START
    bureau = Bureau(department)
    visit, begun = await bureau.recorded(), await bureau.begun()
    officer = (visit.ids[0], "HANDLING_OFFICER")
    film = {
        "records": pb.RECORDED_ACT_INSPECTION,
        "media_type": "video/mp4",
        "inspection_id": visit.inspection_id,
    }
    started = clocks_of(await bureau.of(visit))["AVR-05"]
    assert (started.citation.code, started.HasField("stop_time")) == ("GD-RECORD:23(1)", False)

    for by, wrong, reason in (
        (officer, {"case_id": "C-1"}, "MALFORMED"),
        (officer, {"inspection_id": ""}, "MALFORMED"),
        (officer, {"inspection_id": "I-nobody"}, "NOT_FOUND"),
        (officer, {"records": pb.RECORDED_ACT_HEARING}, "MALFORMED"),
        (officer, {"media_type": "application/pdf"}, "MALFORMED"),
        ((begun.ids[0], "HANDLING_OFFICER"), {}, "NOT_ON_INSPECTION"),
        ((begun.ids[0], "HANDLING_OFFICER"), {"inspection_id": begun.inspection_id}, "RECORDED_ACT_NOT_DONE"),
    ):
        async with department.refused(reason):
            said = {"case_id": "", **film, **wrong}
            upload = upload_of(said.pop("case_id"), photo, stamp(department.now), **said)
            await department.stub.UploadFile(parts(upload, photo), metadata=as_(department, by))
    taken = upload_of("", photo, stamp(department.now), **film)
    file = await hand_in(department.stub, lambda: as_(department, officer), taken, photo)

    record = await bureau.of(visit)
    assert clocks_of(record)["AVR-05"].stop_time == file.store_time == record.recording_time
    assert department.names(visit.inspection_id)[-1] == "InspectionRecordingHandedIn"
    listed = (await department.do("ListFiles", CLERK, inspection_id=visit.inspection_id)).files
    assert [(f.file_id, f.inspection_id, f.case_id) for f in listed] == [
        (file.file_id, visit.inspection_id, "")
    ]
    asked = pb.DownloadFileRequest(inspection_id=visit.inspection_id, file_id=file.file_id)
    got = [r.chunk async for r in department.stub.DownloadFile(asked, metadata=as_(department, UNIT))]
    assert b"".join(got) == photo.read_bytes() and department.names(visit.inspection_id)[-1] == "FileRead"
    async with department.refused("RETENTION_RUNS"):
        gone = {"inspection_id": visit.inspection_id, "file_id": file.file_id, "cause": "保存期满"}
        await department.do("DestroyFile", HEAD, **gone)
