"""`yifa up` and the other commands, as a user types them."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from services.node.up import ROOT, answers
from tests.cable import free_base


class Shell:
    """The command line with a var folder and a port base of its own."""

    def __init__(self, var: Path, base: int):
        self.var, self.base = var, base
        path = f"{ROOT}:{ROOT / 'proto' / 'gen'}"
        self.env = {**os.environ, "PYTHONPATH": path, "YIFA_VAR": str(var), "YIFA_PORT_BASE": str(base)}

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.cli", *words,
            env=self.env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        process = await self.start(*words)
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def up(self) -> asyncio.subprocess.Process:
        process = await self.start("up", "--no-demo")
        async with asyncio.timeout(120):
            while not await answers(self.base) and process.returncode is None:
                await asyncio.sleep(0.1)
        return process

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
    process = await shell.up()
    yield shell
    code, out = await shell.down(process)
    assert code == 0 and "已停止" in out
    assert not await answers(shell.base)


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


async def test_a_taken_port_is_named(shell: Shell) -> None:
    """A second city on the same ports does not start, and does not disturb the first."""
    code, _, err = await shell.run("up", "--no-demo")

    assert code == 2
    assert f"{shell.base} (console)" in " ".join(err.split())
    assert await answers(shell.base)


async def test_without_a_city_the_commands_say_so(tmp_path: Path) -> None:
    elsewhere = Shell(tmp_path, free_base())

    code, _, err = await elsewhere.run("status")

    assert code == 2 and "no city runs under" in " ".join(err.split())
