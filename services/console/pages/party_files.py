"""The files of parties (一户一档): who has one, all that lies in it, and the list of that; over all departments or at one."""

from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.supervision.v1 import party_file_pb2 as city

from services.console.console import console_of, language_of, session_of
from services.console.pages import filters
from services.console.pages.work import departments
from services.console.render import address, page
from services.law.party_file import personal

HERE = "/parties"
VOLUMES = 20
# The state of a volume is one of its record.
STATES = {
    pb.PARTY_VOLUME_KIND_CASE: "CaseState",
    pb.PARTY_VOLUME_KIND_INSPECTION: "InspectionState",
    pb.PARTY_VOLUME_KIND_VISIT: "VisitKind",
    pb.PARTY_VOLUME_KIND_PERMIT: "PermitState",
}
# Where the page of a record is.
PAGES = {
    pb.PARTY_VOLUME_KIND_CASE: "/cases/{}",
    pb.PARTY_VOLUME_KIND_INSPECTION: "/inspections/{}",
    pb.PARTY_VOLUME_KIND_PERMIT: "/permits/{}",
}
FORMATS = {
    "pdf": (pb.PARTY_FILE_FORMAT_PDF, "application/pdf"),
    "xlsx": (
        pb.PARTY_FILE_FORMAT_XLSX,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def asked_of(request: Request) -> tuple[str, Any, Any]:
    """Where it is asked: the id of a department, empty for the city; who answers; and in whose messages. Where nothing is said,
    people of a department ask at theirs.
    """
    console, known = console_of(request), departments(console_of(request))
    node = filters.text(request, "node", 64)
    if "node" not in request.query_params and (session := session_of(request)) is not None:
        node = session.node if session.node in known else ""
    if not node:
        return "", console.supervision, city
    if node not in known:
        raise HTTPException(404)
    return node, known[node], pb


async def parties(request: Request) -> Response:
    """The parties that have a file, that with the newest volume first."""
    node, asked, contract = asked_of(request)
    chosen = {
        "node": node,
        "number": filters.text(request, "number", 40),
        "name": filters.text(request, "name", 200),
    }
    wanted = contract.ListPartyFilesRequest(
        number=chosen["number"],
        name=chosen["name"],
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await asked.party_files(wanted)
    show = console_of(request).show(language_of(request))
    return page(
        request,
        "parties.html",
        files=found.files,
        f=chosen,
        nodes=filters.departments(show),
        start=address(HERE, **chosen) if wanted.page_token else "",
        following=address(HERE, **chosen, token=found.next_page_token) if found.next_page_token else "",
    )


async def party(request: Request) -> Response:
    """A page of the file of a party."""
    node, asked, contract = asked_of(request)
    party_id = request.path_params["party_id"]
    wanted = contract.ReadPartyFileRequest(
        party_id=party_id, page_size=VOLUMES, page_token=filters.text(request, "token", 400)
    )
    found = await asked.party_file(wanted)
    here = f"{HERE}/{party_id}"
    return page(
        request,
        "party.html",
        file=found.file,
        volumes=found.volumes,
        node=node,
        personal=personal(found.file),
        states=STATES,
        pages=PAGES,
        lists=[(name, address(f"{here}/list.{name}", node=node)) for name in FORMATS],
        start=address(here, node=node) if wanted.page_token else "",
        following=address(here, node=node, token=found.next_page_token) if found.next_page_token else "",
    )


async def contents(request: Request) -> Response:
    """The list of all that lies in a file, as a PDF or a workbook."""
    _node, asked, _contract = asked_of(request)
    if (form := FORMATS.get(request.path_params["format"])) is None:
        raise HTTPException(404)
    name, content = await asked.party_list(request.path_params["party_id"], form[0])
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=form[1], headers=headers)


ROUTES = [
    Route(HERE, parties),
    Route(f"{HERE}/{{party_id}}", party),
    Route(f"{HERE}/{{party_id}}/list.{{format}}", contents),
]
