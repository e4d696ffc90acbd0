"""A node: its services in one process, their NATS connection and their gRPC server, from start to drain."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from sqlalchemy.exc import DBAPIError
from yifa.access.v1 import access_service_pb2
from yifa.journal.v1 import journal_service_pb2
from yifa.law.v1 import calendar_service_pb2, edition_service_pb2

from services.kit.access import Gate
from services.kit.accounts.reception import Reception
from services.kit.backup.broken_off import check_whole
from services.kit.bus import BusError, connect, ensure_local_stream
from services.kit.calendar import Calendars
from services.kit.catching_up.later import ask_later
from services.kit.catching_up.run import Patience, regain, settle
from services.kit.checkpoint.keeping import keep_checkpoints
from services.kit.condition import Condition
from services.kit.connection import Connection
from services.kit.desk import Desk
from services.kit.dial import context, open_port, trust_of
from services.kit.door import Door
from services.kit.forwarder import Link, Progress, forward
from services.kit.found import found
from services.kit.given_back import give_back
from services.kit.growth import let_replies_go
from services.kit.hold import Hold, hold
from services.kit.issuers import Issuers
from services.kit.member import Member
from services.kit.offered import Offered
from services.kit.reader import filters, inbox_prefix, read_hub, read_local
from services.kit.rebuild.take import take_over
from services.kit.reflection import tell_contracts
from services.kit.relay import hand_over, relay
from services.kit.rpc import LARGEST_REQUEST
from services.kit.service import Running, Service
from services.kit.settings import Settings
from services.kit.telemetry import Telemetry
from services.kit.time import wall
from services.kit.touched import Editions
from services.kit.unknown import Unknown

log = logging.getLogger(__name__)
# Before a task that failed begins anew.
PAUSE = 5.0
# More than a request may have, so that it is refused with its reason and not by the transport.
MESSAGE_BYTES = 4 * LARGEST_REQUEST
GRACE = 5.0
ACCESS = access_service_pb2.DESCRIPTOR.services_by_name["AccessService"]
JOURNAL = journal_service_pb2.DESCRIPTOR.services_by_name["JournalService"]
CALENDAR = calendar_service_pb2.DESCRIPTOR.services_by_name["CalendarService"]
EDITION = edition_service_pb2.DESCRIPTOR.services_by_name["EditionService"]


class Node:
    """The services of one process at a node. Without a NATS URL in its settings it serves and reacts to nothing."""

    def __init__(self, settings: Settings, services: Sequence[Service], telemetry: Telemetry | None = None):
        self.settings = settings
        check_whole(settings)
        self.trust, self.patience = trust_of(settings), Patience.of(settings)
        self.gate = Gate(Issuers.of(settings), settings.node, settings.city)
        self.door = Door(settings)
        self.holds: list[Hold] = []
        try:
            self.holds += (hold(found(settings, s.name), f"{s.name}@{settings.node}") for s in services)
            for service in services:
                take_over(service, settings)
            self.services = [Member(s, settings, self.gate, telemetry, self.door) for s in services]
        except BaseException:
            self.let_go()
            raise
        self.progress = Progress()
        self.condition = Condition(settings, self.services, self.progress)
        self.started = wall()
        self.port = 0
        self.refusing: set[str] = set()
        """The services whose databases refuse writes."""
        self.ready = asyncio.Event()
        self.server: grpc.aio.Server | None = None

    def running(self, name: str) -> Member:
        return next(r for r in self.services if r.name == name)

    async def serve(self) -> None:
        """Run until cancelled, then drain. What writes, sends and reads ends the node with its error when it dies; a service's
        own tasks begin anew.
        """
        nc = None
        try:
            nc = await self.bus()
            if nc is not None:
                await self.regain(nc)
            async with asyncio.TaskGroup() as tasks:
                for running in self.services:
                    tasks.create_task(running.writer.guard(), name=f"{running.title} writer")
                tasks.create_task(self.keep_hold(), name=f"{self.settings.node} hold")
                if nc is not None:
                    self.exchange(tasks, nc)
                    await self.hand_back(nc)
                    await self.settle()
                for running in self.services:
                    tasks.create_task(running.keeper.run(), name=f"{running.title} calendar")
                    signing = going_on(keep_checkpoints, running)
                    tasks.create_task(signing, name=f"{running.title} checkpoints")
                    for task in running.service.background:
                        tasks.create_task(going_on(task, running), name=f"{running.title} {task.__name__}")
                    replies = let_replies_go(running, self.condition.limits, self.condition.replies)
                    tasks.create_task(replies, name=f"{running.title} replies")
                tasks.create_task(self.gate.keep_up(), name=f"{self.settings.node} tokens")
                await self.listen()
                look = partial(self.condition.run, nc, self.tell_health)
                tasks.create_task(through_faults(look), name=f"{self.settings.node} condition")
                self.ready.set()
                await asyncio.Event().wait()
        finally:
            await self.drain(nc)

    async def keep_hold(self) -> None:
        """See to it that the databases stay this process's alone. Raises Taken when another one has one of them."""
        while True:
            await asyncio.sleep(PAUSE)
            for held in self.holds:
                await asyncio.to_thread(held.keep)

    def let_go(self) -> None:
        """Let another process have the databases."""
        for held in self.holds:
            held.release()

    async def bus(self) -> Connection | None:
        """The connection to the node's own NATS server, its stream made sure of."""
        nats = self.settings.section("nats")
        if not (url := nats.get("url")):
            return None
        for key in ("key", "directory"):
            # what it sends has to be known for its own, and what it hears for its sender's
            self.settings.file("sign", key)
        seed = self.settings.file("nats", "nkey").read_text().strip()
        name = f"{self.settings.node}:{','.join(r.name for r in self.services)}"
        inbox = inbox_prefix(self.settings.node)
        nc = await connect(url, nkey_seed=seed, name=name, tls=context(self.trust), inbox_prefix=inbox)
        while True:
            try:
                js, most = nc.jetstream(), self.condition.limits.stream_bytes
                await ensure_local_stream(js, self.settings.node, max_bytes=most)
                return nc
            except BusError as problem:
                log.info("%s: waiting for the node's stream: %s", self.settings.node, problem)
                await asyncio.sleep(0.2)

    async def regain(self, nc: Connection) -> None:
        """Have back what the journals lost, before anything is written."""
        patience = self.patience
        for running in self.services:
            patience = await regain(running, nc, patience)

    async def settle(self) -> None:
        """Hear again what came since, where entries were had back."""
        sources = ["local", *filters(self.settings.node, self.settings.city)]
        for running in self.services:
            read = sources if running.service.reactions else []
            await settle(running, read, lambda: self.progress.link == Link.FORWARDING)

    async def hand_back(self, nc: Connection) -> None:
        """At the city: let departments have what was kept of their journals."""
        for running in self.services:
            await give_back(running, nc)

    def exchange(self, tasks: asyncio.TaskGroup, nc: Connection) -> None:
        """Events out and in: one relay a service, one forwarder a node, one reader a source and service, of what it reacts to."""
        node, city = self.settings.node, self.settings.city
        if self.services[0].name == self.settings.services[0]:
            most = self.condition.limits.stream_bytes
            tasks.create_task(forward(nc, node, self.progress, max_bytes=most), name=f"{node} forwarder")
            tasks.create_task(self.hear_wanted(), name=f"{node} wanted")
        for running in self.services:
            tasks.create_task(through_faults(partial(relay, running, nc)), name=f"{running.title} relay")
            tasks.create_task(
                through_faults(partial(ask_later, running, nc)), name=f"{running.title} asks the city"
            )
            reactor = running.reactor
            if not running.service.reactions:
                continue
            tasks.create_task(through_faults(reactor.fitting), name=f"{running.title} parked")
            types = reactor.types
            local = partial(read_local, nc, node, types=types)
            tasks.create_task(reactor.read("local", local, whole=not types), name=f"{running.title} local")
            # a department may not choose; what is addressed to it is little
            chosen = types if node == city else frozenset()
            for wanted in filters(node, city):
                hub = partial(read_hub, nc, node, wanted, types=chosen)
                tasks.create_task(
                    reactor.read(wanted, hub, whole=not chosen), name=f"{running.title} {wanted}"
                )

    async def tell_health(self, refusing: set[str]) -> None:
        """Say to gRPC's health which services take writes; the node does when all of them do."""
        status = health_pb2.HealthCheckResponse
        for running in self.services:
            if (now := running.name in refusing) != (running.name in self.refusing):
                await self.health.set(
                    running.service.contract.full_name, status.NOT_SERVING if now else status.SERVING
                )
        if bool(refusing) != bool(self.refusing):
            await self.health.set("", status.NOT_SERVING if refusing else status.SERVING)
        self.refusing = refusing

    async def hear_wanted(self) -> None:
        """Tell the forwarder when a service heard that somebody lacks events of this node."""
        while True:
            await asyncio.sleep(1.0)
            if any(running.wanted for running in self.services):
                self.progress.wanted = True
                for running in self.services:
                    running.wanted = False

    async def listen(self) -> None:
        """Open the gRPC port. Raises BadSettings when it is taken."""
        options = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES),
            ("grpc.so_reuseport", 0),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.min_ping_interval_without_data_ms", 5000),
            *self.door.bounds.of_server(),
        ]
        server = grpc.aio.server(options=options)
        names = []
        for running in self.services:
            contract = running.service.contract
            server.add_generic_rpc_handlers((Offered(running, contract, running.service.servicer),))
            names.append(contract.full_name)
        desk = Desk(self.settings, self.services, self.progress, self.started, self.condition)
        calendars = Calendars([member.keeper for member in self.services])
        editions = Editions(self.services)
        reception = Reception(self.settings, self.services, self.gate)
        own = ((JOURNAL, desk), (CALENDAR, calendars), (EDITION, editions), (ACCESS, reception))
        for contract, servicer in own:
            server.add_generic_rpc_handlers((Offered(self.services[0], contract, servicer),))
            names.append(contract.full_name)
        self.server, self.health = server, health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self.health, server)
        tell_contracts(server, self.settings, [*names, health.SERVICE_NAME, reflection.SERVICE_NAME])
        contracts = [running.service.contract for running in self.services]
        server.add_generic_rpc_handlers(
            (Unknown([*contracts, *(contract for contract, _ in own)], self.settings.node),)
        )
        self.bind(server)
        await server.start()
        for name in ("", *names):
            await self.health.set(name, health_pb2.HealthCheckResponse.SERVING)

    def bind(self, server: grpc.aio.Server) -> None:
        """Listen for everybody at `listen`, and at `machines` for those who show a certificate of the authority."""
        section = self.settings.section("grpc")
        address = section.get("listen", "127.0.0.1:0")
        self.port = open_port(server, address, self.trust)
        if (address := section.get("machines", "")) and self.trust is not None:
            open_port(server, address, self.trust, known_only=True)

    async def drain(self, nc: Connection | None) -> None:
        """Take no new calls, finish those begun, publish what was committed if the bus answers, let go."""
        if self.server is not None:
            await self.health.enter_graceful_shutdown()
            await self.server.stop(GRACE)
        for running in self.services:
            await running.finish()
        if nc is not None:
            await asyncio.gather(*(hand_over(running, nc) for running in self.services))
        for running in self.services:
            await running.close()
        self.let_go()
        if nc is not None:
            await nc.close()


async def through_faults(begin: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """A task that begins anew when the database does not let it read; whatever else goes wrong ends it, and the node with it."""
    while True:
        try:
            return await begin()
        except DBAPIError as problem:
            log.error("the database does not answer, it is tried again: %s", problem.orig)
            await asyncio.sleep(PAUSE)


async def going_on(task: Callable[[Running], Coroutine[Any, Any, None]], running: Running) -> None:
    """A task of a service for as long as the node runs: one that fails is told of and begins anew, as it would after a restart.

    One record that cannot be handled does not take the node from all callers.
    """
    while True:
        try:
            return await task(running)
        except Exception:
            log.exception("%s: %s failed and begins anew", running.title, task.__name__)
            await asyncio.sleep(PAUSE)
