"""A closed case goes into the archive: one volume, whole, in the order of the sector, and closed after (SAMR 78; ENV 80)."""

from pathlib import Path
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import moment_at
from services.law.volume import sections
from tests.enforcement.department import Department
from tests.enforcement.handing_in import handed_in
from tests.enforcement.samples import CLERK, FINANCE, HEAD, REVIEWER, Dossier, yuan

NEEDED = (
    "filing", "investigation_report", "legal_review", "prior_notice", "decision", "service_receipt", "closing",
)  # fmt: skip


async def closed(d: Department, **more: Any) -> Dossier:
    dossier = await d.served(**more)
    await d.pay(dossier, 30000)
    await d.act("CloseCase", dossier)
    return dossier


async def issue(d: Department, dossier: Dossier, *kinds: str) -> None:
    for kind in kinds:
        await d.do("IssuePaper", CLERK, case_id=dossier.case_id, kind=kind)


async def archive(d: Department, dossier: Dossier) -> cases.Case:
    said = {"checker": "checker-1", "pages": 42, "note": "本卷材料齐全"}
    return (await d.do("ArchiveCase", CLERK, case_id=dossier.case_id, **said)).case


FIRST = {
    "市场监督管理": "立案审批表",
    "住房和城乡建设": "立案审批表",
    "生态环境": "行政处罚决定书",
    "水务": "现场笔录",
}


@pytest.mark.parametrize("field", FIRST)
async def test_a_volume_is_whole_and_in_the_order_of_its_sector(department: Department, field: str) -> None:
    dossier = await closed(department, body_id=await department.body(field=field))
    await issue(department, dossier, *NEEDED[:-1])

    async with department.refused("ARCHIVE_INCOMPLETE") as told:
        await archive(department, dossier)
    assert told.metadata["lacking"] == "closing" and told.metadata["lacking_zh"] == "结案审批表"
    await issue(department, dossier, "closing", "contents")
    case = await archive(department, dossier)
    async with department.refused("ALREADY_DONE"):
        await archive(department, dossier)

    volume = case.archive
    assert case.state == cases.CASE_STATE_CLOSED and department.names(case.case_id)[-1] == "CaseArchived"
    assert [item.order for item in volume.catalogue] == list(range(1, len(NEEDED) + 2)), (
        "the papers and the evidence"
    )
    assert volume.catalogue[0].title == FIRST[field]
    order = [section.zh for section in sections(case.sector)]
    places = [order.index(item.section) for item in volume.catalogue]
    assert places == sorted(places)
    assert (volume.compiler, volume.checker, volume.pages, volume.note) == (
        CLERK[0],
        "checker-1",
        42,
        "本卷材料齐全",
    )
    assert "档" in volume.number and moment_at(volume, "kept_until").year == department.now.year + 30


async def test_nothing_is_added_to_what_is_in_the_archive(department: Department, tmp_path: Path) -> None:
    dossier = await closed(department)
    await issue(department, dossier, *NEEDED)
    scan, late = tmp_path / "scan.txt", tmp_path / "late.txt"
    scan.write_text("当事人来函")
    late.write_text("补充材料")
    kept = await handed_in(department, dossier, scan, media_type="text/plain")
    case = await archive(department, dossier)

    assert {i.id: i.section for i in case.archive.catalogue}[kept.file_id] == "其他有关材料"
    async with department.refused("CASE_ARCHIVED"):
        await handed_in(department, dossier, late, media_type="text/plain")

    async with department.refused("CASE_ARCHIVED") as told:
        await issue(department, dossier, "cover")
    assert told.metadata["archive"] == case.archive.number
    reply = await department.do("ListOpenActs", HEAD, case_id=dossier.case_id)
    assert not any(a.open for a in reply.acts if a.act in ("ARCHIVE_CASE", "RECORD_EVIDENCE"))


async def test_an_open_case_is_not_archived(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("ACT_NOT_OPEN"):
        await archive(department, dossier)


async def test_what_is_decided_anew_has_a_volume_of_its_own(department: Department) -> None:
    """That of the annulled decision stays as it was; none of its papers counts for the new one."""
    dossier = await closed(department)
    await issue(department, dossier, *NEEDED)
    first = (await archive(department, dossier)).archive
    annulled = {
        "kind": cases.OUTCOME_KIND_ANNULLED,
        "authority": "示例市人民政府",
        "document": "复决1号",
        "remedy": cases.REMEDY_RECONSIDERATION,
        "anew": True,
    }
    await department.do("RecordOutcome", REVIEWER, case_id=dossier.case_id, **annulled)
    await department.evidence(dossier)
    for rpc in (
        "SubmitReport",
        "SubmitForReview",
        "ConcludeReview",
        "ServePriorNotice",
        "WaiveDefence",
        "MakeDecision",
    ):
        await department.act(rpc, dossier)
    await department.serve(dossier)
    await department.pay(dossier, 30000)
    async with department.refused("REFUND_DUE"):
        await department.act("CloseCase", dossier)
    back = {"amount": yuan(30000), "bank_reference": "RF-archive"}
    await department.do("RecordRefund", FINANCE, case_id=dossier.case_id, **back)
    await department.act("CloseCase", dossier)

    async with department.refused("ARCHIVE_INCOMPLETE") as told:
        await archive(department, dossier)
    assert told.metadata["lacking"] == ",".join(NEEDED[1:]), "it was filed once"
    await issue(department, dossier, *NEEDED)
    case = await archive(department, dossier)

    assert case.earlier_decisions[0].archive == first and case.archive.number != first.number
    assert {i.id for i in case.archive.catalogue if i.title == "行政处罚决定书"}.isdisjoint(
        i.id for i in first.catalogue
    )
