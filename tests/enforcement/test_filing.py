"""A case is filed on first evidence of an act that the law penalises (SAMR 19)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases

from services.given.case import FIRST_EVIDENCE, LAW
from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD, Dossier

FOUND = cases.FirstEvidence(
    kind=cases.EVIDENCE_KIND_AUDIO_VISUAL, title="现场照片", source="现场核查", sha256=b"\1" * 32
)


async def file(d: Department, dossier: Dossier, **fields: Any) -> cases.Case:
    filed: cases.Case = (await d.do("FileCase", HEAD, case_id=dossier.case_id, **fields)).case
    return filed


async def test_no_case_is_filed_without_first_evidence(department: Department) -> None:
    dossier = await department.clue(evidence=[])

    async with department.refused("FILING_CONDITIONS_NOT_MET", law="SAMR-2022:19(1)[1]") as told:
        await file(department, dossier)
    filed = await file(department, dossier, evidence=[FOUND])

    assert told.metadata["missing"] == "evidence"
    assert filed.state == cases.CASE_STATE_FILED
    assert list(filed.clue.evidence) == [FOUND]


async def test_what_the_check_found_is_kept_with_what_came(department: Department) -> None:
    dossier = await department.clue()

    filed = await file(department, dossier, evidence=[FOUND])

    assert list(filed.clue.evidence) == [*FIRST_EVIDENCE, FOUND]
    assert filed.evidence_count == 0, "it is not yet evidence of the inquiry"


async def test_no_case_is_filed_about_an_act_that_breaks_no_law(department: Department) -> None:
    dossier = await department.clue(law="  ")

    async with department.refused("FILING_CONDITIONS_NOT_MET", law="SAMR-2022:19(1)[2]") as told:
        await file(department, dossier)
    filed = await file(department, dossier, law=LAW)

    assert told.metadata["missing"] == "law"
    assert filed.violation.law == LAW


async def test_an_item_of_the_benchmark_or_of_the_power_list_says_it_too(department: Department) -> None:
    body_id = await department.body()
    item_id = await department.item(body_id)
    by_benchmark = await department.clue(law="", benchmark_id="示例法:1-1")
    by_item = await department.clue(law="", body_id=body_id)

    first = await file(department, by_benchmark)
    second = await file(department, by_item, item_id=item_id)

    assert first.case_number and second.case_number


async def test_all_that_is_missing_is_told_at_once(department: Department) -> None:
    dossier = await department.clue(law="", evidence=[])

    async with department.refused("FILING_CONDITIONS_NOT_MET") as told:
        await file(department, dossier)

    assert told.metadata["missing"] == "evidence,law"


@pytest.mark.parametrize(
    ("piece", "field"),
    [
        ({"title": ""}, "evidence[0].title"),
        ({"source": ""}, "evidence[0].source"),
        ({"kind": 0}, "evidence[0].kind"),
        ({"sha256": b"\1" * 31}, "evidence[0].sha256"),
    ],
)
async def test_first_evidence_says_what_it_is_and_where_from(
    department: Department, piece: dict[str, Any], field: str
) -> None:
    dossier = await department.clue(evidence=[])
    values = {"kind": 1, "title": "举报信", "source": "举报人提供"}

    async with department.refused("MALFORMED") as told:
        await file(department, dossier, evidence=[cases.FirstEvidence(**(values | piece))])

    assert told.fields == [field]
