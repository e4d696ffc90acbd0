"""A NATS server whose disk was full stores no more, however much room there is again: it is ended, so that it is started anew."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import nats
from nats.errors import Error

from services.node.nats import Listen, Server
from services.node.nats.unfit import Told
from services.node.plan import plan
from services.node.up import ROOT, City
from tests.cable import free_port
from tests.small_disk import small_disk


async def filled(listen: Listen) -> None:
    """Write until the server is ended for it."""
    nc = await nats.connect(f"nats://{listen}", allow_reconnect=False)
    try:
        await nc.jetstream().add_stream(name="S", subjects=["s"])
        while not nc.is_closed:
            with suppress(Error):
                await nc.jetstream().publish("s", bytes(512 * 1024), timeout=1)
    finally:
        await nc.close()


def conf_of(folder: Path, disk: Path) -> tuple[Path, Listen]:
    conf, listen = folder / "server.conf", Listen("127.0.0.1", free_port())
    disk.mkdir()
    conf.write_text(f'listen: "{listen}"\njetstream {{ store_dir: "{disk}", max_file_store: 1GB }}\n')
    return conf, listen


async def test_the_supervisor_ends_a_server_that_stores_no_more(tmp_path: Path) -> None:
    conf, listen = conf_of(tmp_path, tmp_path / "disk")
    with small_disk(tmp_path / "disk", 8):
        city = City(plan(tmp_path / "var", 20_000))
        served = city.served("hub", "city", listen)
        served.server = Server(conf, listen, tmp_path / "log")
        served.process.log = str(tmp_path / "log")
        said: list[str] = []
        (tmp_path / "var").mkdir()
        await city.serve(served)
        try:
            ending = asyncio.create_task(city.ended(served, said.append))
            await filled(listen)
            async with asyncio.timeout(60):
                await ending
        finally:
            await served.server.kill()

    assert not served.server.is_running and len(said) == 1 and "stores no more" in said[0]


async def test_under_a_manager_of_services_it_ends_with_one(tmp_path: Path) -> None:
    conf, listen = conf_of(tmp_path, tmp_path / "disk")
    with small_disk(tmp_path / "disk", 8):
        run = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.node.nats", str(conf), stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'proto' / 'gen'}"},
        )  # fmt: skip
        assert run.stderr is not None
        async with asyncio.timeout(60):
            while b"Server is ready" not in await run.stderr.readline():
                pass
            await filled(listen)
            said = await run.stderr.read()
            code = await run.wait()

    assert code == 1 and b"it ends, to be started anew" in said


def test_a_log_is_read_once_also_where_it_was_begun_anew(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("[ERR] Filestore [S] Critical write error: of an earlier one\n")
    told = Told(log)

    assert not told.unfit()
    with log.open("a") as more:
        more.write("[INF] Server is ready\n[ERR] JetStream out of space, will be DIS")
    assert not told.unfit()
    with log.open("a") as more:
        more.write("ABLED\n")
    assert told.unfit() and not told.unfit()
    log.write_text("[ERR] critical write error\n")
    assert told.unfit()
