"""How the nodes are: for people, and for machines that watch."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.console.clients import NodeState
from services.console.console import console_of
from services.console.pages.errors import signed_out
from services.console.render import page


async def states(request: Request) -> list[NodeState]:
    return await asyncio.gather(*(node.state() for node in console_of(request).nodes))


async def nodes(request: Request) -> Response:
    found = await states(request)
    if any(state.error == "UNAUTHENTICATED" for state in found):
        return signed_out(request)
    return page(request, "nodes.html", states=found)


async def parked(request: Request) -> Response:
    """Events whose reaction kept failing. What to do with them is decided at the node."""
    wanted, service = request.path_params["node"], request.path_params["service"]
    node = next((n for n in console_of(request).nodes if n.target.id == wanted), None)
    if node is None:
        raise HTTPException(404)
    return page(
        request, "parked.html", target=node.target, service=service, events=await node.parked(service)
    )


async def healthz(request: Request) -> Response:
    """200 when every node serves, else 503 that names each that does not: for anybody, and nothing but that."""
    answers = await asyncio.gather(*(node.health() for node in console_of(request).nodes))
    faults = [
        {"node": state.target.id, "service": fault, "health": state.health}
        for state in answers
        for fault in state.faults
    ]
    found = {"serving": not faults, "nodes": [state.target.id for state in answers], "faults": faults}
    return JSONResponse(found, 503 if faults else 200)


ROUTES = [Route("/nodes", nodes), Route("/nodes/{node}/{service}/parked", parked), Route("/healthz", healthz)]
