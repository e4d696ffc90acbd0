"""yifa simulate: a year of a whole city in minutes, and whether every breach in it is found and nothing else."""

import asyncio
import socket
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from services.cli.screen import Screen

# Ports of the simulated city, away from those of a running one.
BASE, STEP, LAST = 20_000, 500, 60_000
# the folder below it is made with a name of its own
MEMORY = Path("/dev/shm")  # noqa: S108


def simulate(
    seed: Annotated[int, typer.Option(help="The same seed, the same year.")] = 1,
    departments: Annotated[int, typer.Option(min=2, max=40, help="How many departments.")] = 20,
    days: Annotated[int, typer.Option(min=20, max=365, help="How many days.")] = 365,
    breaches: Annotated[
        int, typer.Option(min=1, help="How often each breach, and each near miss, is played.")
    ] = 2,
    lawful: Annotated[int, typer.Option(min=0, help="Lawful cases of each department.")] = 10,
    only: Annotated[list[str] | None, typer.Option(help="Only these warnings or plots.")] = None,
) -> None:
    """Play a year of lawful work and known breaches through the public API of a city of its own, and hold what the city found
    against what was done. Fails when a breach was not found within a day, or anything lawful was warned of.
    """
    from services.node.plan import plan
    from services.simulate.bureau import departments as named
    from services.simulate.table import show
    from services.simulate.wanted import Wanted
    from services.simulate.year import play

    out = Screen()
    wanted = Wanted(seed, departments, days, breaches, lawful, tuple(only or ()))
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="yifa-year-") as folder:
        city = plan(Path(folder), free_base(wanted.nodes), named(wanted.nodes), share=0.0)
        with Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=out
        ) as progress:
            task = progress.add_task("设立 setting up", total=days)

            def report(done: int, _total: int, what: str) -> None:
                progress.update(task, completed=done, description=what)

            played = asyncio.run(play(city, wanted, report))
    show(played, out)
    if not played.good:
        raise typer.Exit(1)


def free_base(departments: int) -> int:
    """A first port from which on a city finds its ports free. Raises OSError when there is none."""
    for base in range(BASE, LAST, STEP):
        if all(map(_free, range(base, base + 30 + 10 * departments))):
            return base
    raise OSError("no free ports for a city")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
