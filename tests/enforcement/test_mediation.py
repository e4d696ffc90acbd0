"""Mediation of a civil dispute at the department: both ways through it, and its rules refused (CITY-ERS 6(6))."""

from datetime import timedelta
from typing import Any

import pytest_asyncio
from yifa.enforcement.v1 import mediation_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN, PARTY_KIND_ORGANISATION

from services.given.people import credit_code, id_number
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, START, UNIT, stamp

FARMER, PLANT = "示例养殖户", "示例化工公司"
SIDES = (
    {"kind": PARTY_KIND_CITIZEN, "name": FARMER, "identity_number": id_number(41)},
    {"kind": PARTY_KIND_ORGANISATION, "name": PLANT, "identity_number": credit_code(42)},
)


class Table:
    """Given and When verbs of one mediation."""

    def __init__(self, department: Department, body_id: str, officer_id: str) -> None:
        self.d, self.body_id, self.officer_id = department, body_id, officer_id

    def papers(self, text: str, *names: str, time: Any = START) -> list[dict[str, Any]]:
        return [{"party": n, "text": text, "time": stamp(time)} for n in names or (FARMER, PLANT)]

    async def registered(self, **more: Any) -> pb.Mediation:
        asked = {"origin": pb.MEDIATION_ORIGIN_ASKED, "subject": "污水渗漏致鱼塘受损的赔偿", "parties": SIDES}
        said = {"body_id": self.body_id} | asked | more
        return (await self.d.do("RegisterMediation", CLERK, **said)).mediation  # type: ignore[no-any-return]

    async def act(self, rpc: str, by: Any, its: pb.Mediation, **said: Any) -> pb.Mediation:
        return (await self.d.do(rpc, by, mediation_id=its.mediation_id, **said)).mediation  # type: ignore[no-any-return]

    async def accepted(self) -> pb.Mediation:
        its = await self.registered()
        return await self.act("AcceptMediation", UNIT, its, consents=self.papers("同意调解书"))

    async def meet(self, its: pb.Mediation, **more: Any) -> pb.Mediation:
        met = {
            "time": stamp(START),
            "place": "会议室",
            "mediators": [self.officer_id],
            "public": True,
            "minutes": "调解笔录",
        }
        return await self.act("MeetInMediation", UNIT, its, meeting=met | more)


@pytest_asyncio.fixture
async def table(department: Department) -> Table:
    body_id = await department.body(field="生态环境")
    return Table(department, body_id, (await department.officer(body_id)).officer_id)


async def test_who_agrees_does_so_in_writing_under_a_number(table: Table) -> None:
    """R-145."""
    its = await table.accepted()
    its = await table.meet(its)
    signed = {"text": "十日内赔偿二万元。", "signatures": table.papers("签名"), "agree_time": stamp(START)}

    its = await table.act("AgreeInMediation", UNIT, its, **signed)

    assert its.state == pb.MEDIATION_STATE_AGREED and "调协〔2026〕1号" in its.agreement.document_number
    assert all("*" in side.identity_number for side in its.parties)
    assert table.d.names(its.mediation_id) == [
        "MediationRegistered", "MediationAccepted", "MediationMet", "MediationAgreed",
    ]  # fmt: skip
    got = (await table.d.do("GetMediation", HEAD, mediation_id=its.mediation_id)).mediation
    assert got == its
    listed = (await table.d.do("ListMediations", HEAD, state=pb.MEDIATION_STATE_AGREED)).mediations
    assert [m.mediation_id for m in listed] == [its.mediation_id]
    async with table.d.refused("ACT_NOT_OPEN"):
        await table.act("EndMediation", UNIT, its, reasons="x", told=table.papers("可以起诉"))


async def test_who_does_not_agree_is_told_what_remedy_is_left(table: Table) -> None:
    """R-145: on each way, before and after the sides met."""
    for its in (await table.registered(), await table.meet(await table.accepted())):
        for told in ([], table.papers("可以起诉", FARMER), table.papers("可以起诉", FARMER, "别人")):
            async with table.d.refused("MEDIATION_REMEDY_NOT_TOLD"):
                await table.act("EndMediation", UNIT, its, reasons="未达成一致", told=told)

        if its.meetings:
            async with table.d.refused("MEDIATION_REMEDY_NOT_TOLD"):
                before = table.papers("可以起诉", time=START - DAY)
                await table.act("EndMediation", UNIT, its, reasons="未达成一致", told=before)

        told = table.papers("可以向人民法院起诉")
        ended = await table.act("EndMediation", UNIT, its, reasons="未达成一致", told=told)

        assert ended.state == pb.MEDIATION_STATE_ENDED and ended.ending.HasField("end_time")


async def test_nobody_is_mediated_with_who_did_not_agree_to_it(table: Table) -> None:
    its = await table.registered()
    ahead = START + 9 * DAY
    for consents in (
        [],
        table.papers("同意", FARMER),
        table.papers("同意", FARMER, FARMER),
        table.papers("同意", FARMER, "别人"),
        table.papers("同意", time=ahead),
    ):
        async with table.d.refused("MEDIATION_NOT_VOLUNTARY"):
            await table.act("AcceptMediation", UNIT, its, consents=consents)


async def test_a_meeting_is_led_by_the_departments_people_and_open(table: Table) -> None:
    its = await table.accepted()
    for who in ([], ["O-nobody"], [table.officer_id, "O-nobody"]):
        async with table.d.refused("MEDIATOR_UNKNOWN"):
            await table.meet(its, mediators=who)
    for wrong in ({"public": False}, {"minutes": " "}, {"place": ""}, {"time": stamp(START + 9 * DAY)}):
        async with table.d.refused("MEDIATION_NOT_OPEN"):
            await table.meet(its, **wrong)

    async with table.d.refused("MEDIATION_NOT_VOLUNTARY"):
        await table.meet(its, time=stamp(START - DAY))
    closed = await table.meet(its, public=False, closed_for="涉及商业秘密")

    assert closed.meetings[0].closed_for == "涉及商业秘密"


async def test_no_agreement_without_a_meeting_its_text_and_every_signature(table: Table) -> None:
    its = await table.accepted()
    good = {"text": "赔偿二万元", "signatures": table.papers("签名"), "agree_time": stamp(START)}
    async with table.d.refused("AGREEMENT_INCOMPLETE"):
        await table.act("AgreeInMediation", UNIT, its, **good)
    its = await table.meet(its)
    for wrong in (
        {"text": " "},
        {"signatures": table.papers("签名", time=START - DAY)},
        {"signatures": table.papers("签名", PLANT)},
        {"agree_time": stamp(START - timedelta(hours=1))},
        {"agree_time": stamp(START + 9 * DAY)},
    ):
        async with table.d.refused("AGREEMENT_INCOMPLETE"):
            await table.act("AgreeInMediation", UNIT, its, **good | wrong)


async def test_a_collective_matter_is_met_at_once_and_told_as_such(table: Table) -> None:
    """R-163."""
    async with table.d.refused("GROUP_MATTER_NOT_HANDLED"):
        await table.registered(group=True, people=40)

    its = await table.registered(group=True, people=40, measures="已到场疏导，暂停排放")

    assert table.d.names(its.mediation_id) == ["GroupMatterRegistered"]
    listed = (await table.d.do("ListMediations", HEAD, only_group=True)).mediations
    assert [m.mediation_id for m in listed] == [its.mediation_id]


async def test_a_dispute_has_two_sides_who_are_not_one_another(table: Table) -> None:
    for sides in ((), SIDES[:1], (SIDES[0], SIDES[1] | {"name": FARMER})):
        async with table.d.refused("MEDIATION_PARTIES_UNCLEAR"):
            await table.registered(parties=sides)
    async with table.d.refused("MALFORMED"):
        await table.registered(parties=(SIDES[0], SIDES[0] | {"name": "又一名"}))
