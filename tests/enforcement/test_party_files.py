"""One party, one file: all that is on record about it at a department, in the order of time (CITY-ERS 5(6), 8(7))."""

import importlib
import io
from datetime import timedelta
from typing import Any

import grpc
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import visit_pb2 as visits

from services.enforcement.party_file.model import Party, PartyVolume
from services.given import permit as given
from tests.enforcement.department import Department, number_of
from tests.enforcement.permitting import Window
from tests.enforcement.samples import CLERK, HEAD, UNIT, serial

ORGANISATION, CITIZEN = parties.PARTY_KIND_ORGANISATION, parties.PARTY_KIND_CITIZEN
OFFICER = ("O-reader", "HANDLING_OFFICER")
MINOR = "440700201001010018"
CASE, VISIT, PERMIT = (
    pb.PARTY_VOLUME_KIND_CASE,
    pb.PARTY_VOLUME_KIND_VISIT,
    pb.PARTY_VOLUME_KIND_PERMIT,
)


async def files(d: Department, by: Any = OFFICER, **asked: Any) -> list[pb.PartyFile]:
    return list((await d.do("ListPartyFiles", by, **asked)).files)


async def opened(d: Department, rpc: str, by: Any, **asked: Any) -> Any:
    """The one page that a stream of a file brings."""
    request = getattr(pb, f"{rpc}Request")(**asked)
    [page] = [each async for each in getattr(d.stub, rpc)(request, metadata=d.metadata(by))]
    return page


async def file_of(d: Department, number: str) -> pb.ReadPartyFileResponse:
    [found] = await files(d, number=number)
    return await opened(d, "ReadPartyFile", OFFICER, party_id=found.party_id)


def looks(d: Department) -> list[events.PartyFileRead]:
    told = (e for e in d.running.entries(0, 10**9) if e.type == events.PartyFileRead.DESCRIPTOR.full_name)
    return [events.PartyFileRead.FromString(e.data) for e in told]


async def test_all_that_is_on_record_of_an_enterprise_lies_in_one_file_under_any_name(
    department: Department,
) -> None:
    d, code = department, number_of(ORGANISATION)
    old, new = f"示例市旧名商贸{next(serial)}有限公司", f"示例市新名商贸{next(serial)}有限公司"
    body = await d.body()
    enterprise = {"name": old, "credit_code": code}
    await d.do("RecordVisit", UNIT, body_id=body, kind=visits.VISIT_KIND_SERVICE, enterprise=enterprise,
               people=["甲"], purpose="送法上门")  # fmt: skip
    d.now += timedelta(minutes=1)
    permit_id = await Window(d).received(party=given.applicant(code, old))
    d.now += timedelta(minutes=1)
    dossier = await d.investigating(party=new, number=code)
    piece = (
        await d.evidence(dossier, title="营业执照复印件", sha256=b"\x07" * 32, location="档案系统")
    ).evidence

    found = await file_of(d, f" {code.lower()} ")

    assert (found.file.name, list(found.file.former_names), found.file.number) == (new, [old], code)
    assert [(v.position, v.kind) for v in found.volumes] == [(1, VISIT), (2, PERMIT), (3, CASE)]
    assert found.file.volumes == 3 and [v.party_name for v in found.volumes] == [old, old, new]
    assert found.volumes[1].record_id == permit_id and found.volumes[2].record_id == dossier.case_id
    [evidence] = [i for i in found.volumes[2].items if i.kind == pb.PARTY_ITEM_KIND_EVIDENCE]
    assert (evidence.id, evidence.sha256, evidence.title) == (
        piece.evidence_id,
        b"\x07" * 32,
        "营业执照复印件",
    )
    assert [i.position for i in found.volumes[1].items] == list(range(1, len(found.volumes[1].items) + 1))
    by_name = [await files(d, name=name) for name in (new, new[:6], new.removeprefix("示例市")[:8])]
    assert all(found.file.party_id in {f.party_id for f in some} for some in by_name)
    assert await files(d, name=old) == []
    assert found.file.party_id not in {look.party_id for look in looks(d)}


async def test_what_is_decided_served_and_paid_lies_in_the_volume_of_its_case(
    department: Department,
) -> None:
    d, code = department, number_of(ORGANISATION)
    dossier = await d.decided(number=code, party=f"示例缴款企业{next(serial)}")
    await d.act("ServeDecision", dossier)
    await d.pay(dossier, 1000)

    [volume] = (await file_of(d, code)).volumes

    case = await d.case(dossier.case_id)
    titles = {i.title: i for i in volume.items}
    assert titles["处罚决定"].number == case.decision.document_number
    assert titles["缴纳罚款"].amount == case.payments[0].amount
    assert titles["处罚决定书送达"].time == case.service.serve_time
    assert volume.number == case.case_number and volume.state == case.state


async def test_a_file_is_read_page_by_page_and_keeps_its_places(department: Department) -> None:
    d, code = department, number_of(ORGANISATION)
    cases = []
    for _ in range(3):
        cases.append((await d.clue(number=code, party="示例分页企业")).case_id)
        d.now += timedelta(minutes=1)
    [found] = await files(d, number=code)
    pages, token = [], ""
    while not pages or token:
        asked = {"party_id": found.party_id, "page_size": 1, "page_token": token}
        page = await opened(d, "ReadPartyFile", OFFICER, **asked)
        pages.append(page)
        token = page.next_page_token

    assert [(v.position, v.record_id) for p in pages for v in p.volumes] == [*enumerate(cases, 1)]
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await opened(d, "ReadPartyFile", OFFICER, party_id=found.party_id, page_token="x")
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_two_persons_of_one_name_are_two_files_and_who_looks_is_kept(department: Department) -> None:
    d, name = department, "示例同名"
    numbers = [number_of(CITIZEN), number_of(CITIZEN)]
    cases = [(await d.clue(CITIZEN, party=name, number=number)).case_id for number in numbers]

    found = [await file_of(d, number) for number in numbers]

    assert [[v.record_id for v in f.volumes] for f in found] == [[case] for case in cases]
    assert len({f.file.party_id for f in found}) == 2
    assert all(
        "*" in f.file.number and f.file.number != number for f, number in zip(found, numbers, strict=True)
    )
    seen = [look.party_id for look in looks(d)]
    assert all(seen.count(f.file.party_id) == 1 for f in found)


async def test_what_concerns_a_minor_leads_nowhere_and_is_opened_by_the_head_for_a_reason(
    department: Department,
) -> None:
    d, name = department, f"示例少年{next(serial)}"
    dossier = await d.clue(CITIZEN, party=name, number=MINOR)

    assert await files(d, HEAD, number=MINOR) == [] and await files(d, HEAD, name=name) == []
    sealed = {"number": MINOR, "reason": "办理关联案件"}
    for asked, code in ((sealed | {"number": number_of(CITIZEN)}, grpc.StatusCode.NOT_FOUND),
                        (sealed | {"reason": " "}, grpc.StatusCode.INVALID_ARGUMENT)):  # fmt: skip
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await opened(d, "ReadSealedPartyFile", HEAD, **asked)
        assert refused.value.code() is code
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await opened(d, "ReadSealedPartyFile", OFFICER, **sealed)
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
    found = await opened(d, "ReadSealedPartyFile", HEAD, **sealed)
    assert dossier.case_id in {v.record_id for v in found.volumes} and all(v.sealed for v in found.volumes)
    assert found.file.volumes == 0 and not found.file.name
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await opened(d, "ReadPartyFile", HEAD, party_id=found.file.party_id)
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND
    assert (looks(d)[-1].reason, looks(d)[-1].sealed) == ("办理关联案件", True)


async def test_the_list_of_what_lies_in_a_file_is_a_workbook_and_an_archival_paper(
    department: Department,
) -> None:
    d, code, name = department, number_of(ORGANISATION), f"示例目录企业{next(serial)}"
    dossier = await d.investigating(party=name, number=code)
    await d.evidence(dossier, title="现场照片", sha256=b"\x09" * 32, location="档案系统")
    [found] = await files(d, number=code)

    async def exported(form: int) -> tuple[str, bytes]:
        request = pb.ExportPartyFileRequest(party_id=found.party_id, format=form)
        pieces = [p async for p in d.stub.ExportPartyFile(request, metadata=d.metadata(CLERK), timeout=60)]
        return pieces[0].file_name, b"".join(p.data for p in pieces)

    title, book = await exported(pb.PARTY_FILE_FORMAT_XLSX)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert title == f"当事人案卷目录 {name}.xlsx" and name in rows[1][0] and code in rows[1][0]
    assert [row for row in rows if row[3] == "现场照片" and row[7] == "09" * 32]
    _, paper = await exported(pb.PARTY_FILE_FORMAT_PDF)
    assert paper.startswith(b"%PDF-1.7") and b"pdfaid" in paper


async def test_what_was_on_record_before_there_were_files_is_filed_alike(department: Department) -> None:
    """The migration files every record of a database as the acts file it."""
    d, code = department, number_of(ORGANISATION)
    await d.clue(number=code, party="示例旧档企业")
    await d.clue(CITIZEN, party="示例旧档少年", number=MINOR)
    await Window(d).received(party=given.applicant(code, "示例旧档企业有限公司"))
    migration = importlib.import_module("services.enforcement.migrations.0826_party_files")

    with d.running.reading() as connection:
        before = {filed.volume_id: filed for filed in migration._records(connection)}

    party, volume = Party.__table__, PartyVolume.__table__
    rows = d.running.rows(select(volume, party.c.key).join(party, party.c.party_id == volume.c.party_id))
    theirs = {row.volume_id: row for row in rows if row.key in (code, MINOR)}
    assert len(theirs) >= 3
    for volume_id, row in theirs.items():
        filed = before[volume_id]
        assert (filed.key, filed.kind, filed.party_name, filed.sealed, filed.begin_time) == (
            row.key, row.kind, row.party_name, row.sealed, row.begin_time,
        )  # fmt: skip
