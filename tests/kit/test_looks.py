"""Who looked at what is sensitive is told to who oversees: what was unsealed, and the files of cases."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.access.v1 import look_pb2 as pb
from yifa.enforcement.v1 import file_pb2

from services.given import complaint
from services.given.file import hand_in, upload_of
from services.given.people import OVERSIGHT
from tests.city import City, rid
from tests.story import Story


async def looks(city: City, node: str, who: tuple[str, ...], **asked: Any) -> list[pb.Look]:
    stub = city.stub(node, "access")
    return list((await stub.ListLooks(pb.ListLooksRequest(**asked), metadata=city.as_(*who))).looks)


async def test_a_look_at_a_file_is_told_with_who_looked(city: City, tmp_path: Path) -> None:
    story = await Story(city).cast()
    await story.investigating()
    taken = Timestamp()
    taken.FromDatetime(datetime.now(UTC))
    (tmp_path / "a.txt").write_bytes(hashlib.sha256(b"look").digest())
    me = city.as_(story.node, story.officers[0], "HANDLING_OFFICER")
    file = await hand_in(
        story.stub,
        lambda: me,
        upload_of(story.case_id, tmp_path / "a.txt", taken, title="记录"),
        tmp_path / "a.txt",
    )
    asked = file_pb2.DownloadFileRequest(case_id=story.case_id, file_id=file.file_id)
    reader = city.as_(story.node, "unit-1", "UNIT_HEAD")
    async for _ in story.stub.DownloadFile(asked, metadata=reader):
        pass

    overseer = ("city", "oversight-1", "OVERSIGHT")
    found = await looks(city, story.node, overseer, record_id=story.case_id)
    own = await looks(city, story.node, (story.node, "head-1", "AGENCY_HEAD"), record_id=story.case_id)
    nobody = await looks(city, story.node, overseer, record_id=story.case_id, person="unit-2")

    [look] = found
    assert (look.type, look.person, look.service, look.record_id) == (
        "FileRead",
        "unit-1",
        "enforcement",
        story.case_id,
    )
    assert look.title_zh and look.title_en and own == found and nobody == []
    for who in ((story.node, "unit-1", "UNIT_HEAD"), (story.node, story.officers[0], "HANDLING_OFFICER")):
        with city.refused("ROLE_REQUIRED"):
            await looks(city, story.node, who)


async def test_what_was_unsealed_is_told_with_who_looked_page_by_page(city: City) -> None:
    await complaint.name_unsealer(city.say)
    body = await city.body()
    about = (body.body_id, body.name, "收缴罚款不开票据", "没有出具票据", "2026-03-05")
    filed = await complaint.file_complaint(
        city.say, *about, reporter={"name": "东郭密封", "phone": "13900019055"}
    )
    key = {"complaint_id": filed.complaint.complaint_id}
    for _ in range(3):
        await city.say(
            "city", "supervision", "UnsealReporter", OVERSIGHT, reason="核实", request_id=rid(), **key
        )

    overseer, asked = (
        ("city", "oversight-head-1", "OVERSIGHT_HEAD"),
        {"record_id": key["complaint_id"], "page_size": 2},
    )
    stub = city.stub("city", "access")
    first = await stub.ListLooks(pb.ListLooksRequest(**asked), metadata=city.as_(*overseer))
    asked["page_token"] = first.next_page_token
    last = await stub.ListLooks(pb.ListLooksRequest(**asked), metadata=city.as_(*overseer))

    found = [*first.looks, *last.looks]
    assert [look.type for look in found] == ["ComplaintUnsealed"] * 3 and not last.next_page_token
    assert {look.person for look in found} == {OVERSIGHT[0]}
    assert [look.seq for look in found] == sorted((look.seq for look in found), reverse=True)


@pytest.mark.parametrize("token", ["x", "WzFd", "WzEsMiwzXQ"])
async def test_a_page_token_of_another_list_is_refused(city: City, token: str) -> None:
    with city.refused("BAD_PAGE_TOKEN"):
        await looks(city, "city", ("city", "oversight-1", "OVERSIGHT"), page_token=token)
