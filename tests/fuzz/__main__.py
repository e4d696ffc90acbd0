"""`make fuzz`: every method of every service of a running city, with whatever a caller may send. FUZZ=calls SEED=number."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from tests.bench.processes import Process
from tests.bench.upload import memory
from tests.fuzz.fuzzing import Fuzzer, Outcome
from tests.fuzz.judging import Seen, wrong_records
from tests.fuzz.world import World, running, settle

out = Console(width=None if sys.stdout.isatty() else 150)
PARTS = 10
GROWTH = 400.0
"""MiB by which a node may grow after the first tenth of the calls."""


def main(
    calls: Annotated[int, typer.Option(help="How many calls.")] = 200_000,
    seed: Annotated[
        int, typer.Option(help="The same seed makes the same calls, as far as the clock lets it.")
    ] = 1,
) -> None:
    """Fuzz, tell what was found, and end with 1 when it was anything."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        outcome, wrong = uvloop.run(fuzz(folder, calls, seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tell(outcome, wrong)
    sys.exit(bool(outcome.faults or wrong))


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


if __name__ == "__main__":
    typer.run(main)
