"""A list is brought in while the department's process is killed -9; it goes on, and nobody is there twice."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1.registry_service_pb2_grpc import RegistryServiceStub

from services.cli.lists.bring import AHEAD, bring
from services.given.people import credit_code
from services.kit.access import Gate, mint
from services.kit.dial import Target, channel
from services.kit.issuers import Issuers
from services.kit.service import Running
from services.kit.settings import Settings
from services.kit.tx import Tx
from services.node.answering import serves
from services.node.callers import went_away
from services.registry.__main__ import SERVICE
from services.registry.body.model import Body
from tests.database import asked, verified
from tests.issuing import issuing
from tests.layers import TOML
from tests.registry.lists import csv_file, person

MANY = 3000
NODE = "huanbao"


class Department:
    """A registry in a process of its own, without a bus; it knows one body."""

    def __init__(self, folder: Path, node: str = NODE, kind: str = "department", role: str = "ROSTER_CLERK"):
        issuing(folder)
        self.node = node
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.target = Target(f"127.0.0.1:{free.getsockname()[1]}")
        self.settings = folder / "node.toml"
        self.settings.write_text(
            f'[node]\nid = "{node}"\nkind = "{kind}"\ncity = "city"\nservices = ["registry"]\n'
            f'[token]\nissuers = "issuers.json"\n[grpc]\nlisten = "{self.target}"\n{TOML}'
        )
        self.file = folder / node / "registry.db"
        token = mint((folder / "token.key").read_bytes(), "clerk-1", node, (role,))
        self.metadata = (("authorization", f"Bearer {token}"),)

    async def do(self, work: Callable[[Tx], None]) -> None:
        """Work of the service's own, before its process starts."""
        settings = Settings.load(self.settings)
        running = Running(SERVICE, settings, Gate(Issuers.of(settings), self.node, "city"))
        await running.do(work)
        await running.close()

    async def know(self, name: str) -> None:
        def body(tx: Tx) -> None:
            kind = body_pb2.BODY_KIND_AGENCY
            tx.add(
                Body.new(
                    body_id="B-1", name=name, credit_code=credit_code(1), kind=kind, node=NODE,
                    document_prefix="示罚", field="生态环境", state="PUBLISHED", confirm_time=tx.now,
                )
            )  # fmt: skip

        await self.do(body)

    async def start(self) -> None:
        command = [sys.executable, "-m", "services.registry", str(self.settings)]
        self.process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, "PYTHONPATH": ".:proto/gen"}, stderr=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(40):
            while not await serves(self.target):
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        return asked(self.file, statement)

    async def holds(self, many: int) -> None:
        """Wait until so many officers are on the roster."""
        async with asyncio.timeout(20):
            while self.rows("select count(*) from officer")[0][0] < many:
                await asyncio.sleep(0.002)


@pytest_asyncio.fixture(loop_scope="session")
async def department(tmp_path: Path) -> AsyncIterator[Department]:
    department = Department(tmp_path)
    await department.know("示例执法机关")
    await department.start()
    yield department
    if department.process.returncode is None:
        await department.kill()


async def test_a_killed_import_goes_on_and_adds_nobody_twice(department: Department, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "名册.csv", [person(n, "示例执法机关") for n in range(MANY)])
    importing = asyncio.create_task(bring(department.target, department.metadata, "officers", file, part=20))
    await department.holds(MANY // 4)

    await department.kill()
    kept = department.rows("select count(*) from officer")[0][0]
    await department.start()
    report = await importing
    again = await bring(department.target, department.metadata, "officers", file)

    assert MANY // 4 <= kept < MANY
    assert (report.added + report.unchanged, report.problems) == (MANY, [])
    assert report.unchanged <= AHEAD * 20, "only the parts that were not answered are sent twice"
    assert (again.added, again.unchanged) == (0, MANY)
    assert department.rows("select count(*), count(distinct id_number) from officer") == [(MANY, MANY)]
    announced = [
        officer.officer_id
        for (data,) in department.rows("select data from journal where type like '%OfficersImported'")
        for officer in events.OfficersImported.FromString(data).officers
    ]
    assert sorted(announced) == sorted(str(r[0]) for r in department.rows("select officer_id from officer"))
    await department.kill()
    assert verified(department.file).faults == []


async def test_a_stream_that_breaks_while_a_part_is_sent_counts_as_gone_away(department: Department) -> None:
    """The client library has words of its own for that; were they others one day, a killed import would end there."""
    async with channel(department.target) as there:
        call = RegistryServiceStub(there).ImportOfficers(metadata=department.metadata)
        await department.kill()

        with pytest.raises(grpc.aio.AioRpcError) as broken:
            call._cython_call.set_internal_error("as the library does where a write fails below it")
            await call.read()

    assert broken.value.code() is grpc.StatusCode.INTERNAL
    assert went_away(broken.value)
