"""`make fuzz`: every method, every event handler and every reader of files, with whatever may come from outside.

WHAT=rpc|events|files|all FUZZ=calls SEED=number; of events a tenth as many are told as calls are made, of files a fortieth.
"""

import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from services.kit.lifetime import not_of_tls
from tests.bench.processes import Process
from tests.bench.upload import memory
from tests.fuzz.files import Files
from tests.fuzz.front import knock
from tests.fuzz.fuzzing import Fuzzer, Outcome
from tests.fuzz.handlers import Handlers, Heard
from tests.fuzz.judging import Seen, wrong_records
from tests.fuzz.world import World, running, settle

out = Console(width=None if sys.stdout.isatty() else 150)
PARTS = 10
GROWTH = 400.0
"""MiB by which a node may grow after the first tenth of the calls."""


class What(StrEnum):
    """What is fuzzed."""

    ALL = "all"
    RPC = "rpc"
    EVENTS = "events"
    FILES = "files"


def main(
    calls: Annotated[int, typer.Option(help="How many calls.")] = 200_000,
    seed: Annotated[
        int, typer.Option(help="The same seed makes the same calls, as far as the clock lets it.")
    ] = 1,
    what: Annotated[What, typer.Option(help="What is fuzzed.")] = What.ALL,
) -> None:
    """Fuzz, tell what was found, and end with 1 when it was anything."""
    found = False
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        if what in (What.ALL, What.RPC):
            outcome, wrong = uvloop.run(fuzz(Path(folder, "rpc"), calls, seed))
            tell(outcome, wrong)
            found |= bool(outcome.faults or wrong)
        if what in (What.ALL, What.EVENTS):
            heard, wrong = uvloop.run(hear(Path(folder, "events"), calls // 10, seed))
            tell_of("events", heard.events, heard.seconds, heard.codes, heard.faults, wrong)
            found |= bool(heard.faults or wrong)
        if what in (What.ALL, What.FILES):
            read = Files(seed).run(calls // 40)
            tell_of("files", read.files, read.seconds, read.codes, read.faults)
            found |= bool(read.faults)
    sys.exit(found)


async def hear(folder: Path, events: int, seed: int) -> tuple[Heard, list[str]]:
    """So many events: a tenth of them through the front door of a city that runs and is read afterwards, and whose records have
    to be whole; the others to services by themselves, whose rows are held against what the good ones alone give.
    """
    heard, began = Heard(), time.monotonic()
    logging.getLogger("asyncio").addFilter(not_of_tls)
    async with running(folder) as world:
        await settle(world)
        if sys.stdout.isatty() or events > 1000:
            out.print(f"a city stands after {time.monotonic() - began:.0f} s", style="dim")
        await knock(world, events // 10, seed, heard)
        fuzzer = Fuzzer(world, seed)
        fuzzer.methods = [method for method in fuzzer.methods if not method.writes and not method.streams_in]
        outcome = await fuzzer.run(events // 5)
        for what, about in outcome.faults.items():
            heard.fault(f"afterwards {what}", "\n".join(about))
        heard.codes["read afterwards"] = outcome.codes["OK"]
        wrong = ended(world)
    wrong += wrong_records(world.plan, {}, Seen())
    heard.seconds = time.monotonic() - began
    logging.disable(logging.CRITICAL)  # each that is parked is said there
    return await Handlers(world.plan.var, seed, heard=heard).run(events - heard.events), wrong


async def fuzz(folder: Path, calls: int, seed: int, departments: int = 2) -> tuple[Outcome, list[str]]:
    """So many calls to a city of its own; what came of them, and what is wrong with the city afterwards."""
    wrong: list[str] = []
    async with running(folder, departments) as world:
        await settle(world)
        fuzzer = Fuzzer(world, seed)
        early: dict[str, float] = {}
        for n in range(PARTS):
            outcome = await fuzzer.run(calls // PARTS)
            sizes = {node: memory(p, "VmRSS") for node, p in world.processes.items() if alive(p)}
            early = early or sizes
            if sys.stdout.isatty() or calls > 10_000:
                said = ", ".join(f"{node} {size:.0f} MiB" for node, size in sizes.items())
                out.print(
                    f"{outcome.calls:,} calls in {outcome.seconds:.0f} s, {n + 1}/{PARTS}: {said}",
                    style="dim",
                )
        wrong += ended(world)
        wrong += [
            f"{node} grew from {early[node]:.0f} to {size:.0f} MiB"
            for node, size in sizes.items()
            if size > early.get(node, 0) + GROWTH
        ]
    seen = Seen()
    wrong += list(wrong_records(world.plan, outcome.written, seen))
    if calls and not (seen.entries and seen.replies and seen.snapshots):
        wrong.append(f"nothing was looked at: {seen}")
    outcome.codes["entries of the journals"] = seen.entries
    outcome.codes["replies held against what is kept"] = seen.replies
    outcome.codes["records held against their last events"] = seen.snapshots
    return outcome, wrong


def alive(process: Process) -> bool:
    return process.popen.poll() is None


def ended(world: World) -> list[str]:
    """The processes that are gone, and what the others logged as bugs."""
    found = [f"{node} ended" for node, process in world.processes.items() if not alive(process)]
    for node, process in world.processes.items():
        text = process.log.read_text(errors="replace")
        if (at := text.find("Traceback")) >= 0:
            found.append(f"{node} logged a bug:\n{text[max(0, at - 300) : at + 3000]}")
    return found


def tell(outcome: Outcome, wrong: list[str]) -> None:
    out.print(
        f"{outcome.calls:,} calls in {outcome.seconds:.0f} s; {len(outcome.accepted)} methods took some"
    )
    for what, times in outcome.codes.most_common():
        out.print(f"  {what:42} {times:>9,}")
    for what, examples in outcome.faults.items():
        out.print(f"fault: {what}", style="red", markup=False)
        for each in examples:
            out.print(f"    {each}", markup=False, soft_wrap=True)
    for each in wrong:
        out.print(f"wrong: {each}", style="red", markup=False, soft_wrap=True)


def tell_of(
    what: str,
    many: int,
    seconds: float,
    codes: Counter[str],
    faults: Mapping[str, Sequence[str]],
    wrong: Sequence[str] = (),
) -> None:
    out.print(f"{many:,} {what} in {seconds:.0f} s")
    for said, times in codes.most_common():
        out.print(f"  {said:42} {times:>9,}")
    for said, examples in faults.items():
        out.print(f"fault: {said}", style="red", markup=False)
        for each in examples:
            out.print(f"    {each}", markup=False, soft_wrap=True)
    for each in wrong:
        out.print(f"wrong: {each}", style="red", markup=False, soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
