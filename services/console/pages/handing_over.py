"""Handing over what somebody has to do, from the queue: in the name of the person who does it, record by record."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.supervision.v1 import work_pb2 as office

from services.console.console import Console, console_of
from services.console.forms import handed_in
from services.console.pages.acting import done, mark
from services.console.pages.work import city_of, departments
from services.console.render import address, page

# A call hands over fifty; nobody has more to do than this many calls take.
CALLS = 40


@dataclass(frozen=True)
class Handed:
    """What became of one record."""

    noun: str
    record_id: str
    number: str
    reassigned: bool
    obstacles: Any


async def hand_over(request: Request) -> Response:
    """Hand over all that one person has to do at a node, and show what became of each."""
    console, form = console_of(request), await handed_in(request)
    node, one = form.get("node", ""), form.get("from", "")[:64]
    back = address("/work", node=node, officer=one)
    if node not in departments(console) and node != city_of(console):
        raise HTTPException(404)
    said = {
        "from_officer_id": one,
        "to_officer_id": form.get("to", "")[:64],
        "reason": form.get("reason", "")[:500],
    }
    found: list[Handed] = []

    async def all_of_it() -> None:
        async for each in handed(console, node, form.get("request_id", "")[:40] or mark(), said):
            found.append(each)

    answer = await done(request, all_of_it(), back)
    if answer.status_code != 303:
        return answer
    people = await console.registry.names((one, said["to_officer_id"]))
    return page(request, "handed_over.html", people=people, records=found, said=said, back=back)


async def handed(console: Console, node: str, request_id: str, said: dict[str, str]) -> AsyncIterator[Handed]:
    """Call after call, until nothing is left. Raises what the node answers."""
    after = ""
    for n in range(CALLS):
        key = f"{request_id}-{n}"
        if node == city_of(console):
            reply: Any = await console.supervision.reassign(
                office.ReassignOfficeWorkRequest(request_id=key, after_record_id=after, **said)
            )
            after = reply.after_record_id
            for r in reply.records:
                yield Handed(r.noun, r.record_id, r.number, r.reassigned, r.obstacles)
        else:
            reply = await departments(console)[node].reassign(
                pb.ReassignWorkRequest(request_id=key, after_case_id=after, **said)
            )
            after = reply.after_case_id
            for i in reply.inspections:
                yield Handed("inspection", i.inspection_id, i.number, False, i.obstacles)
            for c in reply.cases:
                yield Handed("case", c.case_id, c.case_number, c.reassigned, c.obstacles)
        if not after:
            return


ROUTES = [Route("/work/hand-over", hand_over, methods=["POST"])]
