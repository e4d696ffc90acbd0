"""The papers of permits: due when the record holds what they tell, whole, numbered, and checked by anybody (ALIC 32-70)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import grpc
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.registry.v1 import body_pb2

from services.given import permit as given
from services.given.people import officer as handling
from services.given.permit import CONDITIONS, WINDOW
from services.law.paper import PAPERS
from services.law.procedures.paper_issue import PERMIT_PAPER_TABLE
from tests.city import read_refusal
from tests.enforcement.department import SEAL, Department
from tests.enforcement.papers import archival, check, fetched, issue, papers, said
from tests.enforcement.permit_papers import MEETING, NEIGHBOUR, applicant, lives, reversal, unlawful
from tests.enforcement.permits_told import applying, granted
from tests.enforcement.permitting import OFFICER, REMEDIES, Window
from tests.enforcement.records_told import named, report
from tests.enforcement.samples import CLERK, DAY, HEAD, START, UNIT, stamp
from tests.enforcement.test_permit_held import INTEREST

OF_PERMITS = {kind: paper for kind, paper in PAPERS.items() if paper.record == "permit"}
# Where the paper is headed in another way than the table calls it.
TITLES = {"permit_reversal_notice": "行政许可事先告知书", "permit_correction": "责令改正通知书"}
REMEDY = (
    "六十日内向示例市人民政府申请行政复议，也可以自收到本决定之日起六个月内依法向示例市人民法院提起行政诉讼"
)


class Printed(NamedTuple):
    """A paper with the text of its file."""

    paper: pb.Paper
    text: str


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def printed(node: Department) -> AsyncIterator[dict[str, Printed]]:
    """Every paper of permits as it was issued first."""
    found: dict[str, Printed] = {}
    async for permit_id in lives(node):
        while fresh := [f.kind for f in (await papers(node, permit_id)).forms if f.kind not in found]:
            for kind in fresh:
                paper = await issue(node, permit_id, kind)
                found[kind] = Printed(paper, archival(await fetched(node, paper.paper_id), paper))
    yield found


@pytest_asyncio.fixture
async def window(department: Department) -> Window:
    return Window(department)


async def test_every_paper_of_whole_permits_is_an_archival_file_that_can_be_read(
    printed: dict[str, Printed],
) -> None:
    assert printed.keys() == OF_PERMITS.keys(), "every paper of the table is due in one of these permits"
    for kind, (paper, text) in printed.items():
        assert TITLES.get(kind, OF_PERMITS[kind].zh) in text and "none" not in text, kind
        assert bool(paper.number) == bool(OF_PERMITS[kind].number or OF_PERMITS[kind].word), kind
        assert ("备案编号" + SEAL in text) == ("seal" in OF_PERMITS[kind].needs), kind


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("permit_receipt", ("排污许可证申请表", "不表示申请已被受理", "五个工作日内一次告知", "自收到申请材料之日起即为受理")),
        ("permit_supplement", ("1.自行监测方案", "2.排污口设置情况说明", "不再要求补正其他材料")),
        ("permit_acceptance", ("2026年3月2日起予以受理", "20个工作日", "承诺在10个工作日内办结")),
        ("permit_not_accepted", ("不属于本机关职权范围", "请向示例市水务局提出申请", REMEDY)),
        ("permit_exclusion", ("专家评审，所需时间为5个工作日", "不计算在行政许可办理期限内")),
        ("permit_extension", ("专家意见分歧", "第四十二条第一款", "本机关负责人批准", "延长10个工作日")),
        ("permit_hearing_right", (NEIGHBOUR, "五个工作日内向本机关提出听证申请", "不承担本机关组织听证的费用")),
        ("permit_hearing_notice", ("2026年3月12日9时00分", "三楼听证室", "听证主持人：示例人员", "有权申请回避")),
        ("permit_hearing_announcement", ("公众可以旁听", "2026年3月12日9时00分")),
        ("permit_hearing_record", ("要求定期公开监测数据", "确认无误", "审查人员：示例人员")),
        ("permit_review", ("☑符合", "依法取得环境影响评价批准文件", "不需要对申请材料的实质内容进行核实")),
        ("permit_sent_up", ("示例省生态环境厅", "经初步审查，条件全部符合", "3.排污口设置情况说明")),
        ("permit_grant", ("准予你（单位）", "根据听证笔录作出", "不收取费用", "十个工作日内", "利害关系人如不服本决定")),
        ("permit_refusal", ("1.污染物排放符合排放标准要求", "监测报告显示排放浓度超标", "GB16297-1996", REMEDY)),
        ("permit_certificate", ("91440000EXAMPLE001P", "2028年3月11日止", "由20吨变更为10吨", "变更为示例乙", "三十日前")),
        ("permit_renewal", ("准予延续", "2028年3月11日", REMEDY)),
        ("permit_renewal_declined", ("治理设施不能达标", "不予延续", REMEDY)),
        ("permit_change", ("由示例甲变更为示例乙", "仍符合全部许可条件", "第四十九条", "准予变更", REMEDY)),
        ("permit_change_declined", ("由20吨变更为30吨", "超出总量控制指标", "不予变更", REMEDY)),
        ("permit_check", ("缺少二月的监测数据", "发现违法", "2026年3月27日前改正", "检查人员示例人员")),
        ("permit_correction", ("补充监测并报送数据", "2026年3月27日前", "六十日内")),
        ("permit_reversal_notice", ("本机关拟变更上述行政许可", "陈述权、申辩权", "有权依法要求补偿")),
        ("permit_statement", ("无异议，请求依法补偿",)),
        ("permit_revocation", ("不符合法定条件", "第六十九条第一款第四项", "依法要求赔偿", "未提出陈述、申辩", REMEDY)),
        ("permit_recall", ("决定撤回上述行政许可", "提出补偿请求", "《示例市水源保护条例》修订", REMEDY)),
        ("permit_alteration", ("由20吨变更为10吨", "提出陈述、申辩：无异议", REMEDY)),
        ("permit_indemnity", ("请求补偿人民币50000元", "补偿你（单位）人民币30000元（大写：叁万元整）", REMEDY)),
        ("permit_deregistration", ("第七十条第四项", "撤回决定书", "请交回本机关", REMEDY)),
        ("permit_service", ("行政许可申请材料接收凭证", "收件人签名")),
    ],
)  # fmt: skip
def test_a_paper_says_all_that_the_law_asks_of_it(
    printed: dict[str, Printed], kind: str, parts: tuple[str, ...]
) -> None:
    text = printed[kind].text

    assert [part for part in parts if part not in text] == []


def test_each_paper_is_told_in_the_test_above(printed: dict[str, Printed]) -> None:
    [marks] = [m for m in test_a_paper_says_all_that_the_law_asks_of_it.pytestmark if m.name == "parametrize"]

    assert {kind for kind, _ in marks.args[1]} == printed.keys()


async def test_a_paper_is_due_when_the_record_holds_what_it_tells(window: Window) -> None:
    permit_id = await window.received()

    for kind in ("permit_grant", "permit_certificate", "permit_supplement", "permit_check"):
        async with window.d.refused("PAPER_NOT_DUE", law="GBF-2018-118:7", more=True):
            await issue(window.d, permit_id, kind)
    assert [f.kind for f in (await papers(window.d, permit_id)).forms] == ["permit_receipt"]
    async with window.d.refused("PAPER_FACTS_MISSING") as told:
        await issue(window.d, permit_id, "permit_service")  # nothing was issued that could be served
    assert told.metadata["missing"] == "papers"
    for wrong in ({"case_id": permit_id}, {"record_id": "PM-none"}):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await window.d.do("IssuePaper", CLERK, kind="permit_receipt", **wrong)
        assert no.value.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND)


async def test_a_body_without_a_registered_seal_issues_nothing_under_seal(window: Window) -> None:
    body_id = await window.d.body(field="生态环境", seal="")
    permit_id = await window.reviewed(body_id=body_id)
    await window.act("GrantPermit", permit_id, HEAD)

    async with window.d.refused("PAPER_FACTS_MISSING", law="GBF-2018-118:7") as told:
        await issue(window.d, permit_id, "permit_grant")

    assert told.metadata["missing"] == "seal"
    assert [f.kind for f in (await papers(window.d, permit_id)).forms] == ["permit_review"]


async def test_who_is_entrusted_makes_papers_in_the_name_and_under_the_seal_of_the_agency(
    window: Window,
) -> None:
    d = window.d
    agency = await d.body(field="生态环境", seal="4407009999999")
    term = {"from_time": stamp(START - 10 * DAY), "until_time": stamp(START + 10 * DAY)}
    mandate = body_pb2.Entrustment(entrusting_body_id=agency, entrusting_body_name="示例委托机关", **term)
    kind = body_pb2.BODY_KIND_ENTRUSTED
    own = await d.body(field="生态环境", kind=kind, entrustment=mandate)
    guide_id = await window.guided(own, item_of=agency)
    permit_id = await given.received(d.do, guide_id, applicant())

    text = await said(d, permit_id, "permit_receipt")

    assert "示例委托机关" in text and "备案编号4407009999999" in text
    mandate.item_ids.append(window.item_id)
    narrow = await d.body(field="生态环境", kind=kind, entrustment=mandate)
    other = await window.guided(narrow, item_of=agency)  # another item than that of the mandate
    async with d.refused("PERMIT_NOT_EMPOWERED", more=True):
        await given.received(d.do, other, applicant())


async def test_while_the_record_says_the_same_it_is_the_same_paper_and_the_event_masks_the_number(
    window: Window,
) -> None:
    party = applicant()
    whole = party.identity_number
    permit_id = await window.reviewed(party=party)
    await window.act("GrantPermit", permit_id, HEAD)

    served = await said(window.d, permit_id, "permit_grant")
    kept = await said(window.d, permit_id, "permit_review")
    first = await issue(window.d, permit_id, "permit_acceptance")
    window.d.now += DAY
    again = await issue(window.d, permit_id, "permit_acceptance")

    assert first == again and first.record_id == permit_id and first.case_id == ""
    assert window.d.names(permit_id).count("PermitPaperIssued") == 3
    told = events.PermitPaperIssued.FromString(window.d.events(permit_id)[-1].data)
    assert (told.paper.paper_id, told.permit.version) == (first.paper_id, first.case_version + 1)
    assert told.permit.applicant.credit_code == whole
    told.permit.applicant.ClearField("credit_code")
    assert whole.encode() not in told.SerializeToString()
    assert whole in served and whole not in kept


async def test_what_comes_later_gives_a_paper_no_second_number(window: Window) -> None:
    d, permit_id = window.d, await window.accepted(party=applicant())
    reviewer = await d.officer(window.body_id)
    accepted = await issue(d, permit_id, "permit_acceptance")
    await window.act("ReviewPermitApplication", permit_id, reviewer.who, met=CONDITIONS)
    await window.act("GrantPermit", permit_id, HEAD)
    until = {"from_time": stamp(d.now), "until_time": stamp(d.now + 365 * DAY)}
    await window.act("IssuePermit", permit_id, CLERK, number="示许证77号", window=WINDOW, **until)
    await altered(window, permit_id)
    told = await issue(d, permit_id, "permit_reversal_notice")
    lost = {"loss": "设备闲置", "claimed": MEETING["amount"]}
    await window.act("ClaimPermitIndemnity", permit_id, CLERK, **lost)
    await window.act("MeetOnPermitIndemnity", permit_id, UNIT, **MEETING)
    await window.act("DecidePermitIndemnity", permit_id, HEAD, awarded=MEETING["amount"])
    decided = await issue(d, permit_id, "permit_indemnity")
    await window.act("PayPermitIndemnity", permit_id, CLERK, paid=MEETING["amount"], voucher="支1号")

    again = [await issue(d, permit_id, p.kind) for p in (accepted, told, decided)]

    assert again == [accepted, told, decided]


async def test_what_a_permit_paper_is_worth_follows_the_permit(window: Window) -> None:
    d, permit_id = window.d, await window.issued(365, party=applicant())
    grant = await issue(d, permit_id, "permit_grant")
    first = await issue(d, permit_id, "permit_certificate")
    assert {(await check(d, p)).verdict for p in (grant, first)} == {pb.PAPER_VERDICT_GENUINE}
    await altered(window, permit_id)
    assert (await check(d, first)).verdict == pb.PAPER_VERDICT_SUPERSEDED, "the permit says other things now"
    second = await issue(d, permit_id, "permit_certificate")
    alteration = await issue(d, permit_id, "permit_alteration")
    assert (await check(d, second)).verdict == pb.PAPER_VERDICT_GENUINE

    told = reversal(d, held.PERMIT_REVERSAL_KIND_RECALL, document="示许告〔2026〕9号")
    await window.act("TellPermitReversal", permit_id, UNIT, **told)
    await window.act("HearPermitHolder", permit_id, CLERK, statement="无异议")
    await window.act("RecallPermit", permit_id, HEAD, **INTEREST, **REMEDIES)

    found = [await check(d, paper) for paper in (grant, second, alteration)]
    ended, genuine = pb.PAPER_VERDICT_ENDED, pb.PAPER_VERDICT_GENUINE
    assert [each.verdict for each in found] == [ended, ended, genuine]
    assert "不再有效" in found[0].says_zh and "示例印染" not in str(found)
    standing = {p.paper_id: p.standing for p in (await papers(d, permit_id)).papers}
    assert standing[second.paper_id] == pb.PAPER_STANDING_ENDED
    async with d.refused("PAPER_NOT_DUE"):
        await issue(d, permit_id, "permit_certificate")
    wrong = await check(d, grant, hash="0" * 64)
    typed = await check(d, grant, number=f"{grant.number}1")
    assert (wrong.verdict, typed.verdict) == (pb.PAPER_VERDICT_UNKNOWN, pb.PAPER_VERDICT_MISTYPED)


async def altered(window: Window, permit_id: str) -> None:
    window.d.now += DAY
    told = reversal(window.d, held.PERMIT_REVERSAL_KIND_ALTER)
    await window.act("TellPermitReversal", permit_id, UNIT, **told)
    await window.act("HearPermitHolder", permit_id, CLERK, statement="无异议")
    await window.act("AlterPermit", permit_id, HEAD, content="年排放量减半", **INTEREST, **REMEDIES)


async def test_each_check_has_a_record_and_an_order_of_its_own_and_receipts_list_what_was_issued_since(
    window: Window,
) -> None:
    d, permit_id = window.d, await window.issued(365, party=applicant())
    ids = [(await d.officer(window.body_id)).officer_id for _ in range(2)]
    made = []
    for order in ("补充监测", "清理台账"):
        await window.act("CheckPermitHolder", permit_id, OFFICER, **(unlawful(d, ids) | {"order": order}))
        made.append(
            (await issue(d, permit_id, "permit_correction"), await issue(d, permit_id, "permit_service"))
        )
    again = await issue(d, permit_id, "permit_service")

    (first, served), (second, last) = made
    assert [(await check(d, p)).verdict for p in (first, served, second, last)] == [
        pb.PAPER_VERDICT_GENUINE
    ] * 4
    assert first.number != second.number and again == last
    text = archival(await fetched(d, last.paper_id), last)
    assert second.number in text and first.number not in text


async def test_who_handles_the_permit_makes_and_reads_its_papers(window: Window) -> None:
    d = window.d
    permit_id = await window.accepted(party=applicant())
    reviewer, stranger = [await d.officer(window.body_id) for _ in range(2)]
    await window.act("ReviewPermitApplication", permit_id, reviewer.who, met=("T1", "T2"), opinion="符合")

    paper = await issue(d, permit_id, "permit_review", handling(reviewer.officer_id))
    async with d.refused("NOT_ON_CASE", law="ALIC-2019:5(2)"):
        await issue(d, permit_id, "permit_receipt", stranger.who)
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(d, paper.paper_id, stranger.who)

    assert "NOT_ON_CASE" in read_refusal(no.value).violations
    assert await fetched(d, paper.paper_id, reviewer.who)


async def test_of_a_permit_from_another_system_only_what_was_numbered_there_or_is_done_here_is_made(
    department: Department,
) -> None:
    about = await applying(department)
    permit_id = (await report(department, *granted(about))).record_id
    permit = (await department.do("GetPermit", HEAD, permit_id=permit_id)).permit

    text = await said(department, permit_id, "permit_grant")
    certificate = await issue(department, permit_id, "permit_certificate")
    async with department.refused("PAPER_MADE_ELSEWHERE", law="GBF-2018-118:7") as told:
        await issue(department, permit_id, "permit_acceptance")
    forms = {form.kind for form in (await papers(department, permit_id)).forms}
    checker = (await department.officer(permit.body_id)).officer_id
    await Window(department).act("CheckPermitHolder", permit_id, OFFICER, **unlawful(department, [checker]))
    order = await issue(department, permit_id, "permit_correction")

    assert about["applicant"].identity_number in text and "*" in permit.applicant.identity_number
    assert permit.decision.document_number in text and "本件在系统外办理，本文书据登记内容制作" in text
    assert certificate.number == permit.certificate.number and order.number.startswith("示罚许改")
    assert told.metadata["system"] == permit.origin.system and "permit_acceptance" not in forms


async def test_a_permit_from_another_system_that_told_no_number_has_no_paper_of_it(
    department: Department,
) -> None:
    stages = granted(await applying(department))
    named(stages, "grant_permit").document_number = ""
    standing = await report(department, *stages)

    async with department.refused("PAPER_FACTS_MISSING") as told:
        await issue(department, standing.record_id, "permit_grant")

    assert told.metadata["missing"] == "decision.document_number"


def test_the_papers_of_permits_have_rules_of_their_own() -> None:
    [move] = PERMIT_PAPER_TABLE.moves

    assert all(not rule.law.startswith("APL") for rule in move.rules)


async def test_numbers_have_no_gaps_when_many_ask_at_once(window: Window) -> None:
    guide_id = await window.guided()
    asked: list[Any] = []
    for _ in range(6):
        one = {"guide_id": guide_id, "applicant": applicant(), "window": "政务服务中心综合窗口"}
        came = await window.d.do("ReceivePermitApplication", CLERK, materials=("C1", "C2", "C3"), **one)
        await window.act("AcceptPermitApplication", came.permit.permit_id, CLERK)
        asked.append(came.permit.permit_id)

    made = await asyncio.gather(*(issue(window.d, each, "permit_acceptance") for each in asked * 2))

    assert {p.number for p in made} == {f"示罚许理〔2026〕{n}号" for n in range(1, 7)}
