"""An auction of what is held, at the city: each of its rules bites alone, and a lawful one raises nothing (ACL 46(3))."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1 import surcharge_pb2 as remedies

from services.given import measure as given
from services.given.measure import stamp
from tests.supervision.enforcing import BEGUN, Told
from tests.supervision.office import OPEN, Office, at, lawful, new_case, running_office

SERIAL = count(1)
HELD, SOLD = at("2026-03-25 10:00"), at("2026-04-20 10:00")
AUCTION, TERM = "ACL-2011:46(3)", "ACL-2011:28(1)[4];ACL-2011:33(1)[4]"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("auction")
    async with running_office(folder, "2026-05-20 09:00") as office:
        yield office


async def served(city: Office, ended: bool = True, paid: bool = False) -> cases.Case:
    """Served on 10 March; reconsidered and upheld, so that the time to sue is over on 7 April."""
    case = lawful(new_case(f"C-{next(SERIAL)}"), fine=100_000, when="2026-03-09 10:00")
    case.state = cases.CASE_STATE_SERVED
    case.service.receipt = "送达回证"
    case.service.serve_time.CopyFrom(stamp(at("2026-03-10 00:00")))
    if ended:
        case.remedies.add(
            kind=remedies.REMEDY_KIND_RECONSIDERATION, end=remedies.REMEDY_END_UPHELD,
            begin_time=stamp(at("2026-03-11 10:00")), end_time=stamp(at("2026-03-20 10:00")),
        )  # fmt: skip
    if paid:
        case.payments.add(amount={"fen": 100_000}, pay_time=stamp(at("2026-03-24 10:00")))
        case.paid.fen = 100_000
    await city.tell(case, "DecisionServed", "2026-03-10 00:00")
    return case


async def sold(city: Office, case: cases.Case, when: datetime = SOLD, **demand: Any) -> None:
    own = Told(city, case, {f"demand__{name}": value for name, value in demand.items()})
    await own.tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    await own.demanded()
    measure = pb.Measure(
        measure_id=f"M-{case.case_id}", case_id=case.case_id, node=case.node, sector=case.sector,
        kind=pb.MEASURE_KIND_SEIZE, state=pb.MEASURE_STATE_EXECUTED,
    )  # fmt: skip
    measure.execution.CopyFrom(given.execution(HELD, ["O-1", "O-2"]))
    measure.execution.things[0].mark = measure.measure_id
    await city.tell_beside(measure, "ThingsSeized", HELD)
    measure.state = pb.MEASURE_STATE_AUCTIONED
    measure.end.receiver, measure.end.note = "示例拍卖行", "成交"
    measure.end.end_time.CopyFrom(stamp(when))
    await city.tell_beside(measure, "ThingsAuctioned", when)


async def warned(city: Office, case_id: str) -> set[str]:
    """The articles on the auction under which there is a warning."""
    found = (await city.case(case_id)).warnings
    return {w.citation.code for w in found if w.state == OPEN} & {AUCTION, *TERM.split(";"), TERM}


async def test_a_lawful_auction_raises_nothing(city: Office) -> None:
    case = await served(city)
    await sold(city, case)

    assert await warned(city, case.case_id) == set()
    assert not {n.reason for n in (await city.case(case.case_id)).not_judged} & {
        "AUCTION_TOO_EARLY",
        "TERM_OVER",
    }


@pytest.mark.parametrize(
    ("given_case", "demand"),
    [
        ({"ended": False}, {}),
        ({"paid": True}, {}),
        ({}, {"rights_told": False}),
        ({}, {"term_end_time": SOLD + timedelta(days=1)}),
    ],
    ids=("a remedy may be used", "nothing is owed", "the demand is not whole", "its term runs"),
)
async def test_each_rule_on_an_auction_bites_alone(
    city: Office, given_case: dict[str, bool], demand: dict[str, Any]
) -> None:
    case = await served(city, **given_case)
    await sold(city, case, **demand)

    async def told() -> bool:
        return AUCTION in await warned(city, case.case_id)

    await city.until(told, AUCTION)


async def test_nothing_is_auctioned_when_the_term_of_the_measure_is_over(city: Office) -> None:
    case = await served(city)
    await sold(city, case, HELD + timedelta(days=32))

    async def told() -> bool:
        return bool(await warned(city, case.case_id) - {AUCTION})

    await city.until(told, "the term")
