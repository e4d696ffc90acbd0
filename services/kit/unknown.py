"""What a node answers that has no such method."""

from collections.abc import AsyncIterator, Sequence
from difflib import get_close_matches
from typing import Any

import grpc
from grpc_status import rpc_status

from services.kit import security
from services.kit.peer import host_of
from services.kit.refusal import Unsupported, status
from services.kit.security import Actor


class Unknown(grpc.GenericRpcHandler):
    """Answers what no service of the node answers, so that this refusal too has its reason and both sentences."""

    def __init__(self, contracts: Sequence[Any], node: str = ""):
        self.node = node
        self.methods = {f"/{c.full_name}/{m.name}" for c in contracts for m in c.methods}

    def service(self, call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        no = self.refusal(call.method)
        refused = rpc_status.to_status(status(no, "node.yifa"))

        async def refuse(_bodies: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
            security.refused(self.node, no, Actor(address=host_of(context.peer())), call.method)
            await context.abort_with_status(refused)
            yield b""

        return grpc.stream_stream_rpc_method_handler(refuse)

    def refusal(self, method: str) -> Unsupported:
        near = get_close_matches(method, self.methods, 1, 0.8)
        services = sorted({known.split("/")[1] for known in self.methods})
        en, zh = (f": {near[0]} is meant", f"，可能是{near[0]}") if near else ("", "")
        return Unsupported(
            "UNKNOWN_METHOD",
            f"this node has no method {method}{en}; its services are {', '.join(services)}",
            f"本节点没有方法{method}{zh}；本节点的服务有：{'、'.join(services)}",
            method=method,
            near=near[0] if near else "",
        )
