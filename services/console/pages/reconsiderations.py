"""The register of reconsiderations: the list, and one of them."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.work import city_of
from services.console.render import address, page
from services.console.show import short_enum


async def reconsiderations(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListReconsiderationsRequest(
        state=filters.enum(request, "state", "ReconsiderationState"),
        body_id=filters.text(request, "body", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.reconsiderations(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("ReconsiderationState", wanted.state) if wanted.state else "",
        "body": wanted.body_id,
    }
    return page(
        request,
        "reconsiderations.html",
        reconsiderations=found.reconsiderations,
        f=chosen,
        desk=address("/work", node=city_of(console), noun="reconsideration") if city_of(console) else "",
        states=filters.choices(show, "ReconsiderationState"),
        pages=filters.pages(
            "/reconsiderations", chosen, seen, len(found.reconsiderations), found.total, found.next_page_token
        ),
    )


async def reconsideration(request: Request) -> Response:
    console = console_of(request)
    supervision = console.supervision
    found, people = await asyncio.gather(
        supervision.reconsideration(request.path_params["reconsideration_id"]), supervision.reconsiderers()
    )
    names = {**people, **await console.registry.names(found.reconsideration.reply.advisers)}
    return page(request, "reconsideration.html", people=names, u=found.reconsideration)


ROUTES = [
    Route("/reconsiderations", reconsiderations),
    Route("/reconsiderations/{reconsideration_id}", reconsideration),
]
