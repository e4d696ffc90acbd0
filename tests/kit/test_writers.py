"""The thread that writes: beside another writer, and when it dies; and a store that is closed while threads read of it."""

import asyncio
import gc
import os
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import grpc
import pytest

from services.kit.call import Call
from services.kit.desk import envelope
from services.kit.journal import verify
from services.kit.tx import Tx
from services.kit.writer import Writer
from services.node.up import ROOT
from services.registry.__main__ import SERVICE
from tests.city import City
from tests.kit.test_write_path import confirm

ENV = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'proto' / 'gen'}"}


async def test_two_writers_keep_one_chain(city: City) -> None:
    running = city.nodes["city"].running("registry")
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    other = Writer(running.engine, running.kit, running.around, asyncio.get_running_loop())

    for n in range(6):
        await stub.ConfirmBody(confirm(910_000 + 2 * n), metadata=me)
        work = partial(SERVICE.servicer.ConfirmBody, confirm(910_001 + 2 * n))
        await other.write(Call(work, running.system, running.telemetry.trace_of({})))
    await other.stop()

    entries = [envelope(e) for e in await city.journal("city", "registry")]
    assert not verify(entries)[1]
    for addressee in {e.to for e in entries}:
        counts = [e.count for e in entries if e.to == addressee]
        assert counts == list(range(1, len(counts) + 1))


@pytest.mark.of_sqlite("the statements that its connection keeps are shared by the cursors")
async def test_no_transaction_leaves_its_cursor_to_the_collector(city: City) -> None:
    """The collector runs on any thread. A cursor that it finds sets its statement back, and the next transaction may be at it:
    SQLite refuses a row then that nothing is wrong with.
    """
    running = city.nodes["city"].running("registry")
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    gc.disable()
    try:
        await stub.ConfirmBody(confirm(915_000), metadata=me)
        with pytest.raises(grpc.aio.AioRpcError):
            await stub.ConfirmBody(confirm(915_000), metadata=me)
        left = [each for each in gc.get_objects() if isinstance(each, sqlite3.Cursor)]
    finally:
        gc.enable()

    assert running.writer.connection is not None
    its = running.writer.connection.connection.dbapi_connection
    mine = [each for each in left if each.connection is its]
    for each in mine:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.fetchone()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_dead_writer_ends_the_node(city: City) -> None:
    running = city.nodes["huanbao"].running("registry")
    node = city.tasks["huanbao"]

    def die(tx: Tx) -> None:
        raise SystemExit("the thread's end")

    running.writer.write(Call(die, running.system, running.telemetry.trace_of({})))
    with pytest.raises(ExceptionGroup) as ended:
        async with asyncio.timeout(20):
            await node

    assert ended.group_contains(RuntimeError, match="the writer thread died")
    await city.start_node("huanbao")
    status = await city.status("huanbao")
    assert {s.service for s in status.services} == {"registry", "enforcement", "notifications"}


@pytest.mark.of_sqlite("its library does not survive that a connection is lost under a read")
def test_a_store_is_closed_under_readers_without_a_crash(tmp_path: Path) -> None:
    """Every read ends with its rows or with an error that says that the store is closed; the process lives."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.kit.closing", str(tmp_path), "10"]
    done = subprocess.run(
        command, cwd=ROOT, env=ENV, capture_output=True, text=True, timeout=100, check=False
    )

    assert done.returncode == 0, done.stderr[-3000:]
