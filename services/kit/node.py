"""A node: its services in one process, their NATS connection and their gRPC server, from start to drain."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import grpc
import typer
import uvloop
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from yifa.access.v1 import access_service_pb2
from yifa.journal.v1 import journal_service_pb2
from yifa.law.v1 import calendar_service_pb2, edition_service_pb2

from services.kit.access import Gate
from services.kit.accounts.door import Door
from services.kit.bus import BusError, connect, ensure_local_stream
from services.kit.calendar import Calendars
from services.kit.connection import Connection
from services.kit.desk import Desk
from services.kit.forwarder import Progress, forward
from services.kit.issuers import Issuers
from services.kit.member import Member
from services.kit.reader import filters, inbox_prefix, read_hub, read_local
from services.kit.rebuild.take import take_over
from services.kit.relay import relay
from services.kit.rpc import LARGEST_REQUEST, handlers
from services.kit.service import Running, Service
from services.kit.settings import BadSettings, Settings
from services.kit.telemetry import Telemetry, serve_metrics
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
        self.gate = Gate(Issuers.of(settings), settings.node, settings.city)
        for service in services:
            take_over(service, settings)
        self.services = [Member(s, settings, self.gate, telemetry) for s in services]
        self.progress = Progress()
        self.started = wall()
        self.port = 0
        self.ready = asyncio.Event()
        self.server: grpc.aio.Server | None = None

    def running(self, name: str) -> Member:
        return next(r for r in self.services if r.name == name)

    async def serve(self) -> None:
        """Run until cancelled, then drain. What writes, sends and reads ends the node with its error when it dies; a service's
        own tasks begin anew.
        """
        nc = await self.bus()
        try:
            async with asyncio.TaskGroup() as tasks:
                if nc is not None:
                    self.exchange(tasks, nc)
                for running in self.services:
                    tasks.create_task(running.writer.guard(), name=f"{running.title} writer")
                    tasks.create_task(running.keeper.run(), name=f"{running.title} calendar")
                    for task in running.service.background:
                        tasks.create_task(going_on(task, running), name=f"{running.title} {task.__name__}")
                tasks.create_task(self.gate.keep_up(), name=f"{self.settings.node} tokens")
                await self.listen()
                self.ready.set()
                await asyncio.Event().wait()
        finally:
            await self.drain(nc)

    async def bus(self) -> Connection | None:
        """The connection to the node's own NATS server, its stream made sure of."""
        nats = self.settings.section("nats")
        if not (url := nats.get("url")):
            return None
        seed = self.settings.file("nats", "nkey").read_text().strip()
        name = f"{self.settings.node}:{','.join(r.name for r in self.services)}"
        nc = await connect(url, nkey_seed=seed, name=name, inbox_prefix=inbox_prefix(self.settings.node))
        while True:
            try:
                await ensure_local_stream(nc.jetstream(), self.settings.node)
                return nc
            except BusError as problem:
                log.info("%s: waiting for the node's stream: %s", self.settings.node, problem)
                await asyncio.sleep(0.2)

    def exchange(self, tasks: asyncio.TaskGroup, nc: Connection) -> None:
        """Events out and in: one relay a service, one forwarder a node, one reader a source and service, of what it reacts to."""
        node, city = self.settings.node, self.settings.city
        if self.services[0].name == self.settings.services[0]:
            tasks.create_task(forward(nc, node, self.progress), name=f"{node} forwarder")
        for running in self.services:
            tasks.create_task(relay(running, nc), name=f"{running.title} relay")
            reactor = running.reactor
            if not running.service.reactions:
                continue
            types = reactor.types
            local = read_local(nc, node, reactor.marks.get("local"), types)
            tasks.create_task(reactor.read("local", local, whole=not types), name=f"{running.title} local")
            # a department may not choose; what is addressed to it is little
            chosen = types if node == city else frozenset()
            for wanted in filters(node, city):
                hub = read_hub(nc, node, wanted, reactor.marks.get(wanted), chosen)
                tasks.create_task(
                    reactor.read(wanted, hub, whole=not chosen), name=f"{running.title} {wanted}"
                )

    async def listen(self) -> None:
        """Open the gRPC port. Raises BadSettings when it is taken."""
        options = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES),
            ("grpc.so_reuseport", 0),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.min_ping_interval_without_data_ms", 5000),
        ]
        self.server = server = grpc.aio.server(options=options)
        names = []
        for running in self.services:
            contract = running.service.contract
            server.add_generic_rpc_handlers((handlers(running, contract, running.service.servicer),))
            names.append(contract.full_name)
        desk = Desk(self.settings, self.services, self.progress, self.started)
        calendars = Calendars([member.keeper for member in self.services])
        editions = Editions(self.services)
        door = Door(self.settings, self.services, self.gate)
        own = ((JOURNAL, desk), (CALENDAR, calendars), (EDITION, editions), (ACCESS, door))
        for contract, servicer in own:
            server.add_generic_rpc_handlers((handlers(self.services[0], contract, servicer),))
            names.append(contract.full_name)
        self.health = health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self.health, server)
        reflection.enable_server_reflection([*names, health.SERVICE_NAME, reflection.SERVICE_NAME], server)
        contracts = [running.service.contract for running in self.services]
        server.add_generic_rpc_handlers((Unknown([*contracts, *(contract for contract, _ in own)]),))
        self.port = self.bind(server)
        await server.start()
        for name in ("", *names):
            await self.health.set(name, health_pb2.HealthCheckResponse.SERVING)

    def bind(self, server: grpc.aio.Server) -> int:
        section = self.settings.section("grpc")
        address = section.get("listen", "127.0.0.1:0")
        try:
            if "certificate" in section:
                key = self.settings.file("grpc", "key").read_bytes()
                chain = self.settings.file("grpc", "certificate").read_bytes()
                return int(server.add_secure_port(address, grpc.ssl_server_credentials([(key, chain)])))
            return int(server.add_insecure_port(address))
        except RuntimeError:
            raise BadSettings(
                f"{self.settings.path}: cannot listen on {address}: the port is taken"
            ) from None

    async def drain(self, nc: Connection | None) -> None:
        """Take no new calls, finish those begun, publish what was committed if the bus answers, let go."""
        if self.server is not None:
            await self.health.enter_graceful_shutdown()
            await self.server.stop(GRACE)
        for running in self.services:
            await running.close()
        if nc is not None:
            await nc.close()


def run(settings: Settings, services: Sequence[Service], *more: Any) -> None:
    """Run a node's process until SIGTERM or SIGINT. `more`: coroutine functions to run beside it, given the settings."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)

    async def main() -> None:
        metrics = settings.section("telemetry").get("metrics", "")
        if metrics and services:
            host, _, port = metrics.rpartition(":")
            serve_metrics(host, int(port))
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        works = [asyncio.create_task(work(settings)) for work in more]
        if services:
            works.append(asyncio.create_task(Node(settings, services).serve()))
        ending = asyncio.create_task(stop.wait())
        await asyncio.wait([ending, *works], return_when=asyncio.FIRST_COMPLETED)
        for task in (ending, *works):
            task.cancel()
        results = await asyncio.gather(*works, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception | ExceptionGroup):
                raise result

    uvloop.run(main())


def run_one(service: Service) -> None:
    """`python -m services.<name> SETTINGS`: one service of a node in a process of its own."""

    def start(settings: Path) -> None:
        try:
            run(Settings.load(settings), [service])
        except BadSettings as wrong:
            typer.echo(str(wrong), err=True)
            raise typer.Exit(2) from None

    typer.run(start)


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
