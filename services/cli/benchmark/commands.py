"""yifa import benchmarks."""

import asyncio
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from services.cli.screen import Screen, say
from services.node.failure import Failure

out = Screen()
DAY = ["%Y-%m-%d"]
FileIn = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, help="A table as it was published: CSV, .xlsx, .xls or .ods."
    ),
]


def import_benchmarks(
    file: FileIn,
    node: Annotated[str, typer.Option(help="The department that publishes it.")] = "huanbao",
    document: Annotated[str, typer.Option(help="The normative document that sets it, with its number.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Its first day; today when empty.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Its last day, where it ends of itself.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report; publish nothing.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write what was read from every band to this CSV file.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Publish a discretion benchmark table. The same again publishes nothing; what changed becomes a new version."""
    from services.cli.benchmark.bring import Document, publish, read_table
    from services.cli.benchmark.report import Report
    from services.node.plan import running_plan

    plan = None if dry_run else running_plan()
    targets = {s.id: plan.target(s.id) for s in plan.departments} if plan is not None else {}
    if plan is not None and node not in targets:
        raise Failure(f"{node} is no department; known are {', '.join(targets)}")
    done = Report(dry_run=dry_run)
    items = read_table(file, Document(document, _day(since), _day(until)), done)
    if plan is not None:
        token = plan.token("importer", node, "ROSTER_CLERK", "AGENCY_HEAD")
        metadata = (("authorization", f"Bearer {token}"),)
        asyncio.run(publish(targets[node], metadata, node, items, done))
    if report is not None:
        done.save(report)
    if json_:
        say(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
    else:
        done.print(out)
    if done.refused or done.problems:
        raise typer.Exit(1)


def _day(at: datetime | None) -> date | None:
    return at.date() if at is not None else None
