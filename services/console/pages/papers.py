"""Papers: the file of one, and what the public sees of the QR code on it."""

import re
from urllib.parse import quote

import grpc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page

_HASH = re.compile(r"[0-9a-f]{64}")
# The look of a verdict: sign and colour; whatever is not said here is red.
LOOKS = {
    pb.PAPER_VERDICT_GENUINE: ("done", "green"),
    pb.PAPER_VERDICT_SUPERSEDED: ("calm", "orange"),
    pb.PAPER_VERDICT_WITHDRAWN: ("calm", "orange"),
    pb.PAPER_VERDICT_ENDED: ("calm", "orange"),
    pb.PAPER_VERDICT_MISTYPED: ("orange", "orange"),
}


def asked(request: Request) -> tuple[str, str]:
    """The node and the hash of the address. Raises HTTPException for what can be no paper."""
    node, paper_id = request.path_params["node"], request.path_params["paper_id"]
    if not console_of(request).papers.knows(node) or not _HASH.fullmatch(paper_id):
        raise HTTPException(404)
    return node, paper_id


async def checked(request: Request) -> Response:
    """What may be thought of a paper: open to anybody, and nothing of the console around it."""
    node, paper_id = asked(request)
    check = filters.text(request, "c", 1)
    wanted = pb.CheckPaperRequest(
        hash=paper_id,
        number=filters.text(request, "n", 200),
        check=check if re.fullmatch("[0-9A-Z]", check) else "",
    )
    found = await _found(request, node, wanted)
    sign, look = LOOKS.get(found.verdict, ("over", "red"))
    says = found.says_zh if language_of(request) == "zh" else found.says_en
    return page(request, "paper.html", found=found, sign_name=sign, look=look, says=says)


async def _found(request: Request, node: str, wanted: pb.CheckPaperRequest) -> pb.CheckPaperResponse:
    """What the node says that issued it: a department of enforcement's papers, the city of supervision's."""
    console = console_of(request)
    try:
        return await console.public.check(node, wanted)
    except grpc.aio.AioRpcError as no:
        if no.code() is not grpc.StatusCode.UNIMPLEMENTED:
            raise
    same = {"number": wanted.number, "hash": wanted.hash, "check": wanted.check}
    return await console.public.paper(orders.CheckSupervisionPaperRequest(**same))


async def file(request: Request) -> Response:
    """The file, to be read in the browser, or kept."""
    node, paper_id = asked(request)
    found = await console_of(request).papers.file(node, paper_id)
    how = "attachment" if filters.flag(request, "keep") else "inline"
    name = quote(f"{found.paper.title_zh}{found.paper.number}.pdf")
    headers = {"content-disposition": f"{how}; filename*=UTF-8''{name}"}
    return Response(found.content, media_type="application/pdf", headers=headers)


ROUTES = [
    Route("/p/{node}/{paper_id}", checked),
    Route("/papers/{node}/{paper_id}.pdf", file),
]
