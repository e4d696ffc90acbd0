"""yifa rebuild: the rows of a service built anew from the events, beside the live ones, and held against them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from services.cli.screen import Screen, say
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.kit.rebuild.run import Outcome, Tell

STEPS = {"events": "重放事件 events", "carried": "带入各表 carried over", "compared": "逐行比对 compared"}


def rebuild(
    node: Annotated[str, typer.Argument(help="The node.")] = "city",
    service: Annotated[str, typer.Argument(help="The service.")] = "supervision",
    settings: Annotated[
        Path | None, typer.Option(help="The node's TOML file, where it is not of the city that ran here.")
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin at the first event, whatever was built already.")
    ] = False,
    take: Annotated[
        bool,
        typer.Option(
            "--take", help="Put what was rebuilt in place when the node starts next; the old is kept."
        ),
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Build all rows and warnings anew from the events, beside the live ones, and say row by row what differs.

    The node goes on meanwhile. Broken off at any moment, the same command goes on from there. Ends with 1 where rows differ.
    """
    import json
    from dataclasses import asdict

    from services.kit.rebuild.beside import forget
    from services.kit.rebuild.run import rebuild as built_anew
    from services.kit.rebuild.take import ask
    from services.kit.settings import Settings
    from services.kit.time import wall
    from services.node.plan import running_plan
    from services.node.serve import service as of_name

    told = Settings.load(settings or running_plan().settings(node))
    if service not in told.services:
        raise Failure(f"{told.node} has no service {service}; it has {', '.join(told.services)}")
    out, found = Screen(), of_name(service)
    if anew:
        forget(found, told)
    with progress(Screen(stderr=True)) as tell:
        outcome = built_anew(found, told, tell)
    if json_:
        say(json.dumps({"same": outcome.same, **asdict(outcome)}, ensure_ascii=False, indent=2))
    else:
        show(out, outcome)
    if take:
        kept = ask(found, told, wall())
        out.print(
            f"下次启动时启用，原数据保留为 taken at the next start; the old one is kept as {kept}",
            highlight=False,
        )
    if not outcome.same:
        raise typer.Exit(1)


@contextmanager
def progress(out: Console) -> "Iterator[Tell]":
    """Bars of how far it is."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out) as shown:
        tasks: dict[str, Any] = {}

        def tell(said: Any) -> None:
            if said.what not in tasks:
                tasks[said.what] = shown.add_task(STEPS[said.what], total=said.of)
            shown.update(tasks[said.what], completed=said.done, total=said.of)

        yield tell


def show(out: Console, outcome: "Outcome") -> None:
    """What came of it: the tables, what differs by table and key, and what was carried over and why."""
    tables = Table(box=box.SIMPLE_HEAD, title="重建的表 rebuilt", title_justify="left")
    for title in ("表 table", "行 rows", "不同 differ"):
        tables.add_column(title, justify="left" if title.startswith("表") else "right")
    differ: dict[str, int] = {}
    for each in outcome.differences:
        differ[each.table] = differ.get(each.table, 0) + 1
    for name, rows in outcome.rows.items():
        tables.add_row(name, str(rows), str(differ.get(name, 0)))
    out.print(tables)
    carried = Table(box=box.SIMPLE_HEAD, title="原样带入 carried over", title_justify="left")
    carried.add_column("表 table")
    carried.add_column("理由 why", overflow="fold")
    for name, why in outcome.carried.items():
        carried.add_row(name, why)
    out.print(carried)
    for each in outcome.differences:
        out.print(f"≠ {each.table} {each.key}: {each.what}", highlight=False, markup=False)
    for said in outcome.unlike:
        out.print(f"≠ {said}", highlight=False, markup=False)
    what = f"事件 {outcome.position}、日志 {outcome.entry} (events, entries)"
    if outcome.same:
        out.print(f"逐行一致 the same rows: {what}", highlight=False)
    else:
        out.print(
            f"不一致 otherwise: {len(outcome.differences) + len(outcome.unlike)}; {what}", highlight=False
        )
