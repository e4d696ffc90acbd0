"""Inspections in the running city: departments ask for codes, the city judges from what it knows itself (国办发〔2024〕54号)."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import grpc
import pytest_asyncio
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.supervision.v1 import inspection_pb2 as seen

from services.given import case as given_case
from services.given import inspection as given
from services.given import registry
from services.given.inspection import Visit
from services.given.people import CLERK, HEAD, OVERSIGHT, REGISTRAR, UNIT, officer
from services.given.say import patient
from services.kit.time import wall
from tests.city import City
from tests.enforcement.samples import stamp

SERIAL = count(700_000)
PUBLIC = ("anybody", "PUBLIC")
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


class Town:
    """Verbs over the public RPCs of all nodes."""

    def __init__(self, city: City):
        self.city = city

    async def at_city(self, service: str, rpc: str, by: tuple[str, ...] = OVERSIGHT, **fields: Any) -> Any:
        return await self.city.say("city", service, rpc, by, **fields)

    async def visit(self, node: str, enterprise: pb.Enterprise | None = None) -> Visit:
        """A body of a department with an item of inspection, and two officers, as all nodes know them."""
        body, heads = await self.city.headed(node)
        basis = await self.at_city(
            "registry", "AddLegalBasis", REGISTRAR, law=f"示例法{next(SERIAL)}", article="第三条",
            level=basis_pb2.BASIS_LEVEL_LAW, document_number="示例令", text="应当接受检查。", from_time=stamp(LONG_AGO),
        )  # fmt: skip
        item = await given.inspection_item(
            patient(self.city.say),
            body.body_id,
            basis.basis.basis_id,
            f"JC-{next(SERIAL)}",
            "污染防治设施检查",
        )
        people = [await self.city.certified(body) for _ in range(2)]

        async def show(officer_id: str) -> str:
            shown = await self.city.say(node, "registry", "ShowCertificate", officer(officer_id))
            return str(shown.token)

        ids = [person.officer_id for person, _ in people]
        self.numbers = {person.officer_id: number for person, number in people}
        which = enterprise or given.enterprise(next(SERIAL))
        return Visit(body.body_id, ids, [item.item_id], which, show, wall, head=heads[0], more={"node": node})

    def do(self, visit: Visit) -> Any:
        """The department at work; what waits for word from the city is asked again."""
        node = visit.more["node"]
        say = patient(self.city.say)

        async def call(rpc: str, by: tuple[str, ...], /, **fields: Any) -> Any:
            fields.pop("node", None)
            return await say(node, "enforcement", rpc, by, **fields)

        return call

    async def approved(self, visit: Visit, **more: Any) -> Visit:
        await given.planned(self.do(visit), visit, wall())
        await given.open_inspection(self.do(visit), visit, **more)
        await given.act(self.do(visit), "ApproveInspection", visit)
        return visit

    async def asked(self, visit: Visit) -> pb.Inspection:
        """The inspection when the city has answered."""
        await given.act(self.do(visit), "RequestInspectionCode", visit)
        return await self.answered(visit)

    async def answered(self, visit: Visit) -> pb.Inspection:
        async def look() -> pb.Inspection:
            found = await self.do(visit)("GetInspection", HEAD, inspection_id=visit.inspection_id)
            return found.inspection

        record = await self.city.eventually(look, lambda i: i.code.code or i.withheld)
        visit.code = record.code.code
        return record

    async def seen(self, visit: Visit, holds: Any) -> seen.InspectionView:
        async def look() -> seen.InspectionView:
            found = await self.at_city("supervision", "GetInspection", inspection_id=visit.inspection_id)
            return found.inspection

        return await self.city.eventually(look, holds)


@pytest_asyncio.fixture(loop_scope="session")
async def town(city: City) -> Town:
    return Town(city)


async def test_a_code_leads_from_the_plan_to_the_published_result(town: Town) -> None:
    visit = await town.visit("huanbao")
    await town.approved(visit)
    record = await town.asked(visit)
    assert record.state == pb.INSPECTION_STATE_CODED, record.withheld

    told = await town.at_city("supervision", "CheckInspectionCode", PUBLIC, code=record.code.code)
    assert told.verdict == seen.CODE_VERDICT_GOOD
    assert told.inspection.enterprise_name == visit.enterprise.name and len(told.inspection.officers) == 2
    misread = record.code.code[:-1] + ("0" if record.code.code[-1] != "0" else "1")
    wrong = await town.at_city("supervision", "CheckInspectionCode", PUBLIC, code=misread)
    assert wrong.verdict == seen.CODE_VERDICT_MISREAD

    for rpc in ("NoticeInspection", "CheckIn", "RecordInspection", "FindNothing", "TellResult"):
        await given.act(town.do(visit), rpc, visit)
    whole = await town.seen(visit, lambda v: v.inspection.state == pb.INSPECTION_STATE_TOLD)
    assert not whole.warnings, "the city finds nothing either"
    assert len(whole.timeline) >= 9

    async def listed(code: str = "") -> Any:
        fields = {"credit_code": visit.enterprise.credit_code, "code": code}
        return await town.at_city("supervision", "ListEnterpriseInspections", PUBLIC, **fields)

    assert not (await listed()).inspections, "what is not published is for the enterprise alone"
    [own] = (await listed(visit.code)).inspections
    assert own.result == pb.INSPECTION_RESULT_NOTHING_FOUND and own.items == ["污染防治设施检查"]
    for rpc in ("PublishResult", "CloseInspection"):
        await given.act(town.do(visit), rpc, visit)
    await town.city.eventually(listed, lambda found: found.inspections)


async def test_what_the_enterprise_says_only_oversight_reads(town: Town) -> None:
    visit = await town.visit("huanbao")
    await town.approved(visit)
    await town.asked(visit)
    rate = {"code": visit.code, "stars": 2, "text": "态度生硬"}
    with town.city.refused("NOT_BEGUN"):
        await town.at_city("supervision", "RateInspection", PUBLIC, **rate)
    for rpc in ("NoticeInspection", "CheckIn"):
        await given.act(town.do(visit), rpc, visit)
    await town.seen(visit, lambda v: v.inspection.HasField("check_in"))
    with town.city.refused("NOTHING_SAID"):
        await town.at_city("supervision", "RateInspection", PUBLIC, code=visit.code, complaint=True)

    await town.at_city("supervision", "RateInspection", PUBLIC, **rate)

    with town.city.refused("ALREADY_DONE"):
        await town.at_city("supervision", "RateInspection", PUBLIC, **rate)
    await town.at_city(
        "supervision", "RateInspection", PUBLIC, code=visit.code, complaint=True, text="索要礼品"
    )
    voices = await town.at_city("supervision", "ListInspectionVoices", node="huanbao")
    mine = [v for v in voices.voices if v.inspection_id == visit.inspection_id]
    assert [(v.complaint, v.stars) for v in mine] == [(True, 0), (False, 2)]
    entries = await town.city.journal("city", "supervision")
    assert {e.to for e in entries if e.type.endswith("InspectionRated")} == {"city"}
    with town.city.refused("NOT_FOUND", code=grpc.StatusCode.NOT_FOUND):
        await town.at_city("supervision", "RateInspection", PUBLIC, **(rate | {"code": "4407009901019999X"}))


async def test_the_city_withholds_a_code_for_what_only_it_knows(town: Town) -> None:
    """The link is cut: the department does not hear of the suspension, asks, and the city judges for itself."""
    visit = await town.visit("huanbao")
    await town.approved(visit)
    await town.seen(visit, lambda v: v.inspection.HasField("approval"))
    await town.city.cables["huanbao"].cut()
    try:
        await registry.suspend(
            town.city.say, town.numbers[visit.ids[1]], from_time=stamp(wall() - timedelta(seconds=1))
        )
        await given.act(town.do(visit), "RequestInspectionCode", visit)
        with town.city.refused("ACT_NOT_OPEN"):
            await town.city.say(
                "huanbao",
                "enforcement",
                "NoticeInspection",
                CLERK,
                inspection_id=visit.inspection_id,
                receipt="x",
            )
    finally:
        await town.city.cables["huanbao"].mend()

    record = await town.answered(visit)

    assert record.state == pb.INSPECTION_STATE_APPROVED
    [why] = record.withheld
    assert why.reason == "CERTIFICATE_SUSPENDED" and why.law and why.text_zh and why.text_en
    assert why.figures["officer_id"] == visit.ids[1]
    warned = await town.seen(visit, lambda v: v.warnings)
    assert {w.rule_id for w in warned.warnings} == {"EW-09"}


async def test_an_urgent_visit_is_seen_as_such_and_gets_its_code_afterwards(town: Town) -> None:
    visit = await town.visit("huanbao")
    do = town.do(visit)
    party = {"kind": 2, "name": visit.enterprise.name, "identity_number": visit.enterprise.credit_code}
    clue = await given_case.register_clue(do, visit.body_id, party=party, source=2)
    more = {"kind": pb.INSPECTION_KIND_CLUE, "clue_case_id": clue.case_id}
    await given.open_inspection(do, visit, **more)
    await given.act(do, "CheckInUrgently", visit)
    await given.act(do, "RecordInspection", visit)
    await given.act(do, "MakeGoodInspection", visit)

    record = await town.asked(visit)

    assert record.code.afterwards and record.state == pb.INSPECTION_STATE_INSPECTED, record.withheld
    found = await town.seen(visit, lambda v: v.inspection.code.code)
    assert found.inspection.HasField("urgency") and not found.warnings
    listed = await town.at_city("supervision", "ListInspections", query=visit.enterprise.credit_code)
    assert [line.urgent for line in listed.inspections] == [True]


async def test_plans_for_one_enterprise_become_one_visit_or_it_is_said_why_not(town: Town) -> None:
    first = await town.visit("huanbao")
    other = await town.visit("chengguan", first.enterprise)
    await given.planned(town.do(first), first, wall())
    await given.planned(town.do(other), other, wall() + timedelta(days=3))

    async def proposed() -> list[Any]:
        found = await town.at_city("supervision", "ListJointProposals")
        return [p for p in found.proposals if p.enterprise.credit_code == first.enterprise.credit_code]

    [proposal] = await town.city.eventually(proposed)
    assert {side.node for side in proposal.sides} == {"huanbao", "chengguan"}

    async def refused() -> bool:
        await given.open_inspection(town.do(first), first)
        acts = await town.do(first)("ListInspectionActs", HEAD, inspection_id=first.inspection_id)
        approve = next(a for a in acts.acts if a.act == "APPROVE_INSPECTION")
        return "INSPECTION_NOT_JOINED" in {o.reason for o in approve.obstacles}

    await town.city.eventually(refused)
    await given.open_inspection(town.do(first), first, joint_id=proposal.proposal_id)
    await given.act(town.do(first), "ApproveInspection", first)
    assert (await town.asked(first)).code.code


async def test_items_are_published_with_their_caps_and_unused_ones_are_reported(town: Town) -> None:
    visit = await town.visit("chengguan")

    async def listed(**fields: Any) -> dict[str, seen.InspectionItem]:
        found = await town.at_city(
            "supervision", "ListInspectionItems", PUBLIC, body_id=visit.body_id, **fields
        )
        return {item.item_id: item for item in found.items}

    [item] = (await town.city.eventually(listed)).values()

    assert (item.name, item.cap, item.used) == ("污染防治设施检查", 2, 0) and item.body_name
    assert not await listed(unused_years=5), "published today"
    items = await town.city.say(
        "city",
        "registry",
        "ListPowerItems",
        PUBLIC,
        body_id=visit.body_id,
        kind=power_pb2.POWER_KIND_INSPECTION,
    )
    assert [i.item_id for i in items.items] == visit.item_ids


async def test_a_visit_that_is_no_inspection_is_told_to_the_enterprise(town: Town) -> None:
    visit = await town.visit("huanbao")
    await town.approved(visit)
    await town.asked(visit)
    fields = {
        "body_id": visit.body_id,
        "kind": 1,
        "enterprise": visit.enterprise,
        "people": ["甲"],
        "purpose": "指导",
    }
    await town.do(visit)("RecordVisit", UNIT, **fields)

    async def told() -> Any:
        fields = {"credit_code": visit.enterprise.credit_code, "code": visit.code}
        found = await town.at_city("supervision", "ListEnterpriseInspections", PUBLIC, **fields)
        return found.visits

    [went] = await town.city.eventually(told)
    assert went.purpose == "指导"
