"""What a node offers of a service: every method of its contract."""

from typing import TYPE_CHECKING, Any

import grpc
from yifa.law.v1 import options_pb2

from services.kit.rpc import Endpoint, Handler
from services.kit.sealing import check_room
from services.kit.words import NOUNS

if TYPE_CHECKING:
    from services.kit.service import Running

KINDS = {
    "stream": lambda endpoint: grpc.unary_stream_rpc_method_handler(endpoint.stream),
    "upload": lambda endpoint: grpc.stream_unary_rpc_method_handler(endpoint.upload),
    "exchange": lambda endpoint: grpc.stream_stream_rpc_method_handler(endpoint.exchange),
}
"""How a method is answered; any other kind takes one message and gives one."""


class Offered(grpc.GenericRpcHandler):  # type: ignore[misc]
    """The whole service: every method of the contract, each with its access rule. Raises AttributeError for a missing one, and
    ValueError for one that has room for what is sealed and does not look after it.

    All are looked at here, and each is made ready when it is first called: a node has hundreds.
    """

    def __init__(self, running: "Running", contract: Any, servicer: Any):
        self.running, self.domain, self.keys = running, servicer.domain, running.service.keys
        self.nouns = {**NOUNS, **running.service.nouns}
        self.ready: dict[str, grpc.RpcMethodHandler] = {}
        self.methods: dict[str, tuple[Any, Handler]] = {}
        for method in contract.methods:
            handler = getattr(servicer, method.name)
            check_room(method, handler.kind, method.GetOptions().Extensions[options_pb2.access].unseals)
            self.methods[f"/{contract.full_name}/{method.name}"] = (method, handler)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        """The method that is called, None for what is none of this service's."""
        name = handler_call_details.method
        if name not in self.ready and name in self.methods:
            self.ready[name] = self.made(*self.methods[name])
        return self.ready.get(name)

    def made(self, method: Any, handler: Handler) -> grpc.RpcMethodHandler:
        endpoint = Endpoint(self.running, method, handler, self.domain, self.keys, self.nouns)
        kind = KINDS.get(endpoint.kind)
        return kind(endpoint) if kind else grpc.unary_unary_rpc_method_handler(endpoint.call)
