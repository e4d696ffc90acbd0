"""Permits that stand: holders checked, permits revoked, recalled and altered, the indemnity, the end (ALIC 7, 8, 61-70)."""

from dataclasses import replace
from typing import Any

import pytest_asyncio
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET, Money

from services.given import permit as given
from services.law.moment import moment_of
from tests.enforcement.department import Department, number_of
from tests.enforcement.inspecting import Bureau
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.samples import CLERK, DAY, HEAD, HOST, UNIT, fine, stamp

INTEREST = {"interest": "不影响公共供应，不致重大损害"}
RECALL = {"kind": held.PERMIT_REVERSAL_KIND_RECALL, "ground": held.PERMIT_REVERSAL_GROUND_LAW_CHANGED}
REVOKE = {"kind": held.PERMIT_REVERSAL_KIND_REVOKE, "ground": held.PERMIT_REVERSAL_GROUND_UNQUALIFIED}
LAPSED = {"ground": held.PERMIT_LEAVING_GROUND_EXPIRED, "basis": "有效期届满未延续", "proof": "届满清单"}
REVERSED = {"ground": held.PERMIT_LEAVING_GROUND_REVERSED, "basis": "许可已被撤销、撤回", "proof": "决定书"}


@pytest_asyncio.fixture
async def window(department: Department) -> Window:
    return Window(department)


async def told(window: Window, permit_id: str, **more: Any) -> pb.Permit:
    """The holder is told what is intended, and has five days to answer."""
    said = {
        "basis": "《排污许可管理条例》修订", "reasons": "不再符合公布的条件", "document": "许告5号",
        "until_time": stamp(window.d.now + 5 * DAY),
    }  # fmt: skip
    return await window.act("TellPermitReversal", permit_id, UNIT, **(said | more))


async def test_the_holder_is_checked_by_papers_or_by_an_inspection_and_what_is_found_is_handled(
    window: Window,
) -> None:
    bureau = Bureau(window.d)
    visit = await bureau.recorded()
    party = given.applicant(visit.enterprise.credit_code, visit.enterprise.name)
    permit_id = await window.issued(365, body_id=visit.body_id, party=party)
    other, third = await bureau.recorded(), (await window.d.officer(visit.body_id)).officer_id
    fresh = {"inspection_id": "", "plan_id": "", "code": "", "enterprise": other.enterprise}
    beside = await bureau.recorded(await bureau.planned(replace(visit, **fresh)))
    clue, foreign = await bureau.clue(visit), await bureau.clue(other)
    whole = {
        "manner": held.PERMIT_CHECK_MANNER_PAPERS, "checker_ids": visit.ids, "signer_ids": visit.ids,
        "situation": "核查自行监测台账", "finding": held.PERMIT_FINDING_LAWFUL, "result": "符合许可要求",
    }  # fmt: skip
    bad = {"finding": held.PERMIT_FINDING_UNLAWFUL}
    late = {**bad, "order": "限期改正", "correct_time": stamp(window.d.now)}
    on_site = {"manner": held.PERMIT_CHECK_MANNER_ON_SITE}
    for reason, more in (
        ("PERMIT_CHECK_NOT_RECORDED", {"situation": " "}),
        ("PERMIT_CHECK_NOT_RECORDED", {"result": ""}),
        ("PERMIT_CHECK_NOT_SIGNED", {"signer_ids": visit.ids[:1]}),
        ("PERMIT_CHECK_NOT_SIGNED", {"checker_ids": ["O-nobody"], "signer_ids": ["O-nobody"]}),
        ("PERMIT_VISIT_NOT_INSPECTED", {"manner": 0}),
        ("PERMIT_VISIT_NOT_INSPECTED", on_site),
        ("PERMIT_VISIT_NOT_INSPECTED", {**on_site, "inspection_id": other.inspection_id}),
        ("PERMIT_VISIT_NOT_INSPECTED", {**on_site, "inspection_id": beside.inspection_id}),
        (
            "PERMIT_VISIT_NOT_INSPECTED",
            {
                **on_site,
                "inspection_id": visit.inspection_id,
                "checker_ids": [third],
                "signer_ids": [third],
            },
        ),
        ("PERMIT_VISIT_NOT_INSPECTED", {**on_site, "inspection_id": "I-invented"}),
        ("PERMIT_FINDING_NOT_HANDLED", {"finding": 0}),
        ("PERMIT_FINDING_NOT_HANDLED", bad),
        ("PERMIT_FINDING_NOT_HANDLED", late),
        ("PERMIT_FINDING_NOT_HANDLED", {**bad, "case_id": foreign}),
    ):
        async with window.d.refused(reason):
            await window.act("CheckPermitHolder", permit_id, OFFICER, **(whole | more))

    await window.act("CheckPermitHolder", permit_id, OFFICER, **whole)
    await window.act("CheckPermitHolder", permit_id, OFFICER, **(whole | bad | {"case_id": clue}))
    ordered = {**late, "correct_time": stamp(window.d.now + 10 * DAY), **on_site}
    visited = {**whole, **ordered, "inspection_id": visit.inspection_id}
    permit = await window.act("CheckPermitHolder", permit_id, OFFICER, **visited)

    assert permit.state == pb.PERMIT_STATE_ISSUED
    assert [(c.inspection_id, c.case_id) for c in permit.checks] == [
        ("", ""), ("", clue), (visit.inspection_id, ""),
    ]  # fmt: skip
    assert window.d.names(permit_id)[-3:] == ["PermitHolderChecked"] * 3


async def test_what_is_not_put_right_in_time_is_noted_once_and_a_later_check_stands_against_it(
    window: Window,
) -> None:
    left, mended = await window.issued(365), await window.issued(365)
    checker = (await window.d.officer(window.body_id)).officer_id
    end = window.d.now + 10 * DAY
    found = {
        "manner": held.PERMIT_CHECK_MANNER_PAPERS, "checker_ids": [checker], "signer_ids": [checker],
        "situation": "缺少监测数据", "finding": held.PERMIT_FINDING_UNLAWFUL, "result": "责令改正", "order": "补充监测",
        "correct_time": stamp(end),
    }  # fmt: skip
    right = {"finding": held.PERMIT_FINDING_LAWFUL, "situation": "已经补充", "result": "改正", "order": ""}
    for permit_id in (left, mended):
        await window.act("CheckPermitHolder", permit_id, OFFICER, **found)
    window.d.now += 5 * DAY
    await window.act("CheckPermitHolder", mended, OFFICER, **(found | right))
    window.d.now = end + DAY

    permit = await window.until(left, lambda p: p.checks[0].HasField("miss_time"))

    assert moment_of(permit.checks[0].miss_time) == end and permit.state == pb.PERMIT_STATE_ISSUED
    entries = window.d.running.entries(0, 10**9)
    missed = [e.subject for e in entries if e.type.endswith("PermitCorrectionMissed")]
    assert (missed.count(left), missed.count(mended)) == (1, 0)


async def test_a_permit_is_revoked_for_how_it_was_given_once_its_holder_was_heard(window: Window) -> None:
    permit_id = await window.issued(365)
    whole = {**INTEREST, "claim_told": True, **REMEDIES}
    async with window.d.refused("PERMIT_REVERSAL_NOT_AS_TOLD", "PERMIT_HOLDER_NOT_HEARD", more=True):
        await window.act("RevokePermit", permit_id, HEAD, **whole)
    async with window.d.refused("PERMIT_NOTHING_TOLD", "PERMIT_STATEMENT_MISSING"):
        await window.act("HearPermitHolder", permit_id, CLERK, statement="不服")
    for reason, more in (
        ("PERMIT_REVERSAL_UNGROUNDED", {"ground": held.PERMIT_REVERSAL_GROUND_LAW_CHANGED}),
        ("PERMIT_REVERSAL_UNGROUNDED", {"basis": " "}),
        ("REASONS_MISSING", {"reasons": ""}),
        ("PERMIT_REVERSAL_NOT_TOLD", {"document": " "}),
        ("PERMIT_REVERSAL_NOT_TOLD", {"until_time": stamp(window.d.now)}),
    ):
        async with window.d.refused(reason):
            await told(window, permit_id, **(REVOKE | more))
    await told(window, permit_id, **REVOKE)
    async with window.d.refused("PERMIT_HOLDER_NOT_HEARD"):
        await window.act("RevokePermit", permit_id, HEAD, **whole)
    async with window.d.refused("PERMIT_STATEMENT_MISSING"):
        await window.act("HearPermitHolder", permit_id, CLERK, statement=" ")
    await window.act("HearPermitHolder", permit_id, CLERK, statement="已经补齐条件")
    async with window.d.refused("PERMIT_REVERSAL_NOT_AS_TOLD"):
        await window.act("RecallPermit", permit_id, HEAD, **INTEREST, **REMEDIES)
    for reason, more in (
        ("PERMIT_INTEREST_NOT_WEIGHED", {"interest": " "}),
        ("PERMIT_CLAIM_NOT_TOLD", {"claim_told": False}),
        ("PERMIT_REMEDIES_NOT_TOLD", {"court": ""}),
    ):
        async with window.d.refused(reason):
            await window.act("RevokePermit", permit_id, HEAD, **(whole | more))

    permit = await window.act("RevokePermit", permit_id, HEAD, **whole)

    assert permit.state == pb.PERMIT_STATE_REVOKED and permit.reversals[-1].decider == HEAD[0]
    assert permit.reversals[-1].document_number not in ("", permit.decision.document_number)
    async with window.d.refused("PERMIT_INDEMNITY_NOT_OWED", more=True):
        await window.act("ClaimPermitIndemnity", permit_id, CLERK, loss="停产", claimed=Money(fen=100))
    async with window.d.refused("PERMIT_DEREGISTRATION_UNGROUNDED"):
        await window.act("DeregisterPermit", permit_id, UNIT, **LAPSED)
    async with window.d.refused("PERMIT_DEREGISTRATION_NOT_SHOWN"):
        await window.act("DeregisterPermit", permit_id, UNIT, **(REVERSED | {"proof": " "}))
    gone = await window.act("DeregisterPermit", permit_id, UNIT, **REVERSED)
    assert gone.state == pb.PERMIT_STATE_DEREGISTERED and gone.leaving.HasField("leave_time")
    public = await window.act("PublishPermit", permit_id, CLERK, address=given.ADDRESS)
    assert {d.clock_id: d.state for d in public.deadlines}["PUB-02"] == CLOCK_STATE_MET


async def test_who_deceived_and_lets_its_time_pass_loses_a_permit_that_was_not_issued_yet(
    window: Window,
) -> None:
    permit_id = await window.reviewed()
    await window.act("GrantPermit", permit_id, HEAD)
    await told(window, permit_id, **(REVOKE | {"ground": held.PERMIT_REVERSAL_GROUND_DECEPTION}))
    window.d.now += 6 * DAY

    permit = await window.act("RevokePermit", permit_id, HEAD, **INTEREST, **REMEDIES)

    assert permit.state == pb.PERMIT_STATE_REVOKED
    assert {d.clock_id: d.state for d in permit.deadlines}["LIC-05"] == CLOCK_STATE_MET, (
        "nothing is to be issued"
    )


async def test_what_a_recall_costs_is_claimed_negotiated_heard_agreed_on_and_paid(window: Window) -> None:
    permit_id = await window.issued(365)
    await told(window, permit_id, **RECALL)
    await window.act("HearPermitHolder", permit_id, CLERK, statement="请求补偿")
    permit = await window.act("RecallPermit", permit_id, HEAD, **INTEREST, **REMEDIES)
    assert permit.state == pb.PERMIT_STATE_RECALLED
    claim = {"loss": "已购置设备无法使用", "claimed": Money(fen=8_000_00), "hearing_asked": True}
    for more in ({"loss": " "}, {"claimed": Money(fen=0)}):
        async with window.d.refused("PERMIT_LOSS_NOT_SAID"):
            await window.act("ClaimPermitIndemnity", permit_id, CLERK, **(claim | more))
    meeting = {
        "kind": held.PERMIT_MEETING_KIND_HEARING, "minutes": "听证笔录", "signed": True,
        "agreement": held.PERMIT_AGREEMENT_NOT_AGREED,
    }  # fmt: skip
    async with window.d.refused("PERMIT_INDEMNITY_NOT_CLAIMED"):
        await window.act("MeetOnPermitIndemnity", permit_id, UNIT, **meeting)
    await window.act("ClaimPermitIndemnity", permit_id, CLERK, **claim)
    async with window.d.refused("PERMIT_INDEMNITY_NOT_OWED"):
        await window.act("ClaimPermitIndemnity", permit_id, CLERK, **claim)
    agreed = {"agreement": held.PERMIT_AGREEMENT_AGREED}
    for more in ({"signed": False}, {"minutes": " "}, {"kind": 0}, {"agreement": 0}, agreed):
        async with window.d.refused("PERMIT_MEETING_INCOMPLETE"):
            await window.act("MeetOnPermitIndemnity", permit_id, UNIT, **(meeting | more))
    award = {"awarded": Money(fen=6_000_00)}
    bargain = {
        **meeting,
        **agreed,
        "kind": held.PERMIT_MEETING_KIND_NEGOTIATION,
        "amount": Money(fen=6_000_00),
    }
    await window.act("MeetOnPermitIndemnity", permit_id, UNIT, **bargain)
    async with window.d.refused("PERMIT_INDEMNITY_NOT_NEGOTIATED"):  # the hearing that was asked for is owed
        await window.act("DecidePermitIndemnity", permit_id, HEAD, **award)
    await window.act("MeetOnPermitIndemnity", permit_id, (HOST[0], "UNIT_HEAD"), **meeting)
    await window.act("MeetOnPermitIndemnity", permit_id, UNIT, **bargain)
    async with window.d.refused("PERMIT_INDEMNITY_BY_HOST"):
        await window.act("DecidePermitIndemnity", permit_id, (HOST[0], "AGENCY_HEAD"), **award)
    async with window.d.refused("PERMIT_INDEMNITY_NOT_AS_AGREED"):
        await window.act("DecidePermitIndemnity", permit_id, HEAD, awarded=Money(fen=5_000_00))
    async with window.d.refused("PERMIT_INDEMNITY_NOT_DECIDED", "PERMIT_INDEMNITY_NOT_IN_FULL"):
        await window.act("PayPermitIndemnity", permit_id, CLERK, paid=Money(fen=6_000_00), voucher="支18号")
    await window.act("DecidePermitIndemnity", permit_id, HEAD, **award)
    for more in ({"paid": Money(fen=5_000_00), "voucher": "支18号"}, {"paid": Money(fen=6_000_00)}):
        async with window.d.refused("PERMIT_INDEMNITY_NOT_IN_FULL"):
            await window.act("PayPermitIndemnity", permit_id, CLERK, **more)
    await window.act("DeregisterPermit", permit_id, UNIT, **REVERSED)

    paid = await window.act(
        "PayPermitIndemnity", permit_id, CLERK, paid=Money(fen=6_000_00), voucher="支18号"
    )

    assert paid.reversals[-1].indemnity.HasField("pay_time") and paid.state == pb.PERMIT_STATE_DEREGISTERED
    async with window.d.refused("PERMIT_INDEMNITY_NOT_DECIDED"):
        await window.act("PayPermitIndemnity", permit_id, CLERK, paid=Money(fen=6_000_00), voucher="支19号")


async def test_what_an_alteration_costs_is_decided_with_reasons_where_nothing_is_agreed_on(
    window: Window,
) -> None:
    permit_id = await window.issued(365)
    await told(window, permit_id, **(RECALL | {"kind": held.PERMIT_REVERSAL_KIND_ALTER}))
    await window.act("HearPermitHolder", permit_id, CLERK, statement="无异议")
    async with window.d.refused("PERMIT_ALTERATION_MISSING"):
        await window.act("AlterPermit", permit_id, HEAD, **INTEREST, **REMEDIES)
    altered = await window.act("AlterPermit", permit_id, HEAD, content="年排放量减半", **INTEREST, **REMEDIES)
    assert altered.state == pb.PERMIT_STATE_ISSUED
    await window.act("ClaimPermitIndemnity", permit_id, CLERK, loss="减产损失", claimed=Money(fen=9_000_00))
    said = {"minutes": "协商笔录", "signed": True, "agreement": held.PERMIT_AGREEMENT_NOT_AGREED}
    await window.act(
        "MeetOnPermitIndemnity", permit_id, UNIT, kind=held.PERMIT_MEETING_KIND_NEGOTIATION, **said
    )
    award = {"awarded": Money(fen=3_000_00), "reasons": "按评估损失补偿", **REMEDIES}
    for name in ("reasons", "authority", "court"):
        async with window.d.refused("PERMIT_INDEMNITY_UNREASONED"):
            await window.act("DecidePermitIndemnity", permit_id, HEAD, **(award | {name: " "}))

    permit = await window.act("DecidePermitIndemnity", permit_id, HEAD, **award)

    assert permit.reversals[-1].indemnity.awarded.fen == 3_000_00


async def test_a_permit_leaves_the_register_when_it_has_ended_or_a_case_revoked_the_licence(
    window: Window,
) -> None:
    name = "许可吊销测试有限公司"
    party = given.applicant(number_of(PARTY_KIND_ORGANISATION), name)
    permit_id, ended = await window.issued(365, party=party), await window.issued(60)
    fined = given.applicant(number_of(PARTY_KIND_ORGANISATION), "许可罚款测试有限公司")
    foreign = await window.issued(365, party=fined)
    mild = await window.d.noticed(party=fined.name, number=fined.identity_number)
    case = await window.d.decided(
        fine(30_000, kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_REVOCATION_OF_LICENCE]),
        party=name,
        number=party.identity_number,
    )
    await window.d.act("MakeDecision", mild)
    await window.d.serve(mild)
    revoked = {"ground": held.PERMIT_LEAVING_GROUND_LICENCE_REVOKED, "basis": "吊销", "proof": "处罚决定书"}
    for more in (
        {},
        {"case_id": "C-invented"},
        {"case_id": case.case_id},
        {"ground": held.PERMIT_LEAVING_GROUND_HOLDER_GONE},
        {"ground": held.PERMIT_LEAVING_GROUND_EXPIRED},
        {"ground": 0},
    ):
        async with window.d.refused("PERMIT_DEREGISTRATION_UNGROUNDED"):
            await window.act("DeregisterPermit", permit_id, UNIT, **(revoked | more))
    await window.d.serve(case)
    for other in (mild, case):  # which only fined it, and which is of another
        async with window.d.refused("PERMIT_DEREGISTRATION_UNGROUNDED"):
            await window.act("DeregisterPermit", foreign, UNIT, **revoked, case_id=other.case_id)

    gone = await window.act("DeregisterPermit", permit_id, UNIT, **revoked, case_id=case.case_id)

    assert gone.state == pb.PERMIT_STATE_DEREGISTERED and gone.leaving.case_id == case.case_id
    window.d.now = moment_of((await window.of(ended)).certificate.until_time) + DAY
    await window.until(ended, lambda p: p.state == pb.PERMIT_STATE_LAPSED)
    permit = await window.act("DeregisterPermit", ended, UNIT, **LAPSED)
    assert permit.state == pb.PERMIT_STATE_DEREGISTERED
