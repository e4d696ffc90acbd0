"""The database commits, and its answer is lost: what was done is not done again."""

import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.kit.reader import Batch
from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD, NODE, START, stamp
from tests.postgres import binaries, server
from tests.supervision.office import Journal

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")
ELSEWHERE = "chengguan"


class Line:
    """Carries connections to a database; told to, it lets one COMMIT through and loses the answer with the connection."""

    def __init__(self, host: str, port: int) -> None:
        self.target = host, port
        self.lose = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, far = self.door.accept()[0], socket.create_connection(self.target)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := one.recv(65536):
                answered = one.getpeername() == self.target and b"COMMIT" in chunk
                if answered and self.lose.is_set():
                    self.lose.clear()
                    break
                other.sendall(chunk)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[Line, str]]:
    with server() as url:
        with psycopg.connect(url + "postgres", autocommit=True) as admin:
            admin.execute("CREATE DATABASE enforcement")
        where = urlsplit(url)
        made = Line(str(where.hostname), int(where.port or 0))
        yield made, url.replace(f":{where.port}", f":{made.port}")
        made.door.close()


@pytest_asyncio.fixture(loop_scope="session")
async def department(
    line: tuple[Line, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Department]:
    department = Department(tmp_path_factory.mktemp("department"), line[1] + "{service}")
    await department.start()
    yield department
    await department.stop()


async def test_an_event_has_its_effect_once(department: Department, line: tuple[Line, str]) -> None:
    department.now = START
    dossier, there = await department.clue(), await department.body(node=ELSEWHERE)
    sent = await department.do("TransferCase", HEAD, case_id=dossier.case_id, body_id=there, cause="示例")
    answer = cases.Case(case_id="C-there", node=ELSEWHERE, version=2, transfer=sent.case.transfer)
    answer.transfer.acknowledge_time.CopyFrom(stamp(START))
    told = Journal(ELSEWHERE, "enforcement").entry(
        events.TransferAcknowledged(case=answer), START, "C-there", NODE
    )

    line[0].lose.set()
    await department.running.reactor.take(f"law.{NODE}.>", Batch([told]))

    assert not line[0].lose.is_set()
    everything = [e.type.rpartition(".")[2] for e in department.running.entries(0, 1000)]
    assert everything.count("TransferAnswered") == 1
