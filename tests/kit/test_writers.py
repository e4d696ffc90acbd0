"""The thread that writes: beside another writer, and when it dies."""

import asyncio
from functools import partial

import pytest

from services.kit.call import Call
from services.kit.desk import envelope
from services.kit.journal import verify
from services.kit.tx import Tx
from services.kit.writer import Writer
from services.registry.__main__ import SERVICE
from tests.city import City
from tests.kit.test_write_path import confirm


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
