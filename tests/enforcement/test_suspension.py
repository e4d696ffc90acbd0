"""An inquiry stands still and goes on, and its term with it to the moment (SAMR 46, 64(2); MOHURD 30; ENV 35)."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1 import law_pb2

from services.law.moment import moment_at
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, START, Dossier

LAW = {
    "市场监督管理": ("SAMR-2022:46(1)", "SAMR-2022:46(2)"),
    "住房和城乡建设": ("MOHURD-2022:30", "MOHURD-2022:30"),
    "生态环境": ("ENV-2023:35", "ENV-2023:35"),
}
WAITS = {
    "ground": cases.SUSPENSION_GROUND_RELATED_CASE,
    "cause": "相关案件尚未审结",
    "document": "受理通知书1号",
}


async def suspend(d: Department, dossier: Dossier, **said: Any) -> cases.Case:
    return (await d.do("SuspendInquiry", HEAD, case_id=dossier.case_id, **(WAITS | said))).case


async def resume(d: Department, dossier: Dossier, cause: str = "相关案件已经审结") -> cases.Case:
    return (await d.do("ResumeInquiry", HEAD, case_id=dossier.case_id, cause=cause)).case


def term(case: cases.Case) -> law_pb2.Deadline:
    [found] = (d for d in case.deadlines if d.clock_id == "PEN-15")
    return found


@pytest.mark.parametrize("field", LAW)
async def test_the_term_stands_still_with_the_inquiry_and_runs_on_with_it(
    department: Department, field: str
) -> None:
    dossier = await department.investigating(body_id=await department.body(field=field))
    start = term(await department.case(dossier.case_id))
    at_first, at_last = LAW[field]

    async with department.refused("SUSPENSION_NOT_GROUNDED", law=at_first):
        await suspend(department, dossier, cause=" ")
    async with department.refused("SUSPENSION_NOT_GROUNDED"):
        await suspend(department, dossier, document=" ")
    case = await suspend(department, dossier)
    assert case.state == cases.CASE_STATE_SUSPENDED
    assert term(case).state == law_pb2.CLOCK_STATE_SUSPENDED
    assert department.names(case.case_id)[-2:] == ["InquirySuspended", "TimeExcluded"]

    department.now += timedelta(days=200)
    async with department.refused("RESUMPTION_NOT_REASONED", law=at_last):
        await resume(department, dossier, " ")
    case = await resume(department, dossier)

    assert case.state == cases.CASE_STATE_INVESTIGATING
    assert term(case).due_time.seconds == start.due_time.seconds + 199 * 86400, "the first day is in no count"
    assert department.names(case.case_id)[-2:] == ["InquiryResumed", "TimeResumed"]
    [kept] = case.suspensions
    assert (kept.approver, kept.resumer, kept.document) == (HEAD[0], HEAD[0], "受理通知书1号")
    assert moment_at(kept, "suspend_time") == START and moment_at(kept, "resume_time") == department.now


async def test_a_sector_without_a_rule_lets_the_term_run(department: Department) -> None:
    """The Act knows no suspension: what stands still is the inquiry alone."""
    dossier = await department.investigating(body_id=await department.body(field="水务"))

    case = await suspend(department, dossier)

    assert case.state == cases.CASE_STATE_SUSPENDED and term(case).state == law_pb2.CLOCK_STATE_RUNNING


async def test_nothing_is_done_meanwhile_but_what_cannot_wait(department: Department) -> None:
    dossier = await department.investigating()
    await suspend(department, dossier)

    async with department.refused("ACT_NOT_OPEN"):
        await department.evidence(dossier)
    async with department.refused("ACT_NOT_OPEN"):
        await department.act("AssignOfficers", dossier)
    async with department.refused("ACT_NOT_OPEN"):
        await suspend(department, dossier)
    listed = await department.do("ListOpenActs", HEAD, case_id=dossier.case_id)
    possible = {a.act for a in listed.acts if "ACT_NOT_OPEN" not in {o.reason for o in a.obstacles}}
    assert possible == {
        "RESUME_INQUIRY", "TERMINATE_CASE", "PASS_CASE", "REQUEST_RECUSAL", "DECIDE_RECUSAL", "WITHDRAW_PUBLICATION",
        "CORRECT_CREDIT", "REFUND_FINE", "SERVE_OWN_CORRECTION", "ANNOUNCE_OWN_CORRECTION",
    }  # fmt: skip


async def test_a_case_that_cannot_go_on_ends_while_it_stands_still(department: Department) -> None:
    """The party died, and it turned out that nobody takes its place (SAMR 47)."""
    dossier = await department.investigating()
    await suspend(department, dossier, ground=cases.SUSPENSION_GROUND_PARTY_DECEASED, document="死亡证明")

    case = (await department.act("TerminateCase", dossier)).case

    assert case.state == cases.CASE_STATE_TERMINATED
    assert term(case).state == law_pb2.CLOCK_STATE_MET
    assert all(e.HasField("until_time") for e in term(case).excluded)


async def test_a_day_is_left_out_exactly_once(department: Department) -> None:
    """Suspended and resumed three times; within one day nothing is gained."""
    dossier = await department.investigating()
    start = term(await department.case(dossier.case_id))

    for days in (3, 0, 5):
        await suspend(department, dossier)
        department.now += days * DAY
        case = await resume(department, dossier)

    assert term(case).due_time.seconds == start.due_time.seconds + 7 * 86400, "the first day is in no count"
    assert len(case.suspensions) == 3
