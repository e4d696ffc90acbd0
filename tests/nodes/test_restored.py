"""A department, the city, the hub: each lost with all that it keeps, and there again. What others have is had back before anybody
writes; what nobody has is named, and its numbers are not used again.
"""

import asyncio
import gc
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.measure_pb2 import MEASURE_KIND_SEIZE, RELEASE_GROUND_NOT_NEEDED
from yifa.enforcement.v1.publication_pb2 import FORCE_RESULT_RELEASED
from yifa.journal.v1 import condition_pb2 as conditions
from yifa.journal.v1 import parked_pb2
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import warning_pb2

from services.cli.verifying import verify_service
from services.given.case import register_clue
from services.given.people import CLERK
from services.kit.backup.copy import copy_nodes
from services.kit.backup.manifest import unpacked
from services.kit.backup.restore import restore
from services.kit.backup.store import Folder
from services.kit.bus import connect, ensure_local_stream, stream_of
from services.kit.desk import envelope
from services.kit.dial import context
from services.kit.journal import Envelope, headers, seal, verify
from services.kit.node import Node
from services.kit.reader import inbox_prefix
from services.kit.settings import Settings
from services.kit.signature import signed
from services.kit.signing import own_key
from services.node.plan import plan
from services.node.serve import service
from tests.cable import free_base
from tests.city import City, rid, running
from tests.database import asked, lose_databases, opened, verified
from tests.enforcement.records_told import Besides, named
from tests.nodes.heads import heads, proved_offline, sign_all
from tests.story import Story

NODE = "huanbao"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """A city of which every part is lost once."""
    made = City(plan(tmp_path_factory.mktemp("lost") / "var", free_base(), share=0.0), cables=True)
    async for each in running(made):
        yield each


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(city: City) -> Story:
    return await Story(city).cast()


async def copied(city: City, node: str, to: Path) -> Path:
    await asyncio.to_thread(copy_nodes, [Settings.load(city.plan.settings(node))], Folder(to))
    return to


async def lose(city: City, node: str) -> None:
    """The machine is gone: process, databases, its NATS server and what that kept."""
    await city.stop_node(node)
    await city.servers[node].kill()
    for part in (node, f"nats/{node}"):
        shutil.rmtree(city.plan.var / part, ignore_errors=True)
    lose_databases(city.plan.var / node)


async def put_back(city: City, node: str, copies: Path, *, broken_off: bool = False) -> None:
    """Another machine with the copy. `broken_off`: its first start ends when its journals are whole and its rows are not."""
    store = Folder(copies)
    manifest = unpacked(store.manifest(store.names()[-1]), "")
    gc.collect()  # a process that ends lets go of everything, and this one goes on
    restore(store, manifest, manifest.nodes, city.plan.var, service)
    await city.servers[node].start()
    if broken_off:
        await killed_between(Settings.load(city.plan.settings(node)))
    await city.start_node(node)


async def killed_between(settings: Settings) -> None:
    """A start that ends after the journals were had back, and before anything of it is in the rows."""
    node = Node(settings, [service(name) for name in settings.services])
    nc = await node.bus()
    assert nc is not None
    await node.regain(nc)
    assert node.running("enforcement").reactor.regained.some
    await node.drain(nc)


def at_city(city: City) -> dict[str, set[int]]:
    """The numbers of the department's journals that the city received."""
    found = defaultdict(set)
    received = "SELECT service, journal_seq FROM received WHERE node = ?"
    for name, seq in asked(city.plan.var / "city" / "supervision.db", received, NODE):
        found[name].add(seq)
    return found


async def all_arrived(city: City) -> None:
    """Every entry of every journal of the department is at the city."""

    async def missing() -> dict[str, list[int]]:
        there, lost = at_city(city), {}
        for name in ("registry", "enforcement", "notifications"):
            seqs = {e.seq for e in await city.journal(NODE, name)}
            if less := sorted(seqs - there[name]):
                lost[name] = less
        return lost

    await city.eventually(missing, lambda lost: not lost, deadline=60)


async def chains(city: City, state: int = warning_pb2.WARNING_STATE_OPEN) -> list[warning_pb2.Warning]:
    asked = warning_pb2.ListWarningsRequest(rule_id="CHAIN", page_size=100)
    overseer = city.as_("city", "overseer-1", "OVERSIGHT")
    found = await city.stub("city", "supervision").ListWarnings(asked, metadata=overseer)
    return [w for w in found.warnings if w.state == state]


async def case_at(city: City, node: str, case_id: str) -> cases.Case:
    if node == "city":
        asked = views.GetCaseRequest(case_id=case_id)
        overseer = city.as_("city", "overseer-1", "OVERSIGHT")
        view = (await city.stub("city", "supervision").GetCase(asked, metadata=overseer)).case
        found: cases.Case = view.case
        return found
    head = ("head-1", "AGENCY_HEAD")
    there: cases.Case = (await city.say(node, "enforcement", "GetCase", head, case_id=case_id)).case
    return there


async def same_on_both_sides(city: City, case_id: str) -> cases.Case:
    here = await case_at(city, NODE, case_id)
    await city.eventually(
        lambda: case_at(city, "city", case_id), lambda there: there.version == here.version, deadline=60
    )
    return here


async def seized(city: City, story: Story) -> str:
    """Something was seized by another system of the department, made public, and given back: the number of the decision."""
    at = datetime.now(UTC) - timedelta(days=3)
    here = Besides(None, story.body.body_id, "", story.officers, at)  # type: ignore[arg-type]
    told, kind = here.teller(), {"measure_kind": MEASURE_KIND_SEIZE}
    here.seized(told)
    told.tell("publish_measure", CLERK[0], {"address": "门户网站"}, **kind)
    lifted = {"ground": RELEASE_GROUND_NOT_NEEDED, "cause": "不再需要"}
    told.tell("release_measure", story.heads[0], lifted, document_number="示扣解1号", **kind)
    for stage in told.stages:
        await city.say(NODE, "enforcement", "ReportStage", CLERK, stage=stage)
    return named(told.stages, "execute_measure").document_number


async def test_a_lost_department_has_back_what_it_wrote_after_its_copy(
    city: City, story: Story, tmp_path: Path
) -> None:
    """The journal, entry by entry and sealed as it was; the case in the state it had; the same request is not done twice."""
    await story.clue()
    copies = await copied(city, NODE, tmp_path / "copies")
    await story.act("FileCase")
    await city.eventually(lambda: story.act("AssignOfficers"))
    number = await seized(city, story)
    work, same = city.work(NODE), rid()
    later = (await register_clue(work, story.body.body_id, request_id=same)).case_id
    await same_on_both_sides(city, later)
    signed = await sign_all(city, NODE, "enforcement")
    before, case = await city.journal(NODE, "enforcement"), await case_at(city, NODE, story.case_id)

    await lose(city, NODE)
    await put_back(city, NODE, copies, broken_off=True)

    after = await city.journal(NODE, "enforcement")
    assert [e.hash for e in after[: len(before)]] == [e.hash for e in before]
    assert verify(map(envelope, after))[1] == []
    assert await case_at(city, NODE, story.case_id) == case and case.state == cases.CASE_STATE_INVESTIGATING
    with city.refused("REQUEST_DONE_BEFORE_RESTORE", code=grpc.StatusCode.ALREADY_EXISTS):
        await register_clue(work, story.body.body_id, request_id=same)
    assert (await case_at(city, NODE, later)).case_id == later
    told = await city.say(NODE, "enforcement", "ListPublishedDecisions", CLERK, document_number=number)
    assert [each.force.result for each in told.decisions] == [FORCE_RESULT_RELEASED]
    await story.evidence()
    await same_on_both_sides(city, story.case_id)
    # the head of after the copy is known again, and the next goes on from it
    assert (signed.origin, signed.size) in heads(city, NODE, "enforcement")
    assert (await sign_all(city, NODE, "enforcement")).from_size == signed.size
    await all_arrived(city)
    assert await chains(city) == []


async def test_a_lost_city_has_back_what_it_wrote_and_heard(city: City, story: Story, tmp_path: Path) -> None:
    copies = await copied(city, "city", tmp_path / "copies")
    body = await city.body()
    await story.evidence()
    case = await same_on_both_sides(city, story.case_id)
    before = {name: await city.journal("city", name) for name in ("registry", "supervision")}

    await lose(city, "city")
    await put_back(city, "city", copies)

    for name, entries in before.items():
        after = await city.journal("city", name)
        assert [e.hash for e in after[: len(entries)]] == [e.hash for e in entries], name
        assert verify(map(envelope, after))[1] == [], name
    there = await city.say("city", "registry", "GetBody", ("overseer-1", "OVERSIGHT"), body_id=body.body_id)
    assert there.body.name == body.name
    assert await case_at(city, "city", story.case_id) == case
    await all_arrived(city)
    assert await chains(city) == []


async def test_what_was_answered_while_the_node_ended_in_order_outlives_its_database(
    city: City, story: Story, tmp_path: Path
) -> None:
    """Calls that had begun are finished and answered though nobody relays any more: the node's stream has them before it ends."""
    copies = await copied(city, NODE, tmp_path / "copies")
    work, begun = city.work(NODE), [rid() for _ in range(60)]
    answered: dict[str, str] = {}

    async def ask(request: str) -> None:
        with suppress(grpc.aio.AioRpcError):
            answered[request] = (await register_clue(work, story.body.body_id, request_id=request)).case_id

    asking = [asyncio.create_task(ask(request)) for request in begun]
    await city.eventually(lambda: asyncio.sleep(0, answered))
    await city.stop_node(NODE)
    await asyncio.gather(*asking)
    await put_back(city, NODE, copies)

    told = {e.request_id for e in await city.journal(NODE, "enforcement")}
    assert answered and answered.keys() <= told, f"{len(answered.keys() - told)} of {len(answered)} are lost"


async def test_a_stream_with_a_hole_in_it_is_begun_anew(city: City, story: Story) -> None:
    """What was not at the hub yet is damaged on the department's disk: the journals have it."""
    await all_arrived(city)
    await city.cables[NODE].cut()
    for _ in range(8):
        await story.evidence()
    await city.servers[NODE].kill()
    for block in (city.plan.var / "nats" / NODE).rglob("*.blk"):
        data = bytearray(block.read_bytes())
        middle = len(data) * 9 // 10
        data[middle : middle + 400] = bytes(400)
        block.write_bytes(data)
    await city.servers[NODE].start()
    await city.cables[NODE].mend()

    await all_arrived(city)
    await same_on_both_sides(city, story.case_id)


async def test_what_only_the_city_kept_is_given_back(city: City, story: Story, tmp_path: Path) -> None:
    """The department is lost with its stream, and the hub with all that it has: the city has what came after the copy, each entry
    with the department's own signature. No number is lost, nobody is warned, and what is signed goes on.
    """
    copies = await copied(city, NODE, tmp_path / "copies")
    work, same = city.work(NODE), rid()
    clues = [(await register_clue(work, story.body.body_id)).case_id for _ in range(3)]
    clues.append((await register_clue(work, story.body.body_id, request_id=same)).case_id)
    signed = await sign_all(city, NODE, "enforcement")
    before = await city.journal(NODE, "enforcement")
    there = [await case_at(city, NODE, case_id) for case_id in clues]
    await all_arrived(city)

    await lose(city, NODE)
    await lose_hub(city)
    await put_back(city, NODE, copies)

    after = await city.journal(NODE, "enforcement")
    assert [e.hash for e in after[: len(before)]] == [e.hash for e in before]
    assert verify(map(envelope, after))[1] == []
    assert [await case_at(city, NODE, case_id) for case_id in clues] == there
    with city.refused("REQUEST_DONE_BEFORE_RESTORE", code=grpc.StatusCode.ALREADY_EXISTS):
        await register_clue(work, story.body.body_id, request_id=same)
    later = await register_clue(work, story.body.body_id)
    assert (await sign_all(city, NODE, "enforcement")).from_size == signed.size
    await same_on_both_sides(city, later.case_id)
    await all_arrived(city)
    assert await chains(city) == []


async def lose_hub(city: City) -> None:
    """Its server ends, and all that it kept is gone."""
    await city.servers["hub"].kill()
    shutil.rmtree(city.plan.var / "nats" / "hub" / "jetstream")
    await city.servers["hub"].start()


def put_wrong(city: City, first: Envelope) -> None:
    """The city's rows are not what the department sealed: one is another's act, sealed anew with its hash; the next one came
    before the city kept what it needs; what follows is changed and not sealed anew.
    """
    theirs = "UPDATE received SET {} WHERE node = ? AND service = 'enforcement' AND journal_seq {} ?"
    forged = replace(first, actor="O-forged")
    forged = replace(forged, hash=seal(forged.prev_hash, *astuple(forged)[2:-6]))
    assert forged.sealed()
    with opened(city.plan.var / "city" / "supervision.db") as database:
        changed, of_before = theirs.format("actor = ?, hash = ?", "="), "signature = '', prev_hash = NULL"
        database.execute(changed, (forged.actor, forged.hash, NODE, first.seq))
        database.execute(theirs.format(of_before, "="), (NODE, first.seq + 1))
        database.execute(theirs.format("actor = 'O-forged'", ">"), (NODE, first.seq + 1))


async def test_what_nobody_can_give_back_is_named_and_its_numbers_are_not_used_again(
    city: City, story: Story, tmp_path: Path
) -> None:
    """Of what came after the copy only the newest entry is left on the bus, and what the city has is not what the department
    signed: it is refused. The city names what it kept; later acts flow, and are signed and countersigned again, with every entry
    that is left.
    """
    old = await sign_all(city, NODE, "enforcement")
    copies = await copied(city, NODE, tmp_path / "copies")
    [last_kept] = (await city.journal(NODE, "enforcement"))[-1:]
    for _ in range(3):
        await story.evidence()
    [first, *_, newest] = (await city.journal(NODE, "enforcement"))[last_kept.seq :]
    await all_arrived(city)

    await lose(city, NODE)
    put_wrong(city, envelope(first))
    await lose_hub(city)
    await city.servers[NODE].start()
    await publish_alone(city, envelope(newest))
    await put_back(city, NODE, copies)

    [begun, *_] = await city.journal(NODE, "enforcement", from_seq=last_kept.seq + 1)
    assert begun.type == "yifa.journal.v1.EpochBegun"
    assert (begun.seq, begun.prev_hash) == (newest.seq + 1, last_kept.hash)
    await story.evidence()
    [warning] = await city.eventually(lambda: chains(city), deadline=60)
    lost = range(last_kept.seq + 1, newest.seq + 1)
    assert warning.node == NODE and all(f"{seq} " in warning.detail_zh for seq in lost), warning.detail_zh
    _, faults = verify(map(envelope, await city.journal(NODE, "enforcement")))
    assert [f.seq for f in faults] == [begun.seq]
    later = await register_clue(city.work(NODE), story.body.body_id)
    await same_on_both_sides(city, later.case_id)
    await all_arrived(city)
    new = await sign_all(city, NODE, "enforcement")
    assert [w.warning_id for w in await chains(city)] == [warning.warning_id]
    whole = old.origin
    assert new.origin == f"{whole}/{begun.seq}" and new.from_size == 0
    assert {origin for origin, _ in heads(city, NODE, "enforcement")} == {
        whole,
        new.origin,
        f"{new.origin}/{old.size + 1}",
    }
    await proved_offline(city, NODE, 1, last_kept.seq, begun.seq)
    live = await verify_service(city.plan, next(s for s in city.plan.sites if s.id == NODE), "enforcement")
    at_rest = verified(city.plan.var / NODE / "enforcement.db", city.plan.var / "city" / "supervision.db")
    for checked in (live, at_rest):
        assert {f.seq for f in checked.faults} == {begun.seq, *lost}, checked.faults
        assert checked.signed_up_to == begun.seq + new.size - 1

    # the copy of before the epoch once more: this time all is had back, over the numbers that were lost
    before = await city.journal(NODE, "enforcement")
    await lose(city, NODE)
    await put_back(city, NODE, copies)
    after = await city.journal(NODE, "enforcement")
    assert [e.hash for e in after[: len(before)]] == [e.hash for e in before]
    await story.evidence()
    assert (await sign_all(city, NODE, "enforcement")).from_size == new.size
    await all_arrived(city)
    assert [w.warning_id for w in await chains(city)] == [warning.warning_id]


async def publish_alone(city: City, e: Any) -> None:
    """Make the department's stream, with one entry in it."""
    site = next(site for site in city.plan.sites if site.id == NODE)
    seed = (city.plan.keys / NODE / "app.nk").read_text().strip()
    tls = context(city.plan.trust(NODE))
    nc = await connect(
        f"tls://{site.nats}", nkey_seed=seed, name="test", tls=tls, inbox_prefix=inbox_prefix(NODE)
    )
    own = own_key(Settings.load(city.plan.settings(NODE)))
    assert own is not None
    try:
        await ensure_local_stream(nc.jetstream(), NODE)
        subject = f"evt.{e.to}.{e.service}.{e.type.rpartition('.')[2]}"
        await nc.jetstream().publish(
            subject, e.data, headers=headers(e, TRACE, signed([e], own.signer)[0]), stream=stream_of(NODE)
        )
    finally:
        await nc.close()


async def parked_of(city: City, service: str) -> dict[str, str]:
    """What is parked at the department, each with its reason."""
    asked = parked_pb2.ListParkedRequest(service=service)
    reply = await city.stub(NODE, "journal").ListParked(asked, metadata=city.as_(NODE, "ops", "SYSTEM"))
    return {e.entry.event_id: e.error for e in reply.events}


async def test_what_only_the_city_kept_is_named_where_the_department_went_on_without_it(
    city: City, story: Story, tmp_path: Path
) -> None:
    """The city is silent when the department is there again. It goes on and says so; once the city answers, each entry that only
    the city had is named to the department's people, and the city is warned of the two histories. Both stay at the city.
    """
    settings = city.plan.settings(NODE)
    settings.write_text(settings.read_text("utf-8") + "\n[restore]\ncity_seconds = 0.5\n", "utf-8")
    copies = await copied(city, NODE, tmp_path / "copies")
    work = city.work(NODE)
    lost = [(await register_clue(work, story.body.body_id)).case_id for _ in range(3)]
    before = await city.journal(NODE, "enforcement")
    await all_arrived(city)
    known = {w.warning_id for w in await chains(city)}

    await lose(city, NODE)
    await city.stop_node("city")
    await lose_hub(city)
    await put_back(city, NODE, copies)
    told = await city.eventually(
        lambda: city.status(NODE),
        lambda s: any(a.kind == conditions.ALERT_KIND_CITY_UNASKED for a in s.alerts),
    )
    assert all("市级" in a.message_zh for a in told.alerts if a.kind == conditions.ALERT_KIND_CITY_UNASKED)
    later = await register_clue(work, story.body.body_id)
    # and a process that ends meanwhile asks on
    await city.stop_node(NODE)
    await city.start_node(NODE)
    await city.start_node("city")

    there = [e.event_id for e in before if e.subject_id in lost]
    named = await city.eventually(
        lambda: parked_of(city, "enforcement"), lambda found: {*there} <= found.keys(), deadline=60
    )
    assert all("市级未答复" in named[e] and "went on before" in named[e] for e in there)
    kept = parked_pb2.RetryParkedRequest(service="enforcement", event_id=there[0])
    with city.refused("STILL_FAILING"):
        await city.stub(NODE, "journal").RetryParked(kept, metadata=city.as_(NODE, "ops", "SYSTEM"))
    await city.eventually(
        lambda: city.status(NODE),
        lambda s: not any(a.kind == conditions.ALERT_KIND_CITY_UNASKED for a in s.alerts),
    )
    await same_on_both_sides(city, later.case_id)
    for case_id in lost:
        assert (await case_at(city, "city", case_id)).case_id == case_id
    found = await city.eventually(
        lambda: chains(city), lambda all_: {w.warning_id for w in all_} > known, deadline=60
    )
    assert any(w.node == NODE and "两份记录" in w.detail_zh for w in found), [w.detail_zh for w in found]
