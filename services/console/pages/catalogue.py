"""The public catalogue: what is open, in five groups; the systems by which enforcement goes; and an item of a power list with its
bases, procedure, terms, standard and supervision (OPR-SUP 4; CITY-ERS 6(3); CBZ-2019-7 21).
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.registry.v1 import power_pb2
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import permit_pb2 as permits

from services.console.console import console_of
from services.console.pages import filters
from services.console.pages.public import HOME, LISTS
from services.console.render import address, page

# What is open, by the five that CBZ-2019-7 21 names, each with the pages that show it.
OPENNESS = {
    "decision": ("documents", "major"),
    "execution": ("plans", "inspections"),
    "management": ("bodies", "systems"),
    "service": ("permits", "promises", "charges", "complaint", "answers"),
    "result": ("decisions", "permit_decisions", "force"),
}
PATHS = {
    "documents": f"{HOME}/documents",
    "major": f"{HOME}/major-decisions",
    "plans": f"{HOME}/plans",
    "inspections": f"{HOME}/inspections",
    "bodies": f"{HOME}/bodies",
    "systems": f"{HOME}/systems",
    "permits": f"{HOME}/permits",
    "promises": f"{HOME}/promises",
    "charges": f"{HOME}/charges",
    "complaint": f"{HOME}/complaint",
    "answers": f"{HOME}/answers",
    **{key: path for key, path in LISTS.values()},
}
# What a power of a kind is measured by.
STANDARD = {power_pb2.POWER_KIND_PENALTY: "benchmark", power_pb2.POWER_KIND_PERMIT: "guide"}


async def catalogue(request: Request) -> Response:
    """What is open, and where it is read."""
    return page(request, "open_catalogue.html", groups=OPENNESS, paths=PATHS)


async def systems(request: Request) -> Response:
    """The compilation of systems: how each kind of power goes, and the documents in force."""
    public = console_of(request).public
    token = filters.text(request, "token", 400)
    asked = lists.ListDocumentsInForceRequest(page_size=filters.PAGE, page_token=token)
    documents = await public.documents(asked)
    following = (
        address(f"{HOME}/systems", token=documents.next_page_token) if documents.next_page_token else ""
    )
    return page(
        request,
        "open_systems.html",
        procedures=(await public.procedures()).procedures,
        documents=documents.documents,
        following=following,
    )


async def item(request: Request) -> Response:
    """An item of a published power list, with the standard that applies to it."""
    public = console_of(request).public
    found = await public.open_item(request.path_params["item_id"])
    its, here = found.item, f"{HOME}/items/{request.path_params['item_id']}"
    standard = STANDARD.get(its.kind, "")
    written = [f"《{basis.law}》{basis.article}" for basis in found.bases]
    guides, benchmarks = permits.ListPublishedPermitGuidesResponse(), None
    if standard == "guide":
        guides = await public.permit_guides(
            permits.ListPublishedPermitGuidesRequest(item_id=its.item_id, page_size=filters.PAGE)
        )
    if standard == "benchmark":
        benchmarks = await public.benchmarks(its.node, written, filters.text(request, "token", 400))
    moved = await public.transfers(its.body_id, filters.PAGE) if its.predecessor_id else None
    more = benchmarks.next_page_token if benchmarks else ""
    return page(
        request,
        "open_item.html",
        o=found,
        i=its,
        standard=standard,
        written=written,
        cited={basis.basis_id: said for basis, said in zip(found.bases, written, strict=True)},
        transfers=[
            each
            for each in (moved.transfers if moved else ())
            if any(gone.new_item_id == its.item_id for gone in each.items)
        ],
        guides=guides.guides,
        benchmarks=benchmarks.benchmarks if benchmarks else (),
        following=address(here, token=more) if more else "",
    )


ROUTES = [
    Route(f"{HOME}/catalogue", catalogue),
    Route(f"{HOME}/systems", systems),
    Route(f"{HOME}/items/{{item_id}}", item),
]
