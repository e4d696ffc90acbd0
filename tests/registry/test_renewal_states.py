"""Every state on the way to a certificate is reached over the public calls, and refuses what is not in the table."""

import pytest
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2
from yifa.registry.v1 import qualification_pb2 as asked

from services.law.procedures.officer import QUALIFICATION, QUALIFICATION_TABLE
from tests.registry.desk import Desk
from tests.registry.town import CITY


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


async def nominated(town, desk):
    officer = await town.register(await town.body(), nominate=True)
    await town.known(CITY, officer, "CANDIDATE")
    return officer


async def check(town, desk, officer, found: bool = True) -> None:
    request = asked.CheckEligibilityRequest(
        officer_id=officer.officer_id, on_establishment=found, opinion="编制核查"
    )
    await desk.ask(CITY, "CheckEligibility", request, "OVERSIGHT")


async def post(town, desk, officer) -> None:
    await desk.ask(CITY, "PostName", asked.PostNameRequest(officer_id=officer.officer_id))


async def checked(town, desk, found: bool):
    officer = await nominated(town, desk)
    await check(town, desk, officer, found)
    return officer


async def graded(town, *scores: int):
    officer = await town.examinee()
    for score in scores:
        await town.examine(officer, score)
    return officer


async def posted(town, desk):
    officer = await graded(town, 80)
    await post(town, desk, officer)
    return officer


async def enrolled(town):
    return await town.register(await town.body())


WAYS = {
    "CANDIDATE": nominated,
    "ELIGIBLE": lambda town, desk: checked(town, desk, True),
    "REJECTED": lambda town, desk: checked(town, desk, False),
    "TRAINING": lambda town, desk: enrolled(town),
    "EXAM_READY": lambda town, desk: town.examinee(),
    "EXAM_PASSED": lambda town, desk: graded(town, 80),
    "EXAM_FAILED": lambda town, desk: graded(town, 20),
    "REMOVED": lambda town, desk: graded(town, 20, 30),
    "PUBLICISED": posted,
    "CERTIFIED": lambda town, desk: town.certified(),
}
ACTS = {
    "RECORD_TRAINING": lambda town, desk, officer: town.train(officer, 1),
    "PASS_EXAM": lambda town, desk, officer: town.examine(officer, 90),
    "FAIL_EXAM": lambda town, desk, officer: town.examine(officer, 10),
    "PASS_ELIGIBILITY": check,
    "FAIL_ELIGIBILITY": lambda town, desk, officer: check(town, desk, officer, False),
    "POST_NAME": post,
}


def test_the_ways_reach_every_state():
    assert set(WAYS) == set(QUALIFICATION_TABLE.states) - {""}


@pytest.mark.parametrize("state", WAYS)
async def test_a_state_refuses_what_is_not_open_and_says_what_is(town, desk, state):
    reached = await WAYS[state](town, desk)
    officer = reached[0] if isinstance(reached, tuple) else reached
    for node in (CITY, "huanbao"):
        await town.known(node, officer, state)

    here = QUALIFICATION_TABLE.open(state)
    opened = ",".join(dict.fromkeys(move.method for move in here))
    for act in set(ACTS) - {move.act for move in here}:
        method = QUALIFICATION.named(act).method
        with town.refused("ACT_NOT_OPEN", act=method, state=state, open_acts=opened):
            await ACTS[act](town, desk, officer)
    await town.known(CITY, officer, state)


async def test_who_is_not_on_the_establishment_is_not_found_eligible(town, desk):
    """Whatever a department told of the person."""
    officer = await nominated(town, desk)
    told = officer_pb2.Officer(
        officer_id=officer.officer_id,
        name=officer.name,
        body_id=officer.body_id,
        node=officer.node,
        unit=officer.unit,
        post=officer.post,
        staff_kind=officer_pb2.STAFF_KIND_CONTRACT,
        register_time=officer.register_time,
        nominated=True,
        version=officer.version + 1,
    )
    await town.announce(officer.node, events.OfficerRegistered(officer=told))
    ask = lambda: town.get_officer(CITY, officer)  # noqa: E731
    await town.seen(ask, lambda reply: reply.officer.staff_kind == told.staff_kind)

    with town.refused("NOT_ELIGIBLE_STAFF", law="EX-CERT"):
        await check(town, desk, officer)
