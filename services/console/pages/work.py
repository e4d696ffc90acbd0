"""What waits at a department or at the city: for which acts, with whom and since when, the longest waiting first; and handing
over what somebody has to do.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import work_pb2 as office

from services.console.console import Console, console_of, language_of
from services.console.pages import filters
from services.console.pages.acting import mark
from services.console.render import address, page
from services.kit.words import ROLES

# Those who act, in the order in which they do.
ACTING = ("HANDLING_OFFICER", "UNIT_HEAD", "LEGAL_REVIEWER", "CLERK", "AGENCY_HEAD", "FINANCE")
ACTING_AT_CITY = ("OVERSIGHT", "OVERSIGHT_HEAD", "UNIT_HEAD", "AGENCY_HEAD", "CLERK")
NOUNS = ("case", "advance_registration", "measure", "referral", "assistance", "enforcement", "court_enforcement",
         "credit_repair", "inspection", "inspection_plan")  # fmt: skip
NOUNS_AT_CITY = ("supervision_order", "complaint", "filing", "file_review", "reconsideration", "suit", "accountability",
                 "assessment", "officer_assessment", "normative_document", "document_filing", "document_request",
                 "document_cleanup", "major_decision", "work_task", "important_matter")  # fmt: skip
# Where the page of a record is; those that have none of their own are shown with their case, or in their list.
PAGES = {
    "case": "/cases/{}",
    "inspection": "/inspections/{}",
    "supervision_order": "/supervision/{}",
    "complaint": "/complaints/{}",
    "filing": "/filings/{}",
    "file_review": "/file-reviews/{}",
    "reconsideration": "/reconsiderations/{}",
    "suit": "/suits/{}",
    "accountability": "/accountability/{}",
    "assessment": "/assessments/{}",
    "officer_assessment": "/officer-assessments/{}",
    "normative_document": "/documents/{}",
    "major_decision": "/decisions/{}",
    "work_task": "/work-tasks/{}",
    "important_matter": "/important-matters/{}",
}


async def work(request: Request) -> Response:
    """The queue of one node; the first department's where none is named."""
    console, language = console_of(request), language_of(request)
    show, city = console.show(language), city_of(console)
    nodes = [*departments(console), *([city] if city else [])]
    node = filters.text(request, "node") or next(iter(nodes), "")
    if node not in nodes:
        raise HTTPException(404)
    wanted = asked(request, NOUNS_AT_CITY if node == city else NOUNS)
    if node == city:
        found: Any = await console.supervision.work(office.ListOfficeWorkRequest(**wanted))
    else:
        found = await departments(console)[node].work(pb.ListWorkRequest(**wanted))
    chosen = {
        "node": node,
        "noun": wanted["noun"],
        "role": filters.text(request, "role"),
        "officer": wanted["officer_id"],
        "q": wanted["query"],
        "days": wanted["days"],
    }
    unnamed = [o.officer_id for item in found.items for o in item.officers if not o.name]
    unnamed += [wanted["officer_id"]] if wanted["officer_id"] else []
    return page(
        request,
        "work.html",
        people=await console.registry.names(unnamed),
        items=found.items,
        f=chosen,
        at_city=node == city,
        mark=mark(),
        nodes=[(each, show.node(each)) for each in nodes],
        nouns=[(noun, show.t(f"noun.{noun}")) for noun in (NOUNS_AT_CITY if node == city else NOUNS)],
        roles=[(name, spoken(name, language)) for name in (ACTING_AT_CITY if node == city else ACTING)],
        waits_for=lambda item: waits_for(item, language),
        leads_to=leads_to,
        start=address("/work", **chosen) if wanted["page_token"] else "",
        following=address("/work", **chosen, token=found.next_page_token) if found.next_page_token else "",
    )


def departments(console: Console) -> dict[str, Any]:
    """The nodes of departments by their ids."""
    return {n.target.id: n for n in console.nodes if n.target.target != console.config.supervision}


def city_of(console: Console) -> str:
    """The id of the city's node; empty where this console is not told it."""
    return next((n.target.id for n in console.nodes if n.target.target == console.config.supervision), "")


def asked(request: Request, nouns: tuple[str, ...]) -> dict[str, Any]:
    """What is asked of either. Raises BadFilter."""
    role, noun = filters.text(request, "role"), filters.text(request, "noun", 40)
    if role and role not in ROLES:
        raise filters.BadFilter("role")
    if noun and noun not in nouns:
        raise filters.BadFilter("noun")
    return {
        "noun": noun,
        "role": Role.Value(f"ROLE_{role}") if role else Role.ROLE_UNSPECIFIED,
        "officer_id": filters.text(request, "officer", 64),
        "query": filters.text(request, "q"),
        "days": filters.number(request, "days"),
        "page_size": filters.PAGE,
        "page_token": filters.text(request, "token", 400),
    }


def spoken(role: str, language: str) -> str:
    """A role in words."""
    return ROLES[role][0 if language == "zh" else 1]


def waits_for(item: pb.WorkItem, language: str) -> list[tuple[str, str]]:
    """Who may lead on from here, and by which acts."""
    between, found = "、" if language == "zh" else ", ", dict[str, list[str]]()
    for act in item.acts:
        who = (act.actor_zh if language == "zh" else act.actor_en) or between.join(
            spoken(Role.Name(role).removeprefix("ROLE_"), language) for role in act.roles
        )
        found.setdefault(who, []).append(act.title_zh if language == "zh" else act.title_en)
    return [(who, between.join(acts)) for who, acts in found.items()]


def leads_to(item: pb.WorkItem) -> str:
    """The page of a record: its own, else that of its case; empty where there is neither."""
    if item.noun in PAGES:
        return PAGES[item.noun].format(item.record_id)
    return PAGES["case"].format(item.case_id) if item.case_id else ""


ROUTES = [Route("/work", work)]
