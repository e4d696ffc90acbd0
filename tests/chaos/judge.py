"""What has to hold at the end, whatever went wrong: everything against everything, from outside. What is found is counted, and
each count has to be nought.
"""

import asyncio
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import create_engine
from yifa.journal.v1 import condition_pb2 as conditions
from yifa.supervision.v1 import warning_pb2

from services.cli.verifying import verify_bus, verify_nodes
from services.given.people import CITY, OVERSIGHT
from services.kit.journal import EPOCH_BEGUN, Envelope, verify
from services.kit.rebuild.run import rebuild
from services.kit.settings import Settings
from services.kit.store import driven
from services.node.city import status
from services.node.serve import service as service_of
from services.node.verifying import Checked, read_all
from tests.chaos.notices import notices_found
from tests.chaos.town import Town
from tests.chaos.writers import Done, Ledger
from tests.database import on_postgres, opened, url_of

TOLD = {
    "RegisterClue": "yifa.enforcement.v1.ClueRegistered",
    "FileCase": "yifa.enforcement.v1.CaseFiled",
    "RegisterOfficer": "yifa.registry.v1.OfficerRegistered",
    "ConfirmBody": "yifa.registry.v1.BodyConfirmed",
}
"""By which event each act of the writers is told."""
EXPLAINED = frozenset(
    {
        conditions.ALERT_KIND_PROCESS_RESTARTED,
        conditions.ALERT_KIND_STREAM_RESTORED,
        conditions.ALERT_KIND_CLOCK_JUMPED,
    }
)
"""Alerts that tell for an hour of what was done to the city."""
REPLICAS = {
    "body": (
        "body_id",
        "name",
        "credit_code",
        "kind",
        "node",
        "document_prefix",
        "field",
        "state",
        "version",
    ),
    "officer": ("officer_id", "name", "body_id", "node", "unit", "post", "staff_kind", "version"),
}
"""What the registries of city and departments keep of each other, and the columns that are the same on both sides."""
CLOCK = ("start_time", "due_time", "stop_time", "state", "provisional")
MOST = 5


@dataclass
class Found:
    """What was found: of each thing how many, and the first few of them. Every number has to be 0."""

    counts: Counter[str] = field(default_factory=Counter)
    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look(self, what: str, those: Iterable[Any]) -> None:
        listed = list(those)
        self.counts[what] += len(listed)
        self.named[what] += [str(each)[:300] for each in listed[: MOST - len(self.named[what])]]

    @property
    def clean(self) -> bool:
        return not any(self.counts.values())


@contextmanager
def reading(town: Town, node: str, service: str) -> Any:
    """A database, opened for reading only."""
    path = town.database(node, service)
    if on_postgres():
        with opened(path) as connection:
            yield connection
        return
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        yield connection


def journals(town: Town) -> dict[tuple[str, str], list[Envelope]]:
    """Every journal of every node, as its database has it."""
    found = {}
    for site in town.plan.sites:
        for name in site.services:
            path = town.database(site.id, name)
            engine = create_engine(
                driven(url_of(path)) if on_postgres() else f"sqlite:///file:{path}?mode=ro&uri=true"
            )
            with engine.connect() as db:
                found[site.id, name] = read_all(db, site.id, name)[0]
            engine.dispose()
    return found


async def judged(town: Town, ledger: Ledger) -> Found:
    """All of it; a look that fails is a finding itself."""
    found, kept = Found(), await asyncio.to_thread(journals, town)
    looks: tuple[Callable[[], Any], ...] = (
        lambda: of_ledger(found, kept, ledger),
        lambda: of_journals(found, kept),
        lambda: of_city(found, town, kept, ledger),
        lambda: of_replicas(found, town),
        lambda: of_parked(found, town),
        lambda: notices_found(found, town, kept),
        lambda: rebuilt(found, town),
    )
    for look in looks:
        with looking(found):
            await asyncio.to_thread(look)
    with looking(found):
        checks = [*await verify_nodes(town.plan, "", ""), *await verify_bus(town.plan)]
        found.look("faults that yifa verify finds", faults(checks))
    with looking(found):
        await of_alerts(found, town)
    found.look("answers that are wrong", ledger.wrong.items())
    return found


@contextmanager
def looking(found: Found) -> Iterator[None]:
    try:
        yield
    except Exception as wrong:
        found.look("what could not be looked at", [repr(wrong)])


def faults(checks: list[Checked]) -> list[str]:
    return [f"{c.journal} {f.seq}: {f.what}" for c in checks for f in c.faults]


def rebuilt(found: Found, town: Town) -> None:
    outcome = rebuild(service_of("supervision"), Settings.load(town.plan.settings(CITY)))
    found.look("rows of the city unlike a rebuild from its events", [*outcome.differences, *outcome.unlike])


def of_ledger(found: Found, kept: dict[tuple[str, str], list[Envelope]], ledger: Ledger) -> None:
    """Every acknowledged write is in its journal, once, and says what was asked."""
    told: dict[str, list[Envelope]] = defaultdict(list)
    for entries in kept.values():
        for e in entries:
            if e.request_id in ledger.acknowledged:
                told[e.request_id].append(e)
    lost, doubled, otherwise = [], [], []
    for request, done in ledger.acknowledged.items():
        its = [e for e in told[request] if e.type == TOLD[done.rpc]]
        if not its:
            lost.append(done)
        elif len(its) > 1:
            doubled.append(done)
        elif not says(its[0], done):
            otherwise.append(done)
    found.look("acknowledged and lost", lost)
    found.look("done twice", doubled)
    found.look("kept otherwise than asked", otherwise)


def says(e: Envelope, done: Done) -> bool:
    return (
        (e.node, e.service) == (done.node, done.service)
        and (not done.subject or e.subject == done.subject)
        and (done.said.encode() in e.data)
    )


def of_journals(found: Found, kept: dict[tuple[str, str], list[Envelope]]) -> None:
    for (node, name), entries in kept.items():
        found.look("faults of chains", (f"{node}/{name} {f.seq}: {f.what}" for f in verify(entries)[1]))
        twice = [key for key, n in Counter(e.event_id for e in entries).items() if n > 1]
        found.look("entries doubled", twice)
        found.look("epochs begun, with numbers lost", (e for e in entries if e.type == EPOCH_BEGUN))


def of_city(found: Found, town: Town, kept: dict[tuple[str, str], list[Envelope]], ledger: Ledger) -> None:
    with reading(town, CITY, "supervision") as city:
        of_events(found, kept, city)
        of_cases(found, town, city, ledger)
        of_clocks(found, town, city)


def of_events(found: Found, kept: dict[tuple[str, str], list[Envelope]], city: sqlite3.Connection) -> None:
    """The city has every event of every department once, as it was sealed, and in the order of its journal; what was lost at the
    hub and came again may come late, and no later one of the same record may have gone before it.
    """
    places: dict[tuple[str, str], dict[int, list[tuple[int, bytes, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    asked = "SELECT node, service, journal_seq, position, hash, subject FROM received ORDER BY position"
    order: dict[str, tuple[int, str]] = {}
    early = []
    for node, name, seq, position, digest, subject in city.execute(asked):
        places[node, name][seq].append((position, bytes(digest), subject))
        key = f"{node}/{name}/{subject}"
        if (last := order.get(key)) is not None and last[0] > seq:
            early.append(f"{key}: {seq} came after {last[0]}")
        order[key] = max(order.get(key, (0, "")), (seq, subject))
    for (node, name), entries in kept.items():
        if node == CITY:
            continue
        there = places[node, name]
        found.look(
            "events that the city has not", (f"{node}/{name} {e.seq}" for e in entries if e.seq not in there)
        )
        found.look(
            "events applied twice", (f"{node}/{name} {n}" for n, some in there.items() if len(some) > 1)
        )
        other = (e for e in entries if e.seq in there and there[e.seq][0][1] != e.hash)
        found.look("events otherwise than sealed", (f"{node}/{name} {e.seq}" for e in other))
    found.look("events of a record out of their order", early)


def of_cases(found: Found, town: Town, city: sqlite3.Connection, ledger: Ledger) -> None:
    """Every case is at its department and at the city, and the same."""
    at_city = dict(city.execute("SELECT case_id, record FROM caseview"))
    for node in town.departments:
        with reading(town, node, "enforcement") as db:
            here = dict(db.execute('SELECT case_id, record FROM "case"'))
        lacking = [
            d for d in ledger.acknowledged.values() if d.node == node and is_case(d) and d.subject not in here
        ]
        found.look("acknowledged cases without a record", lacking)
        found.look("cases that the city has not", here.keys() - at_city.keys())
        unlike = [key for key, record in here.items() if key in at_city and at_city[key] != record]
        found.look("cases unlike at the city", unlike)


def is_case(done: Done) -> bool:
    return done.service == "enforcement" and bool(done.subject)


def of_clocks(found: Found, town: Town, city: sqlite3.Connection) -> None:
    """Every clock of a department is counted alike at the city, and none that is due was left."""
    asked = f"SELECT key, {', '.join(CLOCK)} FROM clock"
    there = {key: rest for key, *rest in city.execute(asked)}
    for node in town.departments:
        with reading(town, node, "enforcement") as db:
            here = {key: rest for key, *rest in db.execute(asked)}
        found.look("clocks that the city has not", here.keys() - there.keys())
        unlike = (
            f"{key}: {here[key]} {there[key]}" for key in here if key in there and here[key] != there[key]
        )
        found.look("clocks counted otherwise at the city", unlike)


def of_replicas(found: Found, town: Town) -> None:
    """What the registries keep of each other."""
    for table, columns in REPLICAS.items():
        asked = f"SELECT {', '.join(columns)} FROM {table}"
        with reading(town, CITY, "registry") as db:
            at_city = {key: rest for key, *rest in db.execute(asked)}
        for node in town.departments:
            with reading(town, node, "registry") as db:
                here = {key: rest for key, *rest in db.execute(asked)}
            own = {k for k, rest in at_city.items() if table == "body" or rest[2] == node}
            found.look(
                f"rows of {table} that one side has not",
                own ^ {k for k in here if table == "body" or here[k][2] == node},
            )
            found.look(f"rows of {table} unlike", (k for k in here if k in at_city and here[k] != at_city[k]))


def of_parked(found: Found, town: Town) -> None:
    """No reaction failed. What a restore names to people stands there too, and is no fault."""
    for site in town.plan.sites:
        for name in site.services:
            with reading(town, site.id, name) as db:
                asked = "SELECT event_id, error FROM parked WHERE error NOT LIKE '恢复备份后取回%'"
                found.look(
                    "events parked", (f"{site.id}/{name} {row}" for row in db.execute(asked).fetchall())
                )


async def of_alerts(found: Found, town: Town) -> None:
    """What is still told after a while: that all is well again is seen at the next look of each."""
    odd: list[str] = []

    async def none_odd() -> bool:
        odd[:] = await alerts_of(town)
        return not odd

    with suppress(TimeoutError):
        await town.until(none_odd, "no alert", 90.0)
    found.look("alerts that are still there", odd)
    async with town.callers() as callers:
        asked = warning_pb2.ListWarningsRequest(rule_id="CHAIN", page_size=100)
        reply = await callers.supervision().ListWarnings(asked, metadata=callers.as_(CITY, *OVERSIGHT))
    still = [w for w in reply.warnings if w.state == warning_pb2.WARNING_STATE_OPEN]
    found.look("open warnings of chains", (w.detail_zh for w in still))


async def alerts_of(town: Town) -> list[str]:
    """The alerts of all nodes that nothing explains. Parked events are looked at by themselves."""
    odd = []
    async with town.callers() as callers:
        for node in town.nodes:
            for alert in (await status(callers, node)).alerts:
                if alert.kind not in EXPLAINED and alert.kind != conditions.ALERT_KIND_EVENTS_PARKED:
                    odd.append(f"{node}: {alert.message_en}")
    return odd
