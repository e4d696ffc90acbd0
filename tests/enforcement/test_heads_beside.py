"""Who approves what runs beside a case holds a head's post of its body, by the posts on record, at that moment."""

from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as own_pb

from services.given import inspection as given
from tests.enforcement import court, inspecting, own, permitting
from tests.enforcement import test_advance_registration as registrations
from tests.enforcement import test_measure as measures
from tests.enforcement import test_referral as referrals
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, START, stamp, yuan

# Has the role, and a post of a head of another body or none.
NOBODY = ("head-66", "AGENCY_HEAD")
LONGER = {"days": 30, "complexity": "跨省取证", "tell_time": stamp(START), "told_reasons": "情况复杂"}


async def test_a_measure_is_approved_by_a_head_of_its_body(department: Department) -> None:
    held = await measures.asked(department)
    await department.appointed(await department.body(), NOBODY[0])

    async with department.refused("HEAD_NOT_IN_OFFICE", law="ACL-2011:18[1]") as told:
        await held.act("ApproveMeasure", NOBODY)
    approved = await held.act("ApproveMeasure")

    assert (told.metadata["person"], approved.approver) == (NOBODY[0], "head-1")


async def test_what_was_taken_urgently_is_approved_by_a_head_of_its_body(department: Department) -> None:
    held = await measures.urgent(department)

    async with department.refused("HEAD_NOT_IN_OFFICE", law="ACL-2011:19"):
        await held.act("ApproveAfterwards", NOBODY)
    await held.act("ApproveAfterwards")

    assert await held.state() == "EXECUTED"


async def test_a_measure_is_extended_by_a_head_of_its_body(department: Department) -> None:
    held = await measures.seized(department)
    department.now = START + 20 * DAY

    async with department.refused("HEAD_NOT_IN_OFFICE"):
        await held.act("ExtendMeasure", NOBODY, **LONGER)
    await held.act("ExtendMeasure", **LONGER)

    assert await held.state() == "EXTENDED"


async def test_a_registration_is_approved_by_a_head_of_its_body(department: Department) -> None:
    dossier = await department.investigating()
    asked = await registrations.given.ask(department.do, dossier.case_id, dossier.officers[0].who)
    waiting = registrations.Registered(department, dossier, asked)

    async with department.refused("HEAD_NOT_IN_OFFICE", law="APL-2021:56"):
        await waiting.act("ApproveRegistration", NOBODY)
    await waiting.act("ApproveRegistration")

    assert await waiting.state() == "APPROVED"


async def test_a_referral_is_decided_by_a_head_of_its_body(department: Department) -> None:
    referred = await referrals.flagged(department)
    await referred.report()

    for rpc, more in (("ApproveReferral", {}), ("RejectReferral", {"reasons": "未达到标准"})):
        async with department.refused("HEAD_NOT_IN_OFFICE", law="CRT-2020:5(2)"):
            await referred.act(rpc, NOBODY, **more)
    await referred.act("ApproveReferral")

    assert referred.referral.chief == "head-1"


async def test_enforcement_is_decided_agreed_and_ended_by_a_head_of_its_body(department: Department) -> None:
    forced = await own.demanded(department)
    await department.appointed(forced.dossier.body_id, NOBODY[0], until=START)
    department.now = own.ENOUGH
    said = own.decision(department.now)
    part = {"amount": yuan(59_700), "due_time": stamp(own.ENOUGH + 60 * DAY)}
    hardship = {"ground": own_pb.SUSPENSION_OF_ENFORCEMENT_HARDSHIP, "cause": "暂无履行能力"}

    async with department.refused("HEAD_NOT_IN_OFFICE", law="ACL-2011:37(1)") as told:
        await forced.act("DecideEnforcement", NOBODY, **said)
    await forced.decide()
    await forced.serve()
    await forced.start()
    for rpc, law, more in (
        ("AgreeOnEnforcement", "ACL-2011:42(1)", {"terms": "分期", "stages": [part], "harmless": True}),
        ("SuspendEnforcement", "ACL-2011:39(1)", hardship),
        ("TerminateEnforcement", "ACL-2011:40", {"ground": own_pb.END_OF_ENFORCEMENT_OTHER, "cause": "注销"}),
    ):
        async with department.refused("HEAD_NOT_IN_OFFICE", law=law):
            await forced.act(rpc, NOBODY, **more)
    await forced.act("SuspendEnforcement", HEAD, **hardship)
    async with department.refused("HEAD_NOT_IN_OFFICE", law="ACL-2011:39(2)"):
        await forced.act("ResumeEnforcement", NOBODY, cause="恢复经营", execution=own.TRANSFER)

    assert (told.metadata["person"], forced.record.decision.decider) == (NOBODY[0], "head-1")


async def test_an_application_to_the_court_is_signed_by_a_head_of_the_body(department: Department) -> None:
    applied = await court.demanded(department)
    department.now = court.WAITED + DAY
    asked = {"court": "示例区人民法院", "papers": court.PAPERS}

    async with department.refused("HEAD_NOT_IN_OFFICE", law="ACL-2011:55(2)"):
        await applied.act("ApplyToCourt", NOBODY, **asked)
    await applied.apply()

    assert applied.record.application.head == "head-1"


async def test_inspections_are_approved_and_their_officers_replaced_by_a_head_of_the_body(
    department: Department,
) -> None:
    bureau = inspecting.Bureau(department)
    visit = await bureau.opened()

    async with department.refused("HEAD_NOT_IN_OFFICE", law="GBF-2024-54") as told:
        await bureau.act("ApproveInspection", visit, NOBODY)
    await bureau.act("ApproveInspection", visit)
    visit.ids = [(await department.officer(visit.body_id, area=inspecting.AREA)).officer_id for _ in range(2)]
    async with department.refused("HEAD_NOT_IN_OFFICE", law="GBF-2024-54"):
        await bureau.act("ReplaceInspectors", visit, NOBODY)
    await bureau.act("ReplaceInspectors", visit)

    assert told.metadata["person"] == NOBODY[0]


async def test_an_urgent_inspection_is_approved_afterwards_by_a_head_of_the_body(
    department: Department,
) -> None:
    bureau = inspecting.Bureau(department)
    visit = await bureau.on_clue()
    await bureau.act("CheckInUrgently", visit)

    async with department.refused("HEAD_NOT_IN_OFFICE", law="GBF-2024-54"):
        await bureau.act("MakeGoodInspection", visit, NOBODY)
    await bureau.act("MakeGoodInspection", visit)

    assert (await bureau.of(visit)).approval.approver == "head-1"


async def test_a_plan_of_inspections_is_approved_by_a_head_of_the_body(department: Department) -> None:
    bureau = inspecting.Bureau(department)

    async def do(rpc: str, by: Any, /, **fields: Any) -> Any:
        if rpc == "ApproveInspectionPlan":
            async with department.refused("HEAD_NOT_IN_OFFICE", law="GBF-2024-54"):
                await department.do(rpc, NOBODY, **fields)
        return await department.do(rpc, by, **fields)

    await given.planned(do, await bureau.visit(), department.now)


async def test_the_term_of_a_permit_is_extended_by_a_head_of_the_body(department: Department) -> None:
    window = permitting.Window(department)
    permit_id = await window.accepted()
    said = {"reasons": "疑难", "document": "延1号"}

    async with department.refused("HEAD_NOT_IN_OFFICE", law="ALIC-2019:42"):
        await window.act("ExtendPermitTerm", permit_id, NOBODY, **said)
    longer = await window.act("ExtendPermitTerm", permit_id, HEAD, **said)

    assert longer.extensions[0].approver == HEAD[0]
