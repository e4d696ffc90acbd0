"""Inspections of the department under test: who inspects whom, and what the city would answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.registry.v1 import power_pb2
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import inspection_pb2 as city

from services.given import case as given_case
from services.given import inspection as given
from services.given.inspection import Visit
from services.kit.algorithm import PrivateKey
from services.kit.shown import Card, sign
from services.law.checkcode import checked
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, NODE, serial, stamp

AREA = "440700"


def a_code() -> str:
    return checked(f"{AREA}260302{next(serial):04d}")


class Bureau:
    """Verbs of inspections; each inspection has a body, officers, an item and an enterprise of its own."""

    def __init__(self, department: Department):
        self.node = department
        self.do = department.do

    async def visit(self, *, area: str = AREA, officers: int = 2, **more: Any) -> Visit:
        """Who is to inspect whom; nothing is planned yet."""
        node = self.node
        body_id = await node.body(area=area)
        item_id = await node.item(body_id, kind=power_pb2.POWER_KIND_INSPECTION)
        people = [await node.officer(body_id, area=area) for _ in range(officers)]
        numbers = {p.officer_id: p.certificate.certificate_number for p in people}

        async def show(officer_id: str) -> str:
            return self.shown(numbers.get(officer_id, "none"))

        return Visit(
            body_id,
            [p.officer_id for p in people],
            [item_id],
            given.enterprise(10_000 + next(serial), area_code=area),
            show,
            lambda: node.now,
            more=more,
        )

    def shown(self, number: str, at: datetime | None = None, key: PrivateKey | None = None) -> str:
        """The code of a certificate, signed by the node unless by another key under its name."""
        signer = self.node.running.around.signer
        moment = at or self.node.now
        card = Card(number, "示例人员", "示例机关", (), AREA, 1, moment - DAY, moment + 1000 * DAY)
        return sign(card, moment, 5, replace(signer, key=key or signer.key))

    async def planned(self, visit: Visit, **more: Any) -> Visit:
        await given.planned(self.do, visit, self.node.now, **more)
        return visit

    async def refused_plan(self, visit: Visit, reason: str, **more: Any) -> Any:
        """A plan that is drafted, and whose approval is refused; what was told."""
        drafted, approved = list[str](), visit.plan_id

        async def do(rpc: str, by: Any, /, **fields: Any) -> Any:
            if rpc == "ApproveInspectionPlan":
                drafted.append(fields["plan_id"])
                return await self.do("GetInspectionPlan", by, **fields)
            return await self.do(rpc, by, **fields)

        await given.planned(do, visit, self.node.now, **more)
        visit.plan_id = approved
        async with self.node.refused(reason) as told:
            await self.do("ApproveInspectionPlan", given.HEAD, plan_id=drafted[0])
        return told

    async def opened(self, visit: Visit | None = None, **more: Any) -> Visit:
        visit = visit or await self.planned(await self.visit())
        await given.open_inspection(self.do, visit, **more)
        return visit

    async def act(self, rpc: str, visit: Visit, by: Any = None, **more: Any) -> Any:
        return await given.act(self.do, rpc, visit, by, **more)

    async def clue(self, visit: Visit, source: int = cases.CLUE_SOURCE_COMPLAINT, **party: Any) -> str:
        """A registered clue about the enterprise; its case."""
        about = {
            "kind": parties.PARTY_KIND_ORGANISATION,
            "name": visit.enterprise.name,
            "identity_number": visit.enterprise.credit_code,
        }
        case = await given_case.register_clue(
            self.do, visit.body_id, party=parties.Party(**(about | party)), source=source
        )
        return case.case_id

    async def on_clue(self, **more: Any) -> Visit:
        """An inspection that a complaint leads to, not yet approved."""
        visit = await self.visit()
        case_id = await self.clue(visit)
        fields = {"kind": pb.INSPECTION_KIND_CLUE, "plan_id": "", "clue_case_id": case_id}
        return await self.opened(visit, **(fields | more))

    async def give_code(self, visit: Visit, **more: Any) -> None:
        """The city answers with a code that is good today and for some days."""
        visit.code = visit.code or a_code()
        begin = self.node.now - timedelta(hours=1)
        code = pb.InspectionCode(code=visit.code, issue_time=stamp(self.node.now), **more)
        code.valid_from.FromDatetime(begin)
        code.valid_until.FromDatetime(begin + 15 * DAY)
        event = supervision.InspectionCodeIssued(
            inspection_id=visit.inspection_id, node=NODE, enterprise_name=visit.enterprise.name, code=code
        )
        await self.node.hear(event)

    async def withhold(self, visit: Visit, reason: str) -> None:
        breach = cases.Breach(reason=reason, law="GBF-2024-54", text_zh="理由", text_en="why")
        event = supervision.InspectionCodeWithheld(
            inspection_id=visit.inspection_id, node=NODE, reasons=[breach]
        )
        await self.node.hear(event)

    async def propose_joint(self, visit: Visit, proposal_id: str) -> None:
        """The city proposes to join the visit with one of another department."""
        now = self.node.now
        proposal = city.JointProposal(
            proposal_id=proposal_id,
            enterprise=visit.enterprise,
            sides=[
                {"node": NODE, "body_id": visit.body_id},
                {"node": "chengguan", "body_id": "B-other"},
            ],
            from_time=stamp(now - 30 * DAY),
            until_time=stamp(now + 30 * DAY),
            version=1,
        )
        await self.node.hear(supervision.JointInspectionProposed(proposal=proposal))

    async def coded(self, visit: Visit | None = None, **more: Any) -> Visit:
        visit = await self.opened(visit, **more)
        await self.act("ApproveInspection", visit)
        await self.act("RequestInspectionCode", visit)
        await self.give_code(visit)
        return visit

    async def noticed(self, visit: Visit | None = None, **more: Any) -> Visit:
        visit = await self.coded(visit, **more)
        await self.act("NoticeInspection", visit)
        return visit

    async def begun(self, visit: Visit | None = None, **more: Any) -> Visit:
        visit = await self.noticed(visit, **more)
        await self.act("CheckIn", visit)
        return visit

    async def recorded(self, visit: Visit | None = None, **more: Any) -> Visit:
        visit = await self.begun(visit, **more)
        await self.act("RecordInspection", visit)
        return visit

    async def of(self, visit: Visit) -> pb.Inspection:
        found = await self.do("GetInspection", given.HEAD, inspection_id=visit.inspection_id)
        return found.inspection

    async def state(self, visit: Visit) -> str:
        return pb.InspectionState.Name((await self.of(visit)).state).removeprefix("INSPECTION_STATE_")
