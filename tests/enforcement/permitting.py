"""Permits of the department under test: a window with its guide, and applications at each stage."""

import asyncio
from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION
from yifa.registry.v1 import power_pb2

from services.given import permit as given
from services.given.people import officer as handling
from services.given.permit import CONDITIONS, MATERIALS, WINDOW
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, HEAD, stamp

OFFICER = handling("O-permit-reviewer")
REMEDIES = {"authority": "示例市人民政府", "court": "示例市人民法院"}


class Window:
    """A body with an item of permission, its guide, and applications at each stage."""

    def __init__(self, d: Department) -> None:
        self.d = d

    async def guided(self, body_id: str = "", item_of: str = "", **terms: Any) -> str:
        """A guide of an item of its own, or of the agency that entrusted the body with it."""
        self.body_id = body_id or await self.d.body(field="生态环境")
        self.item_id = await self.d.item(item_of or self.body_id, kind=power_pb2.POWER_KIND_PERMIT)
        self.guide_id = await given.published(self.d.do, self.body_id, self.item_id, **terms)
        return self.guide_id

    async def received(
        self, materials: tuple[str, ...] = MATERIALS, *, party: Any = None, **terms: Any
    ) -> str:
        guide_id = await self.guided(**terms)
        party = party or given.applicant(number_of(PARTY_KIND_ORGANISATION), "许可测试化工有限公司")
        return await given.received(self.d.do, guide_id, party, materials)

    async def accepted(self, *, order: str = "", **terms: Any) -> str:
        permit_id = await self.received(**terms)
        await self.act("AcceptPermitApplication", permit_id, CLERK, joint_order=order)
        return permit_id

    async def reviewed(self, **terms: Any) -> str:
        permit_id = await self.accepted(**terms)
        await self.act("ReviewPermitApplication", permit_id, OFFICER, met=CONDITIONS)
        return permit_id

    async def issued(self, days: int, **terms: Any) -> str:
        """A permit that is valid for so many days."""
        permit_id = await self.reviewed(**terms)
        await self.act("GrantPermit", permit_id, HEAD)
        until = stamp(self.d.now + days * DAY)
        more = {
            "number": f"排许-{permit_id}",
            "window": WINDOW,
            "from_time": stamp(self.d.now),
            "until_time": until,
        }
        await self.act("IssuePermit", permit_id, CLERK, **more)
        return permit_id

    async def act(self, rpc: str, permit_id: str, by: Any, **more: Any) -> pb.Permit:
        return (await self.d.do(rpc, by, permit_id=permit_id, **more)).permit

    async def of(self, permit_id: str) -> pb.Permit:
        return (await self.d.do("GetPermit", HEAD, permit_id=permit_id)).permit

    async def until(self, permit_id: str, look: Callable[[pb.Permit], Any]) -> pb.Permit:
        """The permit once something of it is so."""
        async with asyncio.timeout(30):
            while True:
                mark = self.d.running.mark
                if look(permit := await self.of(permit_id)):
                    return permit
                await self.d.running.changed(1, mark)
