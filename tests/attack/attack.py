"""One attack: what is tried, what must come of it; and how it is judged on a living city."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from yifa.registry.v1 import body_pb2 as bodies

from services.kit import security
from services.kit.limit import Limit
from services.kit.security import Kind
from tests.browser.site import Visitor
from tests.city import City, read_refusal

HARMLESS = "harmless"
"""It was answered, and nothing came of it: the attack itself looked."""
SECONDS = 30.0


@dataclass(frozen=True)
class Attack:
    """`must` are the answers of which one has to come; `told` the kind under which it is noted with its actor, where a process of
    Yifa hears of it at all: what TLS or NATS turns away never reaches one, and stands in the log of the server that did.
    `lasting` marks what leaves something behind, or takes long: it is tried on a city of its own only.
    """

    name: str
    kind: str
    tries: str
    must: tuple[str, ...]
    run: Callable[["Scene"], Awaitable[str]]
    told: Kind | None = None
    lasting: bool = False


@dataclass
class Scene:
    """The city under attack, and what an attacker may know of it."""

    city: City
    console: str
    officer: Visitor
    """A browser in which somebody of the city is signed in."""
    stranger: Visitor
    """One in which nobody is."""
    heard: list[dict[str, Any]] = field(default_factory=list)
    body_id: str = ""
    officer_id: str = ""
    complaint_id: str = ""
    serial: int = 0

    def fresh(self, word: str = "attack") -> str:
        """A name that no other attack has."""
        self.serial += 1
        return f"{word}-{self.serial}"

    async def call(
        self, node: str, path: str, request: Any = b"", metadata: Any = (), at: grpc.aio.Channel | None = None
    ) -> str:
        """The reason for which a call is refused, or OK."""
        body = request if isinstance(request, bytes) else request.SerializeToString()
        try:
            await (at or self.city.channel(node)).unary_unary(path)(body, metadata=metadata, timeout=SECONDS)
        except grpc.aio.AioRpcError as no:
            return read_refusal(no).reason or no.code().name
        return "OK"


@dataclass(frozen=True)
class Judged:
    """What came of an attack; `faults` are empty when it was held off."""

    attack: Attack
    outcome: str
    actor: str
    faults: tuple[str, ...]


@contextmanager
def hearing(heard: list[dict[str, Any]]) -> Iterator[None]:
    """Read along in the log of what was refused, and let it write every line."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(json.loads(record.getMessage()))

    ear, log, book = Ear(), logging.getLogger(security.__name__), security.BOOK
    before = book.each, book.all, log.level
    book.each, book.all = Limit(10_000, 10_000), Limit(10_000, 10_000)
    log.addHandler(ear)
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.removeHandler(ear)
        book.each, book.all = before[:2]
        log.setLevel(before[2])


async def judge(attack: Attack, scene: Scene) -> Judged:
    """Try it; look what was noted of it, whether others are served, and whether everything still runs."""
    before, scene.heard[:] = pulse(scene.city), []
    try:
        async with asyncio.timeout(10 * SECONDS if attack.lasting else 2 * SECONDS):
            outcome = await attack.run(scene)
    except Exception as wrong:
        outcome = f"{type(wrong).__name__}: {wrong}"[:300]
    faults = [] if outcome in attack.must else [f"{outcome!r}, and not one of {attack.must}"]
    actor = await noted(attack, scene) if attack.told is not None else ""
    if attack.told is not None and not actor:
        faults.append(f"not noted as {attack.told} with its actor: {scene.heard}")
    faults += [fault async for fault in canary(scene)]
    if (after := pulse(scene.city)) != before:
        faults.append(f"what ran is not what runs: {before}, {after}")
    return Judged(attack, outcome, actor, tuple(faults))


async def noted(attack: Attack, scene: Scene) -> str:
    """Of whom it was noted; what comes over the bus takes a moment."""
    until = asyncio.get_running_loop().time() + SECONDS
    while True:
        for line in scene.heard:
            if line["kind"] == attack.told:
                subject = "/".join(part for part in (line.get("of"), line.get("subject")) if part)
                if who := " ".join(part for part in (subject, line.get("address")) if part):
                    return who
        if attack.told is not Kind.EVENT or asyncio.get_running_loop().time() > until:
            return ""
        await asyncio.sleep(0.02)


async def canary(scene: Scene) -> Any:
    """Others are served: at the city, at a department, at the console."""
    for node in ("city", "huanbao"):
        said = scene.city.as_(node, "canary", "REGISTRAR")
        request = bodies.ListBodiesRequest(page_size=1)
        found = await scene.call(node, "/yifa.registry.v1.RegistryService/ListBodies", request, said)
        if found != "OK":
            yield f"{node} does not serve others: {found}"
    answer = await scene.stranger.get("/static/style.css")
    if answer.status_code >= 500:
        yield f"the console does not serve others: {answer.status_code}"


def pulse(city: City) -> dict[str, Any]:
    """What runs: the tasks of the nodes and the processes of NATS, each the one that it was."""
    tasks = {name: (id(task), task.done()) for name, task in city.tasks.items()}
    servers = {name: getattr(server.process, "pid", None) for name, server in city.servers.items()}
    return tasks | servers
