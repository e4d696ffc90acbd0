"""The file of a party over all departments, from what their events told (CITY-ERS 5(6), 8(7))."""

from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import events_pb2 as told
from yifa.enforcement.v1 import evidence_pb2 as evidences
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import paper_pb2 as papers
from yifa.enforcement.v1 import party_file_pb2 as files
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import visit_pb2 as visits
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import party_file_pb2 as pb

from services.law.moment import put_moment
from tests.supervision.office import ENVIRONMENT, MARKET, URBAN, Office, at, new_case
from tests.supervision.test_permits import permit

CODE = "914407000000000016"
WHEN = "2026-03-02 10:00"


def party(name: str, *, code: str = "", number: str = "", age: int = 0, kind: int = 0) -> parties.Party:
    of = kind or (parties.PARTY_KIND_ORGANISATION if code else parties.PARTY_KIND_CITIZEN)
    return parties.Party(
        kind=of, name=name, identity_number=number or "914***********0016", credit_code=code, age=age
    )


async def listed(office: Office, **asked: Any) -> list[files.PartyFile]:
    return list((await office.call("ListPartyFiles", pb.ListPartyFilesRequest(**asked))).files)


async def opened(office: Office, party_id: str, **asked: Any) -> pb.ReadPartyFileResponse:
    request = pb.ReadPartyFileRequest(party_id=party_id, **asked)
    [page] = [each async for each in office.stub.ReadPartyFile(request, metadata=office.metadata)]
    return page


async def test_what_several_departments_have_of_an_enterprise_is_one_file_under_any_name(
    office: Office,
) -> None:
    old, new = "示例市旧名化工有限公司", "示例市新名化工有限公司"
    went = visits.Visit(visit_id="V-file", node=MARKET, body_name="示例市场监管局", purpose="送法上门")
    went.enterprise.name, went.enterprise.credit_code = old, CODE
    put_moment(went.visit_time, at("2026-01-10 09:00"))
    await office.take(office.journal(MARKET, "enforcement").entry(
        told.VisitRecorded(visit=went), at("2026-01-10 09:00"), went.visit_id
    ))  # fmt: skip
    held = permit(
        "file",
    )
    held.applicant.CopyFrom(party(old, code=CODE))
    put_moment(held.receive_time, at("2026-02-10 09:00"))
    await office.tell_beside(held, "PermitApplicationReceived", "2026-02-10 09:00")
    case = new_case("C-file", URBAN)
    case.party.CopyFrom(party(new, code=CODE))
    put_moment(case.clue.receive_time, at(WHEN))
    await office.tell(case, "CaseFiled", WHEN)
    piece = evidences.Evidence(
        evidence_id="E-file", case_id=case.case_id, title="现场照片", sha256=b"\x01" * 32
    )
    put_moment(piece.collect_time, at(WHEN))
    await office.tell(case, "EvidenceRecorded", WHEN, evidence=piece)
    for number in ("1号", "2号"):
        paper = papers.Paper(paper_id=number, kind="filing", title_zh="立案审批表", number=number)
        paper.case_id = paper.record_id = case.case_id
        put_moment(paper.issue_time, at(WHEN))
        await office.tell(case, "PaperIssued", WHEN, paper=paper)
    measure = measures.Measure(measure_id="M-file", case_id=case.case_id, node=URBAN)
    measure.document_number, measure.state = "示扣〔2026〕1号", measures.MEASURE_STATE_REQUESTED
    put_moment(measure.request_time, at(WHEN))
    await office.tell_beside(measure, "MeasureRequested", WHEN)

    [found] = await listed(office, number=CODE.lower())
    page = await opened(office, found.party_id)

    assert (page.file.name, list(page.file.former_names), page.file.number) == (new, [old], CODE)
    assert [(v.position, v.node) for v in page.volumes] == [(1, MARKET), (2, ENVIRONMENT), (3, URBAN)]
    items = {i.title: i for i in page.volumes[2].items}
    assert items["现场照片"].sha256 == b"\x01" * 32 and items["立案审批表"].number == "2号"
    assert items["行政强制措施"].number == "示扣〔2026〕1号"
    assert len([i for i in page.volumes[2].items if i.title == "立案审批表"]) == 1, "the last one holds"
    assert [f.party_id for f in await listed(office, name="新名化工")] == [found.party_id]
    assert await listed(office, name="旧名化工") == []
    rest = await opened(office, found.party_id, page_size=2)
    last = await opened(office, found.party_id, page_size=2, page_token=rest.next_page_token)
    assert [v.position for v in last.volumes] == [3] and not last.next_page_token
    request = pb.ExportPartyFileRequest(party_id=found.party_id, format=files.PARTY_FILE_FORMAT_XLSX)
    pieces = [p async for p in office.stub.ExportPartyFile(request, metadata=office.metadata)]
    assert pieces[0].file_name == f"当事人案卷目录 {new}.xlsx" and pieces[1].data.startswith(b"PK")


async def test_a_file_is_named_as_its_newest_volume_though_the_times_of_its_volumes_are_told_anew(
    office: Office,
) -> None:
    """Given two cases of one enterprise, when a time turns out to be otherwise, then the newest of them is found by it."""
    first, second = new_case("C-dated-1", ENVIRONMENT), new_case("C-dated-2", ENVIRONMENT)
    code = "914407000000000032"
    for case, name, when in (
        (first, "示例市甲号有限公司", "2026-02-10 10:00"),
        (second, "示例市乙号有限公司", "2026-02-12 10:00"),
    ):
        case.party.CopyFrom(party(name, code=code))
        put_moment(case.clue.receive_time, at(when))
        await office.tell(case, "CaseFiled", WHEN)

    async def named_when(case: Any, when: str) -> tuple[str, list[str]]:
        put_moment(case.clue.receive_time, at(when))
        await office.tell(case, "CaseFiled", WHEN)
        [found] = await listed(office, number=code)
        page = await opened(office, found.party_id)
        return found.name, [v.record_id for v in page.volumes]

    told_anew = [
        await named_when(second, "2026-02-09 10:00"),
        await named_when(first, "2026-02-08 10:00"),
        await named_when(second, "2026-02-07 10:00"),
        await named_when(second, "2026-02-11 10:00"),
    ]

    here, there = "示例市甲号有限公司", "示例市乙号有限公司"
    assert told_anew == [
        (here, ["C-dated-2", "C-dated-1"]),
        (there, ["C-dated-1", "C-dated-2"]),
        (here, ["C-dated-2", "C-dated-1"]),
        (there, ["C-dated-1", "C-dated-2"]),
    ]


async def test_persons_are_told_apart_by_the_number_as_it_is_shown_and_a_minor_leads_nowhere(
    office: Office,
) -> None:
    name, ids = "示例同名人", []
    for n, number in enumerate(("440***********0013", "440***********0029", "440***********0013")):
        case = new_case(f"C-same-{n}", ENVIRONMENT if n < 2 else MARKET)
        case.party.CopyFrom(party(name, number=number, age=parties.PARTY_AGE_OF_AGE))
        await office.tell(case, "CaseFiled", WHEN)
        ids.append(case.case_id)
    young = new_case("C-young", ENVIRONMENT)
    young.party.CopyFrom(party("示例少年人", number="440***********0018", age=parties.PARTY_AGE_MINOR))
    await office.tell(young, "CaseFiled", WHEN)

    found = await listed(office, name=name)
    pages = [await opened(office, f.party_id) for f in found]

    assert sorted([v.record_id for v in p.volumes] for p in pages) == [[ids[0], ids[2]], [ids[1]]]
    assert await listed(office, name="示例少年人") == []
    looked = [
        e.subject
        for e in office.running.entries(0, 10**9)
        if e.type == events.PartyFileRead.DESCRIPTOR.full_name
    ]
    assert sorted(looked) == sorted(f.party_id for f in found), "who looks at a person's file is kept"
    with pytest.raises(grpc.aio.AioRpcError) as missing:
        await opened(office, "PY-nobody")
    assert missing.value.code() is grpc.StatusCode.NOT_FOUND
    young.party.age = parties.PARTY_AGE_OF_AGE
    await office.tell(young, "CaseFiled", "2026-03-03 10:00")
    assert len(await listed(office, name="示例少年人")) == 1, "told otherwise, it is filed anew"
