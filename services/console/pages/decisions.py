"""Major decisions: the list, one of them, what a person did in them, and what anybody may read."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.public import HOME
from services.console.render import address, page
from services.console.show import short_enum

PUBLIC = f"{HOME}/major-decisions"
YEAR = 2**31 - 1


def year(request: Request) -> int:
    return min(filters.number(request, "year"), YEAR)


async def decisions(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListMajorDecisionsRequest(
        state=filters.enum(request, "state", "MajorDecisionState"),
        year=year(request),
        overdue=filters.flag(request, "overdue"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.decisions(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("MajorDecisionState", wanted.state) if wanted.state else "",
        "year": str(wanted.year or ""),
        "overdue": "1" if wanted.overdue else "",
    }
    shown = len(found.major_decisions)
    return page(
        request,
        "decisions.html",
        decisions=found.major_decisions,
        f=chosen,
        states=filters.choices(show, "MajorDecisionState"),
        pages=filters.pages("/decisions", chosen, seen, shown, found.total, found.next_page_token),
    )


async def decision(request: Request) -> Response:
    console = console_of(request)
    found = await console.supervision.decision(request.path_params["decision_id"])
    heard = [who for each in found.major_decision.reviews for who in each.advisers]
    return page(
        request,
        "decision.html",
        d=found.major_decision,
        comments=found.comments,
        parts=found.responsibilities,
        people=await console.registry.names(heard),
    )


async def responsible(request: Request) -> Response:
    """What somebody did in decisions, however long ago."""
    person = filters.text(request, "person", 64)
    parts = (
        (await console_of(request).supervision.responsibilities(person, filters.PAGE)).responsibilities
        if person
        else ()
    )
    return page(request, "decision_people.html", person=person, parts=parts)


async def catalogue(request: Request) -> Response:
    """The catalogue of matters, the drafts before the public, and what was published."""
    console = console_of(request)
    asked = pb.ListDecisionCatalogueRequest(
        year=year(request), page_size=filters.PAGE, page_token=filters.text(request, "token", 400)
    )
    found = await console.public.catalogue(asked)
    drafts = await console.public.catalogue(
        pb.ListDecisionCatalogueRequest(open_for_comment=True, page_size=filters.PAGE)
    )
    published = await console.public.published_decisions(filters.PAGE)
    token, chosen = found.next_page_token, str(asked.year or "")
    return page(
        request,
        "open_major.html",
        matters=found.decisions,
        drafts=drafts.decisions,
        published=published.decisions,
        year=chosen,
        following=address(PUBLIC, year=chosen, token=token) if token else "",
    )


async def text(request: Request) -> Response:
    """The text of a published decision, or of a draft before the public with what was said of it."""
    found = await console_of(request).public.major_decision(request.path_params["decision_id"])
    return page(request, "open_major_decision.html", d=found)


ROUTES = [
    Route("/decisions", decisions),
    Route("/decisions/responsible", responsible),
    Route("/decisions/{decision_id}", decision),
    Route(PUBLIC, catalogue),
    Route(f"{PUBLIC}/{{decision_id}}", text),
]
