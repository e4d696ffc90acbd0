"""python -m tests.chaos SEED FAULTS SECONDS [GROUP …]: a city of three departments of its own; faults of all groups, or of some,
are drawn by a seed over so many seconds; then it is judged. Ends with 1 where anything is lost, doubled, or not as it has to be.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.cable import free_base
from tests.chaos.judge import Found
from tests.chaos.kinds import KINDS
from tests.chaos.run import Run
from tests.chaos.town import Town
from tests.chaos.writers import Writers

DISKS = ("chengguan", "city", "nats/hub", "nats/shichang")


async def main(seed: int, faults: int, seconds: float, groups: tuple[str, ...]) -> int:
    out = Console(width=150)
    with kept() as folder:
        town = Town.founded(Path(folder) / "var", free_base())
        town.put_on_disks(*DISKS)
        began = time.monotonic()
        try:
            await town.start()
            run = Run(
                town,
                seed,
                faults,
                seconds,
                groups,
                report=lambda said: out.print(f"{time.monotonic() - began:6.0f} {said}", markup=False),
            )
            writers, found = await run.go()
        finally:
            await town.stop()
    show(out, run, writers, found, time.monotonic() - began)
    return 0 if found.clean and not run.failed else 1


def kept() -> AbstractContextManager[str]:
    """A folder for the city: one that goes with the run, or the new one that YIFA_VAR names, which stays."""
    if named := os.environ.get("YIFA_VAR"):
        Path(named).mkdir(parents=True)
        return nullcontext(named)
    return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


async def until_told(seed: int, faults: int, seconds: float, groups: tuple[str, ...]) -> int:
    """The same; told to end, it takes down what it put up."""
    doing = asyncio.ensure_future(main(seed, faults, seconds, groups))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, doing.cancel)
    return await doing


def show(out: Console, run: Run, writers: Writers, found: Found, seconds: float) -> None:
    table = Table(
        "类别 kind",
        "",
        "次数 done",
        "未遇 no occasion",
        "结果 result",
        box=box.SIMPLE_HEAD,
        title="故障 Faults",
    )
    for kind in KINDS:
        failed = run.failed.get(kind.name, ())
        if run.done[kind.name] or run.absent[kind.name] or failed:
            result = f"✗ {'; '.join(failed)[:200]}" if failed else "✓"
            table.add_row(
                kind.zh, kind.name, str(run.done[kind.name]), str(run.absent[kind.name] or ""), result
            )
    out.print(table)
    table = Table(
        "应为零 has to be 0", "", "其中 as", box=box.SIMPLE_HEAD, title="核对 Held against everything"
    )
    for what, number in found.counts.items():
        table.add_row(what, str(number), "\n".join(found.named[what]), style="red" if number else "")
    out.print(table)
    ledger = writers.ledger
    out.print(
        f"SEED={run.seed}: {run.done.total()} faults in {seconds:.0f} s; {len(ledger.acknowledged)} writes acknowledged, "
        f"{found.counts['acknowledged and lost']} lost, {found.counts['done twice']} done twice; {ledger.repeated} repeated, "
        f"{ledger.unanswered.total()} unanswered calls, {ledger.refused.total()} refused; quiet after {run.settled_in:.0f} s; "
        f"the supervisor ended {run.town.ends} times"
    )
    out.print("refused:", dict(ledger.refused), "unanswered:", dict(ledger.unanswered), markup=False)


if __name__ == "__main__":
    seed, faults, seconds, *groups = sys.argv[1:]
    sys.exit(asyncio.run(until_told(int(seed), int(faults), float(seconds), tuple(groups))))
