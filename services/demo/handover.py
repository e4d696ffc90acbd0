"""A case of the demonstration that another department has got."""

from yifa.enforcement.v1 import case_pb2 as pb

from services.demo.folder import Folder
from services.node.callers import Callers, ask


class NotArrived(LookupError):
    """The case has not come to the department that it was transferred to."""


async def move(callers: Callers, folder: Folder) -> None:
    """Go on with a transferred case where it is now. Raises NotArrived, AioRpcError."""
    desk, sent = folder.other, folder.case_id
    if desk is None or folder.desk is desk:
        return
    metadata = callers.as_(desk.node, desk.person("clerk"), "CLERK")
    request = pb.ListCasesRequest(page_size=200)
    reply = await ask(callers.enforcement(desk.node).ListCases, request, metadata)
    for case in reply.cases:
        if case.transfer.from_case_id == sent:
            folder.desk, folder.case = desk, case
            return
    raise NotArrived(f"{sent} has not come to {desk.node}")
