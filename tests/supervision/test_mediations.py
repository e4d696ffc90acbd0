"""Civil disputes as the city hears of them: in whatever order, and from their own department only (CITY-ERS 6(6))."""

from typing import Any

import pytest
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import mediation_pb2 as enforcement
from yifa.supervision.v1 import mediation_pb2 as pb

from tests.supervision.office import ENVIRONMENT, URBAN, Office, at

WHEN = "2026-03-02 10:00"
REGISTERED, AGREED = enforcement.MEDIATION_STATE_RECORDED, enforcement.MEDIATION_STATE_AGREED


def mediation(version: int, state: int, **more: Any) -> enforcement.Mediation:
    said = {"mediation_id": "ME-1", "node": ENVIRONMENT, "body_name": "示例局", "subject": "鱼塘受损"}
    return enforcement.Mediation(version=version, state=state, **(said | more))


def told(office: Office, name: str, its: enforcement.Mediation, node: str = ENVIRONMENT) -> Any:
    event = getattr(events, name)(mediation=its)
    return office.journal(node, "enforcement").entry(event, at(WHEN), its.mediation_id)


async def listed(office: Office, **wanted: Any) -> list[enforcement.Mediation]:
    return list((await office.call("ListCivilDisputes", pb.ListCivilDisputesRequest(**wanted))).mediations)


@pytest.mark.parametrize("late", [False, True])
async def test_the_city_knows_where_a_dispute_stands_in_whatever_order_it_hears(
    office: Office, late: bool
) -> None:
    office.clock(WHEN)
    both = [
        told(office, "GroupMatterRegistered", mediation(1, REGISTERED, group=True, people=40)),
        told(office, "MediationAgreed", mediation(2, AGREED, group=True, people=40)),
    ]

    await office.take(*(reversed(both) if late else both))

    [its] = await listed(office, only_group=True)
    assert (its.state, its.people) == (AGREED, 40)
    assert await listed(office, state=AGREED, node=ENVIRONMENT) == [its]
    assert not await listed(office, node=URBAN) and not await listed(office, state=REGISTERED)


async def test_no_department_speaks_of_anothers(office: Office) -> None:
    office.clock(WHEN)
    await office.take(told(office, "MediationRegistered", mediation(1, REGISTERED)))

    await office.take(told(office, "MediationAgreed", mediation(2, AGREED), URBAN))

    assert [m.state for m in await listed(office)] == [REGISTERED] and office.running.parked() == 1
