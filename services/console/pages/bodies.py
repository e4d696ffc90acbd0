"""Bodies: the list, and all the law that binds one of them, on one screen."""

import asyncio
from collections import defaultdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import address, page
from services.console.show import Show
from services.law.bound import bound
from services.law.calendar import SHANGHAI
from services.law.citation import cite, statute_of
from services.law.words import LAYERS, Words, of_amount, of_number, of_person, of_term


async def bodies(request: Request) -> Response:
    registry = console_of(request).registry
    found, gaps = await asyncio.gather(
        registry.bodies(filters.PAGE, filters.text(request, "token", 400)), registry.leading_group_gaps()
    )
    lacks: defaultdict[str, list[int]] = defaultdict(list)
    for gap in gaps.gaps:
        lacks[gap.body_id].append(gap.lack)
    following = address("/bodies", token=found.next_page_token) if found.next_page_token else ""
    return page(
        request, "bodies.html", bodies=found.bodies, following=following, sector=titled(request), lacks=lacks
    )


async def body(request: Request) -> Response:
    """What binds a body today, as far as the city knows: what an agency orders for itself is its own."""
    console = console_of(request)
    found = await console.registry.body(request.path_params["body_id"])
    registry = console.registry
    advisers, heads, groups, gaps = await asyncio.gather(
        registry.advisers(found.body_id),
        registry.head_trainings(found.body_id),
        registry.leading_groups(found.body_id),
        registry.leading_group_gaps(found.body_id),
    )
    show = console.show(language_of(request))
    sector, today = console.config.sector_of(found.field), console.now().astimezone(SHANGHAI).date()
    return page(
        request,
        "body.html",
        body=found,
        advisers=advisers.advisers,
        heads=heads.heads,
        groups=groups.groups,
        lacks=[gap.lack for gap in gaps.gaps],
        law=bound(console.config.law, sector, today),
        layers=LAYERS,
        say=lambda words: said(show, words),
        cited=lambda law: articles(show, law),
        term=lambda term: said(show, of_term(term)),
        number=lambda holds: said(show, of_number(holds.value, holds.unit)),
        extension=lambda e: said(show, lengthened(e.amount, e.unit, e.by)),
    )


def titled(request: Request) -> object:
    """What the sector of a field is called; empty for one that no pack names."""
    config, show = console_of(request).config, console_of(request).show(language_of(request))

    def title(field: str) -> str:
        layer = config.law.layer(config.sector_of(field))
        return show.pick(layer, "title") if layer else ""

    return title


def said(show: Show, words: Words) -> str:
    """A pair in the language of the page."""
    return words[show.language == "en"]


def articles(show: Show, law: str) -> list[str]:
    """The articles of a citation; in Chinese by the short title, so that a line holds them."""
    found = []
    for part in filter(None, law.split(";")):
        statute = statute_of(part)
        found.append(show.pick(cite(part), "text").replace(f"《{statute.title_zh}》", statute.short_zh))
    return found


def lengthened(amount: int | None, unit: str, by: str) -> Words:
    """An extension: how long, and who grants it."""
    (zh, en), (by_zh, by_en) = of_amount(amount, unit), of_person(by)
    return f"{zh}，{by_zh}批准", f"{en}, by the {by_en}"


ROUTES = [Route("/bodies", bodies), Route("/bodies/{body_id}", body)]
