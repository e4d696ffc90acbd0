"""What is held is auctioned to pay a fine, where no remedy was used and nothing was paid on the demand (ACL 46(3))."""

from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1 import surcharge_pb2 as remedies

from services.given import measure as given
from tests.enforcement.court import Court
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, START, Dossier, serial, stamp
from tests.enforcement.test_measure import power
from tests.enforcement.test_surcharge import remedy, remedy_end


async def seized(d: Department) -> tuple[Dossier, pb.Measure]:
    """Held for sixty days by a decision that was served on 10 March, and reconsidered at once."""
    dossier = await d.investigating()
    item = await power(d, dossier.body_id)
    measure = await given.ask(d.do, dossier.case_id, item, dossier.who, pb.MEASURE_KIND_SEIZE)
    await given.approve(d.do, measure.measure_id)
    things = [given.thing(mark=f"SN-{next(serial)}")]
    taken = given.execution(d.now, dossier.ids, things=things)
    await given.take(d.do, measure.measure_id, taken)
    await d.do(
        "ExtendMeasure", HEAD, measure_id=measure.measure_id, days=30, complexity="跨省取证", tell_time=stamp(d.now),
        told_reasons="情况复杂",
    )  # fmt: skip
    await d.evidence(dossier)
    await d.report(dossier, dossier.proposal)
    await d.act("SubmitForReview", dossier)
    await d.act("ConcludeReview", dossier)
    await d.notice(dossier)
    d.now = START + 8 * DAY
    await d.decide(dossier)
    await d.serve(dossier)
    return dossier, measure


async def auction(d: Department, measure: pb.Measure) -> pb.Measure:
    reply = await d.do(
        "AuctionThings", HEAD, measure_id=measure.measure_id, auctioneer="示例拍卖行", note="成交"
    )
    return reply.measure  # type: ignore[no-any-return]


async def demanded(d: Department, dossier: Dossier) -> None:
    """The remedies are over, and ten days were given to pay."""
    await remedy(d, dossier)
    await remedy_end(d, dossier)
    d.now += 17 * DAY
    court = await Court(d, dossier).begin()
    await court.demand(term_end_time=stamp(d.now + 10 * DAY))


async def test_after_the_remedies_and_the_demand_and_not_before(department: Department) -> None:
    dossier, measure = await seized(department)

    async def refused(*reasons: str, **more: Any) -> None:
        async with department.refused(*reasons, law="ACL-2011:46(3)", **more):
            await auction(department, measure)

    await refused("AUCTION_TOO_EARLY")
    await demanded(department, dossier)
    await refused("AUCTION_TOO_EARLY")
    department.now += 10 * DAY + timedelta(seconds=1)
    sold = await auction(department, measure)

    assert (sold.state, sold.end.receiver) == (pb.MEASURE_STATE_AUCTIONED, "示例拍卖行")
    assert department.names(measure.measure_id)[-1] == "ThingsAuctioned"


async def test_not_where_the_party_sued(department: Department) -> None:
    dossier, measure = await seized(department)
    await demanded(department, dossier)
    await remedy(department, dossier, remedies.REMEDY_KIND_SUIT)
    department.now += 11 * DAY

    async with department.refused("AUCTION_TOO_EARLY"):
        await auction(department, measure)


async def test_not_where_the_fine_is_paid(department: Department) -> None:
    dossier, measure = await seized(department)
    await demanded(department, dossier)
    department.now += 11 * DAY
    left = await department.do("GetOwed", CLERK, case_id=dossier.case_id)
    await department.pay(dossier, left.owed.total.fen / 100)

    async with department.refused("NOTHING_DUE", law="ACL-2011:46(3)"):
        await auction(department, measure)
