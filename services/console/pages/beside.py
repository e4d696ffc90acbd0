"""Lists of what runs beside cases: compulsory measures, referrals of suspected crimes, help between departments, civil disputes,
enforcements by the court, credit repairs; and supervision matters, each with its page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import assistance_pb2, beside_pb2, mediation_pb2, supervision_order_pb2

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum


@dataclass(frozen=True)
class Listing:
    """One list: what it asks of the city and with which request, the states it is narrowed by, the field of its records; `number`
    is the field of the request by which one is found.
    """

    path: str
    template: str
    asks: str
    request: Callable[..., Any]
    state: str
    field: str
    number: str = ""


LISTINGS = (
    Listing("/measures", "measures.html", "measures", beside_pb2.ListMeasuresRequest, "MeasureState", "measures"),
    Listing("/referrals", "referrals.html", "referrals", beside_pb2.ListReferralsRequest, "ReferralState", "referrals"),
    Listing(
        "/assistance",
        "assistance.html",
        "assistance",
        assistance_pb2.ListAssistanceRequest,
        "AssistanceState",
        "assistance",
    ),
    Listing(
        "/mediations",
        "mediations.html",
        "civil_disputes",
        mediation_pb2.ListCivilDisputesRequest,
        "MediationState",
        "mediations",
    ),
    Listing(
        "/supervision",
        "supervision_orders.html",
        "supervision_orders",
        supervision_order_pb2.ListSupervisionOrdersRequest,
        "SupervisionOrderState",
        "orders",
    ),
    Listing(
        "/court",
        "court_enforcements.html",
        "court_enforcements",
        beside_pb2.ListCourtEnforcementsRequest,
        "CourtEnforcementState",
        "court_enforcements",
    ),
    Listing(
        "/credit",
        "credit_repairs.html",
        "credit_repairs",
        beside_pb2.ListCreditRepairsRequest,
        "CreditRepairState",
        "credit_repairs",
    ),
)  # fmt: skip


def listed(of: Listing) -> Route:
    """The page of a list."""

    async def show_list(request: Request) -> Response:
        console = console_of(request)
        wanted = of.request(
            node=filters.text(request, "node", 32),
            state=filters.enum(request, "state", of.state),
            page_size=filters.PAGE,
            page_token=filters.text(request, "token", 400),
            **({of.number: filters.text(request, "q")} if of.number else {}),
        )
        found = await getattr(console.supervision, of.asks)(wanted)
        show, records = console.show(language_of(request)), getattr(found, of.field)
        state = short_enum(of.state, wanted.state) if wanted.state else ""
        chosen, seen = {"node": wanted.node, "state": state}, filters.number(request, "seen")
        if of.number:
            chosen["q"] = getattr(wanted, of.number)
        return page(
            request,
            of.template,
            records=records,
            f=chosen,
            nodes=filters.departments(show),
            states=filters.choices(show, of.state),
            pages=filters.pages(of.path, chosen, seen, len(records), found.total, found.next_page_token),
        )

    return Route(of.path, show_list)


async def supervision_order(request: Request) -> Response:
    """One supervision matter."""
    console = console_of(request)
    found = await console.supervision.supervision_order(request.path_params["order_id"])
    told = (each.officer_id for part in (found.escalations, found.person_proposals) for each in part)
    people = await console.registry.names([*found.supervisors, *(who for who in told if who)])
    return page(request, "supervision_order.html", people=people, o=found)


ROUTES = [
    *(listed(of) for of in LISTINGS),
    Route("/supervision/{order_id}", supervision_order),
]
