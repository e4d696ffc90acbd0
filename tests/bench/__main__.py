"""`make bench`: one table of ratios from one run, and var/bench/latest.json. `--quick` shows that it works, and no more."""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from tests.bench.bulk import Brought, bring_officers
from tests.bench.city import measure_city
from tests.bench.clocks import measure_clocks
from tests.bench.intake import Archive, bring_the_archive
from tests.bench.journey import Journey, travel
from tests.bench.lifecycle import measure_lives
from tests.bench.limits import grouped_commits, publish_rates, python_call
from tests.bench.million import measure_million
from tests.bench.oversight import measure_oversight
from tests.bench.processes import Processes
from tests.bench.report import ARCHIVE, COPY, HANDED_IN, IMPORT, Report
from tests.bench.rounds import TABLES, Field, Size, compare, rows_in, tell, verify
from tests.bench.seed import seed
from tests.bench.upload import Handed, hand_in_a_film

out = Console(width=None if sys.stdout.isatty() else 120)
FULL = Size(
    cases=10_000,
    rounds=5,
    seconds=2.5,
    warm_up=0.4,
    writes=2_000,
    entries=20_000,
    clocks=1_000_000,
    film=2**31,
    lives=300,
    told=5_000,
    many=1_000_000,
)
OFFICERS_PER_CASE = 3  # a city of 30,000
CASES_PER_OLD_ONE = 20
QUICK = Size(
    cases=1_200, rounds=1, seconds=0.5, warm_up=0.1, writes=100, entries=1_000, clocks=9_000, film=2**26, lives=8, told=40,
    many=2_000,
)  # fmt: skip


def main(quick: Annotated[bool, typer.Option(help="Small and short: a smoke test.")] = False) -> None:
    """Measure. Ends with 1 when an answer was an error or rows and replies do not match."""
    var = Path(os.environ.get("YIFA_VAR", "var")).absolute()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=made(var)))
    report = Report()
    try:
        with Processes(folder) as processes:
            measure(folder, QUICK if quick else FULL, processes, report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.save(var / "bench" / "latest.json")
    report.print(out)
    sys.exit(1 if report.failures else 0)


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def measure(folder: Path, size: Size, processes: Processes, report: Report) -> None:
    field = Field(folder, processes)
    out.print(f"seeding {size.cases} cases …", style="dim")
    seeded = asyncio.run(seed(folder, size.cases, **field.sections))
    fresh = folder / "fresh.db"
    shutil.copy(seeded.database, fresh)
    field.start(seeded)
    out.print(f"{size.rounds} rounds …", style="dim")
    results, limits = compare(field, size, lambda: grouped_commits(folder / "raw.db", size.seconds / 2))
    field.stop()
    tell(results, limits, report)
    verify(results, seeded, field.plain_file, rows_in(fresh, TABLES), report)
    out.print("across the link …", style="dim")
    journey = uvloop.run(travel(folder, seeded, fresh, processes, size.writes, size.entries))
    tell_journey(journey, report)
    out.print("a city of officers …", style="dim")
    tell_officers(bring_officers(folder, OFFICERS_PER_CASE * size.cases, processes), size, report)
    out.print("an archive of cases …", style="dim")
    tell_archive(bring_the_archive(folder, size.cases // CASES_PER_OLD_ONE, processes), report)
    out.print("a film …", style="dim")
    tell_film(hand_in_a_film(folder, size.film, processes), report)
    each, batched = publish_rates(folder, size.seconds)
    report.add("limit: a call in Python", [python_call()], "ns")
    report.add("limit: JetStream, each awaited", [each], "events/s")
    report.add("limit: JetStream, batches of 500", [batched], "events/s")
    out.print(f"{size.clocks:,} clocks …", style="dim")
    measure_clocks(folder / "clocks", processes, size.clocks, report)
    out.print("events at the city …", style="dim")
    measure_oversight(folder / "oversight", size.told, report)
    out.print("whole cases …", style="dim")
    measure_lives(folder / "lives", processes, size.lives, size.rounds, report)
    out.print(f"{size.many:,} cases …", style="dim")
    measure_million(folder / "million", processes, size.many, report)
    out.print(f"{size.many:,} cases at the city …", style="dim")
    measure_city(folder / "lists", processes, size.many, report)


def tell_journey(journey: Journey, report: Report) -> None:
    report.check("entries seen at the city", expected=journey.written, found=journey.seen)
    report.check("events at the hub", expected=journey.expected_at_hub, found=journey.at_hub)
    for share in (50, 99):
        report.add(f"commit to oversight, p{share}", [percentile(r, share) for r in journey.rounds], "ms")
    quietest = journey.rounds[journey.stolen.index(min(journey.stolen))]
    report.add("commit to oversight, p50, quietest round", [percentile(quietest, 50)], "ms")
    report.add("taken by the host meanwhile", [100 * share for share in journey.stolen], "%")
    report.add("journal to hub", [journey.drained], "events/s")


def tell_officers(brought: Brought, size: Size, report: Report) -> None:
    many = OFFICERS_PER_CASE * size.cases
    report.check("officers of the list on the roster", expected=many, found=brought.kept)
    report.check("officers of the list known at the city", expected=many, found=brought.replicas)
    report.add(IMPORT, [brought.rate], "officers/s")
    report.add("officers of a list into the city's replica", [brought.replica_rate], "officers/s")
    report.add("standing of an officer, p50", [percentile(brought.standing, 50)], "ms")
    report.add("standing of an officer, p99", [percentile(brought.standing, 99)], "ms")


def tell_archive(archive: Archive, report: Report) -> None:
    report.check("stages of the archive refused", expected=0, found=archive.refused)
    report.check("cases of the archive", expected=archive.wanted, found=archive.kept)
    report.add(ARCHIVE, [archive.rate], "stages/s")


def tell_film(handed: Handed, report: Report) -> None:
    copied = sum(handed.copies) / len(handed.copies)
    report.add(COPY, [copied], "MiB/s")
    report.add(HANDED_IN, [handed.upload], "MiB/s", **{COPY: [copied]})
    report.add("a film given out", [handed.download], "MiB/s", **{COPY: [copied]})
    report.add("memory that both took at most", [handed.memory], "MiB")


def percentile(ordered: list[float], share: int) -> float:
    return ordered[len(ordered) * share // 100] if ordered else float("inf")


if __name__ == "__main__":
    typer.run(main)
