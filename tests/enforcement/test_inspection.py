"""Inspections at the department: whole ways through the table, and every rule refused once (国办发〔2024〕54号)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_object_pb2 as objects
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import visit_pb2 as visits
from yifa.registry.v1 import power_pb2

from services.given import inspection as given
from services.given.inspection import URGENT_LAW
from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import CLERK, DAY, HEAD, HOUR, INSTANT, START, UNIT, stamp

ELSEWHERE = "110100"
CLUE = pb.INSPECTION_KIND_CLUE


@pytest.fixture
def bureau(department: Department) -> Bureau:
    return Bureau(department)


# Whole ways ------------------------------------------------------------------------------------------


async def test_a_planned_inspection_that_finds_nothing(bureau: Bureau) -> None:
    visit = await bureau.recorded()

    for rpc in ("FindNothing", "TellResult", "PublishResult", "CloseInspection"):
        await bureau.act(rpc, visit)

    assert await bureau.state(visit) == "CLOSED"
    assert bureau.node.names(visit.inspection_id) == [
        "InspectionOpened", "InspectionApproved", "InspectionCodeRequested", "InspectionNoticed", "InspectionBegun",
        "InspectionRecorded", "InspectionConcluded", "InspectionResultTold", "InspectionResultPublished", "InspectionClosed",
    ]  # fmt: skip
    record = await bureau.of(visit)
    assert record.number.startswith("示罚检〔2026〕") and record.code.code == visit.code
    assert {o.certificate_number for o in record.officers} and len(record.officers) == 2


async def test_what_was_found_is_corrected_and_verified(bureau: Bureau) -> None:
    visit = await bureau.recorded()
    await bureau.act("OrderCorrection", visit)
    bureau.node.now += 5 * DAY

    await bureau.act("VerifyCorrection", visit)

    record = await bureau.of(visit)
    assert record.conclusion.result == pb.INSPECTION_RESULT_CORRECTED
    assert record.correction.document_number.startswith("示罚责改〔2026〕")


@pytest.mark.parametrize("after", ["RecordInspection", "OrderCorrection"])
async def test_what_was_found_becomes_a_clue_and_each_names_the_other(bureau: Bureau, after: str) -> None:
    visit = await bureau.recorded()
    if after == "OrderCorrection":
        await bureau.act("OrderCorrection", visit)

    await bureau.act("ReferClue", visit)

    record = await bureau.of(visit)
    case = await bureau.node.case(record.case_id)
    assert case.clue.inspection_id == visit.inspection_id
    assert case.clue.source == cases.CLUE_SOURCE_INSPECTION and case.party.name == visit.enterprise.name
    assert case.state == cases.CASE_STATE_CLUE
    assert case.party.identity_number.startswith("914***"), "the number is masked there as anywhere"


async def test_a_referral_that_the_penalty_procedure_refuses_leaves_nothing(bureau: Bureau) -> None:
    visit = await bureau.recorded()
    penalty = await bureau.node.item(visit.body_id, kind=power_pb2.POWER_KIND_INSPECTION)

    async with bureau.node.refused("NO_LEGAL_BASIS"):
        await bureau.act("ReferClue", visit, item_id=penalty)

    assert await bureau.state(visit) == "INSPECTED"


async def test_an_urgent_inspection_on_a_complaint_is_made_good_afterwards(bureau: Bureau) -> None:
    visit = await bureau.on_clue()
    await bureau.act("CheckInUrgently", visit)
    await bureau.act("RecordInspection", visit)
    await bureau.act("FindNothing", visit)

    async with bureau.node.refused("NOT_MADE_GOOD"):
        await bureau.act("TellResult", visit)
    async with bureau.node.refused("INSPECTION_NOT_APPROVED"):
        await bureau.act("RequestInspectionCode", visit)
    await bureau.act("MakeGoodInspection", visit)
    async with bureau.node.refused("NOT_MADE_GOOD"):
        await bureau.act("TellResult", visit)
    await bureau.act("RequestInspectionCode", visit)
    await bureau.give_code(visit, afterwards=True)
    await bureau.act("TellResult", visit)

    record = await bureau.of(visit)
    assert record.approval.afterwards and record.code.afterwards and record.urgency.law == URGENT_LAW


async def test_an_inspection_outside_the_area_goes_through_the_mechanism_and_is_filed(bureau: Bureau) -> None:
    visit = await bureau.noticed()
    came = {"area_code": ELSEWHERE}
    async with bureau.node.refused("CROSS_AREA_INSPECTION", "CERTIFICATE_OUT_OF_AREA"):
        await bureau.act("CheckIn", visit, **came)
    await bureau.act("CheckIn", visit, **came, mechanism_document="协查函〔2026〕3号")
    await bureau.act("RecordInspection", visit)
    assert await bureau.state(visit) == "INSPECTED_OUTSIDE"
    record = await bureau.of(visit)
    assert [d.clock_id for d in record.deadlines] == ["AVR-05", "INS-01"]

    await bureau.act("FileInspectionOutside", visit)

    assert await bureau.state(visit) == "INSPECTED"


async def test_a_letter_between_areas_makes_no_inspection_in_the_own_area_one_outside(bureau: Bureau) -> None:
    visit = await bureau.noticed()

    await bureau.act("CheckIn", visit, mechanism_document="协查函〔2026〕3号")
    await bureau.act("RecordInspection", visit)

    assert await bureau.state(visit) == "INSPECTED"


async def test_an_inspection_that_comes_unannounced_names_the_article(bureau: Bureau) -> None:
    visit = await bureau.coded()
    for said in ("", "按规定", "《食品安全法》"):
        async with bureau.node.refused("INSPECTION_NOT_NOTICED"):
            await bureau.act("CheckIn", visit, unannounced_law=said)

    await bureau.act("CheckIn", visit, unannounced_law="《食品安全法》第一百一十条")

    assert await bureau.state(visit) == "CHECKED_IN"


async def test_without_an_answer_of_the_city_there_is_no_announced_visit(bureau: Bureau) -> None:
    """The link is cut: the code does not come."""
    visit = await bureau.opened()
    await bureau.act("ApproveInspection", visit)
    await bureau.act("RequestInspectionCode", visit)

    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.act("NoticeInspection", visit)
    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.act("CheckIn", visit)
    async with bureau.node.refused("NOT_URGENT"):
        await bureau.act("CheckInUrgently", visit)

    await bureau.act("CallOffInspection", visit)
    await bureau.give_code(visit)
    assert await bureau.state(visit) == "CALLED_OFF", "a code that comes afterwards changes nothing"


async def test_what_a_rule_only_warns_of_stands_against_no_act(bureau: Bureau) -> None:
    """A daily inspection that was not drawn is told to the city, and goes on (OBE 54)."""
    visit = await bureau.opened()
    await bureau.act("ApproveInspection", visit)

    listed = await bureau.do("ListInspectionActs", UNIT, inspection_id=visit.inspection_id)

    [asking] = [act for act in listed.acts if act.act == "REQUEST_INSPECTION_CODE"]
    assert asking.open and not asking.obstacles
    await bureau.act("RequestInspectionCode", visit)


async def test_why_there_is_no_code_stands_in_the_record_until_it_is_asked_for_again(bureau: Bureau) -> None:
    visit = await bureau.opened()
    await bureau.act("ApproveInspection", visit)
    await bureau.act("RequestInspectionCode", visit)
    await bureau.withhold(visit, "INSPECTION_CAP")
    record = await bureau.of(visit)
    assert [b.reason for b in record.withheld] == ["INSPECTION_CAP"]
    assert record.state == pb.INSPECTION_STATE_APPROVED

    await bureau.act("RequestInspectionCode", visit)

    assert not (await bureau.of(visit)).withheld


async def test_the_result_is_published_within_twenty_working_days(bureau: Bureau) -> None:
    """INS-04: from Monday 2 March on; Qingming (6 April 2026) is no concern of it."""
    visit = await bureau.recorded()
    await bureau.act("FindNothing", visit)

    clock = next(d for d in (await bureau.of(visit)).deadlines if d.clock_id == "INS-04")

    assert clock.due_time.ToDatetime().date().isoformat() == "2026-03-30"
    await bureau.act("TellResult", visit)
    await bureau.act("PublishResult", visit)
    listed = await bureau.do("ListDeadlines", HEAD, state=0)
    assert (visit.inspection_id, "INS-04") not in {(d.subject_id, d.clock_id) for d in listed.deadlines}


# Before the visit --------------------------------------------------------------------------------------


async def test_an_item_that_is_no_published_item_of_inspection_is_not_inspected(bureau: Bureau) -> None:
    visit = await bureau.visit()
    penalty = await bureau.node.item(visit.body_id)
    ended = await bureau.node.item(
        visit.body_id, kind=power_pb2.POWER_KIND_INSPECTION, until_time=stamp(START - DAY)
    )
    foreign = await bureau.node.item(await bureau.node.body(), kind=power_pb2.POWER_KIND_INSPECTION)
    draft = await bureau.node.item(visit.body_id, kind=power_pb2.POWER_KIND_INSPECTION, from_time=None)
    await bureau.planned(visit)

    for wrong in (penalty, ended, foreign, draft, "P-unknown"):
        async with bureau.node.refused("INSPECTION_NOT_ALLOWED", "INSPECTION_NOT_PLANNED") as told:
            await bureau.opened(visit, item_ids=[*visit.item_ids, wrong])
        assert told.metadata["item_ids"] == wrong
        await bureau.refused_plan(visit, "INSPECTION_NOT_ALLOWED", visits=[of(visit, item_ids=[wrong])])


def of(visit: Any, **more: Any) -> dict[str, Any]:
    values = {
        "enterprise": visit.enterprise,
        "item_ids": visit.item_ids,
        "planned_time": stamp(visit.now()),
    }
    return values | more


async def test_a_body_that_may_not_enforce_neither_plans_nor_inspects(bureau: Bureau) -> None:
    visit = await bureau.planned(await bureau.visit())
    await bureau.node.withdraw(visit.body_id)

    async with bureau.node.refused("SUBJECT_NOT_QUALIFIED", more=True):
        await bureau.opened(visit)
    async with bureau.node.refused("SUBJECT_NOT_QUALIFIED"):
        await bureau.planned(visit)
    async with bureau.node.refused("SUBJECT_NOT_QUALIFIED"):
        await bureau.do("RecordVisit", UNIT, **a_visit(visit))


async def test_a_daily_inspection_stands_in_an_approved_plan_of_the_year(bureau: Bureau) -> None:
    visit = await bureau.visit()
    draft = (
        await bureau.do(
            "DraftInspectionPlan",
            UNIT,
            body_id=visit.body_id,
            kind=1,
            year=2026,
            title="计划",
            visits=[of(visit)],
        )
    ).inspection_plan.plan_id
    other = (await bureau.planned(await bureau.visit())).plan_id
    for plan_id in ("", "IP-unknown", draft, other):
        async with bureau.node.refused("INSPECTION_NOT_PLANNED"):
            await bureau.opened(visit, plan_id=plan_id)
    await bureau.planned(visit)
    for wrong in (
        {"kind": pb.INSPECTION_KIND_SPECIAL},
        {"planned_time": stamp(START + 366 * DAY)},
        {"enterprise": given.enterprise(77)},
    ):
        async with bureau.node.refused("INSPECTION_NOT_PLANNED"):
            await bureau.opened(visit, **wrong)

    assert (await bureau.opened(visit)).inspection_id


async def test_a_clue_is_registered_before_about_the_enterprise_and_from_no_inspection(
    bureau: Bureau,
) -> None:
    visit = await bureau.visit()
    other = await bureau.clue(visit, name="另一企业", identity_number="914407000000000016")
    inspection = await bureau.clue(visit, cases.CLUE_SOURCE_INSPECTION)
    elsewhere = await bureau.clue(await bureau.visit(), identity_number=visit.enterprise.credit_code)

    for case_id in ("", "C-invented", other, inspection, elsewhere):
        async with bureau.node.refused("INSPECTION_NOT_PLANNED"):
            await bureau.opened(visit, kind=CLUE, clue_case_id=case_id)


async def test_above_the_cap_only_a_clue_leads_to_an_enterprise(bureau: Bureau) -> None:
    """INS-03: twice a year, where nobody published another number."""
    visit = await bureau.planned(await bureau.visit(), times=2)
    for _ in range(2):
        await bureau.opened(visit)
        await bureau.act("ApproveInspection", visit)
    await bureau.opened(visit)

    async with bureau.node.refused("INSPECTION_CAP") as told:
        await bureau.act("ApproveInspection", visit)
    assert (told.metadata["counted"], told.metadata["cap"]) == ("2", "2")

    clue = await bureau.clue(visit)
    await bureau.opened(visit, kind=CLUE, plan_id="", clue_case_id=clue)
    await bureau.act("ApproveInspection", visit)


async def test_a_visit_that_was_called_off_counts_no_more(bureau: Bureau) -> None:
    visit = await bureau.planned(await bureau.visit(), times=2)
    for _ in range(2):
        await bureau.opened(visit)
        await bureau.act("ApproveInspection", visit)
    await bureau.act("CallOffInspection", visit)
    await bureau.opened(visit)

    await bureau.act("ApproveInspection", visit)


async def test_a_plan_keeps_to_the_cap_with_the_other_plans_of_the_year(bureau: Bureau) -> None:
    visit = await bureau.visit()
    await bureau.refused_plan(visit, "INSPECTION_CAP", times=3)
    await bureau.planned(visit, times=2)

    told = await bureau.refused_plan(visit, "INSPECTION_CAP")

    assert told.metadata["credit_codes"] == visit.enterprise.credit_code


async def test_a_plan_is_of_one_year_and_another_than_the_drafter_approves_it(bureau: Bureau) -> None:
    visit = await bureau.visit()
    async with bureau.node.refused("PLAN_YEAR_WRONG"):
        await bureau.planned(visit, visits=[of(visit, planned_time=stamp(START + 366 * DAY))])
    async with bureau.node.refused("FINE_TARGET_FORBIDDEN", law="APL-2021:74(3)"):
        await bureau.planned(visit, title="全年罚款任务检查计划")
    both = ("head-9", "UNIT_HEAD", "AGENCY_HEAD")
    plan = await bureau.do(
        "DraftInspectionPlan",
        both,
        body_id=visit.body_id,
        kind=1,
        year=2026,
        title="计划",
        visits=[of(visit)],
    )

    async with bureau.node.refused("SOD_VIOLATION"):
        await bureau.do("ApproveInspectionPlan", both, plan_id=plan.inspection_plan.plan_id)


async def test_a_special_plan_was_approved_above_and_published(bureau: Bureau) -> None:
    visit = await bureau.visit()
    whole = {"superior": "示例市人民政府", "document": "示府〔2026〕9号", "publish_address": "市政府网站"}
    for lacking in whole:
        await bureau.refused_plan(visit, "SPECIAL_PLAN_INCOMPLETE", kind=2, **(whole | {lacking: " "}))
    await bureau.planned(visit, kind=2, **whole)

    await bureau.opened(visit, kind=pb.INSPECTION_KIND_SPECIAL)

    await bureau.act("ApproveInspection", visit)


async def test_nobody_is_inspected_under_a_plan_that_was_withdrawn(bureau: Bureau) -> None:
    """With its cause (国办发〔2018〕118号 四); the inspection that was approved before gets no code, and others may plan anew."""
    visit = await bureau.opened(await bureau.planned(await bureau.visit(), times=2))
    await bureau.act("ApproveInspection", visit)
    other = await bureau.opened(replace(visit))
    plan_id = visit.plan_id
    async with bureau.node.refused("PLAN_WITHDRAWAL_UNEXPLAINED", law="GBF-2018-118:4"):
        await bureau.do("WithdrawInspectionPlan", HEAD, plan_id=plan_id, cause=" ")

    withdrawn = await bureau.do("WithdrawInspectionPlan", HEAD, plan_id=plan_id, cause="机构改革")

    plan = withdrawn.inspection_plan
    assert (plan.state, plan.withdrawer, plan.withdraw_cause) == (3, HEAD[0], "机构改革")
    async with bureau.node.refused("INSPECTION_NOT_PLANNED"):
        await bureau.act("ApproveInspection", other)
    async with bureau.node.refused("INSPECTION_NOT_PLANNED"):
        await bureau.act("RequestInspectionCode", visit)
    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.do("WithdrawInspectionPlan", HEAD, plan_id=plan_id, cause="再次")
    await bureau.planned(visit, times=2)


async def test_a_draft_is_changed_and_an_approved_plan_is_not(bureau: Bureau) -> None:
    visit = await bureau.visit()
    other = given.enterprise(4711)
    drafted = await bureau.do(
        "DraftInspectionPlan",
        UNIT,
        body_id=visit.body_id,
        kind=1,
        year=2026,
        title="计划",
        visits=[of(visit)],
    )
    plan_id = drafted.inspection_plan.plan_id
    changed = await bureau.do(
        "ChangeInspectionPlan", UNIT, plan_id=plan_id, visits=[of(visit, enterprise=other)]
    )
    assert changed.inspection_plan.visits[0].enterprise.name == other.name
    await bureau.do("ApproveInspectionPlan", HEAD, plan_id=plan_id)

    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.do("ChangeInspectionPlan", UNIT, plan_id=plan_id, visits=[of(visit)])
    listed = await bureau.do("ListInspectionPlans", HEAD, year=2026)
    assert plan_id in {p.plan_id for p in listed.inspection_plans}
    found = await bureau.do("GetInspectionPlan", HEAD, plan_id=plan_id)
    assert found.inspection_plan.approver == HEAD[0]


async def test_an_enterprise_on_the_white_list_is_visited_on_a_clue_only(bureau: Bureau) -> None:
    visit = await bureau.planned(await bureau.visit())
    await bureau.opened(visit)
    await put(bureau, visit, exempt_from=stamp(START - DAY), exempt_document="正面清单〔2026〕1号")

    async with bureau.node.refused("ENTERPRISE_EXEMPT"):
        await bureau.act("ApproveInspection", visit)
    await bureau.refused_plan(visit, "ENTERPRISE_EXEMPT")
    clue = await bureau.clue(visit)
    await bureau.opened(visit, kind=CLUE, plan_id="", clue_case_id=clue)
    await bureau.act("ApproveInspection", visit)
    # until the moment at which it is on the list no longer
    await put(
        bureau, visit, exempt_from=stamp(START - DAY), exempt_until=stamp(START), exempt_document="文件"
    )
    await bureau.opened(visit)
    await bureau.act("ApproveInspection", visit)


async def put(bureau: Bureau, visit: Any, risk: int = objects.RISK_CLASS_A, **more: Any) -> Any:
    fields = {"body_id": visit.body_id, "enterprise": visit.enterprise, "risk": risk}
    return await bureau.do("PutInspectionObject", UNIT, **(fields | more))


async def test_a_visit_that_the_city_would_join_is_joined_or_it_is_said_why_not(bureau: Bureau) -> None:
    visit = await bureau.opened()
    await bureau.propose_joint(visit, f"J-{visit.inspection_id}")

    async with bureau.node.refused("INSPECTION_NOT_JOINED") as told:
        await bureau.act("ApproveInspection", visit)
    assert told.metadata["joint_ids"] == f"J-{visit.inspection_id}"
    async with bureau.node.refused("INSPECTION_NOT_JOINED"):
        await bureau.act("ApproveInspection", visit, alone_reason="  ")
    await bureau.act("ApproveInspection", visit, alone_reason="检查内容需夜间实施，无法与其他部门同行")
    proposal = told.metadata["joint_ids"]
    await bureau.opened(visit, joint_id="J-another")
    async with bureau.node.refused("INSPECTION_NOT_JOINED"):
        await bureau.act("ApproveInspection", visit)
    await bureau.opened(visit, joint_id=proposal)
    await bureau.act("ApproveInspection", visit)


async def test_an_inspection_says_what_is_looked_at_and_how(bureau: Bureau) -> None:
    visit = await bureau.opened(await bureau.planned(await bureau.visit()), scope=" ")

    async with bureau.node.refused("INSPECTION_SCOPE_MISSING"):
        await bureau.act("ApproveInspection", visit)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"officers": 1}, "TOO_FEW_OFFICERS"),
        ({"certified": False}, "TWO_CERTIFIED_OFFICERS"),
        ({"suspend": True}, "CERTIFICATE_SUSPENDED"),
        ({"acts": [1]}, "CERTIFICATE_OUT_OF_SCOPE"),
        ({"fields": ["水务"]}, "CERTIFICATE_OUT_OF_SCOPE"),
    ],
)
async def test_two_officers_who_may_inspect_are_approved(
    bureau: Bureau, change: dict[str, Any], reason: str
) -> None:
    visit = await bureau.planned(await bureau.visit(officers=1))
    if "officers" not in change:
        more = {k: v for k, v in change.items() if k in ("certified", "acts", "fields")}
        second = await bureau.node.officer(visit.body_id, **more)
        visit.ids = [*visit.ids, second.officer_id]
        if change.get("suspend"):
            await bureau.node.suspend(second, START - DAY)
    await bureau.opened(visit)

    async with bureau.node.refused(reason):
        await bureau.act("ApproveInspection", visit)


# At the door ------------------------------------------------------------------------------------------


async def test_only_the_code_of_this_inspection_opens_the_door(bureau: Bureau) -> None:
    visit = await bureau.noticed()
    other = await bureau.noticed()
    misread = f"{visit.code[:-2]}{'0' if visit.code[-2] != '0' else '1'}{visit.code[-1]}"

    for code in ("", misread, other.code, visit.code[:-1]):
        async with bureau.node.refused("INSPECTION_CODE_WRONG"):
            await bureau.act("CheckIn", visit, code=code)
    await bureau.act("CheckIn", visit, code=f" {visit.code.lower()} ")


async def test_a_code_is_good_for_its_days_only(bureau: Bureau) -> None:
    visit = await bureau.noticed()
    until = START - HOUR + 15 * DAY
    bureau.node.now = until

    async with bureau.node.refused("INSPECTION_CODE_EXPIRED"):
        await bureau.act("CheckIn", visit)
    bureau.node.now = until - INSTANT
    await bureau.act("CheckIn", visit)


def _strange_key(bureau: Bureau, visit: Any, numbers: list[str]) -> list[str]:
    key = Ed25519PrivateKey.generate()
    return [bureau.shown(number, key=key) for number in numbers]


SHOWN: dict[str, Callable[[Bureau, Any, list[str]], list[str]]] = {
    "none": lambda b, v, n: [],
    "one only": lambda b, v, n: [b.shown(n[0])],
    "the same twice": lambda b, v, n: [b.shown(n[0]), b.shown(n[0])],
    "of others": lambda b, v, n: [b.shown("X-1"), b.shown("X-2")],
    "of yesterday": lambda b, v, n: [b.shown(x, b.node.now - DAY) for x in n],
    "minutes over": lambda b, v, n: [b.shown(x, b.node.now - timedelta(minutes=6)) for x in n],
    "signed by a stranger": _strange_key,
    "no codes": lambda b, v, n: ["true", "已出示"],
}


@pytest.mark.parametrize("how", SHOWN)
async def test_certificates_are_shown_by_codes_that_prove_it(bureau: Bureau, how: str) -> None:
    """Nobody's word stands for it (APL 55)."""
    visit = await bureau.noticed()
    numbers = [o.certificate_number for o in (await bureau.of(visit)).officers]

    async with bureau.node.refused("CERTIFICATE_NOT_SHOWN", law="APL-2021:55(1);GBF-2024-54"):
        await bureau.act("CheckIn", visit, shown=SHOWN[how](bureau, visit, numbers))


async def test_those_go_who_were_approved_and_may_still_inspect(bureau: Bureau) -> None:
    visit = await bureau.noticed()
    stranger = await bureau.node.officer(visit.body_id)
    number = stranger.certificate.certificate_number
    shown = [await visit.show(visit.ids[0]), bureau.shown(number)]

    async with bureau.node.refused("NOT_ON_INSPECTION"):
        await bureau.act("CheckIn", visit, officer_ids=[visit.ids[0], stranger.officer_id], shown=shown)
    async with bureau.node.refused("NOT_ON_INSPECTION"):
        await bureau.act("CheckIn", visit, stranger.who)
    async with bureau.node.refused("TOO_FEW_OFFICERS"):
        await bureau.act("CheckIn", visit, officer_ids=visit.ids[:1], shown=shown[:1])


async def test_a_suspension_between_approval_and_visit_stops_it(bureau: Bureau) -> None:
    visit = await bureau.planned(await bureau.visit(officers=1))
    second = await bureau.node.officer(visit.body_id)
    visit.ids = [*visit.ids, second.officer_id]
    await bureau.noticed(visit)
    await bureau.node.suspend(second, START)
    shown = [await visit.show(visit.ids[0]), bureau.shown(second.certificate.certificate_number)]

    async with bureau.node.refused("CERTIFICATE_SUSPENDED"):
        await bureau.act("CheckIn", visit, shown=shown)


async def test_a_notice_has_a_receipt(bureau: Bureau) -> None:
    visit = await bureau.coded()

    async with bureau.node.refused("SERVICE_PROOF_MISSING"):
        await bureau.act("NoticeInspection", visit, receipt=" ")


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({"cause": " "}, "urgency.cause"),
        ({"law": "有关规定"}, "urgency.law"),
        ({"law": "《环境保护法》"}, "urgency.law"),
        ({"reported_to": ""}, "urgency.reported_to"),
        ({"report_time": None}, "urgency.report_time"),
        ({"report_time": stamp(START + HOUR)}, "urgency.report_time"),
    ],
)
async def test_without_a_code_only_in_urgency_that_is_put_on_record(
    bureau: Bureau, lacking: dict[str, Any], missing: str
) -> None:
    visit = await bureau.on_clue()
    whole = dict(given.PLAIN["CheckInUrgently"].says(visit)["urgency"])

    reasons = ["NOT_URGENT", *(["ACTS_OUT_OF_ORDER"] if lacking.get("report_time") else [])]
    async with bureau.node.refused(*reasons) as told:
        await bureau.act("CheckInUrgently", visit, urgency=whole | lacking)
    assert told.metadata["missing"] == missing


async def test_what_has_a_code_is_begun_with_it(bureau: Bureau) -> None:
    visit = await bureau.on_clue()
    await bureau.act("ApproveInspection", visit)
    await bureau.act("RequestInspectionCode", visit)
    await bureau.give_code(visit)

    async with bureau.node.refused("ACT_NOT_OPEN"):
        await bureau.act("CheckInUrgently", visit)
    await bureau.act("NoticeInspection", visit)
    await bureau.act("CheckIn", visit)
    async with bureau.node.refused("INSPECTION_CODE_GIVEN"):
        await bureau.act("RequestInspectionCode", visit)
    async with bureau.node.refused("ALREADY_DONE"):
        await bureau.act("MakeGoodInspection", visit)


async def test_an_urgent_inspection_is_approved_afterwards_once(bureau: Bureau) -> None:
    visit = await bureau.on_clue()
    await bureau.act("CheckInUrgently", visit)
    await bureau.act("MakeGoodInspection", visit)

    async with bureau.node.refused("ALREADY_DONE"):
        await bureau.act("MakeGoodInspection", visit)


# After the visit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({"findings": "\n"}, "findings"),
        ({"present": " "}, "present"),
        ({"rights_told": False}, "rights_told"),
        ({"signature": pb.RECORD_SIGNATURE_UNSPECIFIED}, "signature"),
        ({"signature": pb.RECORD_SIGNATURE_REFUSED}, "signature"),
        ({"signature": pb.RECORD_SIGNATURE_WITNESS}, "signature"),
        ({"start_time": stamp(START + INSTANT)}, "end_time"),
    ],
)
async def test_the_record_of_an_inspection_is_complete(
    bureau: Bureau, lacking: dict[str, Any], missing: str
) -> None:
    visit = await bureau.begun()

    reasons = ["RECORD_MISSING", *(["ACTS_OUT_OF_ORDER"] if missing == "end_time" else [])]
    async with bureau.node.refused(*reasons) as told:
        await bureau.act("RecordInspection", visit, **lacking)
    assert told.metadata["missing"] == missing


async def test_a_refusal_to_sign_is_noted(bureau: Bureau) -> None:
    visit = await bureau.begun()
    noted = {"signature": pb.RECORD_SIGNATURE_REFUSED, "signature_note": "被检查人拒绝签名，已录像"}

    await bureau.act("RecordInspection", visit, **noted)


async def test_only_the_officers_of_the_inspection_record_it(bureau: Bureau) -> None:
    visit = await bureau.begun()

    async with bureau.node.refused("NOT_ON_INSPECTION"):
        await bureau.act("RecordInspection", visit, ("O-stranger", "HANDLING_OFFICER"))


async def test_a_result_is_said_and_told_with_a_receipt(bureau: Bureau) -> None:
    visit = await bureau.recorded()
    async with bureau.node.refused("RESULT_NOT_STATED"):
        await bureau.act("FindNothing", visit, text=" ")
    await bureau.act("FindNothing", visit)

    async with bureau.node.refused("RESULT_NOT_TOLD"):
        await bureau.act("TellResult", visit, receipt=" ")


async def test_a_correction_has_a_term_and_is_verified_in_words(bureau: Bureau) -> None:
    visit = await bureau.recorded()
    async with bureau.node.refused("CORRECTION_TERM_MISSING"):
        await bureau.act("OrderCorrection", visit, due_time=stamp(bureau.node.now))
    await bureau.act("OrderCorrection", visit)

    async with bureau.node.refused("NOT_CORRECTED"):
        await bureau.act("VerifyCorrection", visit, verification=" ")


async def test_no_act_lies_in_the_future_or_before_what_it_builds_on(bureau: Bureau) -> None:
    visit = await bureau.noticed()
    later, earlier = stamp(START + HOUR), stamp(START - HOUR)
    numbers = [o.certificate_number for o in (await bureau.of(visit)).officers]

    shown = [bureau.shown(n, START + HOUR) for n in numbers]
    async with bureau.node.refused("ACT_IN_FUTURE"):
        await bureau.act("CheckIn", visit, check_in_time=later, shown=shown)
    shown = [bureau.shown(n, START - HOUR) for n in numbers]
    async with bureau.node.refused("ACTS_OUT_OF_ORDER", more=True):
        await bureau.act("CheckIn", visit, check_in_time=earlier, shown=shown)


# Visits that are none, lists and reads ---------------------------------------------------------------


def a_visit(visit: Any, **more: Any) -> dict[str, Any]:
    fields = {
        "body_id": visit.body_id,
        "kind": visits.VISIT_KIND_SERVICE,
        "enterprise": visit.enterprise,
        "people": ["示例人员"],
        "purpose": "上门指导排污许可变更",
    }
    return fields | more


async def test_a_visit_that_is_no_inspection_is_recorded_as_such(bureau: Bureau) -> None:
    visit = await bureau.visit()

    made = (await bureau.do("RecordVisit", UNIT, **a_visit(visit))).visit

    listed = await bureau.do("ListVisits", HEAD, credit_code=visit.enterprise.credit_code)
    assert [v.visit_id for v in listed.visits] == [made.visit_id]
    async with bureau.node.refused("ACT_IN_FUTURE"):
        await bureau.do("RecordVisit", UNIT, **a_visit(visit, visit_time=stamp(START + DAY)))


async def test_no_inspection_goes_by_another_name(bureau: Bureau) -> None:
    visit = await bureau.begun()

    async with bureau.node.refused("VISIT_IS_INSPECTION"):
        await bureau.do("RecordVisit", UNIT, **a_visit(visit))
    bureau.node.now += HOUR
    await bureau.act("RecordInspection", visit)
    await bureau.do("RecordVisit", UNIT, **a_visit(visit, visit_time=stamp(bureau.node.now)))


async def test_what_is_listed_as_open_is_what_may_be_done(bureau: Bureau) -> None:
    visit = await bureau.coded()

    acts = (await bureau.do("ListInspectionActs", HEAD, inspection_id=visit.inspection_id)).acts

    open_now = {a.rpc for a in acts if a.open}
    corrections = {"CorrectInspection", "DecideInspectionCorrection"}
    assert {
        "NoticeInspection",
        "CallOffInspection",
        "ReplaceInspectors",
        "CheckIn",
    } | corrections >= open_now - {"CheckIn"}
    check_in = next(a for a in acts if a.act == "CHECK_IN")
    asked = {d.reason for d in check_in.depends_on}
    assert {"CERTIFICATE_NOT_SHOWN", "INSPECTION_CODE_WRONG", "INSPECTION_NOT_NOTICED"} <= asked
    found = await bureau.do("ListInspections", HEAD, credit_code=visit.enterprise.credit_code)
    assert [i.inspection_id for i in found.inspections] == [visit.inspection_id]


async def test_a_wrong_credit_code_is_refused_by_name(bureau: Bureau) -> None:
    visit = await bureau.visit()
    wrong = given.enterprise(5, credit_code="914407000000000017")

    async with bureau.node.refused("MALFORMED") as told:
        await bureau.opened(visit, enterprise=wrong)
    assert told.fields == ["enterprise.credit_code"]


async def test_an_unknown_inspection_is_not_there(bureau: Bureau) -> None:
    async with bureau.node.refused("NOT_FOUND"):
        await bureau.do("CloseInspection", UNIT, inspection_id="I-unknown")
    async with bureau.node.refused("NOT_FOUND"):
        await bureau.do("GetInspection", CLERK, inspection_id="I-unknown")
