"""Over the real bus: nothing is lost or done twice when the process is killed, and the city hears of what went wrong."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outside_pb2 as outside
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.notifications.v1 import notification_pb2
from yifa.supervision.v1 import case_view_pb2, watch_pb2
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1 import supervision_service_pb2_grpc as rpc

from services.kit.bus import connect, ensure_local_stream
from services.kit.dial import channel, context
from services.kit.forwarder import forward
from services.kit.publish import Outgoing, publish_batch
from services.kit.reader import inbox_prefix
from services.kit.settings import Settings
from services.kit.signing import own_key
from services.kit.time import set_clock
from services.node.nats import Server
from services.node.plan import DEPARTMENTS, Plan, lay_out, plan
from services.node.serve import keep_the_hub
from tests.cable import free_base
from tests.city import City, rid
from tests.database import asked
from tests.supervision.office import CITY, Journal, at, lawful, new_case

DEADLINE = 60.0
ROOT = Path(__file__).parents[2]


class Process:
    """The supervision service in a process of its own."""

    def __init__(self, site: Plan):
        self.site = site
        self.process: asyncio.subprocess.Process | None = None
        self.channel = channel(site.target(CITY))
        self.stub = rpc.SupervisionServiceStub(self.channel)
        self.metadata = (("authorization", f"Bearer {site.token('oversight-1', CITY, 'OVERSIGHT')}"),)

    async def start(self) -> None:
        log = self.site.log("supervision").open("ab")
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.supervision", str(self.site.settings(CITY))),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/proto/gen"},
            stderr=log,
        )

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def overview(self) -> overviews.GetOverviewResponse:
        request = overviews.GetOverviewRequest()
        return await self.stub.GetOverview(
            request, metadata=self.metadata, wait_for_ready=True, timeout=DEADLINE
        )

    async def until(self, holds: Callable[[overviews.GetOverviewResponse], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not holds(await self.overview()):
                await asyncio.sleep(0.002)

    async def events(self, last: int) -> list[case_view_pb2.TimelineEntry]:
        """Every event from the first to position `last`."""
        request = watch_pb2.WatchRequest(after_position=0)
        call = self.stub.Watch(request, metadata=self.metadata, wait_for_ready=True)
        got: list[case_view_pb2.TimelineEntry] = []
        async with asyncio.timeout(DEADLINE):
            while len(got) < last:
                response = await call.read()
                if response.HasField("entry"):
                    got.append(response.entry)
        call.cancel()
        return got


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Plan]:
    """A city with a department: their NATS servers and the hub between, and the files of their nodes."""
    made = plan(tmp_path, free_base(), departments=DEPARTMENTS[:1], share=0.0, checkpoint=0.0)
    lay_out(made)
    with made.settings(CITY).open("a") as city:
        # however slow the machine is, nobody gives up to hear of certificates
        city.write("\n[supervision]\ncertificate_grace_seconds = 600\n")
    set_clock(made.clock, at("2026-03-20 11:00"))
    servers = [Server(made.nats_conf("hub"), made.hub, made.log("nats-hub"))]
    servers += [Server(made.nats_conf(s.id), s.nats, made.log(f"nats-{s.id}")) for s in made.sites]
    await asyncio.gather(*(server.start() for server in servers))
    keeping = asyncio.create_task(keep_the_hub(Settings.load(made.settings("hub"))))
    yield made
    keeping.cancel()
    await asyncio.gather(*(server.stop() for server in servers))


@pytest.fixture
async def process(site: Plan) -> AsyncIterator[Process]:
    process = Process(site)
    await process.start()
    yield process
    await process.channel.close()
    await process.kill()


async def test_killed_in_the_middle_it_loses_and_doubles_nothing(site: Plan, process: Process) -> None:
    """Every case was decided without notice: one event in, one warning and its event back."""
    cases = 600
    async with journal_of(site) as (nc, journal):
        for first in range(0, cases, 100):
            await publish_batch(nc, [decided_without_notice(journal, n) for n in range(first, first + 100)])

        await process.until(lambda overview: overview.events > cases // 4)
        await process.kill()
        await process.start()
        events = await process.events(2 * cases)

    assert [e.position for e in events] == list(range(1, 2 * cases + 1))
    assert [e.journal_seq for e in events if e.service == "enforcement"] == list(range(1, cases + 1))
    assert [e.journal_seq for e in events if e.service == "supervision"] == list(range(1, cases + 1))
    assert (await process.overview()).open_warnings == cases


async def test_killed_in_the_middle_it_knows_what_is_wrong_and_what_it_could_not_judge(
    site: Plan, process: Process
) -> None:
    """Officers are assigned, of whose certificates nobody has told yet, nor of who heads the body; then it is decided without
    notice; a third of the cases come while the process is dead."""
    cases, told = 600, 3 * 600

    async with journal_of(site) as (nc, journal):

        async def tell(first: int, until: int) -> None:
            for n in range(first, until, 50):
                some = [
                    (assigned(journal, m), decided_without_notice(journal, m, 2)) for m in range(n, n + 50)
                ]
                await publish_batch(nc, [event for both in some for event in both])

        await tell(0, 400)
        await process.until(lambda overview: overview.events > cases // 4)
        await process.kill()
        cut = views(site)
        await tell(400, cases)
        await process.start()
        await process.events(told)

    known = views(site)
    [(warned, not_judged)] = set(known.values())
    assert 0 < len(cut) <= 400 and cut.keys() < known.keys() and len(known) == cases
    assert warned == 1 and {about for _, about in not_judged} == {"", "O-1", "O-2"}
    # of some cases only the officers were known yet
    assert all(open_ones <= warned and set(listed) <= set(not_judged) for open_ones, listed in cut.values())
    assert (await process.overview()).open_warnings == cases
    raised = warnings_told(site)
    assert len(raised) == len(set(raised)) == cases


def rows(site: Plan, statement: str) -> list[tuple[Any, ...]]:
    return asked(site.var / CITY / "supervision.db", statement)


def views(site: Plan) -> dict[str, tuple[int, tuple[tuple[str, str], ...]]]:
    """Of each case that is kept: how many warnings about how it was handled are open, and what was not judged of whom."""
    kept = rows(site, "select case_id, warned, cast(not_judged as text) from caseview")
    return {
        case_id: (warned, tuple((each["reason"], each["about"]) for each in json.loads(listed)))
        for case_id, warned, listed in kept
    }


def warnings_told(site: Plan) -> list[str]:
    """The warnings that were announced."""
    return [
        subject for (subject,) in rows(site, "select subject from journal where type like '%WarningRaised'")
    ]


@asynccontextmanager
async def journal_of(site: Plan) -> AsyncIterator[tuple[Client, Journal]]:
    """The bus of the department's node, whose events go on to the hub, and the journal of its enforcement."""
    [department] = site.departments
    settings = Settings.load(site.settings(department.id))
    seed = settings.file("nats", "nkey").read_text().strip()
    url = settings.section("nats")["url"]
    tls = context(site.trust(department.id))
    nc = await connect(url, nkey_seed=seed, tls=tls, inbox_prefix=inbox_prefix(department.id))
    await ensure_local_stream(nc.jetstream(), department.id)
    forwarding = asyncio.create_task(forward(nc, department.id))
    own = own_key(settings)
    assert own is not None
    yield nc, Journal(department.id, "enforcement", signer=own.signer)
    forwarding.cancel()
    await nc.close()


def decided_without_notice(journal: Journal, n: int, version: int = 1) -> Outgoing:
    case = lawful(new_case(f"C-{n}", journal.node))
    case.version = version
    case.ClearField("notice")
    return outgoing(journal, events.DecisionMade(case=case), "2026-03-20 10:00")


def assigned(journal: Journal, n: int) -> Outgoing:
    case = new_case(f"C-{n}", journal.node)
    case.version, case.state = 1, case_pb2.CASE_STATE_INVESTIGATING
    return outgoing(journal, events.OfficersAssigned(case=case), "2026-03-03 10:00")


def outgoing(journal: Journal, event: Any, when: str) -> Outgoing:
    told = journal.entry(event, at(when), event.case.case_id)
    return Outgoing(f"evt.city.enforcement.{told.type}", dict(told.headers), told.data)


async def test_breach_on_paper_is_noticed_and_told_to_the_department(city: City) -> None:
    """A department reports a case that was decided on paper, without notice and by one officer."""
    body = await city.body("huanbao")
    officer, number = await city.certified(body)
    watching = city.stub("city", "supervision").Watch(
        watch_pb2.WatchRequest(only_warnings=True), metadata=city.as_("city", "oversight-1", "OVERSIGHT")
    )
    await watching.read()

    case = await city.eventually(lambda: report(city, body.body_id, officer.officer_id, number))
    warned = {w.warning.rule_id: w async for w in two(watching, case.case_id)}

    assert set(warned) == {"EW-05", "EW-09"}
    assert warned["EW-05"].warning.node == "huanbao"
    head = city.as_("huanbao", "head-1", "AGENCY_HEAD")
    inbox = city.stub("huanbao", "notifications")
    request = notification_pb2.ListInboxRequest(page_size=500)
    await city.eventually(
        lambda: inbox.ListInbox(request, metadata=head),
        lambda reply: any(n.case_id == case.case_id for n in reply.notifications),
    )


async def report(city: City, body_id: str, officer_id: str, number: str) -> case_pb2.Case:
    told = case_pb2.Case(
        body_id=body_id,
        case_number=f"示罚立〔2026〕{rid()[:8]}号",
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例公司"),
        violation=penalties.Violation(title="示例违法行为", occur_time=at("2026-01-05 10:00")),
        officers=[case_pb2.AssignedOfficer(officer_id=officer_id, certificate_number=number)],
        file_time=at("2026-02-02 10:00"),
        assign_time=at("2026-02-03 10:00"),
        decision=case_pb2.Decision(
            document_number=f"示罚决〔2026〕{rid()[:8]}号",
            decider="head-1",
            decide_time=at("2026-03-02 10:00"),
            penalty=penalties.Penalty(kinds=[penalties.PENALTY_KIND_FINE], fine={"fen": 1_000_000}),
        ),
    )
    request = outside.ReportOutsideCaseRequest(request_id=rid(), case=told)
    metadata = city.as_("huanbao", "clerk-1", "CLERK")
    return (await city.stub("huanbao", "enforcement").ReportOutsideCase(request, metadata=metadata)).case


async def two(call: Any, case_id: str) -> AsyncIterator[watch_pb2.WatchResponse]:
    """Warnings about one case until both of the rules that it breaks have spoken."""
    rules: set[str] = set()
    async with asyncio.timeout(DEADLINE):
        while rules != {"EW-05", "EW-09"}:
            response = await call.read()
            if response.warning.case_id == case_id and response.warning.rule_id in {"EW-05", "EW-09"}:
                rules.add(response.warning.rule_id)
                yield response
    call.cancel()
