"""The write path on PostgreSQL: the same promises as on SQLite."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import grpc
import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from yifa.journal.v1.condition_pb2 import ALERT_KIND_DATABASE_READ_ONLY
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import certificate_pb2 as certificates

from services.given.people import credit_code
from services.kit.backup.copy import copy_nodes
from services.kit.backup.manifest import BadCopy
from services.kit.backup.restore import restore
from services.kit.backup.store import Folder
from services.kit.catching_up.epoch import begin_epoch
from services.kit.checkpoint.checking import Known, judge
from services.kit.checkpoint.keeping import sign_own
from services.kit.checkpoint.witness import judge_all
from services.kit.desk import envelope
from services.kit.hold import Taken, hold
from services.kit.journal import verify
from services.kit.note import Checkpoint, parse
from services.kit.settings import Settings
from services.node.plan import plan
from services.node.serve import service
from tests.cable import free_base
from tests.city import City, rid, running
from tests.kit.test_write_path import confirm
from tests.postgres import binaries, server

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    """A city whose city node keeps its records in PostgreSQL."""
    with server() as url:
        with psycopg.connect(url + "postgres", autocommit=True) as admin:
            for name in ("registry", "supervision", "notifications"):
                admin.execute(f"CREATE DATABASE {name}")
        city = City(plan(tmp_path_factory.mktemp("city"), free_base(), share=0.0))
        city.extra["city"] = f'\n[database]\nurl = "{url}{{service}}"\n'
        async for started in running(city):
            yield started


async def test_a_second_process_on_one_schema_is_refused(on_postgres: City) -> None:
    """The lock is the connection's: when the database ends that, it is taken anew before anybody else has it."""
    city = on_postgres
    url = Settings.load(city.plan.settings("city")).database("registry")

    with pytest.raises(Taken, match=f"registry@city {os.getpid()}, database process"):
        hold(url, "registry@elsewhere", within=0)

    [held] = [h for h in city.nodes["city"].holds if h.title == "registry@city"]
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    await city.eventually(lambda: asyncio.to_thread(lambda: admin_locks(url)), lambda n: n == 0)
    other = hold(url, "registry@elsewhere", within=5)
    with pytest.raises(Taken, match="registry@elsewhere"):
        held.keep()
    other.release()
    held.keep()
    with pytest.raises(Taken):
        hold(url, "registry@elsewhere", within=0)


def admin_locks(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as admin:
        [count] = admin.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() or (
            0,
        )
    return int(count)


async def test_a_database_that_may_only_be_read_is_said(on_postgres: City) -> None:
    city = on_postgres
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    url = Settings.load(city.plan.settings("city")).database("registry")

    def read_only(on: str) -> None:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"ALTER SYSTEM SET default_transaction_read_only = {on}")
            admin.execute("SELECT pg_reload_conf()")

    async def kinds() -> set[int]:
        return {a.kind for a in (await city.status("city")).alerts if a.service == "registry"}

    read_only("on")
    try:
        await city.eventually(kinds, lambda told: ALERT_KIND_DATABASE_READ_ONLY in told)
        with city.refused("DATABASE_READ_ONLY", code=grpc.StatusCode.UNAVAILABLE):
            await stub.ConfirmBody(confirm(980_001), metadata=me)
    finally:
        read_only("off")
    await city.eventually(kinds, lambda told: ALERT_KIND_DATABASE_READ_ONLY not in told)
    assert (await stub.ConfirmBody(confirm(980_002), metadata=me)).body.version == 1


async def test_writes_reads_and_events(on_postgres: City) -> None:
    city = on_postgres
    body = await city.body()
    officer, number = await city.certified(body)

    verified = await city.stub("city", "registry").VerifyCertificate(
        certificates.VerifyCertificateRequest(certificate_number=number),
        metadata=city.as_("city", "p", "PUBLIC"),
    )

    assert verified.valid and verified.certificate.officer_id == officer.officer_id


async def test_concurrent_writes_keep_one_chain(on_postgres: City) -> None:
    city = on_postgres
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    requests = [
        bodies.ConfirmBodyRequest(
            request_id=rid(),
            name="示例机关",
            unified_social_credit_code=credit_code(920_000 + n // 2),
            kind=1,
            node="huanbao",
            document_prefix=f"示并{n // 2}",
            field="生态环境",
        )
        for n in range(60)
    ]

    replies = await asyncio.gather(
        *(stub.ConfirmBody(r, metadata=me) for r in [*requests, *requests[:10]]), return_exceptions=True
    )

    confirmed = {r.body.body_id for r in replies if not isinstance(r, BaseException)}
    refused = [r for r in replies[:60] if isinstance(r, BaseException)]
    assert len(confirmed) == 30, "of two requests with one credit code one is refused"
    assert len(refused) == 30
    entries = [envelope(e) for e in await city.journal("city", "registry")]
    read, faults = verify(entries)
    assert read == len(entries) and not faults


async def test_a_lost_connection_loses_nothing(on_postgres: City) -> None:
    """The server ends every connection of the registry; the next writes go on, each done once."""
    city = on_postgres
    running = city.nodes["city"].running("registry")
    url = running.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    before = await city.body()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    with suppress(DBAPIError):  # told once that it is gone
        running.view().one(select(1))
    assert running.view().one(select(1)) == (1,)
    after = await city.body()

    assert before.body_id != after.body_id
    [entry] = [e for e in await city.journal("city", "registry") if e.subject_id == after.body_id]
    assert entry.type.endswith("BodyConfirmed")


async def test_a_copy_is_put_back_and_what_came_after_it_is_had_back(
    on_postgres: City, tmp_path: Path
) -> None:
    """Written out while it runs, refused while anybody is connected; the old tables are kept in a schema beside. What was signed
    after the copy is known again.
    """
    city, copies = on_postgres, Folder(tmp_path)
    await city.body()
    settings = Settings.load(city.plan.settings("city"))
    manifest = (await asyncio.to_thread(copy_nodes, [settings], copies)).manifest
    later = await city.body()
    await sign_own(city.nodes["city"].running("registry"))
    before = await city.journal("city", "registry")
    assert {d.form for d in manifest.nodes[0].databases} == {"postgresql"}
    assert all(d.faults == [] for d in manifest.nodes[0].databases)
    with pytest.raises(BadCopy, match="is in use"):
        restore(copies, manifest, manifest.nodes, city.plan.var, service)

    await city.stop_node("city")
    done = restore(copies, manifest, manifest.nodes, city.plan.var, service)
    await city.start_node("city")

    assert {kept.partition(": before_")[0] for kept in done[0].kept} == set(settings.services)
    after = await city.journal("city", "registry")
    assert [e.hash for e in after[: len(before)]] == [e.hash for e in before]
    there = await city.say("city", "registry", "GetBody", ("o-1", "OVERSIGHT"), body_id=later.body_id)
    assert there.body.name == later.name
    await city.body()
    await signed_on(city)


async def test_a_journal_goes_on_in_epochs(on_postgres: City) -> None:
    """Twice in a row: each is signed in trees of its own, and the city's supervision finds them good."""
    city = on_postgres
    mine = city.nodes["city"].running("registry")
    await sign_own(mine)
    for _ in range(2):
        await city.body()
        [last] = mine.entries(mine.head()[0] - 1, 1)
        lost = replace(last, seq=last.seq + 5)
        await mine.do(lambda tx, lost=lost: begin_epoch(tx, "registry", lost, [], {}))  # type: ignore[misc]
    await city.body()
    await signed_on(city)

    judged = judge(mine.entries(0, 100_000), Known({}, [note for _, note in kept(city)], None))
    assert {f.what.partition(":")[0] for f in judged.faults} == {"a new epoch begins"}
    begun = [f.seq for f in judged.faults][-2:]
    names = {origin.partition("/registry")[2] for origin, _ in kept(city)}
    assert {f"/{seq}" for seq in begun[1:]} | {""} <= names
    assert judged.signed_up_to == mine.head()[0] - 1, "all but the head itself"


async def signed_on(city: City) -> None:
    """The registry signs what it did, and supervision, which received it, takes that for good."""
    supervision = city.nodes["city"].running("supervision")
    await sign_own(city.nodes["city"].running("registry"))

    async def not_good() -> set[Checkpoint]:
        await judge_all(supervision)
        table = supervision.kit.checkpoint
        good = supervision.rows(select(table.c.note).where(table.c.state == "GOOD"))
        newest = {origin: parse(note).checkpoint for origin, note in kept(city)}
        return set(newest.values()) - {parse(row.note).checkpoint for row in good}

    await city.eventually(not_good, lambda found: not found, deadline=60)


def kept(city: City) -> list[tuple[str, str]]:
    """The heads that the registry keeps of its journal, the largest last: under which name, and as notes."""
    mine = city.nodes["city"].running("registry")
    table = mine.kit.checkpoint
    rows = mine.rows(select(table).where(table.c.origin.contains("/city/registry")).order_by(table.c.size))
    return [(row.origin, row.note) for row in rows]
