"""The register of suits: the list, and one of them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import suit_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


async def suits(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListSuitsRequest(
        state=filters.enum(request, "state", "SuitState"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.suits(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("SuitState", wanted.state) if wanted.state else "",
        "body": wanted.body_id,
    }
    return page(
        request,
        "suits.html",
        suits=found.suits,
        f=chosen,
        states=filters.choices(show, "SuitState"),
        pages=filters.pages("/suits", chosen, seen, len(found.suits), found.total, found.next_page_token),
    )


async def suit(request: Request) -> Response:
    console = console_of(request)
    u = (await console.supervision.suit(request.path_params["suit_id"])).suit
    took_part = [*u.answer.advisers, *(who for each in u.hearings for who in each.advisers)]
    return page(request, "suit.html", u=u, people=await console.registry.names(took_part))


ROUTES = [
    Route("/suits", suits),
    Route("/suits/{suit_id}", suit),
]
