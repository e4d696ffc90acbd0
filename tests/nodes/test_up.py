"""`yifa up` and the other commands, as a user types them."""

import asyncio
import contextlib
import html
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from yifa.journal.v1.condition_pb2 import ALERT_KIND_PROCESS_RESTARTED

from services.kit.supervised import Process, read
from services.node import joining, roster
from services.node.answering import answers
from services.node.failure import Failure
from services.node.plan import again, plan
from services.node.up import ROOT
from tests.browser.site import NOBODY, OVERSEER, SESSION, browsing
from tests.cable import free_base
from tests.chaos.run import Run
from tests.chaos.town import Town

pytestmark = pytest.mark.timeout(300)
"""Whichever test comes first has the city started three times."""
PROCESSES = 2 * 4 + 1
"""A server and a process of hub, city and two departments; the console."""

KILLED = ("chengguan", "nats-chengguan", "nats-hub")
"""Of these each is killed once while the city starts."""


class Shell:
    """The command line with a var folder and a port base of its own."""

    process: asyncio.subprocess.Process
    left: list[Process]
    """What the first supervisor had started when it was killed."""
    mistaken: tuple[int, str]
    """What the second one ended with and said, for which a file was wrong."""

    async def killed(self) -> None:
        """Start a city and kill its supervisor -9 as soon as there is something to leave behind; one of it hears nothing."""
        process = await self.start("up", "--no-demo")
        async with asyncio.timeout(200):
            while len(left := [p for p in read(self.var / "supervisor.json") if p.alive]) < PROCESSES:
                await asyncio.sleep(0.02)
        self.left = left
        os.kill(self.supervised("nats-hub").pid, signal.SIGSTOP)
        process.kill()
        await process.communicate()

    async def mistake(self) -> None:
        """Start a city one of whose files is wrong; then put it right."""
        staff = self.var / "staff" / "chengguan.toml"
        right = staff.read_text("utf-8")
        staff.write_text(right.replace("[[staff]]", "[[stuff]]"), "utf-8")
        process = await self.start("up", "--no-demo")
        async with asyncio.timeout(200):
            _, err = await process.communicate()
        assert process.returncode is not None
        self.mistaken = process.returncode, err.decode()
        staff.write_text(right, "utf-8")

    def supervised(self, name: str) -> Process:
        """What the supervisor keeps on file of one of its processes."""
        return next(p for p in read(self.var / "supervisor.json") if p.name == name)

    def __init__(self, var: Path, base: int):
        self.var, self.base = var, base
        path = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
        self.env = {**os.environ, "PYTHONPATH": path, "YIFA_VAR": str(var), "YIFA_PORT_BASE": str(base)}

    def log(self, name: str) -> str:
        return (self.var / "log" / f"{name}.log").read_text(errors="replace")

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.cli", *words,
            env=self.env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        process = await self.start(*words)
        async with asyncio.timeout(150):  # one that adds a department waits for 90 s itself
            out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def up(self, *killed: str) -> asyncio.subprocess.Process:
        """Start a city. Some of its processes are killed -9 once, as soon as they are there."""
        process, waiting = await self.start("up", "--no-demo"), {*killed}
        async with asyncio.timeout(200):
            while process.returncode is None and (waiting or not self.says_up(process.pid)):
                for each in self.started_by(process.pid):
                    if each.name in waiting and each.alive:
                        os.kill(each.pid, signal.SIGKILL)
                        waiting.remove(each.name)
                await asyncio.sleep(0.02)
        return process

    def says_up(self, supervisor: int) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return bool(json.loads((self.var / "up.json").read_text())["pid"] == supervisor)
        return False

    def started_by(self, supervisor: int) -> list[Process]:
        state = self.var / "supervisor.json"
        with contextlib.suppress(FileNotFoundError):
            return read(state) if json.loads(state.read_text())["supervisor"] == supervisor else []
        return []

    async def down(self, process: asyncio.subprocess.Process) -> tuple[int, str]:
        """Press Ctrl-C, wait for the end."""
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(40):
            out, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shell(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("up") / "var", free_base())
    await shell.killed()
    await shell.mistake()
    shell.process = await shell.up(*KILLED)
    yield shell
    code, out = await shell.down(shell.process)
    assert code == 0 and "已停止" in out
    assert not await answers(shell.base)


async def test_what_is_killed_while_the_city_starts_is_started_again(shell: Shell) -> None:
    """The supervisor goes on, and nobody starts it anew."""
    assert shell.process.returncode is None
    assert shell.says_up(shell.process.pid) and await answers(shell.base)
    for name in KILLED:
        assert shell.supervised(name).alive
        assert shell.supervised(name).ends[0].code == -signal.SIGKILL


async def test_a_wrong_file_ends_the_start_with_its_name_and_all_that_was_started(shell: Shell) -> None:
    code, said = shell.mistaken

    assert code == 2
    assert "chengguan 无法启动，须先改正" in said and "cannot start until this is put right" in said
    assert "staff/chengguan.toml: KeyError('staff')" in said and "Traceback" not in said


async def test_status_tells_of_every_node(shell: Shell) -> None:
    code, out, _ = await shell.run("status", "--json")

    states = {s["node"]: s for s in json.loads(out)}
    assert code == 0
    assert set(states) == {"city", "huanbao", "chengguan"}
    assert {s["service"] for s in states["huanbao"]["services"]} == {
        "registry",
        "enforcement",
        "notifications",
    }
    assert all(s["serving"] and s["parked"] == 0 for state in states.values() for s in state["services"])


async def test_the_first_call_of_the_readme_works_as_written(shell: Shell) -> None:
    """But for the port and the folder of this city, and where this Python lies."""
    [program] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    for said, here in (
        ('".venv/bin/yifa"', f'"{sys.executable}", "-m", "services.cli"'),
        ("127.0.0.1:8610", f"127.0.0.1:{shell.base + 10}"),
        ('"var/keys', f'"{shell.var}/keys'),
    ):
        assert said in program
        program = program.replace(said, here)

    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", f"{program}\nprint('answered', len(reply.warnings))", cwd=ROOT, env=shell.env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told = (await run.communicate())[0].decode()

    assert run.returncode == 0 and "answered 0" in told, told


async def test_what_the_city_writes_is_its_owners_alone(shell: Shell) -> None:
    """Databases, their logs, keys, certificates, streams and logs: whole id numbers stand in them."""
    open_to_others = [
        f"{oct(path.stat().st_mode)[-3:]} {path.relative_to(shell.var)}"
        for path in (shell.var, *shell.var.rglob("*"))
        if path.exists() and path.stat().st_mode & 0o077
    ]
    kinds = {path.suffix for path in shell.var.rglob("*")}

    assert {".db", ".db-wal", ".pem", ".nk", ".toml", ".conf", ".log", ".blk"} <= kinds
    assert not open_to_others


async def test_import_verify_and_watch(shell: Shell, tmp_path: Path) -> None:
    """A benchmark table is published once, its events are in an intact chain and are seen by the oversight."""
    table = tmp_path / "benchmark.csv"
    table.write_text(
        "sheet,law_heading,序号,违法行为,法律依据,类别,裁量情节,裁量标准,备注\n"
        "示例法,一、《示例法》,1-1,示例违法行为,第一条,1,初次违法,处二万元以上五万元以下的罚款,\n"
        ",,,,,2,再次违法,处五万元以上十万元以下的罚款,\n",
        "utf-8",
    )

    first = json.loads((await shell.run("import", "benchmarks", str(table), "--json"))[1])
    again = json.loads((await shell.run("import", "benchmarks", str(table), "--json"))[1])
    code, checked, _ = await shell.run("verify", "huanbao", "enforcement", "--json")
    watching = await shell.start("watch", "--after", "0", "--node", "huanbao", "--json")
    assert watching.stdout is not None
    async with asyncio.timeout(20):
        # the node's own announcements come first
        while "BenchmarkPublished" not in (line := (await watching.stdout.readline()).decode()):
            assert line, "the watch goes on until it is ended"
    watching.terminate()
    await watching.wait()

    assert (first["published"], first["bands"], first["exact"]) == (1, 2, 2)
    assert again["refused"] == [] and (again["published"], again["unchanged"]) == (0, 1)
    [journal] = json.loads(checked)
    assert code == 0 and journal["intact"] and journal["entries"] == 1
    assert json.loads(line)["entry"]["type"] == "yifa.enforcement.v1.BenchmarkPublished"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("token", "EMPEROR"), "unknown role"),
        (("verify", "nowhere"), "no journal matches"),
        (("import", "benchmarks", "pyproject.toml", "--node", "mars"), "is no department"),
    ],
)
async def test_a_wrong_command_says_what_is_wrong(shell: Shell, words: tuple[str, ...], says: str) -> None:
    code, _, err = await shell.run(*words)

    assert code == 2
    assert says in " ".join(err.split()) and "Traceback" not in err


async def test_a_taken_port_is_named(shell: Shell, tmp_path: Path) -> None:
    """A second city on the same ports does not start, and does not disturb the first."""
    code, _, err = await Shell(tmp_path / "var", shell.base).run("up", "--no-demo")

    assert code == 2
    assert f"{shell.base} (console)" in " ".join(err.split())
    assert await answers(shell.base)


async def test_a_second_supervisor_of_one_folder_is_refused(shell: Shell) -> None:
    code, _, err = await shell.run("up", "--no-demo")

    assert code == 2
    assert f"a city runs here already, of process {shell.process.pid}" in " ".join(err.split())
    assert await answers(shell.base)


async def test_a_server_that_was_killed_is_started_again_and_told_of(shell: Shell) -> None:
    """The department's NATS server: nobody has to start it by hand."""
    was = shell.supervised("nats-huanbao")
    os.kill(was.pid, signal.SIGKILL)

    city, found = plan(shell.var, shell.base), list[Any]()
    async with asyncio.timeout(60):
        while not (now := shell.supervised("nats-huanbao")).alive or now.pid == was.pid:
            await asyncio.sleep(0.05)
        while not found:
            status = await joining.ask(city, city.departments[0])
            if status is not None and status.hub_connected:
                found = [a for a in status.alerts if a.kind == ALERT_KIND_PROCESS_RESTARTED]
            await asyncio.sleep(0.05)
    _, out, _ = await shell.run("status")

    assert [end.code for end in now.ends] == [-signal.SIGKILL]
    [alert] = found
    assert alert.service == "nats-huanbao" and "started again" in alert.message_en
    assert "nats-huanbao 进程一小时内意外结束 1 次" in "".join(out.split("\n"))
    page = await nodes_page(shell)
    assert alert.message_zh in html.unescape(page) and "&lt;time" not in page


async def test_who_is_signed_in_stays_so_when_the_console_is_killed(shell: Shell) -> None:
    """Who signed out just before does not come back by it."""
    url = f"http://127.0.0.1:{shell.base}"
    async with browsing(url, who=NOBODY) as stays, browsing(url, who=NOBODY) as goes:
        await stays.sign_in(OVERSEER)
        signed_out = await goes.sign_in(OVERSEER)
        await goes.post("/sign-out")
        was = shell.supervised("console")
        os.kill(was.pid, signal.SIGKILL)
        async with asyncio.timeout(60):
            while shell.supervised("console").pid in (0, was.pid) or not await answers(shell.base):
                await asyncio.sleep(0.05)

        goes.cookies.set(SESSION, signed_out)
        assert (await stays.get("/nodes")).status_code == 200
        assert (await goes.get("/nodes")).status_code == 303


async def nodes_page(shell: Shell) -> str:
    """The console's page of the nodes, as the overseer sees it who signs in anew."""
    async with browsing(f"http://127.0.0.1:{shell.base}", who=NOBODY) as browser:
        await browser.sign_in(OVERSEER)
        return (await browser.get("/nodes")).text


LONG = (
    "supervisor killed", "supervisor stopped a while", "second supervisor", "second process of a node",
    "department restored", "city restored", "database set back",
)  # fmt: skip
"""Faults that take longer than a short run has, or have a test of their own."""
NEW = ("shichang", "市市场监督管理局", "Market Regulation")


async def test_a_department_comes_and_goes_while_everything_runs(shell: Shell) -> None:
    """Keys, settings and the hub's configuration are made, no link of the others drops, an event arrives each way."""
    links, city = shell.log("nats-hub").count("Leafnode connection closed"), plan(shell.var, shell.base)
    ends = shell.supervised("console").total

    code, out, err = await shell.run("node", "add", NEW[0], "--zh", NEW[1], "--en", NEW[2])

    assert code == 0, err
    assert "s 上行到达 up" in out and "s 下行到达 down" in " ".join(out.split())
    city = plan(shell.var, shell.base)
    states = [await joining.ask(city, site) for site in city.sites]
    linked = [s.node for s in states if s is not None and s.hub_connected]
    assert linked == ["city", "huanbao", "chengguan", "shichang"]
    assert shell.log("nats-hub").count("Leafnode connection closed") == links, "no link dropped"
    assert shell.supervised("console").total == ends, "that it reads its settings anew is no fault"

    code, _, err = await shell.run("node", "remove", "shichang")

    assert code == 0, err
    watching = await shell.start("watch", "--after", "0", "--node", "shichang", "--json")
    assert watching.stdout is not None
    async with asyncio.timeout(40):
        assert "ShowingKeyPublished" in (await watching.stdout.readline()).decode(), "its records are read on"
    watching.terminate()
    await watching.wait()
    async with asyncio.timeout(40):
        while any(p.name == "shichang" for p in read(shell.var / "supervisor.json")):
            await asyncio.sleep(0.05)
        while True:
            with contextlib.suppress(httpx.TransportError):
                page = await nodes_page(shell)
                if "市城市管理综合执法局" in page and "shichang" not in page:
                    break
            await asyncio.sleep(0.1)


def test_what_cannot_be_added_is_said_before_anything_is_written(tmp_path: Path) -> None:
    city = plan(tmp_path, free_base())
    for id, says in (
        ("huanbao", "such a node already"),
        ("Market", "small letters"),
        ("city", "such a node already"),
    ):
        with pytest.raises(Failure, match=says):
            joining.add(city, id, "又一个", "Another")
    with pytest.raises(Failure, match="in Chinese and in English"):
        joining.add(city, *NEW[:2], " ")
    with (
        socket.socket() as there,
        pytest.raises(Failure, match=rf"port taken: {city.base + 40} \(shichang gRPC\)"),
    ):
        there.bind(("127.0.0.1", city.base + 40))
        joining.add(city, *NEW)
    assert not list(tmp_path.iterdir())

    more = joining.add(city, *NEW)
    roster.write(tmp_path, roster.left(roster.of(tmp_path, ()), "shichang"))

    assert [s.id for s in more.departments] == ["huanbao", "chengguan", "shichang"]
    with pytest.raises(Failure, match="its records stay under this id"):
        joining.add(again(more), *NEW)
    assert (
        joining.add(again(more), "jiaotong", "市交通运输局", "Transport").departments[-1].port
        == city.base + 50
    )


async def test_without_a_city_the_commands_say_so(tmp_path: Path) -> None:
    elsewhere = Shell(tmp_path, free_base())

    code, _, err = await elsewhere.run("status")

    assert code == 2 and "no city runs under" in " ".join(err.split())


async def test_what_a_killed_supervisor_leaves_is_no_ones_work(shell: Shell) -> None:
    """The first `yifa up` was killed -9 while one of its processes stood still and heard nothing; the second one started all the
    same, and ended what was left.
    """
    assert {process.name for process in shell.left} <= {p.name for p in read(shell.var / "supervisor.json")}
    assert not any(process.alive for process in shell.left)
    assert await answers(shell.base)


async def test_a_city_that_everything_befalls_loses_and_doubles_nothing(shell: Shell) -> None:
    """A short run of those that `make chaos` draws, without what takes long: who was told that it is done finds it done, once,
    at home and at the city; clocks, notifications, chains and replicas are right.
    """
    town = Town(shell.var, shell.base)
    town.supervisor = shell.process
    run = Run(town, seed=4, faults=10, seconds=5, but=LONG, report=lambda said: None)

    writers, found = await run.go()

    assert run.done.total() == 10 and not run.failed, (run.done, run.absent, dict(run.failed))
    assert found.clean, {what: found.named[what] for what, number in found.counts.items() if number}
    assert len(writers.ledger.acknowledged) > 20
