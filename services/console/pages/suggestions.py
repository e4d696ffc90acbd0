"""The register of suggestions from outside: the list, and one of them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def suggestions(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListSuggestionsRequest(
        state=filters.enum(request, "state", "SuggestionState"),
        kind=filters.enum(request, "kind", "SuggestionKind"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.suggestions(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("SuggestionState", wanted.state) if wanted.state else "",
        "kind": short_enum("SuggestionKind", wanted.kind) if wanted.kind else "",
        "body": wanted.body_id,
    }
    return page(
        request,
        "suggestions.html",
        suggestions=found.suggestions,
        f=chosen,
        states=filters.choices(show, "SuggestionState"),
        kinds=filters.choices(show, "SuggestionKind"),
        pages=filters.pages(
            "/suggestions", chosen, seen, len(found.suggestions), found.total, found.next_page_token
        ),
    )


async def suggestion(request: Request) -> Response:
    found = await console_of(request).supervision.suggestion(request.path_params["suggestion_id"])
    return page(request, "suggestion.html", u=found.suggestion)


ROUTES = [
    Route("/suggestions", suggestions),
    Route("/suggestions/{suggestion_id}", suggestion),
]
