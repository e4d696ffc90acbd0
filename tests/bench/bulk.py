"""A city of officers brought into a department's register over the stream, and into the city's replica."""

import asyncio
import random
import sqlite3
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2_grpc as rpc
from yifa.registry.v1.standing_pb2 import CheckStandingRequest

from services.given.people import credit_code
from services.kit.access import mint
from services.kit.dial import Target, channel
from services.kit.journal import Envelope
from services.kit.time import wall
from services.kit.tx import Tx
from services.registry.__main__ import SERVICE
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.officer.model import Officer
from services.registry.officer.reactions import REACTIONS
from tests.bench.processes import Processes
from tests.bench.seed import opened
from tests.cable import free_port
from tests.issuing import issuing
from tests.layers import TOML
from tests.registry.lists import row

PART, AHEAD = 500, 3
NODE, CITY, BODY = "huanbao", "city", "示例执法机关"


@dataclass(frozen=True)
class Brought:
    """Officers a second at the department and at the city, and how many are there."""

    rate: float
    replica_rate: float
    kept: int
    replicas: int
    standing: list[float]
    """How long each of some questions about an officer's standing took, in milliseconds, sorted."""


def bring_officers(folder: Path, many: int, processes: Processes) -> Brought:
    """Import so many officers into a process with SQLite, then apply its events at a city."""
    port = free_port()
    department, city = (settings(folder / "bulk", node, port) for node in (NODE, CITY))
    asyncio.run(know(department))
    server = processes.start("registry", "services.registry", str(department), port=port).wait()
    token = mint((department.parent / "token.key").read_bytes(), "clerk-1", NODE, ("ROSTER_CLERK",))
    seconds = asyncio.run(send(f"127.0.0.1:{port}", token, many))
    processes.end(server)
    asked = asyncio.run(standing(department))
    imported = announced(department.parent / NODE / "registry.db")
    again = asyncio.run(apply(city, imported))
    return Brought(
        many / seconds,
        many / again,
        count(department.parent / NODE / "registry.db", "officer"),
        count(city.parent / CITY / "registry.db", "qualification"),
        asked,
    )


def settings(folder: Path, node: str, port: int) -> Path:
    folder.mkdir(exist_ok=True)
    issuing(folder)
    file = folder / f"{node}.toml"
    kind = "city" if node == CITY else "department"
    file.write_text(
        f'[node]\nid = "{node}"\nkind = "{kind}"\ncity = "{CITY}"\nservices = ["registry"]\n'
        f'[token]\nissuers = "issuers.json"\n[grpc]\nlisten = "127.0.0.1:{port}"\n{TOML}'
    )
    return file


async def know(file: Path) -> None:
    """A body that may enforce, as the city would have announced it."""

    def body(tx: Tx) -> None:
        tx.add(
            Body.new(
                body_id="B-1", name=BODY, credit_code=credit_code(1), kind=body_pb2.BODY_KIND_AGENCY, node=NODE,
                document_prefix="示罚", field="生态环境", state="PUBLISHED", confirm_time=wall(),
                publish_time=wall() - timedelta(days=365),
            )
        )  # fmt: skip

    async with opened(file, SERVICE) as running:
        await running.do(body)


async def send(target: str, token: str, many: int) -> float:
    """Send all parts, a few ahead of their answers, which come in order; the seconds that took."""
    parts = [
        bulk.ImportOfficersRequest(rows=[row(n, BODY) for n in range(at, min(at + PART, many))])
        for at in range(0, many, PART)
    ]
    async with channel(Target(target)) as there:
        metadata = (("authorization", f"Bearer {token}"),)
        call = rpc.RegistryServiceStub(there).ImportOfficers(metadata=metadata)
        began = time.perf_counter()
        for part in parts[:AHEAD]:
            await call.write(part)
        for at, part in enumerate(parts, AHEAD):
            reply = await call.read()
            assert reply.added == len(part.rows), reply
            if at < len(parts):
                await call.write(parts[at])
        await call.done_writing()
        return time.perf_counter() - began


async def standing(file: Path, questions: int = 500) -> list[float]:
    """Certify everybody, and ask the service at the department about officers taken at random."""
    table = Certificate.__table__
    issued, expires = wall() - timedelta(days=100), wall() + timedelta(days=1000)
    blank = {c.name: None for c in table.columns}
    async with opened(file, SERVICE) as running:
        ids = [row.officer_id for row in running.rows(select(Officer.officer_id))]
        rows = [
            Certificate.new(
                certificate_number=f"4407{n:08d}", officer_id=officer_id, officer_name="示例", body_id="B-1",
                body_name=BODY, node=NODE, fields=("生态环境",), area_code="440700", issue_time=issued, expire_time=expires,
            ).__dict__
            for n, officer_id in enumerate(ids)
        ]  # fmt: skip
        with running.engine.begin() as database:
            database.execute(insert(table), [blank | row for row in rows])
        view, took = running.view(), []
        for officer_id in random.choices(ids, k=questions):
            request = CheckStandingRequest(officer_id=officer_id, act=1, field="生态环境", body_id="B-1")
            began = time.perf_counter()
            reply = SERVICE.servicer.CheckStanding(request, view)  # type: ignore[attr-defined]
            took.append(1000 * (time.perf_counter() - began))
            assert reply.may, reply
        return sorted(took)


def announced(file: Path) -> list[events.OfficersImported]:
    with sqlite3.connect(file) as database:
        found = database.execute("select data from journal where type like '%OfficersImported' order by seq")
        return [events.OfficersImported.FromString(data) for (data,) in found]


async def apply(file: Path, imported: list[events.OfficersImported]) -> float:
    """React to the events at a city, one transaction each; the seconds that took."""
    react = REACTIONS[events.OfficersImported]
    about = Envelope(NODE, "registry", 1, "", "", CITY, 1, "L-1", 0, "", "", "", b"", b"", b"")
    async with opened(file, SERVICE) as running:
        began = time.perf_counter()
        for event in imported:
            await running.do(lambda tx, event=event: react(event, tx, about))  # type: ignore[misc]
        return time.perf_counter() - began


def count(file: Path, table: str) -> int:
    with sqlite3.connect(file) as database:
        return int(database.execute(f"select count(*) from {table}").fetchone()[0])
