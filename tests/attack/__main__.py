"""`make attack`: every attack of the table on a city of its own, and every method in every role."""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.lawdocs.roles import methods
from services.node.plan import plan
from tests.attack.attack import Judged, judge
from tests.attack.matrix import whole, wrong
from tests.attack.scene import under_attack
from tests.attack.table import ATTACKS
from tests.cable import free_base
from tests.city import City

out = Console(width=None if sys.stdout.isatty() else 160)


def main(
    only: Annotated[str, typer.Option(help="Only attacks whose kind or name has this word.")] = "",
    roles: Annotated[bool, typer.Option(help="Call every method in every role too.")] = True,
) -> None:
    """Attack, tell, and end with 1 when anything got through."""
    sys.exit(asyncio.run(attacked(only, roles)))


async def attacked(only: str, roles: bool) -> int:
    """How many got through, with the answers to calls that are not as the page of roles says."""
    began, judged, found, called = time.monotonic(), list[Judged](), list[str](), 0
    chosen = [each for each in ATTACKS if only in each.kind or only in each.name]
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        city = City(plan(Path(folder) / "var", free_base(), share=0.0))
        await city.start()
        try:
            async with under_attack(city, Path(folder)) as scene:
                for each in chosen:
                    judged.append(await judge(each, scene))
                    if judged[-1].faults:
                        out.print(f"got through: {each.name}: {judged[-1].faults}", style="red", markup=False)
            if roles:
                called, found = await wrong(city, whole(methods()))
        finally:
            await city.stop()
    tell(judged, called, found, time.monotonic() - began)
    return bool(found or any(each.faults for each in judged))


def tell(judged: list[Judged], called: int, found: list[str], seconds: float) -> None:
    """The table, and the figures."""
    table = Table("kind", "attack", "what is tried", "what came of it", "noted as", "of whom", "")
    for each in judged:
        attack = each.attack
        table.add_row(
            attack.kind,
            *(
                plain(text)
                for text in (attack.name, attack.tries, each.outcome[:40], attack.told or "", each.actor[:40])
            ),
            "[red]through[/]" if each.faults else "held",
        )
    out.print(table)
    kinds = Counter(each.attack.kind for each in judged)
    through = sum(bool(each.faults) for each in judged)
    noted = sum(bool(each.actor) for each in judged)
    out.print(
        f"{len(judged)} attacks of {len(kinds)} kinds in {seconds:.0f} s: {len(judged) - through} held off, {through} through;"
        f" {noted} noted with their actor; {called:,} calls in roles, {len(found)} not as declared"
    )
    out.print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    for each in found[:50]:
        out.print(each, style="red", markup=False)


def plain(text: str) -> str:
    return (
        text.encode("unicode_escape").decode().replace("[", "\\[")
        if not text.isprintable()
        else text.replace("[", "\\[")
    )


if __name__ == "__main__":
    typer.run(main)
