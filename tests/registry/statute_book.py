"""Verbs of legal bases and power lists for a running city."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import basis_pb2, power_pb2
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as supervision

from services.given.registry import KINDS_OF_PENALTY
from services.registry.listed_document.model import ListedDocument
from tests.registry.town import CITY, Town

SERIAL = count(1)
LISTED = ListedDocument.__table__
LEVEL, KIND = basis_pb2.BasisLevel, power_pb2.PowerKind
STATE = power_pb2.PowerItemState
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


class Book:
    """Given and When verbs over the public RPCs of bases and power lists."""

    def __init__(self, town: Town):
        self.town = town

    async def at_city(self, method: str, request: Any, role: str = "REGISTRAR") -> Any:
        return await self.town.call(CITY, "registry", method, request, role)

    async def basis(self, level: str = "LAW", **more: Any) -> basis_pb2.LegalBasis:
        request = basis_pb2.AddLegalBasisRequest(
            law=f"示例法{next(SERIAL)}",
            article="第三十一条",
            level=f"BASIS_LEVEL_{level}",
            document_number="示例令第1号",
            text="违反本法规定的，处一万元以上十万元以下的罚款。",
            from_time=LONG_AGO,
        )
        request.MergeFrom(basis_pb2.AddLegalBasisRequest(**more))
        if level == "NORMATIVE_DOCUMENT":
            await self.on_the_list(request.law)
        return (await self.at_city("AddLegalBasis", request)).basis

    async def on_the_list(self, title: str, version: int = 1, *, in_force: bool = True) -> None:
        """The city tells of a document of the list in force, or that it went off, and the registry knows it."""
        told = lists.ListedDocument(
            document_id=f"ND-{title}", title=title, number=f"府规〔2020〕{next(SERIAL)}号", version=version, on_list=in_force,
            effect_time=ago(300), expire_time=ago(-300), off_time=None if in_force else ago(0),
        )  # fmt: skip
        await self.town.announce(CITY, supervision.ListedDocumentTold(listed=told), "all")
        registry = self.town.city.nodes[CITY].running("registry")
        known = select(LISTED.c.version).where(LISTED.c.title == title)

        async def heard() -> bool:
            row = registry.view().one(known)
            return row is not None and row.version >= version

        await self.town.seen(heard)

    async def amend(self, basis: Any, at: datetime) -> basis_pb2.LegalBasis:
        request = basis_pb2.AmendLegalBasisRequest(
            basis_id=basis.basis_id, document_number="示例令第2号", text="修改后的条文。", from_time=at
        )
        return (await self.at_city("AmendLegalBasis", request)).basis

    async def repeal(self, basis: Any, at: datetime, **more: Any) -> basis_pb2.LegalBasis:
        request = basis_pb2.RepealLegalBasisRequest(basis_id=basis.basis_id, from_time=at, **more)
        return (await self.at_city("RepealLegalBasis", request)).basis

    async def propose(self, body: Any, *rests_on: Any, kind: str = "PENALTY", **more: Any) -> Any:
        n = next(SERIAL)
        request = power_pb2.ProposePowerItemRequest(
            body_id=body.body_id,
            code=f"SL-{n:04d}",
            name=f"示例违法行为{n}的处罚",
            kind=f"POWER_KIND_{kind}",
            basis_ids=[b.basis_id for b in rests_on],
            level=power_pb2.POWER_LEVEL_CITY,
            duties="立案、调查、审核、决定、送达",
            penalty_kinds=KINDS_OF_PENALTY.get(power_pb2.PowerKind.Value(f"POWER_KIND_{kind}"), ()),
        )
        request.MergeFrom(power_pb2.ProposePowerItemRequest(**more))
        return (await self.at_city("ProposePowerItem", request)).item

    async def change(self, item: Any, *rests_on: Any, **more: Any) -> Any:
        request = power_pb2.ChangePowerItemRequest(
            item_id=item.item_id,
            name="变更后的名称",
            basis_ids=[b.basis_id for b in rests_on],
            level=power_pb2.POWER_LEVEL_SHARED,
            **{"penalty_kinds": item.penalty_kinds} | more,
        )
        return (await self.at_city("ChangePowerItem", request)).item

    async def keep(self, item: Any) -> Any:
        request = power_pb2.KeepPowerItemRequest(item_id=item.item_id, opinion="修改不涉及本事项")
        return (await self.at_city("KeepPowerItem", request)).item

    async def remove(self, item: Any) -> Any:
        request = power_pb2.RemovePowerItemRequest(item_id=item.item_id, cause="职能划出")
        return (await self.at_city("RemovePowerItem", request)).item

    async def publish(self, body: Any) -> Any:
        request = power_pb2.PublishPowerListRequest(
            body_id=body.body_id, publish_address="https://example.invalid/qd"
        )
        return await self.at_city("PublishPowerList", request)

    async def published(self, body: Any, *rests_on: Any, **more: Any) -> Any:
        """An item on the published list of a body."""
        item = await self.propose(body, *(rests_on or (await self.basis(),)), **more)
        await self.publish(body)
        return await self.item(item)

    async def item(self, item: Any, node: str = CITY) -> Any:
        request = power_pb2.GetPowerItemRequest(item_id=item.item_id)
        return (await self.town.call(node, "registry", "GetPowerItem", request, "HANDLING_OFFICER")).item

    async def known(self, item: Any, node: str, state: str) -> Any:
        wanted = STATE.Value(f"POWER_ITEM_STATE_{state}")
        return await self.town.seen(lambda: self.item(item, node), lambda found: found.state == wanted)

    async def items(self, node: str = CITY, **more: Any) -> list[Any]:
        return await self.town.pages(
            node, "ListPowerItems", power_pb2.ListPowerItemsRequest(page_size=100, **more)
        )

    async def listed(self, body: Any, version: int = 0) -> Any:
        request = power_pb2.GetPowerListRequest(body_id=body.body_id, list_version=version, page_size=500)
        return await self.at_city("GetPowerList", request, "PUBLIC")
