"""yifa law due, explain, list, procedures: the law without any node running."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from services.cli.law import procedures, query, show
from services.cli.law.answer import answer, as_json
from services.cli.law.explain import explain, law_json, term_json
from services.law.calendar import SHANGHAI
from services.law.citation import cites
from services.law.clock import Clock, catalogue

app = typer.Typer(help="Ask the law: when a period ends, and why.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Id = Annotated[str, typer.Argument(help="A clock, as PEN-15; yifa law list shows all.")]
Layer = Annotated[
    list[Path] | None,
    typer.Option("--layer", help="A TOML file of provincial, city or sector numbers; repeatable."),
]
Sector = Annotated[str, typer.Option(help="The sector, as housing.")]


@contextmanager
def answerable() -> Iterator[None]:
    """Say in one line why a question has no answer, and end with code 2."""
    try:
        yield
    except query.Unanswerable as no:
        Console(stderr=True).print(Text(f"yifa law: {no}", "red"), soft_wrap=True)
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
    json_: Json = False,
) -> None:
    """Count a period: the day it ends, and every day on the way there. All in Asia/Shanghai."""
    with answerable():
        layers = query.layers_of(layer or (), sector)
        clock = query.clock_named(clock_id, sector)
        found = answer(
            clock,
            query.when(start, "--from"),
            layers,
            sector,
            [query.interval(text) for text in exclude or ()],
            query.extensions(clock, extend or (), approved or (), by or ()),
            asked=query.clock_named(clock_id).id,
        )
    _tell(json_, lambda: as_json(found), lambda out: show.print_answer(out, found))


@app.command("explain")
def explain_clock(clock_id: Id, layer: Layer = None, sector: Sector = "", json_: Json = False) -> None:
    """Show a clock: its article, term, layers, what starts and stops it, and what follows if it is missed."""
    with answerable():
        layers = query.layers_of(layer or (), sector)
        clock = query.clock_named(clock_id, sector)
        told = explain(clock, layers, datetime.now(SHANGHAI).date(), sector)
    _tell(json_, lambda: told, lambda out: show.print_explained(out, told))


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
        "sector": clock.sector,
    }


def _tell(as_data: bool, data: Callable[[], object], to: Callable[[Console], None]) -> None:
    if as_data:
        print(json.dumps(data(), ensure_ascii=False, indent=2))
    else:
        to(Console())
