"""Inspections judged at the city: every rule that is broken there is an early warning (EW-09, EW-24)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import inspection_object_pb2 as objects
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import inspection_plan_pb2 as plans
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import inspection_pb2 as seen
from yifa.supervision.v1 import inspection_plan_pb2 as public

from services.given.inspection import enterprise
from services.law.checkcode import checked
from services.law.procedures.inspection.acts import ACTS
from tests.supervision.inspections import (
    AREA,
    BODY,
    DAY,
    FIRM,
    HOUR,
    ITEM,
    PLAN,
    WAY,
    Story,
    both,
    shown,
    until,
)
from tests.supervision.office import CITY, ENVIRONMENT, MARKET, Office, at


async def test_a_lawful_inspection_raises_nothing(office: Office) -> None:
    story = await Story(office).known()

    await story.go(*WAY)

    assert await story.warnings() == set()
    assert [type(e).__name__ for e in story.answers()] == ["InspectionCodeIssued"]
    listed = await office.call("ListInspections", seen.ListInspectionsRequest(node=ENVIRONMENT))
    assert [line.number for line in listed.inspections] == ["示检〔2026〕1号"]


# The act, what its record says otherwise, and the warning that this is.
BROKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "no published item": ("APPROVE_INSPECTION", {"item_ids": ["P-unknown"]}, "EW-24"),
    "no plan": ("APPROVE_INSPECTION", {"plan_id": "IP-9"}, "EW-24"),
    "no clue": ("APPROVE_INSPECTION", {"kind": pb.INSPECTION_KIND_CLUE, "clue_case_id": "C-9"}, "EW-24"),
    "no draw": ("APPROVE_INSPECTION", {"draw_id": "D-9"}, "EW-24"),
    "no scope": ("APPROVE_INSPECTION", {"scope": " "}, "EW-24"),
    "another body": ("APPROVE_INSPECTION", {"body_id": "B-9"}, "EW-24"),
    "one officer": (
        "APPROVE_INSPECTION",
        {"officers": [pb.Inspection().officers.add(officer_id="O-1")]},
        "EW-09",
    ),
    "no certificate": (
        "APPROVE_INSPECTION",
        {"officers": [pb.Inspection().officers.add(officer_id=o) for o in ("O-1", "O-9")]},
        "EW-09",
    ),
    "approved before it was opened": ("APPROVE_INSPECTION", {"approval__approve_time": DAY}, "EW-24"),
    "approved by no head of the body": ("APPROVE_INSPECTION", {"approval__approver": "O-1"}, "EW-24"),
    "not approved": ("REQUEST_INSPECTION_CODE", {"approval": None}, "EW-24"),
    "no receipt of the notice": ("NOTICE_INSPECTION", {"notice__receipt": " "}, "EW-24"),
    "no code": ("CHECK_IN", {"code": None, "check_in__code": ""}, "EW-24"),
    "a code of its own making": (
        "CHECK_IN",
        {"code__code": checked("4407002603020777"), "check_in__code": checked("4407002603020777")},
        "EW-24",
    ),
    "another code": ("CHECK_IN", {"check_in__code": checked("4407002603020002")}, "EW-24"),
    "a code of another time": ("CHECK_IN", {"check_in__check_in_time": DAY + 20 * 24 * HOUR}, "EW-24"),
    "neither noticed nor excused": ("CHECK_IN", {"notice": None}, "EW-24"),
    "nothing shown": ("CHECK_IN", {"check_in__shown": []}, "EW-09"),
    "shown yesterday": (
        "CHECK_IN",
        {"check_in__shown": [shown(o, DAY - 24 * HOUR) for o in ("O-1", "O-2")]},
        "EW-09",
    ),
    "a stranger comes along": ("CHECK_IN", {"check_in__officer_ids": ["O-1", "O-9"]}, "EW-09"),
    "outside the area": ("CHECK_IN", {"check_in__area_code": "110100"}, "EW-24"),
    "nothing found is no record": ("RECORD_INSPECTION", {"site_record__findings": " "}, "EW-24"),
    "nobody signed": ("RECORD_INSPECTION", {"site_record__signature": 0}, "EW-24"),
    "no result": ("FIND_NOTHING", {"conclusion__text": " "}, "EW-24"),
    "nobody was told": ("TELL_RESULT", {"result_notice__receipt": " "}, "EW-24"),
    "told without an approval": ("TELL_RESULT", {"approval": None}, "EW-24"),
    "published in the future": ("PUBLISH_RESULT", {"publish_time": DAY + 999 * HOUR}, "EW-24"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_rule_that_nobody_refused_is_a_warning(office: Office, name: str) -> None:
    act, change, rule_id = BROKEN[name]
    story = await (await Story(office).known()).go(*until(act))
    assert await story.warnings() == set()

    await story.tell(act, **change)

    title = ACTS[act].title_zh
    assert (rule_id, title) in await story.warnings(), await story.warnings()
    [event] = {e.warning.inspection_id for e in office.emitted(supervision.WarningRaised)}
    assert event == story.record.inspection_id


@pytest.mark.parametrize(
    ("act", "change"),
    [
        ("ORDER_CORRECTION", {"correction__due_time": DAY}),
        ("VERIFY_CORRECTION", {"correction__verification": " "}),
        ("REFER_CLUE", {"case_id": ""}),
    ],
)
async def test_a_rule_of_what_comes_of_it_is_a_warning(
    office: Office, act: str, change: dict[str, Any]
) -> None:
    story = await (await Story(office).known()).go(*until("FIND_NOTHING"))
    if act == "VERIFY_CORRECTION":
        await story.tell("ORDER_CORRECTION")

    await story.tell(act, **change)

    assert await story.warnings() == {("EW-24", ACTS[act].title_zh)}


async def test_an_inspection_in_the_own_area_that_is_told_as_one_outside_is_a_warning(office: Office) -> None:
    story = await (await Story(office).known()).go(*until("RECORD_INSPECTION"))

    await story.tell("RECORD_INSPECTION_OUTSIDE")

    assert await story.warnings() == {("EW-24", "制作异地检查笔录")}


async def test_an_urgent_visit_without_what_makes_it_urgent_is_a_warning(office: Office) -> None:
    story = await (await Story(office).known()).go("OPEN_INSPECTION")

    await story.tell("CHECK_IN_URGENTLY")

    assert ("EW-24", "紧急情况先行检查") in await story.warnings()


async def test_an_act_out_of_turn_is_a_warning(office: Office) -> None:
    story = await (await Story(office).known()).go("OPEN_INSPECTION")

    await story.tell("FIND_NOTHING")

    assert ("EW-24", "未发现问题") in await story.warnings()


async def test_a_certificate_that_turns_out_suspended_is_a_warning_and_one_restored_is_none(
    office: Office,
) -> None:
    story = await (await Story(office).known()).go(*until("RECORD_INSPECTION"))

    await office.suspend("O-2", "2026-03-02 00:00", version=2)

    assert {rule for rule, _ in await story.warnings()} == {"EW-09"}
    await office.suspend("O-2", "2026-04-02 00:00", version=3)
    assert await story.warnings() == set()


# The code ---------------------------------------------------------------------------------------------


async def asked(story: Story, **change: Any) -> Any:
    await story.go("OPEN_INSPECTION", "APPROVE_INSPECTION")
    await story.tell("REQUEST_INSPECTION_CODE", **change)
    return story.answers()[-1]


async def test_a_code_is_withheld_with_each_rule_that_is_not_kept(office: Office) -> None:
    story = await Story(office).known()
    await office.suspend("O-1", "2026-03-01 00:00")
    await story.item(version=2, until_time=DAY - HOUR)

    answer = await asked(story, scope="", plan_id="IP-9")

    assert {r.reason for r in answer.reasons} == {
        "INSPECTION_NOT_ALLOWED", "INSPECTION_NOT_PLANNED", "INSPECTION_SCOPE_MISSING", "CERTIFICATE_SUSPENDED",
    }  # fmt: skip
    assert all(r.law and r.text_zh and r.text_en for r in answer.reasons)
    assert office.addressees(supervision.InspectionCodeWithheld) == {ENVIRONMENT}


async def test_a_code_is_given_once_and_again_when_it_is_asked_for_again(office: Office) -> None:
    story = await Story(office).known()

    first = await asked(story)
    await story.tell("REQUEST_INSPECTION_CODE")

    second = story.answers()[-1]
    assert first.code == second.code and len(story.answers()) == 2
    check = await office.call(
        "CheckInspectionCode", seen.CheckInspectionCodeRequest(code=first.code.code.lower())
    )
    assert check.verdict == seen.CODE_VERDICT_GOOD


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("2026-03-01 23:59", seen.CODE_VERDICT_OUT_OF_TIME),
        ("2026-03-02 00:00", seen.CODE_VERDICT_GOOD),
        ("2026-03-16 23:59", seen.CODE_VERDICT_GOOD),
        ("2026-03-17 00:00", seen.CODE_VERDICT_OUT_OF_TIME),
    ],
)
async def test_a_code_is_good_for_its_days(office: Office, when: str, verdict: int) -> None:
    answer = await asked(await Story(office).known())
    office.clock(when)

    check = await office.call("CheckInspectionCode", seen.CheckInspectionCodeRequest(code=answer.code.code))

    assert check.verdict == verdict


async def test_a_code_of_an_officer_who_may_not_inspect_now_is_told_as_ended(office: Office) -> None:
    answer = await asked(await Story(office).known())
    await office.suspend("O-2", "2026-03-02 00:00")

    check = await office.call("CheckInspectionCode", seen.CheckInspectionCodeRequest(code=answer.code.code))

    assert check.verdict == seen.CODE_VERDICT_ENDED
    for code, verdict in (
        ("4407002603029999", seen.CODE_VERDICT_MISREAD),
        ("123", seen.CODE_VERDICT_MISREAD),
    ):
        check = await office.call("CheckInspectionCode", seen.CheckInspectionCodeRequest(code=code))
        assert check.verdict == verdict


async def test_above_the_cap_there_is_no_code(office: Office) -> None:
    story = await Story(office).known()
    await story.plan("IP-2", times=2)
    for n in (1, 2):
        other = Story(office)
        other.record.inspection_id, other.record.plan_id = f"I-{n}", "IP-2"
        await other.go("OPEN_INSPECTION", "APPROVE_INSPECTION")

    story.when += 9 * HOUR
    answer = await asked(story, plan_id="IP-2")

    assert [r.reason for r in answer.reasons] == ["INSPECTION_CAP"]
    assert answer.reasons[0].figures == {"counted": "2", "cap": "2"}


async def test_no_code_for_an_enterprise_on_the_white_list(office: Office) -> None:
    story = await Story(office).known()
    listed = objects.InspectionObject(
        object_id=f"{BODY}/{FIRM.credit_code}", node=ENVIRONMENT, body_id=BODY, enterprise=FIRM, version=1,
        exempt_from=DAY - HOUR,
    )  # fmt: skip
    await story.tell_of(enforcement.InspectionObjectListed(inspection_object=listed))

    answer = await asked(story)

    assert [r.reason for r in answer.reasons] == ["ENTERPRISE_EXEMPT"]


async def test_a_white_list_that_is_told_later_makes_no_approval_of_before_unlawful(office: Office) -> None:
    story = await (await Story(office).known()).go("OPEN_INSPECTION", "APPROVE_INSPECTION")
    listed = objects.InspectionObject(
        object_id=f"{BODY}/{FIRM.credit_code}", node=ENVIRONMENT, body_id=BODY, enterprise=FIRM, version=1,
        exempt_from=DAY - HOUR, update_time=story.when + HOUR,
    )  # fmt: skip
    await story.tell_of(enforcement.InspectionObjectListed(inspection_object=listed))

    await story.tell("REQUEST_INSPECTION_CODE")

    assert await story.warnings() == {("EW-24", "申请检查码")}, "and the code is withheld"


# Plans and several departments ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"times": 3},
        {"body_id": "B-9"},
        {"year": 2027},
        {"kind": plans.PLAN_KIND_SPECIAL},
        {"visits": [{"enterprise": FIRM, "item_ids": ["P-9"], "planned_time": DAY}]},
    ],
    ids=["above the cap", "unknown body", "another year", "special, not approved above", "unpublished item"],
)
async def test_a_plan_against_the_rules_is_a_warning(office: Office, change: dict[str, Any]) -> None:
    story = await Story(office).known()
    assert not office.emitted(supervision.WarningRaised)

    await story.plan("IP-2", **change)

    assert {e.warning.rule_id for e in office.emitted(supervision.WarningRaised)} == {"EW-24"}


async def test_two_departments_at_one_enterprise_within_some_days_are_a_warning_for_the_later(
    office: Office,
) -> None:
    one, _ = await both(office)

    said = {
        e.warning.detail_zh
        for e in office.emitted(supervision.WarningRaised)
        if "没有联合" in e.warning.detail_zh
    }

    assert len(said) == 1 and "示例机关huanbao" in said.pop()
    assert await one.warnings() == set()


async def test_who_says_why_a_visit_is_made_alone_is_not_warned(office: Office) -> None:
    await both(office, alone_reason="夜间检查，无法同行")

    assert not [e for e in office.emitted(supervision.WarningRaised) if "没有联合" in e.warning.detail_zh]


async def test_a_plan_is_open_to_all_before_its_visits_and_names_no_enterprise(office: Office) -> None:
    """Bodies, items, how many and when, and the cap (国办发〔2024〕54号); whom is told of the visit, and not before."""
    story = await Story(office).known()
    other = enterprise(4_712, area_code=AREA)
    twice = [
        {"enterprise": FIRM, "item_ids": [ITEM], "planned_time": DAY},
        {"enterprise": other, "item_ids": [ITEM], "planned_time": DAY},
        {"enterprise": FIRM, "item_ids": [ITEM, "P-9"], "planned_time": at("2026-06-01 00:30")},
    ]
    secret = {"title": f"对 {FIRM.name} 的检查", "publish_address": f"https://示例/{other.credit_code}"}
    special = {"kind": plans.PLAN_KIND_SPECIAL, "document": "示府〔2026〕1号", "superior": "示例市人民政府"}
    await story.plan("IP-2", visits=twice, title=secret["title"], drafter="unit-7", approve_time=DAY)
    await story.plan("IP-3", visits=twice, **secret, **special, approve_time=DAY + HOUR)
    await story.plan("IP-4", body_id="B-of-nobody")

    asked = public.ListPublicInspectionPlansRequest(year=2026, page_size=1)
    listed, pages = [], 0
    while pages == 0 or asked.page_token:
        found = await office.open_call("ListPublicInspectionPlans", asked)
        listed, pages = [*listed, *found.plans], pages + 1
        asked.page_token = found.next_page_token

    assert [plan.plan_id for plan in listed] == ["IP-3", "IP-2", PLAN], (
        "and none of a body that nobody announced"
    )
    yearly = listed[1]
    assert (yearly.body_name, yearly.objects, yearly.visits, yearly.cap) == ("示例机关", 2, 3, 2)
    first, unknown = yearly.items
    assert (first.code, first.name, first.objects) == ("JC-1", "检查", 2)
    assert [(m.year, m.month, m.visits) for m in first.months] == [(2026, 3, 2), (2026, 6, 1)]
    assert (unknown.item_id, unknown.name, unknown.objects) == ("P-9", "", 1)
    assert (listed[0].document, listed[0].superior) == ("示府〔2026〕1号", "示例市人民政府")
    assert not listed[0].title and not listed[0].publish_address and not yearly.title
    for word in (FIRM.name, FIRM.credit_code, other.name, other.credit_code, FIRM.address, "unit-7"):
        assert not word or word not in str(listed), word
    nobody = public.ListPublicInspectionPlansRequest(year=2027)
    assert not (await office.open_call("ListPublicInspectionPlans", nobody)).plans


async def test_a_plan_that_no_head_of_the_body_approved_is_a_warning(office: Office) -> None:
    story = await Story(office).known()
    before = len(office.emitted(supervision.WarningRaised))

    await story.plan("IP-2", approver="O-1")

    [told] = office.emitted(supervision.WarningRaised)[before:]
    assert (told.warning.rule_id, told.warning.citation.code) == ("EW-24", "GBF-2024-54")
    assert "O-1" in told.warning.detail_zh


async def test_a_withdrawn_plan_is_shown_as_such_and_no_inspection_rests_on_it(office: Office) -> None:
    story = await Story(office).known()
    await story.go("OPEN_INSPECTION", "APPROVE_INSPECTION")
    await withdrawn(story, PLAN, f"不再检查{FIRM.name}", office)
    assert await story.warnings() == set(), "it stood when the inspection was approved"

    await story.tell("REQUEST_INSPECTION_CODE")

    [withheld] = story.answers()
    assert "INSPECTION_NOT_PLANNED" in {why.reason for why in withheld.reasons}
    [plan] = (
        await office.open_call("ListPublicInspectionPlans", public.ListPublicInspectionPlansRequest())
    ).plans
    assert plan.HasField("withdraw_time") and plan.withdraw_cause == "" and plan.objects == 1
    await Story(office, MARKET).plan("IP-M", approve_time=DAY - HOUR)
    assert not office.emitted(supervision.JointInspectionProposed), "what is withdrawn is not joined"
    warned = len(office.emitted(supervision.WarningRaised))
    await story.plan("IP-2", times=2, approve_time=story.when)
    assert len(office.emitted(supervision.WarningRaised)) == warned, "nor counted towards the cap"


async def test_no_department_withdraws_the_plan_of_another(office: Office) -> None:
    story = await Story(office).known()

    await withdrawn(Story(office, MARKET), PLAN, "别家的计划", office)

    [plan] = (
        await office.open_call("ListPublicInspectionPlans", public.ListPublicInspectionPlansRequest())
    ).plans
    assert plan.node == story.node and not plan.HasField("withdraw_time")


async def withdrawn(story: Story, plan_id: str, cause: str, office: Office) -> None:
    story.when += HOUR
    office.clock(story.when)
    plan = plans.InspectionPlan(
        plan_id=plan_id,
        node=story.node,
        state=plans.INSPECTION_PLAN_STATE_WITHDRAWN,
        withdraw_cause=cause,
        version=3,
    )
    plan.withdraw_time.FromDatetime(story.when)
    await story.tell_of(enforcement.InspectionPlanWithdrawn(inspection_plan=plan), plan_id)


async def test_plans_of_several_departments_for_one_enterprise_are_joined(office: Office) -> None:
    story = await Story(office).known()
    other = Story(office, MARKET)
    await other.plan("IP-M", approve_time=DAY - HOUR)
    [first, second] = office.emitted(supervision.JointInspectionProposed)

    assert first.proposal == second.proposal and len(first.proposal.sides) == 2
    assert office.addressees(supervision.JointInspectionProposed) == {ENVIRONMENT, MARKET}
    answer = await asked(story)
    assert [r.reason for r in answer.reasons] == ["INSPECTION_NOT_JOINED"]


async def test_only_its_own_department_speaks_of_an_inspection(office: Office) -> None:
    story = await (await Story(office).known()).go("OPEN_INSPECTION")
    story.node, story.record.version = MARKET, 7
    await story.tell_of(enforcement.InspectionClosed(inspection=story.record))

    found = await office.call(
        "GetInspection", seen.GetInspectionRequest(inspection_id=story.record.inspection_id)
    )

    assert found.inspection.inspection.version == 1
    assert CITY != MARKET


async def test_a_result_that_was_not_published_in_time_is_a_warning_until_it_is(office: Office) -> None:
    """INS-04, as the department tells that its term has ended."""
    story = await (await Story(office).known()).go(*until("PUBLISH_RESULT"))
    deadline = {
        "clock_id": "INS-04",
        "title_zh": "公开检查结果",
        "due_time": story.when,
        "citation": {"code": "GBF-2018-118:6"},
    }
    story.record.deadlines.add(**deadline)
    story.record.version += 1
    await story.tell_of(enforcement.InspectionDeadlinePassed(inspection=story.record, deadline=deadline))
    assert {rule for rule, _ in await story.warnings()} == {"EW-19"}

    await story.tell("PUBLISH_RESULT")

    assert await story.warnings() == set()


async def test_a_visit_whose_recording_was_not_handed_in_is_a_warning_until_it_is(office: Office) -> None:
    """AVR-05, under the article that asks for the recording."""
    story = await (await Story(office).known()).go(*until("PUBLISH_RESULT"))
    deadline = {
        "clock_id": "AVR-05",
        "title_zh": "现场检查音像记录入库",
        "due_time": story.when,
        "citation": {"code": "GD-RECORD:23(1)"},
    }
    story.record.deadlines.add(**deadline)
    story.record.version += 1
    await story.tell_of(enforcement.InspectionDeadlinePassed(inspection=story.record, deadline=deadline))
    assert {rule for rule, _ in await story.warnings()} == {"RECORD"}

    story.record.recording_time.FromDatetime(story.when)
    story.record.version += 1
    await story.tell_of(enforcement.InspectionRecordingHandedIn(inspection=story.record))

    assert await story.warnings() == set()
