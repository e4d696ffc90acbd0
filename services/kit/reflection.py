"""Telling who asks what methods there are: to this machine alone unless the node's file says otherwise."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc

from services.kit.peer import host_of, is_local
from services.kit.security import BOOK, Actor, Kind
from services.kit.settings import BadSettings, Settings

OFF, LOCAL, ALL = "off", "local", "all"


def tell_contracts(server: Any, settings: Settings, names: Sequence[str]) -> None:
    """Let a server answer reflection, as `[grpc] reflection` says: off, local or all. Raises BadSettings for another word."""
    said = settings.section("grpc").get("reflection", LOCAL)
    if said not in (OFF, LOCAL, ALL):
        raise BadSettings(f"{settings.path}: [grpc] reflection must be {OFF}, {LOCAL} or {ALL}")
    if said != OFF:
        kind = Nearby if said == LOCAL else reflection.aio.ReflectionServicer
        reflection_pb2_grpc.add_ServerReflectionServicer_to_server(kind(names), server)


class Nearby(reflection.aio.ReflectionServicer):  # type: ignore[misc]
    """Reflection for this machine."""

    async def ServerReflectionInfo(self, requests: Any, context: Any) -> AsyncIterator[Any]:
        if not is_local(context.peer()):
            BOOK.tell("", Kind.METHOD, Actor(address=host_of(context.peer())), "REFLECTION_LOCAL")
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, "reflection is for this machine 仅限本机")
        async for reply in super().ServerReflectionInfo(requests, context):
            yield reply
