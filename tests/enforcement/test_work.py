"""Work queues: what waits, for which acts, with whom and since when; and handing over what somebody has to do."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.enforcement.work import acts
from services.enforcement.work.waiting import WAITS_FOR, waiting_for
from services.law.moment import moment_of
from services.law.procedures.penalty import PENALTY
from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import DAY, HEAD, REVIEWER, UNIT, Dossier


async def waiting(d: Department, **asked: Any) -> list[pb.WorkItem]:
    """All pages."""
    found: list[pb.WorkItem] = []
    while True:
        page = await d.do("ListWork", UNIT, **asked)
        found += page.items
        if not page.next_page_token:
            return found
        asked["page_token"] = page.next_page_token


async def of(d: Department, dossier: Dossier) -> pb.WorkItem | None:
    """How one case waits."""
    case = await d.case(dossier.case_id)
    found = await waiting(d, query=case.case_number or case.party.name)
    return next((each for each in found if each.case_id == dossier.case_id), None)


def rpcs(item: pb.WorkItem | None) -> set[str]:
    assert item is not None
    return {act.rpc for act in item.acts}


def test_each_state_that_is_no_end_waits_for_somebody() -> None:
    """A state in which nobody is waited for would be in no queue: those are ends, and what another body has now."""
    sources = {move.source for table in PENALTY.tables for move in table.moves} - {""}

    assert sources - WAITS_FOR.keys() == {"CLOSED", "NOT_FILED"}
    assert waiting_for("LEGAL_REVIEWER") == ["REVIEWING", "HEARING_SET"]


async def test_a_case_waits_with_whom_and_since_when(department: Department) -> None:
    dossier = await department.reviewing()
    began = department.now

    department.now += 3 * DAY
    item = await of(department, dossier)

    assert item is not None and item.days == 3 and moment_of(item.since_time) == began
    assert item.state == cases.CASE_STATE_REVIEWING
    assert {(act.rpc, *act.roles) for act in item.acts} == {("ConcludeReview", Role.ROLE_LEGAL_REVIEWER)}
    assert {o.officer_id for o in item.officers} == set(dossier.ids)
    assert item.deadline.clock_id and item.deadline.due_time.seconds
    number = (await department.case(dossier.case_id)).case_number
    for asked, there in (
        ({"role": Role.ROLE_LEGAL_REVIEWER}, True),
        ({"role": Role.ROLE_FINANCE}, False),
        ({"days": 3}, True),
        ({"days": 4}, False),
        ({"officer_id": dossier.ids[0]}, True),
        ({"officer_id": "O-nobody"}, False),
    ):
        found = await waiting(department, query=number, **asked)
        assert (dossier.case_id in {each.case_id for each in found}) is there, asked

    await department.do("ConcludeReview", REVIEWER, case_id=dossier.case_id, passed=True, opinion="同意")

    item = await of(department, dossier)
    assert item is not None and item.days == 0 and "ServePriorNotice" in rpcs(item)


async def test_an_act_that_leads_nowhere_does_not_begin_the_waiting_anew(department: Department) -> None:
    dossier = await department.investigating()
    department.now += 2 * DAY
    await department.evidence(dossier)
    department.now += DAY

    item = await of(department, dossier)

    assert item is not None and item.days == 3 and rpcs(item) == {"SubmitReport"}


async def test_the_longest_waiting_comes_first_over_all_pages(department: Department) -> None:
    first = await department.investigating()
    department.now += DAY
    second = await department.investigating()

    found = [
        each.case_id
        for each in await waiting(department, role=Role.ROLE_HANDLING_OFFICER, noun="case", page_size=3)
    ]

    assert found.index(first.case_id) < found.index(second.case_id)
    assert len(found) == len(set(found))


async def test_what_is_closed_or_not_filed_waits_for_nobody(department: Department) -> None:
    dossier = await department.clue()
    assert rpcs(await of(department, dossier)) >= {"FileCase", "DeclineClue"}

    await department.do("DeclineClue", HEAD, case_id=dossier.case_id, cause="轻微")

    assert await of(department, dossier) is None


async def test_signs_of_a_pattern_are_looked_for_as_they_are_written(department: Department) -> None:
    dossier = await department.investigating()
    number = (await department.case(dossier.case_id)).case_number

    for pattern in (f"{number[0]}%{number[-1]}", f"_{number[1:]}"):
        assert dossier.case_id not in {each.case_id for each in await waiting(department, query=pattern)}
    assert {each.case_id for each in await waiting(department, query=number[1:])} >= {dossier.case_id}


async def test_all_that_one_officer_handles_goes_to_another(department: Department) -> None:
    body = await department.body()
    served = await department.served(body_id=body)
    leaving, staying = served.officers
    dossiers = [await department.investigating(body_id=body) for _ in range(2)]
    both = [leaving.officer_id, staying.officer_id]
    for dossier in dossiers:
        await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=both)
    former = await department.investigating(body_id=body)
    for ids in (both, former.ids):
        await department.do("AssignOfficers", UNIT, case_id=former.case_id, officer_ids=ids)
    other = await department.officer(body)
    asked = {"from_officer_id": leaving.officer_id, "to_officer_id": other.officer_id, "reason": "调离"}

    async with department.refused("MALFORMED"):
        await department.do("ReassignWork", UNIT, **{**asked, "to_officer_id": leaving.officer_id})
    async with department.refused("NOT_FOUND"):
        await department.do("ReassignWork", UNIT, **{**asked, "to_officer_id": "O-nobody"})
    async with department.refused("ROLE_REQUIRED"):
        await department.do("ReassignWork", REVIEWER, **asked)
    reply = await department.do("ReassignWork", UNIT, **asked)

    told = {each.case_id: each for each in reply.cases}
    assert not reply.after_case_id and told.keys() == {d.case_id for d in (*dossiers, served)}
    for dossier in dossiers:
        case = await department.case(dossier.case_id)
        assert told[dossier.case_id].reassigned
        assert [o.officer_id for o in case.officers] == [other.officer_id, staying.officer_id]
        assert (
            events.OfficersAssigned.FromString(department.events(dossier.case_id)[-1].data).reason == "调离"
        )
    assert not told[served.case_id].reassigned
    assert [each.reason for each in told[served.case_id].obstacles] == ["ACT_NOT_OPEN"]
    assert leaving.officer_id in {o.officer_id for o in (await department.case(served.case_id)).officers}
    mine = await waiting(department, officer_id=leaving.officer_id)
    assert {each.case_id for each in mine} == {served.case_id}


async def test_more_cases_than_one_call_takes_are_handed_over_in_turn(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 2)
    dossiers = [await department.investigating()]
    leaving, _ = dossiers[0].officers
    for _ in range(2):
        dossiers.append(await department.investigating(body_id=dossiers[0].body_id))
        await department.do("AssignOfficers", UNIT, case_id=dossiers[-1].case_id, officer_ids=dossiers[0].ids)
    other = await department.officer(dossiers[0].body_id)
    asked = {"from_officer_id": leaving.officer_id, "to_officer_id": other.officer_id, "reason": "调离"}

    first = await department.do("ReassignWork", UNIT, **asked)
    second = await department.do("ReassignWork", UNIT, **asked, after_case_id=first.after_case_id)

    assert len(first.cases) == 2 and len(second.cases) == 1 and not second.after_case_id
    assert {c.case_id for c in (*first.cases, *second.cases) if c.reassigned} == {d.case_id for d in dossiers}


async def test_nobody_without_a_certificate_takes_work_over(department: Department) -> None:
    dossier = await department.investigating()
    other = await department.officer(dossier.body_id, certified=False)

    reply = await department.do(
        "ReassignWork", UNIT, from_officer_id=dossier.ids[0], to_officer_id=other.officer_id, reason="调离"
    )

    [told] = reply.cases
    assert not told.reassigned and "TWO_CERTIFIED_OFFICERS" in {each.reason for each in told.obstacles}
    assert all(each.text_zh and each.text_en and each.law for each in told.obstacles)
    assert dossier.ids[0] in {o.officer_id for o in (await department.case(dossier.case_id)).officers}


async def test_inspections_and_what_runs_beside_a_case_wait_too(department: Department) -> None:
    bureau = Bureau(department)
    visit = await bureau.opened()
    dossier = await department.investigating()
    flagged = await department.do("FlagCrime", UNIT, case_id=dossier.case_id, suspicion="涉嫌污染环境罪")
    department.now += 2 * DAY

    [mine] = await waiting(department, officer_id=visit.ids[0])
    # a number without its body's short form may be that of other bodies' cases too
    asked = {"query": (await department.case(dossier.case_id)).case_number, "noun": "referral"}
    [referral] = [each for each in await waiting(department, **asked) if each.case_id == dossier.case_id]
    party = (await department.case(dossier.case_id)).party.name
    by_its_case = await waiting(department, query=party, noun="referral", officer_id=dossier.ids[0])
    assert referral.record_id in {each.record_id for each in by_its_case}, "by what the case says"

    assert (mine.noun, mine.record_id, mine.days) == ("inspection", visit.inspection_id, 2)
    assert mine.state_kind == "InspectionState" and rpcs(mine) == {"ApproveInspection"}
    assert {o.officer_id for o in mine.officers} == set(visit.ids)
    assert mine.party_name == visit.enterprise.name
    assert referral.record_id == flagged.referral.referral_id and rpcs(referral) == {"ReportCrime"}
    assert referral.case_id == dossier.case_id and referral.party_name
    assert {o.officer_id for o in referral.officers} == set(dossier.ids), "with those who handle the case"
    assert not await waiting(department, officer_id=visit.ids[0], role=Role.ROLE_CLERK)
    assert not await waiting(department, officer_id=visit.ids[0], noun="case")


async def test_an_inspection_that_has_not_begun_is_handed_over_by_the_head_alone(
    department: Department,
) -> None:
    bureau = Bureau(department)
    visit = await bureau.coded()
    first, second = visit.ids
    other = await department.officer(visit.body_id)
    handing = {"from_officer_id": first, "to_officer_id": other.officer_id, "reason": "调离"}
    [kept] = (await department.do("ReassignWork", UNIT, **handing)).inspections
    assert not kept.reassigned and [each.reason for each in kept.obstacles] == ["ACT_NOT_OPEN"]
    for ids, why, reason in (
        ([first, second], "调离", "INSPECTORS_NOT_CHANGED"),
        ([other.officer_id], "调离", "TOO_FEW_OFFICERS"),
        ([other.officer_id, "O-nobody"], "调离", "TWO_CERTIFIED_OFFICERS"),
        ([other.officer_id, second], " ", "REASONS_MISSING"),
    ):
        async with department.refused(reason):
            await bureau.act("ReplaceInspectors", visit, officer_ids=ids, reason=why)

    [told] = (await department.do("ReassignWork", HEAD, **handing)).inspections

    assert told.reassigned and not told.obstacles
    asked = {"inspection_id": visit.inspection_id}
    now = (await department.do("GetInspection", HEAD, **asked)).inspection
    assert {o.officer_id for o in now.officers} == {other.officer_id, second} and all(
        o.name for o in now.officers
    )
    [change] = now.replacements
    assert ([o.officer_id for o in change.before], change.reason) == ([first, second], "调离")
    assert {o.officer_id for o in change.after} == {other.officer_id, second} and change.replacer == HEAD[0]
    await bureau.act("NoticeInspection", visit)
    async with department.refused("NOT_ON_INSPECTION"):
        await bureau.act("CheckIn", visit, by=(second, "HANDLING_OFFICER"))
    visit.ids = [other.officer_id, second]
    shown = [bureau.shown(officer.certificate_number) for officer in now.officers]
    await bureau.act("CheckIn", visit, shown=shown)
    async with department.refused("ACT_NOT_OPEN"):
        await bureau.act("ReplaceInspectors", visit, officer_ids=[first, second])
