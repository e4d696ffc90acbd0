"""Whole cases, from the clue to the closing, many at once: so many cases a second, and what an echo does in as many calls.
`python -m tests.bench.lifecycle` runs it alone.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer
import uvloop
from rich.console import Console
from yifa.enforcement.v1 import case_pb2 as cases

from services.given import case as given
from services.given.case import Dossier, band, fine
from services.given.people import CLERK, FINANCE, HEAD
from services.given.say import CONTRACTS, Who, request
from services.kit.access import mint
from services.kit.dial import Target, channel
from tests.bench.processes import Processes
from tests.bench.report import Report
from tests.bench.seed import BODY, CALLERS, NODE, opened, pair, people, write_settings
from tests.cable import free_port

LIFE = "whole cases, c=16"
AT_ONCE = 16
EVIDENCE = 5
PATH = "/yifa.enforcement.v1.EnforcementService"
_TURNS = count()


class Caller:
    """A client of the department with tokens for all who act, which counts its writes."""

    def __init__(self, folder: Path, channel: grpc.aio.Channel) -> None:
        self.key = (folder / "token.key").read_bytes()
        self.channel, self.writes = channel, 0
        self.tokens: dict[Who, Any] = {}
        self.sent: list[bytes] = []

    async def do(self, rpc: str, by: Who, /, **fields: Any) -> Any:
        asked = request("enforcement", rpc, **fields)
        if by not in self.tokens:
            self.tokens[by] = (("authorization", f"Bearer {mint(self.key, by[0], NODE, by[1:])}"),)
        gives = CONTRACTS["enforcement"].methods_by_name[rpc].output_type._concrete_class
        body = asked.SerializeToString()
        reply = await self.channel.unary_unary(f"{PATH}/{rpc}")(body, metadata=self.tokens[by])
        self.writes += 1
        if len(self.sent) < 200:
            self.sent.append(body)
        return gives.FromString(reply)


async def life(caller: Caller) -> None:
    """One case: told, answered, decided, served, public, paid, closed."""
    do, ids = caller.do, pair(next(_TURNS) % CALLERS)
    case = await given.register_clue(do, BODY)
    dossier = Dossier(case.case_id, BODY, ids, fine(30_000))
    for rpc in (
        "FileCase",
        "AssignOfficers",
        *["RecordEvidence"] * EVIDENCE,
        "SubmitReport",
        "SubmitForReview",
    ):
        await given.act(do, rpc, dossier)
    for rpc in ("ConcludeReview", "ServePriorNotice", "RecordStatement", "RecheckDefence", "WaiveDefence"):
        await given.act(do, rpc, dossier)
    await given.act(do, "MakeDecision", dossier)
    await given.act(do, "ServeDecision", dossier)
    await given.act(do, "PublishDecision", dossier)
    about = {"case_id": case.case_id}
    await do("RequestDeferral", CLERK, **about, application="申请书", cause="经济困难")
    await do("DecideDeferral", HEAD, **about, approved=False, reason="没有经济困难")
    for n in range(3):
        bank = f"{case.case_id}-{n}"
        await do("RecordPayment", FINANCE, **about, amount=given.yuan(10_000), bank_reference=bank)
    closed = await given.act(do, "CloseCase", dossier)
    assert closed.case.state == cases.CASE_STATE_CLOSED


async def lives(folder: Path, port: int, many: int) -> tuple[float, Caller]:
    """The seconds that so many cases take, some at a time."""
    async with channel(Target(f"127.0.0.1:{port}")) as there:
        caller = Caller(folder, there)
        await do_benchmark(caller)
        await life(caller)
        began, left = time.perf_counter(), iter(range(many))
        caller.writes = 0

        async def worker() -> None:
            for _ in left:
                await life(caller)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        return time.perf_counter() - began, caller


async def do_benchmark(caller: Caller) -> None:
    item = {
        "code": "1-1",
        "statute": "示例法",
        "violation": "示例违法行为",
        "bands": [band("1", 20_000, 200_000)],
    }
    await caller.do("PublishBenchmark", HEAD, benchmark=item)


async def echoes(port: int, bodies: list[bytes], calls: int) -> float:
    """The seconds in which an echo gives as many requests back to the same client."""
    async with channel(Target(f"127.0.0.1:{port}")) as there:
        method, turns = there.unary_unary(f"{PATH}/RecordEvidence"), calling(bodies, calls)
        began = time.perf_counter()

        async def worker() -> None:
            for body in turns:
                await method(body)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        return time.perf_counter() - began


def calling(bodies: list[bytes], calls: int) -> Iterator[bytes]:
    return (bodies[n % len(bodies)] for n in range(calls))


async def seed(folder: Path, port: int) -> Path:
    """A department with its people and no case."""
    settings = write_settings(folder, grpc={"listen": f"127.0.0.1:{port}"})
    async with opened(settings) as running:
        await running.do(people)
    return settings


def measure_lives(folder: Path, processes: Processes, many: int, rounds: int, report: Report) -> None:
    """Rounds of whole cases and of as many echoes, in turn."""
    folder.mkdir()
    port, other = free_port(), free_port()
    settings = asyncio.run(seed(folder, port))
    service = processes.start("life", "services.enforcement", str(settings), port=port).wait()
    echo = processes.start("life-echo", "tests.bench.server", "echo", str(other), port=other).wait()
    rates, echoed, each = [], [], 0
    for _ in range(rounds):
        took, caller = uvloop.run(lives(folder, port, many))
        each = caller.writes // many
        rates.append(many / took)
        calls = many * each
        echoed.append(many / uvloop.run(echoes(other, caller.sent, calls)))
    report.add(LIFE, rates, "cases/s", **{f"echo of its {each} calls": echoed})
    report.add(f"{LIFE}, writes", [rate * each for rate in rates], "writes/s")
    report.counts["whole cases"] = many * rounds
    for process in (service, echo):
        processes.end(process)


def main(
    many: Annotated[int, typer.Option(help="How many cases a round.")] = 300,
    rounds: Annotated[int, typer.Option(help="How many rounds.")] = 3,
) -> None:
    """Measure whole cases alone."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="life-") as folder, Processes(Path(folder)) as processes:
        measure_lives(Path(folder) / "node", processes, many, rounds, report)
    report.print(Console(width=120))


if __name__ == "__main__":
    typer.run(main)
