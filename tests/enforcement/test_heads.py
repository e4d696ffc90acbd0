"""Who is head of the agency: by the posts on record, of this body, in office then; and not the own judge."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import officer_pb2, post_pb2

from services.kit.reactions import NotItsHome
from tests.enforcement.department import DEPUTY, Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    INSTANT,
    NODE,
    REVIEWER,
    START,
    WINDOW_END,
    fine,
    stamp,
)

NOBODY = ("head-66", "AGENCY_HEAD")
MEMBERS = {"discussion": "集体讨论记录", "discussion_members": ["head-1", "head-2"]}


async def test_who_holds_no_post_of_a_head_signs_nothing(department: Department) -> None:
    dossier = await department.clue()

    async with department.refused("HEAD_NOT_IN_OFFICE", law="APL-2021:54(2)") as told:
        await department.act("FileCase", dossier, NOBODY)
    filed = (await department.act("FileCase", dossier)).case

    assert told.metadata["person"] == "head-66" and filed.filer == "head-1"


async def test_a_head_of_another_body_is_none_here(department: Department) -> None:
    dossier = await department.clue()
    await department.appointed(await department.body(), NOBODY[0])

    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await department.act("FileCase", dossier, NOBODY)


@pytest.mark.parametrize("rank", [post_pb2.POST_RANK_UNIT_HEAD, post_pb2.POST_RANK_STAFF])
async def test_who_heads_a_unit_is_no_head_of_the_agency(department: Department, rank: int) -> None:
    dossier = await department.clue()
    await department.appointed(dossier.body_id, NOBODY[0], rank)

    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await department.act("FileCase", dossier, NOBODY)


async def test_a_term_holds_from_its_first_moment_to_just_before_its_last(department: Department) -> None:
    dossier, later = await department.clue(), await department.clue()
    for each in (dossier, later):
        await department.appointed(each.body_id, "head-1", until=START + DAY, version=2)

    department.now = START + DAY - INSTANT
    await department.act("FileCase", dossier)
    department.now = START + DAY
    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await department.act("FileCase", later)


async def test_who_left_the_roster_is_head_no_more(department: Department) -> None:
    dossier = await department.clue()
    await department.appointed(dossier.body_id, "head-55")
    gone = officer_pb2.Officer(
        officer_id="head-55",
        name="示例人员",
        body_id=dossier.body_id,
        node=NODE,
        version=2,
        leave_time=stamp(START - DAY),
    )
    await department.hear(registry.OfficerLeft(officer=gone), NODE)

    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await department.act("FileCase", dossier, ("head-55", "AGENCY_HEAD"))


async def test_another_department_does_not_say_who_heads_a_body_here(department: Department) -> None:
    body_id = await department.body()
    told = post_pb2.Appointment(
        appointment_id="AP-x", body_id=body_id, node="chengguan", officer_id="head-66", rank=1, version=1
    )

    with pytest.raises(NotItsHome):
        await department.hear(registry.OfficerAppointed(appointment=told), "chengguan")


async def test_a_deputy_alone_does_not_refuse_the_recusal_of_the_head(department: Department) -> None:
    dossier = await department.filed()
    wanted = {
        "officer_id": HEAD[0],
        "asker": cases.RECUSAL_ASKER_PARTY,
        "cause": "与当事人合伙经营",
        "of_head": False,
    }
    asked = (await department.do("RequestRecusal", CLERK, case_id=dossier.case_id, **wanted)).recusal
    answer: dict[str, Any] = {
        "case_id": dossier.case_id,
        "recusal_id": asked.recusal_id,
        "reason": "无利害关系",
    }
    deputy = ("head-2", "AGENCY_HEAD")

    async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law="SAMR-2022:4"):
        await department.do("DecideRecusal", deputy, **answer)
    async with department.refused("DISCUSSION_NOT_BY_HEADS"):
        invented = {"discussion": "记录", "discussion_members": ["head-2", "某某"]}
        await department.do("DecideRecusal", deputy, **answer, **invented)
    together = {"discussion": "记录", "discussion_members": ["head-2", "head-3"]}
    decided = (await department.do("DecideRecusal", deputy, **answer, **together)).recusal

    assert asked.of_head and decided.state == cases.RECUSAL_STATE_REFUSED


async def test_whose_own_recusal_waits_neither_ends_reviews_nor_decides(department: Department) -> None:
    dossier = await department.reviewing()
    for person in (HEAD[0], REVIEWER[0]):
        wanted = {"officer_id": person, "asker": cases.RECUSAL_ASKER_PARTY, "cause": "系当事人近亲属"}
        await department.do("RequestRecusal", CLERK, case_id=dossier.case_id, **wanted)

    async with department.refused("RECUSAL_PENDING_DECISION", law="APL-2021:43(3)"):
        await department.act("TerminateCase", dossier)
    for passed in (True, False):
        async with department.refused("RECUSAL_PENDING_DECISION", law="APL-2021:43(3)"):
            await department.act("ConcludeReview", dossier, passed=passed)
    ended = (await department.act("TerminateCase", dossier, ("head-2", "AGENCY_HEAD"))).case

    assert ended.state == cases.CASE_STATE_TERMINATED


async def test_an_officer_of_the_case_neither_filed_it_nor_closes_it_as_head(department: Department) -> None:
    dossier = await department.clue()
    await department.certify("head-3", dossier.body_id)
    other = await department.officer(dossier.body_id)
    await department.act("FileCase", dossier, ("head-3", "AGENCY_HEAD"))
    dossier.officers = [other, await department.officer(dossier.body_id)]

    async with department.refused("SOD_VIOLATION", law="EX-ERS"):
        await department.act("AssignOfficers", dossier, officer_ids=["head-3", other.officer_id])
    await department.act("AssignOfficers", dossier)
    await department.appointed(dossier.body_id, other.officer_id, DEPUTY)
    as_head = (other.officer_id, "AGENCY_HEAD")
    async with department.refused("SOD_VIOLATION", law="APL-2021:57(1)"):
        await department.act("TerminateCase", dossier, as_head)
    async with department.refused("SOD_VIOLATION"):
        extension = {"clock_id": "PEN-15", "amount": 30, "cause": "案情复杂"}
        await department.do("ExtendDeadline", as_head, case_id=dossier.case_id, **extension)


async def test_a_term_is_extended_by_a_head_in_office(department: Department) -> None:
    dossier = await department.filed()
    extension = {"case_id": dossier.case_id, "clock_id": "PEN-15", "amount": 30, "cause": "案情复杂"}

    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await department.do("ExtendDeadline", NOBODY, **extension)
    await department.do("ExtendDeadline", HEAD, **extension)


@pytest.mark.parametrize("members", [["张三", "李四"], ["officers"], ["head-1", "head-66"]])
async def test_those_who_discuss_are_heads_in_office(department: Department, members: list[str]) -> None:
    dossier = await department.noticed(fine(200_000))
    department.now = WINDOW_END + INSTANT
    named = dossier.ids if members == ["officers"] else members

    async with department.refused("DISCUSSION_NOT_BY_HEADS", more=True, law="APL-2021:57(2)"):
        await department.decide(dossier, discussion="集体讨论记录", discussion_members=named)
    decided = (await department.decide(dossier, **MEMBERS)).case

    assert decided.state == cases.CASE_STATE_DECIDED


async def test_who_held_otherwise_is_on_record(department: Department) -> None:
    dossier = await department.noticed(fine(200_000))
    department.now = WINDOW_END + INSTANT

    async with department.refused("MALFORMED"):
        await department.decide(dossier, **MEMBERS, dissents=[{"member": "head-3", "opinion": "处罚过重"}])
    dissents = [{"member": "head-2", "opinion": "处罚过重"}]
    decided = (await department.decide(dossier, **MEMBERS, dissents=dissents)).case

    assert [(d.member, d.opinion) for d in decided.decision.dissents] == [("head-2", "处罚过重")]


async def test_who_returned_a_case_does_not_decide_it(department: Department) -> None:
    dossier = await department.reviewing()
    returner = ("head-2", "LEGAL_REVIEWER")
    await department.act("ConcludeReview", dossier, returner, passed=False, opinion="证据不足")
    await department.evidence(dossier)
    await department.report(dossier, fine(30_000))
    await department.act("SubmitForReview", dossier)
    await department.act("ConcludeReview", dossier)
    await department.notice(dossier)
    department.now = WINDOW_END + INSTANT

    async with department.refused("SOD_VIOLATION", law="EX-ERS") as told:
        await department.decide(dossier, by=("head-2", "AGENCY_HEAD"))

    assert told.metadata["person"] == "head-2"
