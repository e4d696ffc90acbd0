"""The superior of a body: named by the city's registrar, held to rules, and known at every node (R-152)."""

from functools import partial

import grpc
import pytest
from yifa.registry.v1 import body_pb2

from services.given.people import credit_code
from tests.registry.test_bodies import Hall
from tests.registry.town import SERIAL

LAW = "EX-ERS"


@pytest.fixture
def hall(town):
    return Hall(town)


async def name(hall, body, superior: str):
    request = body_pb2.NameSuperiorBodyRequest(
        body_id=body.body_id, superior_body_id=superior, document="示例编办〔2026〕2号"
    )
    return (await hall.at_city("NameSuperiorBody", request)).body


async def test_a_body_names_the_one_above_it_and_every_node_knows(town, hall):
    above, town_body = await hall.published(), await hall.published("TOWNSHIP", node="chengguan")

    named = await name(hall, town_body, above.body_id)

    assert (named.superior_body_id, named.superior_body_name) == (above.body_id, above.name)
    assert named.superior_document == "示例编办〔2026〕2号" and named.version == town_body.version + 1
    for node in ("huanbao", "chengguan"):
        ask = partial(town.get_body, node, town_body.body_id)
        assert await town.seen(ask, lambda found: found.version == named.version) == named
    none = await name(hall, town_body, "")
    assert (none.superior_body_id, none.superior_body_name) == ("", "")


async def test_a_superior_is_another_body_in_force(town, hall):
    body, proposed, ended = await hall.published(), await hall.propose(), await hall.published()
    await hall.at_city("WithdrawBody", body_pb2.WithdrawBodyRequest(body_id=ended.body_id, cause="机构改革"))

    for wrong in ("B-none", proposed.body_id, ended.body_id, body.body_id):
        with town.refused("SUPERIOR_INVALID", law=LAW):
            await name(hall, body, wrong)
    with town.refused("ACT_NOT_OPEN", grpc.StatusCode.FAILED_PRECONDITION):
        await name(hall, ended, body.body_id)
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await name(hall, body_pb2.EnforcementBody(body_id="B-none"), body.body_id)


async def test_a_superior_is_of_no_lower_level(town, hall):
    """A town is below every other; a city is above its counties."""
    agency, lower = await hall.published(), await hall.published("TOWNSHIP")
    county = await hall.published(
        unified_social_credit_code=credit_code(600_000 + next(SERIAL), area="440703")
    )

    for wrong, level in ((lower, "town"), (county, "county")):
        with town.refused("SUPERIOR_INVALID", law=LAW, level="city", superior_level=level):
            await name(hall, agency, wrong.body_id)
    assert (await name(hall, county, agency.body_id)).superior_body_id == agency.body_id
    assert (await name(hall, lower, county.body_id)).superior_body_id == county.body_id


async def test_superiors_make_no_circle(town, hall):
    first, second, third = [await hall.published() for _ in range(3)]
    await name(hall, first, second.body_id)
    await name(hall, second, third.body_id)

    for wrong in (first, second):
        with town.refused("SUPERIOR_INVALID", law=LAW, superior=wrong.body_id):
            await name(hall, third, wrong.body_id)
    await name(hall, first, "")
    assert (await name(hall, third, first.body_id)).superior_body_id == first.body_id
