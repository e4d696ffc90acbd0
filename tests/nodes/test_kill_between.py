"""What one side did is known on the other once, though the process of one is killed -9 in between."""

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import grpc
from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.registry.v1 import post_pb2

from services.given import case as given
from services.given import reconsideration, registry
from services.given.people import HEAD, OVERSIGHT, ROSTER, UNIT
from services.given.say import patient, request
from services.kit.desk import envelope
from services.kit.time import wall
from tests.city import City
from tests.database import asked
from tests.enforcement.samples import stamp
from tests.nodes.conftest import NODE, Process

OTHER = "chengguan"
ASKED, RECEIVED, ANSWERED = (
    pb.ASSISTANCE_STATE_ASKED,
    pb.ASSISTANCE_STATE_RECEIVED,
    pb.ASSISTANCE_STATE_ANSWERED,
)


async def test_help_is_asked_and_answered_once_though_who_asked_dies(apart: tuple[City, Process]) -> None:
    """Killed while it asks, and again while it is told: each side holds each request once, and the same."""
    city, process = apart
    body, helper = await city.body(NODE), await city.body(OTHER)
    case = await given.register_clue(partial(patient(city.say), NODE, "enforcement"), body.body_id)
    soon = stamp(wall() + timedelta(days=20))
    about = {"case_id": case.case_id, "body_id": helper.body_id, "reason": "核实", "wanted_time": soon}
    stub, unit = city.stub(NODE, "enforcement"), city.as_(NODE, *UNIT)
    wanted = [request("enforcement", "AskAssistance", subject=f"勘验{n}", **about) for n in range(30)]
    await city.eventually(lambda: stub.AskAssistance(wanted[0], metadata=unit))
    answered: dict[str, str] = {}
    few = asyncio.Semaphore(4)

    async def ask(asked: Any) -> None:
        async with few:
            await try_to(asked)

    async def try_to(asked: Any) -> None:
        with suppress(grpc.aio.AioRpcError):
            reply = await stub.AskAssistance(asked, metadata=unit, timeout=30)
            answered[asked.request_id] = reply.assistance.assistance_id
            if len(answered) == 8:
                await process.kill()

    await asyncio.gather(*map(ask, wanted[1:]))
    before = dict(answered)
    assert 8 <= len(before) < 29, "killed in the middle"
    await process.start()
    again = await asyncio.gather(*(stub.AskAssistance(a, metadata=unit, timeout=30) for a in wanted))
    by_request = {a.request_id: r.assistance.assistance_id for a, r in zip(wanted, again, strict=True)}
    ids = set(by_request.values())
    there = partial(known, city, OTHER, case.case_id)
    await city.eventually(there, lambda found: set(found) == ids and set(found.values()) == {ASKED})

    await process.kill()
    say = patient(city.say)
    for each in ids:
        await say(OTHER, "enforcement", "AcceptAssistance", UNIT, assistance_id=each)
    await process.start()
    here = partial(known, city, NODE, case.case_id)
    await city.eventually(here, lambda found: RECEIVED in found.values())
    await process.kill()
    for each in ids:
        await say(OTHER, "enforcement", "AnswerAssistance", UNIT, assistance_id=each, answer="已勘验")
    await process.start()

    assert before.items() <= by_request.items() and len(ids) == 30
    mine = await city.eventually(here, lambda found: set(found.values()) == {ANSWERED})
    assert mine == await there()
    told = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    asked = [e.subject for e in told if e.type.endswith("AssistanceAsked")]
    assert sorted(asked) == sorted(ids), "each is asked once"
    numbers = await listed(city, NODE, case.case_id)
    assert len({each.document_number for each in numbers}) == 30


async def test_a_head_appointed_before_the_kill_decides_after_it_and_one_removed_does_not(
    apart: tuple[City, Process],
) -> None:
    """The registry is answered and dies before anybody reads it: cases know of the head once, and of the end of the post."""
    city, process = apart
    body = await city.body(NODE)
    say = patient(city.say)
    made = [await given.register_clue(partial(say, NODE, "enforcement"), body.body_id) for _ in range(2)]

    head, _ = await registry.appoint_heads(city.say, body)
    await process.kill()
    await process.start()
    await say(NODE, "enforcement", "FileCase", (head, HEAD[1]), case_id=made[0].case_id)
    rows = terms(city, body.body_id)
    assert sorted(term["rank"] for term in rows) == [post_pb2.POST_RANK_CHIEF, post_pb2.POST_RANK_DEPUTY]

    [held] = (await say(NODE, "registry", "ListAppointments", ROSTER, officer_id=head)).appointments
    ended = {"appointment_id": held.appointment_id, "cause": "免职"}
    await say(NODE, "registry", "EndAppointment", ROSTER, **ended)
    await process.kill()
    await process.start()
    await city.eventually(
        partial(open_obstacles, city, made[1].case_id, head), lambda found: "HEAD_NOT_IN_OFFICE" in found
    )
    with city.refused("HEAD_NOT_IN_OFFICE"):
        await city.say(NODE, "enforcement", "FileCase", (head, HEAD[1]), case_id=made[1].case_id)
    assert len(terms(city, body.body_id)) == 2


async def listed(city: City, node: str, case_id: str) -> list[pb.Assistance]:
    found = await city.say(node, "enforcement", "ListAssistance", HEAD, case_id=case_id, page_size=100)
    return list(found.assistance)


async def known(city: City, node: str, case_id: str) -> dict[str, int]:
    """How each request for help in a case stands at a node."""
    found = await listed(city, node, case_id)
    assert len({each.assistance_id for each in found}) == len(found)
    return {each.assistance_id: each.state for each in found}


async def open_obstacles(city: City, case_id: str, head: str) -> set[str]:
    acts = (await city.say(NODE, "enforcement", "ListOpenActs", (head, HEAD[1]), case_id=case_id)).acts
    return {o.reason for act in acts for o in act.obstacles}


def terms(city: City, body_id: str) -> list[dict[str, Any]]:
    """What enforcement keeps of the heads of a body."""
    database = city.plan.var / NODE / "enforcement.db"
    [(kept,)] = asked(database, "select cast(terms as text) from heads where body_id = ?", body_id)
    return list(json.loads(kept))


async def decided(city: City) -> given.Dossier:
    """A case of the department whose decision was served."""
    body = await city.body(NODE)
    handlers = [(await registry.certified_officer(city.say, body))[0].officer_id for _ in range(2)]
    heads = await registry.appoint_heads(city.say, body)
    bands = [given.band("1", 20_000, 200_000)]
    benchmark = {"code": "1-1", "statute": "示例法", "violation": "示例违法行为", "bands": bands}
    await city.work(NODE)("PublishBenchmark", HEAD, benchmark=benchmark)
    return await given.case_up_to(city.work(NODE), "SERVED", body.body_id, handlers, heads=heads)


async def test_a_case_follows_the_reconsideration_of_its_decision_once_though_its_department_dies(
    apart: tuple[City, Process],
) -> None:
    """Dead while the city serves the decision, and again while it takes it in: the case holds it once, and the register knows."""
    city, process = apart
    say = patient(city.say)
    dossier = await decided(city)
    seen = partial(city.say, "city", "supervision", "GetCase", OVERSIGHT, case_id=dossier.case_id)
    await city.eventually(seen, lambda found: found.case.case.HasField("service"))
    for person in reconsideration.REVIEWERS:
        await reconsideration.enter(say, person, wall())
    about = {"case_id": dossier.case_id, "applicant": "两次中断申请公司"}
    key = (await reconsideration.register(say, dossier.body_id, wall(), **about)).reconsideration_id
    await process.kill()
    for rpc in reconsideration.STEPS:
        await reconsideration.handle(say, key, rpc, wall())
    await process.start()
    ended = partial(city.say, NODE, "enforcement", "GetCase", HEAD, case_id=dossier.case_id)
    await city.eventually(ended, lambda found: found.case.outcomes)
    await process.kill()
    await process.start()

    joined = partial(city.say, "city", "supervision", "GetReconsideration", OVERSIGHT, reconsideration_id=key)
    entry = (
        await city.eventually(joined, lambda found: found.reconsideration.HasField("outcome"))
    ).reconsideration
    case = (await city.eventually(ended)).case
    told = [envelope(e) for e in await city.journal(NODE, "enforcement")]
    names = [e.type.rpartition(".")[2] for e in told if e.subject == dossier.case_id]
    assert [o.document for o in case.outcomes] == [entry.outcome.document] == [entry.decision.document]
    assert [names.count(n) for n in ("ReconsiderationRecorded", "DecisionUpheld")] == [1, 1]
