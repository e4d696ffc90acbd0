"""Permits at the department: whole ways through the procedure, what follows by itself, and its rules refused (ALIC 22-59, 70)."""

from datetime import timedelta
from typing import Any

import pytest_asyncio
from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION
from yifa.law.v1 import law_pb2 as law
from yifa.law.v1.law_pb2 import (
    CLOCK_STATE_EXPIRED,
    CLOCK_STATE_MET,
    CLOCK_STATE_RUNNING,
    CLOCK_STATE_SUSPENDED,
)
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import power_pb2

from services.given import permit as given
from services.given.permit import CONDITIONS, MATERIALS, WINDOW
from services.law.moment import moment_of
from tests.enforcement.department import Department, number_of
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.samples import CLERK, DAY, HEAD, HOST, NODE, REVIEWER, START, UNIT, stamp


@pytest_asyncio.fixture
async def window(department: Department) -> Window:
    return Window(department)


def states(permit: pb.Permit) -> dict[str, int]:
    return {d.clock_id: d.state for d in permit.deadlines}


def due(permit: pb.Permit, clock_id: str) -> Any:
    return next(moment_of(d.due_time) for d in permit.deadlines if d.clock_id == clock_id)


# Whole ways ------------------------------------------------------------------------------------------


async def test_a_permit_is_granted_issued_and_published_in_time(window: Window) -> None:
    permit_id = await window.issued(365)

    permit = await window.act("PublishPermit", permit_id, CLERK, address=given.ADDRESS)

    assert permit.state == pb.PERMIT_STATE_ISSUED
    assert states(permit) == dict.fromkeys(("LIC-01", "LIC-02", "LIC-05", "PUB-02"), CLOCK_STATE_MET)
    assert permit.number.startswith("示罚许受〔2026〕") and "许决" in permit.decision.document_number
    assert permit.applicant.identity_number.startswith("91") and "*" in permit.applicant.identity_number
    assert permit.promise.days == 10 and not permit.promise.HasField("break_time")
    assert window.d.names(permit_id) == [
        "PermitApplicationReceived", "PermitApplicationAccepted", "PermitReviewed", "PermitGranted", "PermitIssued",
        "PermitPublished",
    ]  # fmt: skip
    listed = (await window.d.do("ListPermits", HEAD, guide_id=window.guide_id)).permits
    assert [p.permit_id for p in listed] == [permit_id]
    acts = {a.act: a for a in (await window.d.do("ListPermitActs", HEAD, permit_id=permit_id)).acts}
    assert acts["ASK_RENEWAL"].open and acts["PUBLISH"].depends_on and not acts["GRANT"].open


async def test_what_is_missing_is_told_once_and_of_the_published_list_only(window: Window) -> None:
    permit_id = await window.received(materials=("C1",))
    async with window.d.refused("APPLICATION_INCOMPLETE"):
        await window.act("AcceptPermitApplication", permit_id, CLERK)
    for missing in ((), ("C2",), ("C2", "C3", "C9"), ("C1", "C2", "C3")):
        async with window.d.refused("SUPPLEMENT_NOT_PUBLISHED"):
            await window.act("TellPermitSupplement", permit_id, CLERK, missing=missing)

    permit = await window.act("TellPermitSupplement", permit_id, CLERK, missing=("C2", "C3"))

    assert states(permit)["LIC-01"] == CLOCK_STATE_MET
    async with window.d.refused("ACT_NOT_OPEN"):
        await window.act("TellPermitSupplement", permit_id, CLERK, missing=("C2",))
    async with window.d.refused("SUPPLEMENT_INCOMPLETE"):
        await window.act("SupplementPermitApplication", permit_id, CLERK, supplied=("C2",))
    permit = await window.act("SupplementPermitApplication", permit_id, CLERK, supplied=("C2", "C3"))
    assert states(permit)["LIC-01"] == CLOCK_STATE_RUNNING
    permit = await window.act("AcceptPermitApplication", permit_id, CLERK)
    assert states(permit) == {"LIC-01": CLOCK_STATE_MET, "LIC-02": CLOCK_STATE_RUNNING}


async def test_silence_of_five_working_days_accepts_as_from_the_day_on_which_it_came(window: Window) -> None:
    permit_id = await window.received(materials=("C1",))
    window.d.now += 8 * DAY

    permit = await window.until(permit_id, lambda p: p.state == pb.PERMIT_STATE_ACCEPTED)

    assert permit.acceptance.silent and permit.acceptance.accept_time == permit.receive_time
    assert states(permit) == {"LIC-01": CLOCK_STATE_EXPIRED, "LIC-02": CLOCK_STATE_RUNNING}
    assert due(permit, "LIC-02").date() == (START + 28 * DAY).date(), "twenty working days from the Monday"


async def test_what_is_decided_late_breaks_the_promise_which_is_compensated_once(window: Window) -> None:
    permit_id = await window.reviewed()
    async with window.d.refused("PERMIT_PROMISE_NOT_BROKEN"):
        await window.act("CompensatePermitApplicant", permit_id, CLERK, compensation="致歉信")
    promised = moment_of((await window.of(permit_id)).promise.due_time)
    assert promised.date() == (START + 14 * DAY).date(), "ten working days"
    window.d.now = promised + timedelta(seconds=1)
    missed = await window.until(permit_id, lambda p: p.promise.HasField("break_time"))
    assert missed.state == pb.PERMIT_STATE_REVIEWED and moment_of(missed.promise.break_time) == promised

    window.d.now = START + 40 * DAY
    late = await window.until(permit_id, lambda p: states(p)["LIC-02"] == CLOCK_STATE_EXPIRED)
    assert late.state == pb.PERMIT_STATE_REVIEWED
    permit = await window.act("GrantPermit", permit_id, HEAD)

    deadline = next(d for d in permit.deadlines if d.clock_id == "LIC-02")
    assert deadline.state == CLOCK_STATE_MET and deadline.stop_time.seconds > deadline.due_time.seconds
    async with window.d.refused("PERMIT_COMPENSATION_MISSING"):
        await window.act("CompensatePermitApplicant", permit_id, CLERK, compensation=" ")
    permit = await window.act("CompensatePermitApplicant", permit_id, CLERK, compensation="致歉信，免费邮寄")
    assert permit.promise.compensation == "致歉信，免费邮寄" and permit.promise.HasField("compensate_time")
    async with window.d.refused("PERMIT_COMPENSATION_MISSING"):
        await window.act("CompensatePermitApplicant", permit_id, CLERK, compensation="再次补偿")


async def test_a_promise_is_broken_by_a_late_decision_that_nobody_noticed_before(window: Window) -> None:
    """The head decides in the moment in which the node's clock leaps: the decision itself tells."""
    permit_id = await window.reviewed()
    window.d.now += 20 * DAY

    permit = await window.act("GrantPermit", permit_id, HEAD)

    assert permit.promise.break_time == permit.promise.due_time


async def test_time_that_does_not_count_is_told_and_taken_out_and_the_term_is_extended_once(
    window: Window,
) -> None:
    permit_id = await window.accepted()
    before = await window.of(permit_id)
    async with window.d.refused("PERMIT_TIME_RUNS"):
        await window.act("ResumePermitTime", permit_id, UNIT)
    more = {"ground": law.GROUND_EXPERT_REVIEW, "days": 5}
    async with window.d.refused("PERMIT_TIME_NOT_TOLD"):
        await window.act("ExcludePermitTime", permit_id, UNIT, document=" ", **more)
    async with window.d.refused("TIME_NOT_EXCLUDABLE"):
        await window.act(
            "ExcludePermitTime", permit_id, UNIT, document="告1号", ground=law.GROUND_SUSPENSION, days=5
        )
    stands = await window.act("ExcludePermitTime", permit_id, UNIT, document="告1号", **more)
    assert states(stands)["LIC-02"] == CLOCK_STATE_SUSPENDED and not stands.promise.HasField("due_time")
    async with window.d.refused("PERMIT_TIME_STANDS"):
        await window.act("ExcludePermitTime", permit_id, UNIT, document="告2号", **more)
    async with window.d.refused("PERMIT_TIME_STANDS"):
        await window.act("ExtendPermitTerm", permit_id, HEAD, reasons="疑难", document="延1号")
    window.d.now += 7 * DAY

    runs = await window.act("ResumePermitTime", permit_id, UNIT)

    assert due(before, "LIC-02").date().isoformat() == "2026-03-30"
    assert due(runs, "LIC-02").date().isoformat() == "2026-04-07", (
        "five working days, and a holiday (6 April)"
    )
    assert moment_of(runs.promise.due_time) == moment_of(before.promise.due_time) + 7 * DAY
    async with window.d.refused("PERMIT_EXTENSION_NOT_TOLD"):
        await window.act("ExtendPermitTerm", permit_id, HEAD, reasons="疑难")
    longer = await window.act("ExtendPermitTerm", permit_id, HEAD, reasons="疑难", document="延1号")
    assert due(longer, "LIC-02") > due(runs, "LIC-02") + 13 * DAY
    async with window.d.refused("PERMIT_EXTENDED_ALREADY"):
        await window.act("ExtendPermitTerm", permit_id, HEAD, reasons="疑难", document="延2号")


async def test_what_several_departments_handle_has_forty_five_days_and_the_government_extends(
    window: Window,
) -> None:
    joint = {"handling": guides.PERMIT_HANDLING_JOINT, "departments": ["示例住建局"], "promised_days": 30}
    permit_id = await window.received(**joint)
    async with window.d.refused("JOINT_ORDER_MISSING"):
        await window.act("AcceptPermitApplication", permit_id, CLERK)
    permit = await window.act("AcceptPermitApplication", permit_id, CLERK, joint_order="示政办〔2026〕3号")

    assert "LIC-03" in states(permit) and "LIC-02" not in states(permit)
    said = {"reasons": "部门意见分歧", "document": "延9号"}
    async with window.d.refused("EXTENSION_NOT_COMPETENT"):
        await window.act("ExtendPermitTerm", permit_id, HEAD, **said)
    longer = await window.act("ExtendPermitTerm", permit_id, HEAD, order="示政批〔2026〕8号", **said)
    assert due(longer, "LIC-03") == due(permit, "LIC-03") + 20 * DAY, "fifteen working days, and a holiday"


async def test_the_lower_body_reviews_in_twenty_days_and_sends_it_up(window: Window) -> None:
    permit_id = await window.reviewed(handling=guides.PERMIT_HANDLING_BELOW, departments=["省生态环境厅"])
    async with window.d.refused("PERMIT_DECIDED_ABOVE"):
        await window.act("GrantPermit", permit_id, HEAD)

    permit = await window.act("SendPermitUp", permit_id, UNIT)

    assert permit.state == pb.PERMIT_STATE_SENT_UP and states(permit)["LIC-04"] == CLOCK_STATE_MET
    other = await window.reviewed()
    async with window.d.refused("PERMIT_NOT_DECIDED_ABOVE"):
        await window.act("SendPermitUp", other, UNIT)


async def test_a_hearing_is_hosted_by_who_does_not_review_and_nothing_is_decided_before(
    window: Window,
) -> None:
    permit_id = await window.reviewed()
    async with window.d.refused("PERMIT_HEARING_ASKED_LATE"):
        await window.act("RequestPermitHearing", permit_id, CLERK, requester="示例村委会")
    async with window.d.refused("PERMIT_NOBODY_TOLD"):
        await window.act("TellPermitHearingRight", permit_id, CLERK, told=())
    await window.act("TellPermitHearingRight", permit_id, CLERK, told=("许可测试化工有限公司", "示例村委会"))
    async with window.d.refused("PERMIT_HEARING_OWED"):
        await window.act("GrantPermit", permit_id, HEAD)
    asked = await window.act("RequestPermitHearing", permit_id, CLERK, requester="示例村委会")
    assert states(asked)["LIC-07"] == CLOCK_STATE_RUNNING
    told = {"place": "行政服务中心三楼", "hold_at": stamp(window.d.now + 10 * DAY)}
    for host in ("", OFFICER[0]):
        async with window.d.refused("PERMIT_HOST_INVOLVED"):
            await window.act("NotifyPermitHearing", permit_id, UNIT, host=host, **told)
    soon = {**told, "hold_at": stamp(window.d.now + 8 * DAY)}
    async with window.d.refused("PERMIT_HEARING_NOTICE_SHORT"):
        await window.act("NotifyPermitHearing", permit_id, UNIT, host=HOST[0], **soon)
    await window.act("NotifyPermitHearing", permit_id, UNIT, host=HOST[0], **told)
    record = {"public": True, "minutes": "听证笔录", "signed": True}
    async with window.d.refused("PERMIT_HEARING_NOT_AS_TOLD"):
        await window.act("HoldPermitHearing", permit_id, HOST, **record)
    window.d.now += 10 * DAY
    for by, said, reason in (
        (REVIEWER, record, "PERMIT_HEARING_NOT_AS_TOLD"),
        (HOST, {**record, "public": False}, "PERMIT_HEARING_NOT_AS_TOLD"),
        (HOST, {**record, "signed": False}, "PERMIT_HEARING_NOT_RECORDED"),
    ):
        async with window.d.refused(reason):
            await window.act("HoldPermitHearing", permit_id, by, **said)
    async with window.d.refused("PERMIT_HEARING_OWED"):
        await window.act("GrantPermit", permit_id, HEAD)

    held = await window.act("HoldPermitHearing", permit_id, HOST, **record)

    assert states(held)["LIC-07"] == CLOCK_STATE_MET
    assert (await window.act("GrantPermit", permit_id, HEAD)).state == pb.PERMIT_STATE_GRANTED


async def test_who_was_told_and_asks_too_late_has_no_hearing(window: Window) -> None:
    permit_id = await window.reviewed()
    await window.act("TellPermitHearingRight", permit_id, CLERK, told=("示例村委会",))
    window.d.now += 8 * DAY

    async with window.d.refused("PERMIT_HEARING_ASKED_LATE"):
        await window.act("RequestPermitHearing", permit_id, CLERK, requester="示例村委会")

    assert (await window.act("GrantPermit", permit_id, HEAD)).decision.granted


async def test_it_is_refused_on_a_published_condition_with_reasons_and_remedies(window: Window) -> None:
    permit_id = await window.accepted(tested=True)
    for met, unmet in (((), ()), (("T1",), ()), (CONDITIONS, ("T2",)), (("T1",), ("T2", "T9"))):
        async with window.d.refused("PERMIT_CONDITIONS_NOT_JUDGED"):
            await window.act("ReviewPermitApplication", permit_id, OFFICER, met=met, unmet=unmet)
    await window.act("ReviewPermitApplication", permit_id, OFFICER, met=CONDITIONS)
    whole = {"reasons": "排放浓度超标", "standard": "GB 16297-1996", **REMEDIES}
    async with window.d.refused("PERMIT_REFUSED_WITHOUT_GROUND"):
        await window.act("RefusePermit", permit_id, HEAD, **whole)
    await window.act("ReviewPermitApplication", permit_id, OFFICER, met=("T1",), unmet=("T2",))
    async with window.d.refused("PERMIT_CONDITION_NOT_MET"):
        await window.act("GrantPermit", permit_id, HEAD)
    for lacking, reason in (
        ("reasons", "REASONS_MISSING"),
        ("authority", "PERMIT_REMEDIES_NOT_TOLD"),
        ("court", "PERMIT_REMEDIES_NOT_TOLD"),
        ("standard", "PERMIT_STANDARD_NOT_NAMED"),
    ):
        async with window.d.refused(reason):
            await window.act("RefusePermit", permit_id, HEAD, **{**whole, lacking: " "})
    for other in ({"authority": "示例省人民政府"}, {"court": "示例市中级人民法院"}):
        async with window.d.refused("PERMIT_REMEDIES_NOT_TOLD") as told:
            await window.act("RefusePermit", permit_id, HEAD, **(whole | other))
        assert {name: told.metadata[name] for name in REMEDIES} == REMEDIES

    permit = await window.act("RefusePermit", permit_id, HEAD, **whole)

    assert permit.state == pb.PERMIT_STATE_REFUSED and states(permit)["PUB-02"] == CLOCK_STATE_RUNNING
    assert states(permit)["LIC-10"] == CLOCK_STATE_MET
    async with window.d.refused("PERMIT_ADDRESS_MISSING"):
        await window.act("PublishPermit", permit_id, CLERK)


async def test_who_reviews_does_not_decide_and_two_of_the_roster_inspect_and_verify(window: Window) -> None:
    permit_id = await window.accepted(tested=True, verified=True)
    one, two = [await window.d.officer(window.body_id) for _ in range(2)]
    for named in ((), (one.officer_id,), (one.officer_id, "O-nobody")):
        async with window.d.refused("TOO_FEW_INSPECTORS"):
            await window.act("AssignPermitInspectors", permit_id, UNIT, officer_ids=named)
        async with window.d.refused("PERMIT_NOT_VERIFIED"):
            await window.act(
                "ReviewPermitApplication", permit_id, OFFICER, met=CONDITIONS, verifier_ids=named
            )
    both = (one.officer_id, two.officer_id)
    permit = await window.act("AssignPermitInspectors", permit_id, UNIT, officer_ids=both)
    assert states(permit)["LIC-10"] == CLOCK_STATE_MET
    await window.act(
        "ReviewPermitApplication",
        permit_id,
        ("head-1", "HANDLING_OFFICER"),
        met=CONDITIONS,
        verifier_ids=both,
    )

    async with window.d.refused("PERMIT_NOT_CHECKED_APART"):
        await window.act("GrantPermit", permit_id, HEAD)

    assert (await window.act("GrantPermit", permit_id, ("head-2", "AGENCY_HEAD"))).decision.granted


async def test_one_window_takes_and_hands_out_and_no_fee_is_taken_but_the_lawful_one(window: Window) -> None:
    permit_id = await window.reviewed(fee=given.fee(5000, "《示例条例》第九条"))
    party = given.applicant(number_of(PARTY_KIND_ORGANISATION), "许可测试纸业有限公司")
    asked = {"guide_id": window.guide_id, "applicant": party, "materials": MATERIALS}
    for unit in ("", "审批科"):
        async with window.d.refused("PERMIT_OTHER_WINDOW"):
            await window.d.do("ReceivePermitApplication", CLERK, window=unit, **asked)
    async with window.d.refused("PERMIT_FEE_NOT_ALLOWED"):
        await window.act("GrantPermit", permit_id, HEAD, fee=law.Money(fen=6000))
    await window.act("GrantPermit", permit_id, HEAD, fee=law.Money(fen=5000))
    made = {"number": "排许-一", "from_time": stamp(window.d.now)}
    async with window.d.refused("PERMIT_OTHER_WINDOW"):
        await window.act("IssuePermit", permit_id, CLERK, window="审批科", **made)
    backwards = {**made, "until_time": stamp(window.d.now - DAY)}
    async with window.d.refused("PERMIT_VALIDITY_WRONG"):
        await window.act("IssuePermit", permit_id, CLERK, window=WINDOW, **backwards)

    permit = await window.act("IssuePermit", permit_id, CLERK, window=WINDOW, **made)

    assert not permit.certificate.HasField("until_time")
    async with window.d.refused("PERMIT_RENEWAL_LATE"):
        await window.act("AskPermitRenewal", permit_id, CLERK)


async def test_it_is_not_accepted_or_withdrawn_with_reasons_and_no_term_runs_on(window: Window) -> None:
    permit_id = await window.received()
    async with window.d.refused("REASONS_MISSING"):
        await window.act("RefusePermitApplication", permit_id, CLERK, reasons=" ")
    permit = await window.act(
        "RefusePermitApplication", permit_id, CLERK, reasons="不属于本机关职权", competent="示例水务局"
    )
    assert states(permit) == {"LIC-01": CLOCK_STATE_MET}

    other = await window.accepted()
    permit = await window.act("WithdrawPermitApplication", other, CLERK, reasons="申请人来函撤回")
    assert set(states(permit).values()) == {CLOCK_STATE_MET}


# Renewal ---------------------------------------------------------------------------------------------


async def test_a_renewal_is_asked_for_thirty_days_before_and_silence_renews_it(window: Window) -> None:
    permit_id = await window.issued(60)
    end = moment_of((await window.of(permit_id)).certificate.until_time)
    asked = await window.act("AskPermitRenewal", permit_id, CLERK)
    assert asked.state == pb.PERMIT_STATE_RENEWAL_ASKED
    async with window.d.refused("PERMIT_RENEWAL_NO_LONGER"):
        await window.act("RenewPermit", permit_id, HEAD, until_time=stamp(end))
    window.d.now = end + timedelta(seconds=1)

    permit = await window.until(permit_id, lambda p: p.state == pb.PERMIT_STATE_ISSUED)

    assert permit.renewals[0].silent and moment_of(permit.certificate.until_time) == end + 60 * DAY
    window.d.now = end + 31 * DAY
    async with window.d.refused("PERMIT_RENEWAL_LATE"):
        await window.act("AskPermitRenewal", permit_id, CLERK)
    window.d.now = end + 61 * DAY
    await window.until(permit_id, lambda p: p.state == pb.PERMIT_STATE_LAPSED)


async def test_a_renewal_is_granted_or_declined_with_reasons_and_remedies(window: Window) -> None:
    permit_id = await window.issued(90)
    end = moment_of((await window.of(permit_id)).certificate.until_time)
    await window.act("AskPermitRenewal", permit_id, CLERK)
    longer = await window.act("RenewPermit", permit_id, HEAD, until_time=stamp(end + 90 * DAY))
    assert moment_of(longer.certificate.until_time) == end + 90 * DAY
    await window.act("AskPermitRenewal", permit_id, CLERK)
    async with window.d.refused("REASONS_MISSING", "PERMIT_REMEDIES_NOT_TOLD"):
        await window.act("DeclinePermitRenewal", permit_id, HEAD)

    permit = await window.act("DeclinePermitRenewal", permit_id, HEAD, reasons="不再符合条件", **REMEDIES)

    assert permit.state == pb.PERMIT_STATE_RENEWAL_DECLINED and not permit.renewals[-1].granted


async def test_a_power_that_was_given_away_since_grants_and_renews_nothing(window: Window) -> None:
    """Whether the body has it is asked when it decides, and not only when the application came."""
    held = await window.issued(90)
    end = moment_of((await window.of(held)).certificate.until_time)
    await window.act("AskPermitRenewal", held, CLERK)
    await gone(window)
    async with window.d.refused("PERMIT_NOT_EMPOWERED", law="ALIC-2019:22"):
        await window.act("RenewPermit", held, HEAD, until_time=stamp(end + 90 * DAY))

    asked = await window.reviewed()
    await gone(window)
    async with window.d.refused("PERMIT_NOT_EMPOWERED", law="ALIC-2019:22"):
        await window.act("GrantPermit", asked, HEAD)

    assert (await window.of(asked)).state == pb.PERMIT_STATE_REVIEWED


async def gone(window: Window) -> None:
    """The item is on the list of the body until now."""
    item = power_pb2.PowerItem(
        item_id=window.item_id, body_id=window.body_id, node=NODE, kind=power_pb2.POWER_KIND_PERMIT, version=2,
        from_time=stamp(START - 100 * DAY), until_time=stamp(window.d.now),
    )  # fmt: skip
    await window.d.hear(registry.PowerItemChanged(item=item))


# The guide -------------------------------------------------------------------------------------------


async def test_a_guide_is_argued_for_by_another_and_published_whole(window: Window) -> None:
    d, body_id = window.d, await window.d.body(field="生态环境")
    penalty = await d.item(body_id)
    for item_id in (penalty, "P-nothing"):
        async with d.refused("PERMIT_NOT_EMPOWERED"):
            await d.do("DraftPermitGuide", UNIT, body_id=body_id, item_id=item_id, terms=given.terms())
    item_id = await d.item(body_id, kind=power_pb2.POWER_KIND_PERMIT)

    async def drafted(**more: Any) -> str:
        asked = {"body_id": body_id, "item_id": item_id, "terms": given.terms(**more)}
        return str((await d.do("DraftPermitGuide", UNIT, **asked)).permit_guide.guide_id)

    async def argued(**more: Any) -> str:
        guide_id = await drafted(**more)
        await d.do("ArguePermitGuide", REVIEWER, guide_id=guide_id, **given.argument())
        return guide_id

    guide_id = await drafted()
    whole = given.argument()
    for by, said in (
        ((UNIT[0], "LEGAL_REVIEWER"), whole),
        (REVIEWER, {**whole, "consulted": ()}),
        (REVIEWER, {**whole, "opinion": " "}),
    ):
        async with d.refused("GUIDE_NOT_ARGUED"):
            await d.do("ArguePermitGuide", by, guide_id=guide_id, **said)
    async with d.refused("REASONS_MISSING"):
        await d.do("ArguePermitGuide", REVIEWER, guide_id=guide_id, **{**whole, "kept": False})
    shown = {"address": given.ADDRESS}
    nameless = guides.PermitStep(name="审查", standard="逐项核对", days=2)
    for reason, more in (
        ("GUIDE_INCOMPLETE", {"materials": []}),
        ("GUIDE_INCOMPLETE", {"steps": [nameless]}),
        ("GUIDE_WINDOW_MISSING", {"window": " "}),
        ("GUIDE_PROMISE_TOO_LONG", {"promised_days": 20}),
        ("GUIDE_PROMISE_TOO_LONG", {"promised_days": 9}),
        ("GUIDE_PROMISE_TOO_LONG", {"compensation": ""}),
        ("PERMIT_FEE_NOT_ALLOWED", {"fee": given.fee(100, "")}),
        ("PERMIT_FEE_NOT_ALLOWED", {"fee": given.fee(100, "收费标准")}),
    ):
        faulty = await argued(**more)
        async with d.refused(reason):
            await d.do("PublishPermitGuide", HEAD, guide_id=faulty, **shown)
    good = await argued()
    async with d.refused("PERMIT_ADDRESS_MISSING"):
        await d.do("PublishPermitGuide", HEAD, guide_id=good)

    await d.do("PublishPermitGuide", HEAD, guide_id=good, **shown)

    another = await argued()
    async with d.refused("GUIDE_PUBLISHED_ALREADY"):
        await d.do("PublishPermitGuide", HEAD, guide_id=another, **shown)
    listed = await d.do("ListPermitGuides", HEAD, item_id=item_id, state=guides.PERMIT_GUIDE_STATE_PUBLISHED)
    assert [g.guide_id for g in listed.permit_guides] == [good]


async def test_what_is_not_published_is_no_basis_and_what_came_goes_on_by_what_it_said(
    window: Window,
) -> None:
    permit_id = await window.received()
    drafted = await window.d.do(
        "DraftPermitGuide", UNIT, body_id=window.body_id, item_id=window.item_id, terms=given.terms()
    )
    await window.d.do("WithdrawPermitGuide", HEAD, guide_id=window.guide_id, cause="修订办理时限")
    party = given.applicant(number_of(PARTY_KIND_ORGANISATION), "许可测试印染有限公司")

    for guide_id in (window.guide_id, drafted.permit_guide.guide_id):
        async with window.d.refused("PERMIT_GUIDE_NOT_PUBLISHED"):
            await given.received(window.d.do, guide_id, party)

    assert (await window.act("AcceptPermitApplication", permit_id, CLERK)).promise.days == 10
