"""The command line: yifa up, serve, status, watch, token, verify, parked, paper, report, backtest, import, export, conformance,
cert, draw, files, keys, node, law, prove, work, rebuild, backup, restore, simulate.

What a command needs is imported when it runs: asking the law for a date loads no database and no gRPC.
"""

import asyncio
import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.backup import backup, restore
from services.cli.benchmark.commands import import_benchmarks
from services.cli.certs import app as certs
from services.cli.draws import app as draws
from services.cli.files import app as files
from services.cli.keys import app as keys
from services.cli.law.commands import app as law
from services.cli.lists import commands as lists
from services.cli.nodes import app as nodes
from services.cli.outside.commands import conformance
from services.cli.rebuild import rebuild
from services.cli.screen import Screen, complain, say
from services.cli.simulate import simulate
from services.cli.tokens import tokens
from services.cli.work import work
from services.kit.private import keep_private
from services.kit.settings import BadSettings, Settings
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.kit.directory import NodeKey
    from services.node.plan import Plan

app = typer.Typer(
    help="依法 Yifa: a city's administrative law enforcement, run and overseen.", no_args_is_help=True
)
imports = typer.Typer(help="Bring data in.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(law, name="law")
app.add_typer(certs, name="cert")
app.add_typer(draws, name="draw")
app.add_typer(files, name="files")
app.add_typer(nodes, name="node")
app.add_typer(keys, name="keys")
app.add_typer(tokens, name="token")
lists.add_to(imports)
imports.command("benchmarks")(import_benchmarks)
app.command("export")(lists.export)
app.command("conformance")(conformance)
app.command("work")(work)
app.command("rebuild")(rebuild)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("simulate")(simulate)
out = Screen()
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def up(
    demo: Annotated[bool, typer.Option(help="Play the synthetic history once and live cases.")] = True,
    every: Annotated[float, typer.Option(help="Seconds between live acts.")] = 3.0,
) -> None:
    """Start the whole city: hub, city node, departments, console. Ctrl-C ends it."""
    from services.node.city import run_city
    from services.node.plan import plan

    city, play = plan(), None
    if demo:
        from services.demo.perform import perform

        play = partial(perform, city, out, every)
    asyncio.run(run_city(city, out, play))


@app.command()
def serve(
    settings: Annotated[Path, typer.Argument(help="The node's TOML file.")],
    only: Annotated[list[str] | None, typer.Option(help="Only these services of the node.")] = None,
) -> None:
    """Run one node, or some of its services, in this process."""
    from services.node.serve import serve as serve_node

    serve_node(Settings.load(settings), only or ())


@app.command()
def status(json_: Json = False) -> None:
    """Show nodes, services, journal heads, relay lag and parked events."""
    from services.cli import show

    city = running_plan()
    states = asyncio.run(show.node_states(city))
    if not json_:
        show.print_hub(out, city)
    if json_:
        say(json.dumps([show.state_json(s) for s in states], ensure_ascii=False, indent=2))
    else:
        show.print_states(out, states)
    if any(s.problem for s in states):
        raise typer.Exit(1)


@app.command()
def watch(
    after: Annotated[int | None, typer.Option(help="Replay everything after this position.")] = None,
    since: Annotated[
        datetime | None, typer.Option(help="Replay everything received since this time.")
    ] = None,
    node: Annotated[str, typer.Option(help="Only this department.")] = "",
    service: Annotated[str, typer.Option(help="Only the journals of this service, as enforcement.")] = "",
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="Only this event, as DecisionMade. May be repeated.")
    ] = None,
    warnings: Annotated[bool, typer.Option("--warnings", help="Only warnings.")] = False,
    bus: Annotated[
        bool,
        typer.Option("--bus", help="Straight from the hub, with its read-only key; each chain is checked."),
    ] = False,
    json_: Json = False,
) -> None:
    """Show the events of all departments as they happen."""
    from services.cli import show

    if bus:
        from services.cli.bus import watch_the_bus

        asyncio.run(watch_the_bus(running_plan(), after or 0, {node} - {""}, out, as_json=json_))
        return

    if since is not None and since.tzinfo is None:
        since = since.astimezone()
    request = show.watch_request(after, since, warnings, node=node, service=service, types=type_ or ())
    asyncio.run(show.watch(running_plan(), request, out, as_json=json_))


@app.command()
def verify(
    node: Annotated[str, typer.Argument(help="Node; all when empty.")] = "",
    service: Annotated[str, typer.Argument(help="Service; all when empty.")] = "",
    database: Annotated[
        str | None,
        typer.Option(help="Check this SQLite file, or postgresql:// database, instead, without any node."),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            help="With --database: another one, as the city's supervision.db, for what it received."
        ),
    ] = None,
    bus: Annotated[
        bool, typer.Option("--bus", help="Check what the hub has, with its read-only key.")
    ] = False,
    proof: Annotated[
        Path | None, typer.Option(help="Check this proof of one entry (yifa prove), without any node.")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The directory of the nodes' public keys (nodes.toml).")
    ] = None,
    json_: Json = False,
) -> None:
    """Check journals: every entry that was changed, put in, moved, taken away or cut off is named, by its chain, by what the
    city received, and by what was signed and countersigned.
    """
    from services.cli import verifying

    known = known_keys(keys)
    if proof is not None:
        from services.cli import proving

        proven = proving.verify_proof(proof, known)
        if json_:
            print(proving.to_json(proven, known is not None))
        else:
            proving.print_proven(out, proven, known is not None)
        raise typer.Exit(1 if proven.faults else 0)
    if database is not None:
        checked = [verifying.verify_file(database, node, service, against or (), known)]
    elif bus:
        checked = asyncio.run(verifying.verify_bus(running_plan()))
    else:
        checked = asyncio.run(verifying.verify_nodes(running_plan(), node, service))
    if not checked:
        raise Failure(f"no journal matches {node}/{service}")
    if json_:
        say(json.dumps([verifying.checked_json(c) for c in checked], ensure_ascii=False, indent=2))
    else:
        verifying.print_checked(out, checked)
    if any(c.faults for c in checked):
        raise typer.Exit(1)


def known_keys(file: Path | None) -> "list[NodeKey] | None":
    """The keys in a directory of nodes: the one named, else the city's of this machine, if there is any."""
    from services.kit.directory import read
    from services.node.plan import plan

    if file is None:
        file = plan().directory
        if not file.exists():
            return None
    try:
        return read(file)
    except OSError as wrong:
        raise Failure(f"{file}: {wrong.strerror}") from None


@app.command()
def prove(
    event: Annotated[str, typer.Argument(help="The event, by its id or as NODE/SERVICE/NUMBER.")],
    into: Annotated[Path | None, typer.Option("--out", help="The file; printed when left out.")] = None,
) -> None:
    """Write the proof that an event stands in its journal: who gets it checks it with `yifa verify --proof`, or by himself."""
    from services.cli.proving import prove as proved

    text = asyncio.run(proved(running_plan(), event))
    if into is None:
        print(text, end="")
    else:
        into.write_text(text, "utf-8")
        out.print(str(into), highlight=False)


@app.command()
def parked(
    node: Annotated[str, typer.Argument(help="Node; all when empty.")] = "",
    retry: Annotated[str, typer.Option(help="Try the reaction to this event again, or to all.")] = "",
    discard: Annotated[str, typer.Option(help="Give this event up, or all that were refused.")] = "",
    json_: Json = False,
) -> None:
    """Show events whose reaction kept failing; retry or discard one."""
    from services.cli import parking

    events = asyncio.run(parking.parked(running_plan(), node, retry, discard))
    if json_:
        say(json.dumps(events, ensure_ascii=False, indent=2))
    else:
        parking.print_parked(out, events)


@app.command()
def paper(
    case: Annotated[str, typer.Argument(help="The case, by its id or number.")],
    kind: Annotated[str, typer.Argument(help="The paper, as decision; without one those of the case.")] = "",
    into: Annotated[Path, typer.Option("--out", help="The file, or a folder.")] = Path(),
) -> None:
    """List the papers of a case, measure, referral, inspection or permit, or issue one and write its file (PDF/A)."""
    from services.cli import papers

    if not kind:
        papers.print_papers(out, asyncio.run(papers.papers(running_plan(), case)))
        return
    out.print(str(asyncio.run(papers.fetch(running_plan(), case, kind, into))), highlight=False)


@app.command()
def backtest(
    rule_id: Annotated[str, typer.Argument(help="The warning, as EW-12.")],
    number: Annotated[
        list[str] | None, typer.Option(help="A number to be tried, as warning.EW-12.ratio=150.")
    ] = None,
    shown: Annotated[int, typer.Option(min=0, max=500, help="How many findings are printed.")] = 20,
    json_: Json = False,
) -> None:
    """Say what an early warning would have raised over all that the city keeps, how often and on whom. Nothing is written."""
    from google.protobuf import json_format

    from services.cli.backtest import backtest as tried
    from services.cli.backtest import lines

    reply = asyncio.run(tried(running_plan(), rule_id, number or (), shown))
    if json_:
        say(json_format.MessageToJson(reply, ensure_ascii=False))
    else:
        for line in lines(reply):
            out.print(line, highlight=False, markup=False)


@app.command()
def report(
    name: Annotated[
        str, typer.Argument(help="enforcement_data, lawful_administration, or the id of a saved one, as RD-…")
    ],
    year: Annotated[int, typer.Argument(help="The year that it is on.")] = 0,
    into: Annotated[
        Path | None, typer.Option("--out", help="The file (.xlsx or .pdf), or a folder for a workbook.")
    ] = None,
    body: Annotated[str, typer.Option(help="Only this body.")] = "",
    figure: Annotated[str, typer.Option(help="List what this figure counts, as penalty.")] = "",
    json_: Json = False,
) -> None:
    """Count a report of enforcement anew, print its figures or what one of them counts, or write it as a file."""
    from google.protobuf import json_format

    from services.cli import reports

    asked = reports.asked(name, year, body)
    if into is not None:
        out.print(str(asyncio.run(reports.fetch(running_plan(), asked, into))), highlight=False)
        return
    found = asyncio.run(
        reports.listed(running_plan(), asked, figure) if figure else reports.run(running_plan(), asked)
    )
    if json_:
        say(json_format.MessageToJson(found, ensure_ascii=False))
    else:
        for line in reports.lines(found):
            out.print(line, highlight=False, markup=False)


@imports.command("points")
def import_points(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The table of causes and points as TOML.")
    ],
    json_: Json = False,
) -> None:
    """Put the city's table of points in force from the day that it names; a repeated import changes nothing."""
    from google.protobuf import json_format

    from services.cli.points import publish_points

    table = asyncio.run(publish_points(running_plan(), file))
    if json_:
        say(json_format.MessageToJson(table, ensure_ascii=False))
    else:
        out.print(f"已公布 published: {table.document}, {len(table.causes)} 项 causes", highlight=False)


@imports.command("year")
def import_year(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The holidays of a year as TOML.")
    ],
    replaces: Annotated[int, typer.Option(help="The version of the year that this corrects.")] = 0,
    json_: Json = False,
) -> None:
    """Load a year's holidays, as proclaimed, at the city; every node counts by them, and its open clocks anew."""
    from google.protobuf import json_format

    from services.cli.year import load_year

    year = asyncio.run(load_year(running_plan(), file, replaces))
    if json_:
        say(json_format.MessageToJson(year, ensure_ascii=False))
    else:
        said = f"{len(year.holidays)} 天放假 holidays, {len(year.make_up_days)} 天调休上班 make-up days"
        out.print(
            f"已载入 loaded: {year.year} ({year.source}), {said}, 版本 version {year.version}",
            highlight=False,
        )


def running_plan() -> "Plan":
    from services.node import plan

    return plan.running_plan()


def main() -> None:
    """Entry point: turns what a user can mend into one line."""
    keep_private()
    try:
        app()
    except (Failure, BadSettings) as wrong:
        complain(str(wrong))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as wrong:
        grpc = sys.modules.get("grpc")
        if grpc is None or not isinstance(wrong, grpc.aio.AioRpcError):
            raise
        complain(f"{wrong.code().name}: {wrong.details()}")


if __name__ == "__main__":
    main()
