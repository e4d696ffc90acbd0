"""One act filed by two departments: the first to file handles it (APL 25(1)), the other is warned."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import case_view_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from tests.supervision.office import ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at, new_case

ORANGE = warning_pb2.WARNING_LEVEL_ORANGE
FIRST, SECOND, THIRD = "2026-03-02 10:00", "2026-03-03 10:00", "2026-03-04 10:00"


def filed(case_id: str, node: str, when: str, **more: Any) -> case_pb2.Case:
    case = new_case(case_id, node)
    case.MergeFrom(case_pb2.Case(**{"matter": "m" * 64, "area_code": "440703"} | more))
    case.file_time.FromDatetime(at(when))
    return case


async def twice(office: Office) -> list[tuple[str, int]]:
    return sorted((w.case_id, w.state) for w in await office.warnings(rule_id="TWICE"))


async def test_the_second_to_file_is_warned_and_told_of_the_first(office: Office) -> None:
    office.clock("2026-03-05 09:00")
    await office.tell(filed("C-1", ENVIRONMENT, FIRST), "CaseFiled", FIRST)

    await office.tell(filed("C-2", URBAN, SECOND), "CaseFiled", SECOND)

    [warning] = await office.warnings(rule_id="TWICE")
    assert (warning.case_id, warning.node, warning.level) == ("C-2", URBAN, ORANGE)
    assert warning.citation.code == "APL-2021:25(1)"
    assert "环罚立〔2026〕C-1号" in warning.detail_zh and "C-1" in warning.detail_en
    [raised] = [e for e in office.emitted(events.WarningRaised) if e.warning.rule_id == "TWICE"]
    assert raised.case.case_id == "C-2" and URBAN in office.addressees(events.WarningRaised)


async def test_in_whatever_order_they_become_known(office: Office) -> None:
    office.clock("2026-03-05 09:00")
    await office.tell(filed("C-3", "jiaotong", THIRD), "CaseFiled", THIRD)
    await office.tell(filed("C-2", URBAN, SECOND), "CaseFiled", SECOND)

    await office.tell(filed("C-1", ENVIRONMENT, FIRST), "CaseFiled", FIRST)

    assert await twice(office) == [("C-2", OPEN), ("C-3", OPEN)]
    assert all("C-1号" in w.detail_zh for w in await office.warnings(rule_id="TWICE"))


@pytest.mark.parametrize(
    ("node", "more"),
    [
        (URBAN, {"matter": "n" * 64}),
        (URBAN, {"area_code": "440704"}),
        (ENVIRONMENT, {}),
    ],
)
async def test_another_matter_is_nobodys_concern(office: Office, node: str, more: dict[str, Any]) -> None:
    office.clock("2026-03-05 09:00")
    await office.tell(filed("C-1", ENVIRONMENT, FIRST), "CaseFiled", FIRST)

    await office.tell(filed("C-2", node, SECOND, **more), "CaseFiled", SECOND)

    assert await twice(office) == []


async def test_a_clue_that_is_not_filed_is_in_nobodys_way(office: Office) -> None:
    office.clock("2026-03-05 09:00")
    clue = filed("C-1", ENVIRONMENT, FIRST)
    clue.ClearField("file_time")
    await office.tell(clue, "ClueRegistered", FIRST)

    await office.tell(filed("C-2", URBAN, SECOND), "CaseFiled", SECOND)

    assert await twice(office) == []


@pytest.mark.parametrize("which", [0, 1])
async def test_it_is_settled_when_one_of_them_gives_the_case_up(office: Office, which: int) -> None:
    office.clock("2026-03-05 09:00")
    both = [filed("C-1", ENVIRONMENT, FIRST), filed("C-2", URBAN, "2026-03-03 10:00")]
    for case in both:
        await office.tell(case, "CaseFiled", case.file_time.ToDatetime(at(FIRST).tzinfo))

    both[which].state = case_pb2.CASE_STATE_TERMINATED
    await office.tell(both[which], "CaseTerminated", "2026-03-04 10:00")

    assert await twice(office) == [("C-2", SETTLED)]


async def test_the_city_sees_where_the_act_happened(office: Office) -> None:
    await office.tell(filed("C-1", ENVIRONMENT, FIRST), "CaseFiled", FIRST)

    reply = await office.call("ListCases", pb.ListCasesRequest())

    assert [case.area_code for case in reply.cases] == ["440703"]
