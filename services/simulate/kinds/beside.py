"""What runs beside cases in a system of the department's own: measures, referrals, inspections, permits."""

from collections.abc import Mapping
from typing import Any

from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals

from services.given import measure, permit
from services.given.inspection import SCOPE, enterprise
from services.given.people import CLERK, UNIT, credit_code
from services.simulate.plot import plot
from services.simulate.recording import hand_in
from services.simulate.scene import Scene
from services.simulate.told import Told

SEIZE: Mapping[str, Any] = {"measure_kind": measures.MEASURE_KIND_SEIZE}


@plot("EW-35", 60)
async def list_not_delivered(s: Scene) -> None:
    """Things are seized, and the party gets no list of them; near: it gets it."""
    case = Told(s)
    await case.way(until="assign_officers")
    await s.work()
    first, head = case.ids[0], s.bureau.heads[0]
    asked = {
        "kind": measures.MEASURE_KIND_SEIZE,
        "item_id": s.bureau.items["coercion"],
        "reasons": "防止证据损毁",
    }
    taken = measure.execution(s.now, case.ids, things=[measure.thing(mark=f"SN-{s.number}")])
    if not s.near:
        taken.ClearField("list_deliver_time")
    await case.tell("request_measure", actor=first, record="m", **SEIZE, says=asked)
    await case.tell("approve_measure", actor=head, record="m", **SEIZE)
    await case.tell(
        "execute_measure", actor=first, record="m", number=True, **SEIZE, says={"execution": taken}
    )
    s.breach(case.case_id)
    await hand_in(s, case.case_id, "RECORDED_ACT_MEASURE", case.record_id, first)
    await s.work(3)
    await case.tell("publish_measure", actor=CLERK[0], record="m", **SEIZE, says={"address": permit.ADDRESS})
    lifted = {"ground": measures.RELEASE_GROUND_NOT_NEEDED, "cause": "不再需要"}
    await case.tell("release_measure", actor=head, record="m", number=True, **SEIZE, says=lifted)
    await case.way("record_evidence")


async def referred(s: Scene, case: Told, team: list[str]) -> None:
    """A suspected crime goes to the police, and they sign for it."""
    first, head = case.ids[0], s.bureau.heads[0]
    flagged = {"suspicion": "涉案金额达到立案追诉标准", "standard": "示例追诉标准第一条"}
    await case.tell("flag_crime", actor=first, record="r", says=flagged)
    await case.tell("report_crime", actor=first, record="r", says={"officer_ids": team, "report": "核实报告"})
    await case.tell("approve_referral", actor=head, record="r")
    sent = {"police": "示例市公安局", "papers": measure.PAPERS, "copy_time": measure.stamp(s.now)}
    await case.tell("send_referral", actor=CLERK[0], record="r", number=True, says=sent)
    await police(case, "RECEIVED")


async def police(case: Told, said: str) -> None:
    answer = {
        "said": referrals.PoliceSaid.Value(f"POLICE_SAID_{said}"),
        "document": f"公函{said}",
        "reason": "示例理由",
    }
    await case.tell("record_police_answer", actor=CLERK[0], record="r", says=answer)


async def given_back(s: Scene, case: Told) -> None:
    """The police open no case, and the department goes on with its own."""
    await s.work()
    await police(case, "REFUSED")
    await case.tell("resume_case", actor=s.bureau.heads[0], record="r")


@plot("EW-36", 60)
async def referral_of_one(s: Scene) -> None:
    """A suspected crime that one officer verifies alone; near: two."""
    case = Told(s)
    await case.way(until="record_evidence")
    await referred(s, case, case.ids if s.near else case.ids[:1])
    s.breach(case.case_id)
    await given_back(s, case)
    await case.way("submit_report")


@plot("EW-21", 80)
async def fined_while_with_the_police(s: Scene) -> None:
    """A fine in place of a referral that the police still have; near: the police had given the case back."""
    case = Told(s)
    await case.way(until="record_evidence")
    await referred(s, case, case.ids)
    if s.near:
        await given_back(s, case)
    await case.way("submit_report", "make_decision")
    s.breach(case.case_id)
    if not s.near:
        await given_back(s, case)
    await case.way("serve_decision")


@plot("EW-24", 40)
async def inspected_without_a_plan(s: Scene) -> None:
    """An inspection that stands in no plan is approved; near: it stands in the plan of the year."""
    b = s.bureau
    firm = enterprise(40_000_000 + s.number)
    plan_id = "IP-unknown"
    if s.near:
        visits = [
            {"enterprise": firm, "item_ids": [b.items["inspection"]], "planned_time": measure.stamp(s.now)}
        ]
        made = await b.do(
            "DraftInspectionPlan", UNIT, body_id=b.body_id, kind=2, year=s.today.year, title=f"示例计划{s.number}",
            visits=visits, superior="示例市人民政府", document=f"示府办〔2026〕{s.number}号",
            publish_address="示例市政府网站",
        )  # fmt: skip
        plan_id = made.inspection_plan.plan_id
        await b.do("ApproveInspectionPlan", b.head, plan_id=plan_id)
        await s.work()
    case = Told(s)
    about: Mapping[str, Any] = {
        "body_id": b.body_id, "kind": 3, "enterprise": firm, "item_ids": [b.items["inspection"]], "officer_ids": case.ids,
        "plan_id": plan_id, "scope": SCOPE, "planned_time": measure.stamp(s.now),
    }  # fmt: skip
    case.matter = None
    await case.tell("open_inspection", actor=UNIT[0], says=about)
    await case.tell("approve_inspection", actor=b.heads[0], number=True, says={"opinion": "同意"})
    s.breach(case.record_id)
    await s.work()
    await case.tell("call_off_inspection", actor=b.heads[0], says={"cause": "企业停产，检查取消"})


@plot("EW-91", 40)
async def issued_at_another_window(s: Scene) -> None:
    """A permit is handed out by another unit than the one that its guide names; near: by that one."""
    b, told = s.bureau, Told(s)
    told.matter = None
    party = permit.applicant(credit_code(70_000_000 + s.number, "91"), f"示例许可申请人{s.number}")
    asked = {
        "guide_id": b.guide_id,
        "applicant": party,
        "window": permit.WINDOW,
        "materials": permit.MATERIALS,
    }
    reviewed = {"met": permit.CONDITIONS, "opinion": "条件全部符合"}
    window = permit.WINDOW if s.near else "审批科"
    await told.tell("receive_permit_application", actor=CLERK[0], number=True, says=asked)
    application = told.document_number
    await s.work()
    await told.tell("accept_permit_application", actor=CLERK[0])
    await s.work(2)
    await told.tell("review_permit_application", actor=told.ids[0], says=reviewed)
    await s.work()
    await told.tell("grant_permit", actor=b.heads[0], number=True)
    await s.work()
    issued = {"number": f"示例许可证{b.node}-{s.number}", "window": window, "from_time": measure.stamp(s.now)}
    await told.tell("issue_permit", actor=CLERK[0], says=issued)
    s.breach(application)
    await s.work()
    await told.tell("publish_permit", actor=CLERK[0], says={"address": permit.ADDRESS})
