"""Permits that together have come to every paper of one, each told where its papers are to be issued."""

from collections.abc import AsyncIterator
from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION, Party
from yifa.law.v1 import law_pb2 as law
from yifa.law.v1.law_pb2 import Money

from services.given.people import officer as handling
from services.given.permit import CONDITIONS, WINDOW
from tests.enforcement.department import Department, number_of
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.samples import CLERK, DAY, HEAD, START, UNIT, stamp

NEIGHBOUR = "示例村村民委员会"
REFUSAL = {"reasons": "监测报告显示排放浓度超标。", "standard": "GB 16297-1996", **REMEDIES}
INTEREST = {"interest": "下游饮用水水源保护区的安全需要减少排放，不影响公共供应。", **REMEDIES}
MEETING: dict[str, Any] = {
    "kind": held.PERMIT_MEETING_KIND_NEGOTIATION, "minutes": "双方同意补偿三万元", "signed": True,
    "agreement": held.PERMIT_AGREEMENT_AGREED, "amount": Money(fen=3_000_000),
}  # fmt: skip


def applicant(name: str = "示例印染有限公司") -> Party:
    return Party(
        kind=PARTY_KIND_ORGANISATION, name=name, identity_number=number_of(PARTY_KIND_ORGANISATION),
        legal_representative="示例甲", address="示例市示例区示例路8号",
    )  # fmt: skip


def reversal(d: Department, kind: int, **more: Any) -> dict[str, Any]:
    """What a holder is told that is intended."""
    said = {
        "kind": kind, "ground": held.PERMIT_REVERSAL_GROUND_LAW_CHANGED, "basis": "《示例市水源保护条例》修订",
        "reasons": "排污口位于新划定的水源保护区内，原许可的排放量不再符合规定。", "document": "示许告〔2026〕5号",
        "until_time": stamp(d.now + 5 * DAY),
    }  # fmt: skip
    return said | more


async def lives(d: Department) -> AsyncIterator[str]:
    """The ids of permits, each as often as it has come to papers that it had not before."""
    async for permit_id in whole_life(d):
        yield permit_id
    for other in (not_accepted, refused, sent_up, declined):
        d.now = START
        yield await other(d)


async def whole_life(d: Department) -> AsyncIterator[str]:
    """One that lacked papers, was heard, extended, granted, checked, renewed, altered with an indemnity, recalled and ended."""
    d.now = START
    w = Window(d)
    permit_id = await w.received(materials=("C1",), party=applicant())
    reviewer, host = [await d.officer(w.body_id) for _ in range(2)]
    yield permit_id
    await w.act("TellPermitSupplement", permit_id, CLERK, missing=("C2", "C3"))
    await w.act("SupplementPermitApplication", permit_id, CLERK, supplied=("C2", "C3"))
    await w.act("AcceptPermitApplication", permit_id, CLERK)
    review = {"ground": law.GROUND_EXPERT_REVIEW, "document": "示许时〔2026〕1号", "days": 5}
    await w.act("ExcludePermitTime", permit_id, UNIT, **review)
    await w.act("ResumePermitTime", permit_id, UNIT)
    await w.act(
        "ExtendPermitTerm",
        permit_id,
        HEAD,
        reasons="专家意见分歧，需要补充论证。",
        document="示许延〔2026〕1号",
    )
    await w.act(
        "ReviewPermitApplication",
        permit_id,
        reviewer.who,
        met=CONDITIONS,
        opinion="条件全部符合，建议准予许可。",
    )
    await w.act("TellPermitHearingRight", permit_id, CLERK, told=("示例印染有限公司", NEIGHBOUR))
    await w.act("RequestPermitHearing", permit_id, CLERK, requester=NEIGHBOUR)
    told = {"place": "行政服务中心三楼听证室", "hold_at": stamp(d.now + 10 * DAY)}
    await w.act("NotifyPermitHearing", permit_id, UNIT, host=host.officer_id, **told)
    d.now += 10 * DAY
    minutes = {
        "public": True,
        "minutes": "审查人员：条件全部符合。\n利害关系人：要求定期公开监测数据。",
        "signed": True,
    }
    await w.act("HoldPermitHearing", permit_id, host.who, **minutes)
    await w.act("GrantPermit", permit_id, HEAD)
    yield permit_id
    until = {"from_time": stamp(d.now), "until_time": stamp(d.now + 365 * DAY)}
    await w.act("IssuePermit", permit_id, CLERK, number="91440000EXAMPLE001P", window=WINDOW, **until)
    await w.act(
        "CheckPermitHolder",
        permit_id,
        handling(reviewer.officer_id),
        **unlawful(d, [reviewer.officer_id, host.officer_id]),
    )
    await w.act("AskPermitRenewal", permit_id, CLERK)
    await w.act("RenewPermit", permit_id, HEAD, until_time=stamp(d.now + 730 * DAY))
    await w.act("AskPermitChange", permit_id, CLERK, content="法定代表人由示例甲变更为示例乙。")
    await w.act("ChangePermit", permit_id, HEAD, opinion="变更后仍符合全部许可条件。")
    await w.act("TellPermitReversal", permit_id, UNIT, **reversal(d, held.PERMIT_REVERSAL_KIND_ALTER))
    await w.act("HearPermitHolder", permit_id, CLERK, statement="无异议，请求依法补偿。")
    await w.act(
        "AlterPermit", permit_id, HEAD, content="化学需氧量年许可排放量由20吨变更为10吨。", **INTEREST
    )
    lost = {"loss": "已购置的治理设备闲置。", "claimed": Money(fen=5_000_000)}
    await w.act("ClaimPermitIndemnity", permit_id, CLERK, **lost)
    await w.act("MeetOnPermitIndemnity", permit_id, UNIT, **MEETING)
    await w.act("DecidePermitIndemnity", permit_id, HEAD, awarded=MEETING["amount"])
    yield permit_id
    await w.act(
        "TellPermitReversal",
        permit_id,
        UNIT,
        **reversal(d, held.PERMIT_REVERSAL_KIND_RECALL, document="示许告〔2026〕6号"),
    )
    d.now += 6 * DAY
    await w.act("RecallPermit", permit_id, HEAD, **INTEREST)
    left = {"ground": held.PERMIT_LEAVING_GROUND_REVERSED, "basis": "许可已被依法撤回", "proof": "撤回决定书"}
    await w.act("DeregisterPermit", permit_id, UNIT, **left)
    yield permit_id


def unlawful(d: Department, ids: list[str]) -> dict[str, Any]:
    """A check that found something, with an order to make good."""
    return {
        "manner": held.PERMIT_CHECK_MANNER_PAPERS, "checker_ids": ids, "signer_ids": ids,
        "situation": "核查自行监测报告，缺少二月的监测数据。", "finding": held.PERMIT_FINDING_UNLAWFUL,
        "result": "责令限期改正。", "order": "补充监测并报送数据。", "correct_time": stamp(d.now + 15 * DAY),
    }  # fmt: skip


async def not_accepted(d: Department) -> str:
    w = Window(d)
    permit_id = await w.received(party=applicant())
    said = {"reasons": "申请事项依法不属于本机关职权范围。", "competent": "示例市水务局"}
    await w.act("RefusePermitApplication", permit_id, CLERK, **said)
    return permit_id


async def refused(d: Department) -> str:
    w = Window(d)
    permit_id = await w.accepted(tested=True, party=applicant())
    await w.act(
        "ReviewPermitApplication",
        permit_id,
        OFFICER,
        met=("T1",),
        unmet=("T2",),
        opinion="不符合第二项条件。",
    )
    await w.act("RefusePermit", permit_id, HEAD, **REFUSAL)
    return permit_id


async def sent_up(d: Department) -> str:
    w = Window(d)
    below = {"handling": guides.PERMIT_HANDLING_BELOW, "departments": ["示例省生态环境厅"]}
    permit_id = await w.accepted(party=applicant(), **below)
    await w.act(
        "ReviewPermitApplication", permit_id, OFFICER, met=CONDITIONS, opinion="经初步审查，条件全部符合。"
    )
    await w.act("SendPermitUp", permit_id, UNIT)
    return permit_id


async def declined(d: Department) -> str:
    """One that is not renewed, and revoked for how it was given."""
    w = Window(d)
    permit_id = await w.issued(60, party=applicant())
    await w.act("AskPermitRenewal", permit_id, CLERK)
    no = {"reasons": "排放标准提高后，现有治理设施不能达标。", **REMEDIES}
    await w.act("DeclinePermitRenewal", permit_id, HEAD, **no)
    await w.act("AskPermitChange", permit_id, CLERK, content="年许可排放量由20吨变更为30吨。")
    await w.act("DeclinePermitChange", permit_id, HEAD, **(no | {"reasons": "超出总量控制指标。"}))
    why = {"ground": held.PERMIT_REVERSAL_GROUND_UNQUALIFIED, "basis": "环境影响评价批复查无此件"}
    await w.act("TellPermitReversal", permit_id, UNIT, **reversal(d, held.PERMIT_REVERSAL_KIND_REVOKE, **why))
    d.now += 6 * DAY
    await w.act("RevokePermit", permit_id, HEAD, claim_told=True, **INTEREST)
    return permit_id
