"""The files of a case, as the person who looks may see them: the list, small pictures of photos, and the files themselves.

Each look is in the name of whoever is signed in, and an event of the department.
"""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote

import grpc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from yifa.enforcement.v1 import case_pb2, file_pb2

from services.console.console import console_of, language_of
from services.console.files import CaseFiles, refused_person
from services.console.pages.errors import sentence
from services.console.render import page
from services.console.thumbnail import LARGEST, thumbnail

PHOTOS = ("image/jpeg", "image/png", "image/webp")


async def files(request: Request) -> Response:
    """The part of a case's page that shows its evidence and files."""
    case_id, said, items = request.path_params["case_id"], "", []
    names: dict[str, str] = {}
    try:
        store, case = await where(request, case_id)
        items = await store.listed(case.node, case_id)
        names = {officer.officer_id: officer.name for officer in case.officers}
    except grpc.aio.AioRpcError as no:
        if not refused_person(no) and no.code() is not grpc.StatusCode.UNAVAILABLE:
            raise
        said = sentence(no, language_of(request)) or "UNAVAILABLE"
    return page(
        request,
        "_files.html",
        case_id=case_id,
        items=items,
        names=names,
        said=said,
        photos=PHOTOS,
    )


async def preview(request: Request) -> Response:
    """A small picture of a photo."""
    head, parts = await opened(request, LARGEST)
    if head.media_type not in PHOTOS or head.size > LARGEST:
        raise HTTPException(404)
    small = await asyncio.to_thread(thumbnail, b"".join([part async for part in parts]))
    if small is None:
        raise HTTPException(404)
    return Response(small, media_type="image/jpeg")


async def download(request: Request) -> Response:
    """The file itself, to be kept and not shown: what it holds is nobody's page."""
    head, parts = await opened(request)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(head.title, safe='')}",
        "content-length": str(head.size),
    }
    return StreamingResponse(parts, media_type="application/octet-stream", headers=headers)


async def opened(request: Request, most: int = 0) -> tuple[file_pb2.File, AsyncIterator[bytes]]:
    """What a file is, and its bytes."""
    case_id = request.path_params["case_id"]
    store, case = await where(request, case_id)
    parts = store.parts(case.node, case_id, request.path_params["file_id"], most)
    try:
        head = (await anext(parts)).file
    except grpc.aio.AioRpcError as no:
        if refused_person(no):
            raise HTTPException(404) from None
        raise

    async def chunks() -> AsyncIterator[bytes]:
        async for part in parts:
            yield part.chunk

    return head, chunks()


async def where(request: Request, case_id: str) -> tuple[CaseFiles, case_pb2.Case]:
    """The case, with what asks the node that keeps it. Raises HTTPException for a node that this console does not know."""
    console = console_of(request)
    case = (await console.supervision.case(case_id)).case
    if not console.files.knows(case.node):
        raise HTTPException(404)
    return console.files, case


ROUTES = [
    Route("/cases/{case_id}/files", files),
    Route("/cases/{case_id}/files/{file_id}", download),
    Route("/cases/{case_id}/files/{file_id}/preview", preview),
]
