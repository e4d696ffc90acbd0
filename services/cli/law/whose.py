"""Whose law is asked for: a sector's by its name, a field's, or a body's by its id, at a node or with layers that are given."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.cli.law.query import Unanswerable, layers_of, layers_of_node, sector_named
from services.kit.settings import BadSettings, Settings
from services.law.parameters import Layers

if TYPE_CHECKING:
    from services.node.plan import Plan

ID = "B-"
"""How the id of a body begins; no field of administration does."""
SECONDS = 5.0


@dataclass(frozen=True)
class Whose:
    """The layers that are asked, the sector whose pack binds, and the body's name where one was named by its id."""

    layers: Layers
    sector: str = ""
    body: str = ""


def whose(layer: Sequence[Path], sector: str, node: Path | None, body: str) -> Whose:
    """Who is asked about. A body's id is looked up at the registry of the node, or else of the city that runs here, and then
    the law is that of the body's own node. Raises Unanswerable.
    """
    name, field = "", body.strip()
    if field.startswith(ID):
        found, at = _looked_up(field, node)
        name, field = found.name, found.field
        node = node or (None if layer else at)
    around = layers_of_node(node) if node else None
    layers = around.parameters if around else layers_of(layer, sector)
    return Whose(layers, sector or (sector_named(around, layers, field) if field else ""), name)


def _looked_up(body_id: str, node: Path | None) -> tuple[Any, Path]:
    """A body as the registry has it, and the settings of its node. Raises Unanswerable for one that is not there."""
    from services.node.failure import Failure
    from services.node.plan import plan, running_plan

    try:
        city = plan(node.absolute().parent) if node else running_plan()
        settings = Settings.load(node or city.settings(city.city.id))
        found = asyncio.run(_asked(body_id, settings, city))
    except (BadSettings, Failure, OSError) as wrong:
        raise Unanswerable(
            f"不能查询执法主体“{body_id}”：{wrong}。请用 --node 指定运行中的节点，或者写明其执法领域。",
            f"The body {body_id} cannot be looked up: {wrong}. Name a running node (--node), or the body's field.",
        ) from None
    return found, city.settings(found.node)


async def _asked(body_id: str, settings: Settings, city: "Plan") -> Any:
    import grpc
    from yifa.registry.v1 import body_pb2, registry_service_pb2_grpc

    from services.kit.dial import Target, Trust, channel, trust_of

    address = settings.section("grpc")["listen"]
    trust = trust_of(settings)
    known = Trust(trust.authority) if trust else None
    metadata = (("authorization", f"Bearer {city.token('law', settings.node, 'OVERSIGHT')}"),)
    async with channel(Target(address, known)) as there:
        stub = registry_service_pb2_grpc.RegistryServiceStub(there)
        try:
            request = body_pb2.GetBodyRequest(body_id=body_id)
            return (await stub.GetBody(request, metadata=metadata, timeout=SECONDS)).body
        except grpc.aio.AioRpcError as no:
            if no.code() is grpc.StatusCode.NOT_FOUND:
                raise Unanswerable(
                    f"节点 {settings.node} 的登记服务没有执法主体“{body_id}”；请核对编号，或者写明其执法领域。",
                    f"The registry of {settings.node} has no body {body_id}: check the id, or name the body's field.",
                ) from None
            raise Unanswerable(
                f"节点 {settings.node}（{address}）的登记服务没有答复：{no.code().name}。",
                f"The registry of {settings.node} ({address}) does not answer: {no.code().name}.",
            ) from None
