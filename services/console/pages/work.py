"""What waits at a department: for which acts, with whom and since when, the longest waiting first."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import address, page
from services.kit.words import ROLES

# Those who act in a case, in the order in which they do.
ACTING = ("HANDLING_OFFICER", "UNIT_HEAD", "LEGAL_REVIEWER", "CLERK", "AGENCY_HEAD", "FINANCE")


async def work(request: Request) -> Response:
    """One department's queue; the first department's where none is named."""
    console, language = console_of(request), language_of(request)
    show = console.show(language)
    departments = {n.target.id: n for n in console.nodes if n.target.target != console.config.supervision}
    node = filters.text(request, "node") or next(iter(departments), "")
    if node not in departments:
        raise HTTPException(404)
    role = filters.text(request, "role")
    if role and role not in ROLES:
        raise filters.BadFilter("role")
    wanted = pb.ListWorkRequest(
        role=Role.Value(f"ROLE_{role}") if role else Role.ROLE_UNSPECIFIED,
        query=filters.text(request, "q"),
        days=filters.number(request, "days"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await departments[node].work(wanted)
    chosen = {"node": node, "role": role, "q": wanted.query, "days": wanted.days}
    return page(
        request,
        "work.html",
        items=found.items,
        f=chosen,
        departments=[(each, show.node(each)) for each in departments],
        roles=[(name, spoken(name, language)) for name in ACTING],
        waits_for=lambda item: waits_for(item, language),
        start=address("/work", **chosen) if wanted.page_token else "",
        following=address("/work", **chosen, token=found.next_page_token) if found.next_page_token else "",
    )


def spoken(role: str, language: str) -> str:
    """A role in words."""
    return ROLES[role][0 if language == "zh" else 1]


def waits_for(item: pb.WorkItem, language: str) -> list[tuple[str, str]]:
    """Who may lead on from here, and by which acts."""
    between, found = "、" if language == "zh" else ", ", dict[str, list[str]]()
    for act in item.acts:
        who = between.join(spoken(Role.Name(role).removeprefix("ROLE_"), language) for role in act.roles)
        found.setdefault(who, []).append(act.title_zh if language == "zh" else act.title_en)
    return [(who, between.join(acts)) for who, acts in found.items()]


ROUTES = [Route("/work", work)]
