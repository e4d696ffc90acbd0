"""yifa law due, explain, why, body, list, procedures: the law without any node; touched, editions: what it counted at nodes."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from services.cli.law import bodies, procedures, query, show
from services.cli.law.answer import answer, as_json
from services.cli.law.check import checked, print_checked
from services.cli.law.explain import explain, law_json, term_json
from services.cli.law.whose import whose
from services.cli.screen import Screen, say
from services.law.bound import bound
from services.law.calendar import SHANGHAI
from services.law.citation import cites
from services.law.clock import Clock, catalogue

app = typer.Typer(help="Ask the law: when a period ends, and why.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Id = Annotated[str, typer.Argument(help="A clock, as PEN-15; yifa law list shows all.")]
Layer = Annotated[
    list[Path] | None,
    typer.Option(
        "--layer", help="A file or folder of whoever sets rules, or a shipped layer's name; repeatable."
    ),
]
Sector = Annotated[str, typer.Option(help="The sector, as housing.")]
Body = Annotated[
    str,
    typer.Option(help="A body by its field, as 生态环境, or by its id, as B-…: its sector's pack counts."),
]
At = Annotated[
    Path | None,
    typer.Option("--node", help="A node's settings file: its province, city and own layer count."),
]
On = Annotated[str, typer.Option(help="The day, as 2026-03-02; today if left out.")]


@contextmanager
def answerable() -> Iterator[None]:
    """Say in one line why a question has no answer, and end with code 2."""
    try:
        yield
    except query.Unanswerable as no:
        Screen(stderr=True).print(Text(f"yifa law: {no}", "red"), soft_wrap=True)
        raise typer.Exit(2) from None


@app.command()
def due(
    clock_id: Id,
    start: Annotated[
        str, typer.Option("--from", help="The day it starts (or counts back from); hours need a time.")
    ],
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="Time that does not count, as FROM..TO: the day after FROM up to TO. Repeatable."),
    ] = None,
    extend: Annotated[
        list[int] | None, typer.Option(help="An extension in the unit the law gives it.")
    ] = None,
    approved: Annotated[list[str] | None, typer.Option(help="When the extension was approved.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Who approved it, as agency_head.")] = None,
    layer: Layer = None,
    sector: Sector = "",
    body: Body = "",
    node: At = None,
    json_: Json = False,
) -> None:
    """Count a period: the day it ends, and every day on the way there. All in Asia/Shanghai."""
    with answerable():
        of = whose(layer or (), sector, node, body)
        clock = query.clock_named(clock_id)
        found = answer(
            clock,
            query.when(start, "--from"),
            of.layers,
            of.sector,
            [query.interval(text) for text in exclude or ()],
            query.extensions(clock, extend or (), approved or (), by or ()),
        )
    _tell(json_, lambda: as_json(found), lambda out: show.print_answer(out, found))


@app.command("explain")
def explain_clock(
    clock_id: Id,
    layer: Layer = None,
    sector: Sector = "",
    body: Body = "",
    node: At = None,
    json_: Json = False,
) -> None:
    """Show a clock: its article, term, layers, what starts and stops it, and what follows if it is missed."""
    with answerable():
        of = whose(layer or (), sector, node, body)
        clock = query.clock_named(clock_id)
        told = explain(clock, of.layers, today(), of.sector)
    _tell(json_, lambda: told, lambda out: show.print_explained(out, told))


@app.command()
def why(
    clock_id: Id,
    on: On = "",
    body: Body = "",
    node: At = None,
    layer: Layer = None,
    sector: Sector = "",
    json_: Json = False,
) -> None:
    """Say whose rule binds a body: every layer in its order, which article takes the place of which, and what counts."""
    with answerable():
        of = whose(layer or (), sector, node, body)
        clock = query.clock_named(clock_id)
        told = explain(clock, of.layers, query.day(on) if on else today(), of.sector) | {"sector": of.sector}
    _tell(json_, lambda: told, lambda out: show.print_why(out, told))


@app.command("body")
def show_body(
    body: Annotated[str, typer.Argument(help="A body by its field, as 生态环境, or by its id, as B-…")],
    on: On = "",
    node: At = None,
    layer: Layer = None,
    json_: Json = False,
) -> None:
    """Show all that binds a body on one screen: layers, clocks, numbers, and what is left to the agency."""
    with answerable():
        of = whose(layer or (), "", node, body)
        found = bound(of.layers, of.sector, query.day(on) if on else today())
    _tell(json_, lambda: bodies.as_json(found), lambda out: bodies.print_bound(out, found, of.body or body))


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(help="A file or folder: a sector's pack, a city's or an agency's layer.")
    ],
) -> None:
    """Check a layer before it is used, and show what it leaves to the agency. Ends with code 1 when something is wrong."""
    try:
        found = checked(path, today())
    except (OSError, KeyError, TypeError, ValueError) as wrong:
        Screen(stderr=True).print(Text(f"yifa law: {wrong}", "red"), soft_wrap=True)
        raise typer.Exit(1) from None
    print_checked(Screen(), found)
    if found.faults:
        raise typer.Exit(1)


def today() -> date:
    return datetime.now(SHANGHAI).date()


@app.command("list")
def list_clocks(
    statute: Annotated[str, typer.Option(help="Only the clocks of this statute, as APL-2021.")] = "",
    json_: Json = False,
) -> None:
    """List the clocks, of one statute or all."""
    with answerable():
        code = query.statute_named(statute).code if statute else ""
    clocks = [c for c in catalogue().values() if not code or cites(c.law, code)]
    clocks.sort(key=lambda c: c.id)
    _tell(json_, lambda: [_line(c) for c in clocks], lambda out: show.print_list(out, clocks))


@app.command("procedures")
def show_procedures(
    name: Annotated[
        str, typer.Argument(help="A procedure, as measure or enforcement/ordinary; all if left out.")
    ] = "",
    json_: Json = False,
) -> None:
    """Show a procedure: its acts, articles, conditions and clocks; without a name, list them all."""
    with answerable():
        found = procedures.procedure_named(name) if name else ""
    if found:
        _tell(json_, lambda: procedures.as_json(found), lambda out: procedures.print_table(out, found))
    else:
        _tell(json_, lambda: [procedures.summary_json(n) for n in procedures.tables()], procedures.print_all)


@app.command()
def touched(
    row: Annotated[
        str, typer.Argument(help="A row of the law data, as PEN-15, hearing.fine.citizen, rule.two_officers.")
    ],
    node: Annotated[str, typer.Option(help="Only this node of the running city.")] = "",
    edition: Annotated[
        str,
        typer.Option(
            help="What was counted by the row as it stood in this edition; else, as it stands no longer."
        ),
    ] = "",
    json_: Json = False,
) -> None:
    """List what a row touched that was wrong: deadlines, decisions, judgements; what was counted, and what would be now."""
    from services.cli.law import touched as asking
    from services.node.plan import running_plan

    found = asyncio.run(asking.touched(running_plan(), row, node, edition))
    _tell(json_, lambda: asking.as_json(found), lambda out: asking.print_touched(out, row, found))


@app.command()
def editions(
    node: Annotated[str, typer.Option(help="Only this node of the running city.")] = "", json_: Json = False
) -> None:
    """List the editions of the law data by which the nodes counted, and the rows in which they differ from the one in force."""
    from services.cli.law import touched as asking
    from services.node.plan import running_plan

    found = asyncio.run(asking.editions(running_plan(), node))
    _tell(json_, lambda: asking.as_json(found), lambda out: asking.print_editions(out, found))


def _line(clock: Clock) -> dict[str, object]:
    return {
        "clock": clock.id,
        "title_zh": clock.title_zh,
        "title_en": clock.title_en,
        "law": law_json(clock.law),
        "term": term_json(clock.term),
        "direction": clock.direction,
        "who": clock.who,
        "layer": clock.layer,
    }


def _tell(as_data: bool, data: Callable[[], object], to: Callable[[Console], None]) -> None:
    if as_data:
        say(json.dumps(data(), ensure_ascii=False, indent=2))
    else:
        to(Screen())
