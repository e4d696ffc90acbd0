"""A city whose journals are signed: what was changed anywhere is found and named, and one event is proved to who has no more.

A city of its own: what is done here is done to its files.
"""

import asyncio
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select
from typer.testing import CliRunner
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.cli import parking
from services.cli.__main__ import app
from services.cli.keys import changed_key
from services.cli.proving import prove
from services.cli.verifying import verify_bus, verify_file, verify_nodes, verify_service
from services.kit.algorithm import ED25519, SM2, Algorithm
from services.kit.directory import read
from services.kit.journal import GENESIS, Envelope, headers, seal
from services.kit.parked import unpack
from services.kit.signature import signed
from services.kit.time import wall
from services.node.failure import Failure
from services.node.plan import plan
from services.node.watching import at_hub
from tests.cable import free_base
from tests.city import City, rid, running
from tests.tamper.databases import Databases
from tests.tamper.material import NODE, OTHER, SERVICE, Material, collect, history, of_sm2, sign_all
from tests.tamper.streams import STRANGER
from tests.tamper.trying import kinds, tries

pytestmark = pytest.mark.of_sqlite("its bytes are changed behind the service's back")
COUNT = 312
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[City]:
    var: Path = tmp_path_factory.mktemp("signed")
    async for city in running(City(of_sm2(plan(var, free_base(), share=0.0)))):
        await history(city)
        await sign_all(city)
        yield city


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def material(city: City, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return await collect(city, tmp_path_factory.mktemp("copies"))


def in_city(city: City, *arguments: str) -> tuple[int, Any]:
    """A command of the command line that needs no node, for the files of this city."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIFA_VAR", str(city.plan.var))
        told = CliRunner().invoke(app, [*arguments, "--json"])
    return told.exit_code, json.loads(told.stdout) if told.exit_code < 2 else told.output


async def test_what_is_whole_is_found_whole(city: City, material: Material) -> None:
    """Live, in a copy, and on the bus; with who countersigned, and how much the city received."""
    of_department = await verify_service(city.plan, next(s for s in city.plan.sites if s.id == NODE), SERVICE)
    everywhere = [*await verify_nodes(city.plan, "", ""), *await verify_bus(city.plan)]
    _, of_copy = Databases.of(material).faults()

    assert [(c.journal, f) for c in everywhere for f in c.faults] == [] and of_copy == []
    assert of_department.received == of_department.entries > of_department.signed_up_to > 0
    assert of_department.witnesses == (OTHER, "city")


async def test_every_change_is_found_and_named(city: City, material: Material) -> None:
    for tried in tries(city, material, COUNT, seed=1):
        last = tried

    assert last.unseen == []
    assert len(last.made) == len(kinds()) and min(last.made.values()) == COUNT // len(kinds())


async def test_a_proof_is_checked_offline_by_who_has_nothing_else(
    city: City, material: Material, tmp_path: Path
) -> None:
    text, file = material.proofs[0], tmp_path / "proof.json"
    file.write_text(text)

    code, said = in_city(city, "verify", "--proof", str(file))

    assert code == 0 and said["proven"] and said["keys_known"]
    assert said["type"] == enforcement.CaseFiled.DESCRIPTOR.full_name
    assert said["content"]["case"]["caseId"] == said["subject"] and len(said["witnesses"]) == 2
    file.write_text(text.replace(said["actor"], "somebody"))
    code, said = in_city(city, "verify", "--proof", str(file))
    assert (
        code == 1 and "the path does not lead from the entry to the root of the checkpoint" in said["faults"]
    )
    told = CliRunner().invoke(app, ["verify", "--proof", str(tmp_path / "nothing")])
    assert isinstance(told.exception, Failure)


async def test_a_court_checks_it_with_the_program_in_the_documentation(
    material: Material, tmp_path: Path
) -> None:
    """Nothing of Yifa is on its path; and it does not take a proof in which anything was changed."""
    page = (Path(__file__).parents[2] / "docs" / "proof.md").read_text("utf-8")
    [program] = re.findall(r"```python\n(.*?)```", page, re.S)
    (tmp_path / "check.py").write_text(program, "utf-8")
    ended = []
    for n, text in enumerate((*material.proofs, changed_actor(material.proofs[0]))):
        (tmp_path / f"{n}.json").write_text(text, "utf-8")
        said = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-I", "check.py", f"{n}.json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        ended.append(said.returncode)
        if not said.returncode:
            assert said.stdout.count("yifa/city") == 4, "the journal, its node, and two witnesses"

    assert ended == [0] * len(material.proofs) + [1]


def changed_actor(text: str) -> str:
    said = json.loads(text)
    said["entry"]["actor"] += "x"
    return json.dumps(said)


async def test_without_the_citys_keys_it_says_by_which_it_is_proved(
    city: City, material: Material, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    file.write_text(material.proofs[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIFA_VAR", str(tmp_path / "nowhere"))
        told = CliRunner().invoke(app, ["verify", "--proof", str(file)])

    assert told.exit_code == 0 and "the keys are those of the file" in told.stdout
    for key in read(city.plan.directory):
        assert key.key_id in told.stdout


async def test_what_is_not_signed_yet_is_not_proved_yet(city: City) -> None:
    member = city.nodes[NODE].running("notifications")
    await member.do(lambda tx: tx.emit(notifications.NotificationCreated(), subject="later"))
    [last] = member.entries(member.head()[0] - 1, 1)

    with pytest.raises(Failure, match="has not signed its journal up to it yet"):
        await prove(city.plan, last.event_id)
    with pytest.raises(Failure, match="no journal has the event"):
        await prove(city.plan, "none")


async def test_a_copy_is_held_against_what_the_city_received(
    city: City, material: Material, tmp_path: Path
) -> None:
    """The command line on a copy of which the newest entries are gone, with all that says how many there were."""
    copy = tmp_path / "enforcement.db"
    copy.write_bytes(material.database.read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as db:
        gone = [seq for (seq,) in db.execute("SELECT seq FROM journal ORDER BY seq DESC LIMIT 3")]
        db.execute("DELETE FROM journal WHERE seq >= ?", (min(gone),))
        [(seq, digest)] = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        db.execute("UPDATE head SET seq = ?, hash = ?", (seq, digest))
        db.commit()
    alone = in_city(city, "verify", NODE, SERVICE, "--database", str(copy))
    held = in_city(city, "verify", NODE, SERVICE, "--database", str(copy), "--against", str(material.at_city))

    assert alone[0] == held[0] == 1
    named = {f["seq"] for f in held[1][0]["faults"] if "cut before it" in f["what"]}
    assert named == set(gone)
    assert not verify_file(material.database, NODE, SERVICE).faults


async def forge_as_city(city: City, event: Any) -> Envelope:
    """Somebody has the hub's key and puts an event under the city's name, sealed rightly and signed with a key of his own."""
    member = city.nodes["city"].running("registry")
    fields = (
        member.head()[0] + 1, f"E-{rid()}", event.DESCRIPTOR.full_name, NODE, 1, "forged", 1_795_000_000_000_000, "x", "",
        TRACE, event.SerializeToString(),
    )  # fmt: skip
    e = Envelope("city", "registry", *fields, GENESIS, seal(GENESIS, *fields))
    nc = await at_hub(city.plan, "thief", "admin")
    try:
        said = headers(e, TRACE, signed([e], STRANGER)[0])
        subject = f"in.city.evt.{NODE}.registry.{event.DESCRIPTOR.name}"
        await nc.jetstream().publish(subject, e.data, headers=said)
    finally:
        await nc.close()
    return e


async def test_the_hubs_key_does_not_speak_as_the_city(city: City) -> None:
    """It tells a department that a certificate is revoked. Nobody acts on it, all goes on."""
    forged = registry.CertificateRevoked(
        certificate=certificate_pb2.Certificate(certificate_number="4401O", version=9)
    )
    e = await forge_as_city(city, forged)
    member = city.nodes[NODE].running("registry")

    async def parked() -> list[str]:
        rows = member.rows(select(member.kit.parked))
        return [row.error for row in rows if unpack(row).event_id == e.event_id]

    [error] = await city.eventually(parked, deadline=60)

    assert error == "forged: it is signed with a key that is not its node's"
    outcomes = await parking.parked(city.plan, NODE, "", "refused")
    assert {o["outcome"] for o in outcomes if o["event_id"] == e.event_id} == {"discarded"}
    assert not await parked()
    await city.body(NODE)


@pytest.mark.parametrize("algorithm", [ED25519, SM2], ids=["ed25519", "sm2"])
async def test_a_key_changes_while_the_city_runs(city: City, algorithm: Algorithm) -> None:
    """From SM2 to Ed25519 and back. The next event is signed with the new one, and everybody takes it in; a proof by the old one
    holds.
    """
    keys = city.plan.keys
    new_id = changed_key(city.plan.directory, keys / NODE, NODE, wall(), timedelta(hours=1), algorithm)
    around = city.nodes[NODE].running("registry").around

    async def signer() -> str:
        return around.signer.key_id

    await city.eventually(signer, lambda key_id: key_id == new_id)
    assert around.signer.algorithm is algorithm
    await city.officer(await city.body(NODE))
    supervision = city.nodes["city"].running("supervision")
    head = city.nodes[NODE].running("registry").head()[0]
    place = supervision.kit.heard_place.c.place

    async def arrived() -> bool:
        return bool(supervision.rows(select(place).where(place == f"{NODE}/registry/{head}")))

    await city.eventually(arrived, deadline=60)
    assert not [row for row in supervision.rows(select(supervision.kit.parked)) if unpack(row).node == NODE]


async def test_a_journal_that_was_rebuilt_under_the_node_is_refused_by_all(city: City) -> None:
    """Whoever has the department's machine and its key, too: an old entry is changed, all hashes are made anew, and it signs
    that. City and departments refuse it, the city is warned, and `verify` names the entry.
    """
    member = city.nodes[NODE].running("notifications")
    for n in range(3):
        await member.do(lambda tx, n=n: tx.emit(notifications.NotificationCreated(), subject=f"old-{n}"))  # type: ignore[misc]
    await sign_all(city)
    before = [c for c in await verify_nodes(city.plan, NODE, "notifications") if c.faults]
    assert before == []

    changed = await rebuild_live(city, member)
    [checked] = await verify_nodes(city.plan, NODE, "notifications")

    named = {f.seq for f in checked.faults if f.what == "is not the entry that the city received"}
    assert changed in named and any("is not as it was signed" in f.what for f in checked.faults)


async def rebuild_live(city: City, member: Any) -> int:
    """Change an entry in the running node's database, and all hashes after it."""
    entries = member.entries(0, 10_000)
    seq = entries[1].seq
    prev = entries[0].hash
    with contextlib.closing(sqlite3.connect(city.plan.var / NODE / f"{member.name}.db", timeout=30)) as db:
        for e in entries[1:]:
            actor = "somebody" if e.seq == seq else e.actor
            fields = (
                e.seq,
                e.event_id,
                e.type,
                e.to,
                e.count,
                e.subject,
                e.at,
                actor,
                e.request_id,
                e.trace,
                e.data,
            )
            made = seal(prev, *fields)
            db.execute(
                "UPDATE journal SET actor = ?, prev_hash = ?, hash = ? WHERE seq = ?",
                (actor, prev, made, e.seq),
            )
            prev = made
        db.execute("UPDATE head SET hash = ?", (prev,))
        db.commit()
    return int(seq)
