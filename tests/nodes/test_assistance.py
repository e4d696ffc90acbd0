"""One department asks another for help in the running city: both sides, and the city, hold the same (APL 26)."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest_asyncio
from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases

from services.given import case as given
from services.given.people import HEAD, OVERSIGHT, UNIT
from services.given.say import patient
from services.kit.time import wall
from tests.city import City
from tests.enforcement.samples import stamp

SERIAL = count(1)
HOME, OTHER = "huanbao", "chengguan"


class Sides:
    """Two departments, one of which helps the other, and the city above them."""

    def __init__(self, city: City, case: cases.Case, helper: str) -> None:
        self.city, self.case, self.helper, self.id = city, case, helper, ""

    async def act(self, node: str, rpc: str, by: tuple[str, ...], **more: Any) -> pb.Assistance:
        fields = {"assistance_id": self.id} | more
        return (await patient(self.city.say)(node, "enforcement", rpc, by, **fields)).assistance

    async def ask(self) -> pb.Assistance:
        said = {
            "case_id": self.case.case_id,
            "body_id": self.helper,
            "subject": f"勘验现场{next(SERIAL)}",
            "reason": "核实违法建设情况",
            "wanted_time": stamp(wall() + timedelta(days=20)),
        }
        asked = (await patient(self.city.say)(HOME, "enforcement", "AskAssistance", UNIT, **said)).assistance
        self.id = asked.assistance_id
        return asked

    async def seen(self, node: str, state: int) -> pb.Assistance:
        """What a node knows of the request, once it stands so there."""
        service, by = ("supervision", OVERSIGHT) if node == "city" else ("enforcement", HEAD)

        async def look() -> Any:
            found = await self.city.say(node, service, "ListAssistance", by, case_id=self.case.case_id)
            return next((x for x in found.assistance if x.assistance_id == self.id), None)

        return await self.city.eventually(look, lambda x: x is not None and x.state == state)


@pytest_asyncio.fixture(loop_scope="session")
async def sides(city: City) -> Sides:
    body, helper = await city.body(HOME), await city.body(OTHER)
    case = await given.register_clue(patient_of(city), body.body_id)
    return Sides(city, case, helper.body_id)


def patient_of(city: City) -> Any:
    say = patient(city.say)

    async def do(rpc: str, by: tuple[str, ...], /, **fields: Any) -> Any:
        return await say(HOME, "enforcement", rpc, by, **fields)

    return do


async def test_help_is_asked_accepted_and_answered_between_two_departments(sides: Sides) -> None:
    await sides.ask()
    there = await sides.seen(OTHER, pb.ASSISTANCE_STATE_ASKED)
    await sides.seen("city", pb.ASSISTANCE_STATE_ASKED)
    assert there.case_id == sides.case.case_id and there.document_number

    await sides.act(OTHER, "AcceptAssistance", UNIT)
    await sides.seen(HOME, pb.ASSISTANCE_STATE_RECEIVED)
    with sides.city.refused("ASSISTANCE_SIDE"):
        await sides.city.say(
            HOME, "enforcement", "AnswerAssistance", UNIT, assistance_id=sides.id, answer="替答"
        )
    papers = [{"title": "勘验笔录", "location": "城管档案室"}]
    await sides.act(OTHER, "AnswerAssistance", UNIT, answer="已勘验", papers=papers)

    mine = await sides.seen(HOME, pb.ASSISTANCE_STATE_ANSWERED)
    known = await sides.seen("city", pb.ASSISTANCE_STATE_ANSWERED)
    assert mine == known == await sides.seen(OTHER, pb.ASSISTANCE_STATE_ANSWERED)
    assert mine.papers[0].title == "勘验笔录"


async def test_what_is_declined_is_ruled_on_by_the_city(sides: Sides) -> None:
    await sides.ask()
    await sides.seen(OTHER, pb.ASSISTANCE_STATE_ASKED)
    await sides.act(OTHER, "DeclineAssistance", HEAD, reason="不属于本机关职权范围")
    await sides.seen(HOME, pb.ASSISTANCE_STATE_DECLINED)
    rule = {"assistance_id": sides.id, "help": True, "opinion": "属于其职权范围，应当协助"}
    await sides.seen("city", pb.ASSISTANCE_STATE_DECLINED)
    with sides.city.refused("ACT_NOT_OPEN"):
        await sides.city.say("city", "supervision", "RuleOnAssistance", OVERSIGHT, **rule)

    await sides.act(HOME, "ObjectToDecline", HEAD, objection="现场在其辖区")
    await sides.seen("city", pb.ASSISTANCE_STATE_OBJECTED)
    await sides.city.say("city", "supervision", "RuleOnAssistance", OVERSIGHT, **rule)

    ruled = await sides.seen(OTHER, pb.ASSISTANCE_STATE_RECEIVED)
    assert ruled == await sides.seen(HOME, pb.ASSISTANCE_STATE_RECEIVED)
    assert ruled.ruling.help and ruled.ruling.decider == OVERSIGHT[0]
    await sides.act(OTHER, "AnswerAssistance", UNIT, answer="已勘验")
    await sides.seen(HOME, pb.ASSISTANCE_STATE_ANSWERED)


async def test_what_happens_while_the_other_department_is_away_is_heard_later(sides: Sides) -> None:
    await sides.city.stop_node(OTHER)
    await sides.ask()
    await sides.seen("city", pb.ASSISTANCE_STATE_ASKED)

    await sides.city.start_node(OTHER)

    await sides.seen(OTHER, pb.ASSISTANCE_STATE_ASKED)
    await sides.act(OTHER, "AcceptAssistance", UNIT)
    await sides.seen(HOME, pb.ASSISTANCE_STATE_RECEIVED)
