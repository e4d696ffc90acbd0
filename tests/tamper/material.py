"""What is tampered with: the copies that somebody might get hold of in a city whose journals are signed and countersigned."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yifa.enforcement.v1.events_pb2 import CaseFiled

from services.cli.proving import prove
from services.kit.access import make_key
from services.kit.algorithm import SM2
from services.kit.bus import asked
from services.kit.checkpoint.keeping import sign_own, witness, witnesses
from services.kit.checkpoint.origin import origin_of, signatures_of
from services.kit.directory import Directory, NodeKey
from services.kit.note import parse
from services.node.plan import Plan
from services.node.watching import at_hub, fetched
from tests.city import City
from tests.story import Story

NODE, SERVICE, OTHER = "huanbao", "enforcement", "chengguan"


@dataclass(frozen=True)
class Message:
    """What the hub has in one place."""

    headers: Mapping[str, str]
    data: bytes


@dataclass(frozen=True)
class Material:
    """The department's database, the city's, the stream at the hub, proofs, and the public keys that everybody knows."""

    database: Path
    at_city: Path
    stream: tuple[Message, ...]
    sent: Mapping[str, int]
    notes: tuple[str, ...]
    proofs: tuple[str, ...]
    keys: tuple[NodeKey, ...]


def of_sm2(plan: Plan) -> Plan:
    """The city, in which one department signs with SM2 and everybody else with Ed25519."""
    make_key(plan.keys / NODE, "sign", SM2)
    return plan


async def history(city: City) -> None:
    """A department with a case that is decided, and another with a clue."""
    await (await Story(city, NODE).cast()).waived(50_000)
    await (await Story(city, OTHER).housed()).clue()


async def sign_all(city: City) -> None:
    """Every service signs its journal, and every node countersigns."""
    members = [member for node in city.nodes.values() for member in node.services]
    for member in members:
        await sign_own(member)
    mine = city.nodes[NODE].running(SERVICE)
    origin = origin_of(city.plan.city.id, NODE, SERVICE)

    async def countersigned() -> set[str]:
        for member in members:
            if witnesses(member):
                await witness(member)
        table = mine.kit.checkpoint
        [row] = mine.rows(
            table.select().where(table.c.origin == origin).order_by(table.c.size.desc()).limit(1)
        )
        return set(signatures_of(parse(row.note), Directory(city.plan.directory).all).witnesses)

    await city.eventually(countersigned, lambda found: found == {"city", OTHER}, deadline=60)


async def collect(city: City, folder: Path) -> Material:
    """Copies of all, once the city knows what the department did."""
    mine = city.nodes[NODE].running(SERVICE)
    head, _ = mine.head()
    supervision = city.nodes["city"].running("supervision")
    prefix = f"{NODE}/{SERVICE}/"

    async def arrived() -> int:
        places = supervision.kit.heard_place
        return len(supervision.rows(places.select().where(places.c.place.startswith(prefix))))

    await city.eventually(arrived, lambda n: n >= head, deadline=60)
    await asked_all(city)
    database, at_city = folder / f"{SERVICE}.db", folder / "supervision.db"
    copied(city.plan.var / NODE / f"{SERVICE}.db", database)
    copied(city.plan.var / "city" / "supervision.db", at_city)
    table = supervision.kit.checkpoint
    notes = tuple(row.note for row in supervision.rows(table.select().where(table.c.state == "GOOD")))
    stream = tuple(await messages(city))
    entries = await city.journal(NODE, SERVICE)
    filed = [e.event_id for e in entries if e.type == CaseFiled.DESCRIPTOR.full_name]
    proofs = tuple([await prove(city.plan, event) for event in (*filed, f"{NODE}/{SERVICE}/1")])
    keys = tuple(Directory(city.plan.directory).all)
    return Material(database, at_city, stream, sent_in(stream), notes, proofs, keys)


def sent_in(stream: tuple[Message, ...]) -> dict[str, int]:
    """Up to which number each journal was sent, as its node knows."""
    sent: dict[str, int] = {}
    for m in stream:
        _, _, node, service, _ = m.headers["Nats-Subject"].split(".", 4)
        sent[f"{node}/{service}"] = max(sent.get(f"{node}/{service}", 0), int(m.headers["yifa-seq"]))
    return sent


async def asked_all(city: City) -> None:
    """Wait until every node has sent all that it wrote."""
    for site in city.plan.sites:
        await city.eventually(
            lambda s=site: city.status(s.id),  # type: ignore[misc]
            lambda said: said.hub_lag == 0 and all(s.head_seq == s.relayed_seq for s in said.services),
            deadline=60,
        )


async def messages(city: City) -> list[Message]:
    """All that the hub has, with its read-only key, once it collected what was sent."""
    nc = await at_hub(city.plan, "copier")
    try:

        async def all_of_it() -> list[Any]:
            found: list[Any] = []
            while some := await fetched(nc, int(found[-1].headers["Nats-Sequence"]) if found else 0):
                found += some
            return found

        wanted = {site.id: sum(m.relayed for m in city.nodes[site.id].services) for site in city.plan.sites}
        found = await city.eventually(all_of_it, lambda got: len(got) >= sum(wanted.values()), deadline=60)
        return [Message(dict(m.headers), m.data) for m in found]
    finally:
        await asked(nc.close)


def copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
