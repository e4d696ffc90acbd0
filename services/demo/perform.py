"""The demonstration in a running city: the synthetic history once, shown as it goes, then live cases for ever."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from services.demo.player import play_history, play_live
from services.kit.time import set_clock, wall
from services.node.callers import Callers
from services.node.city import settled
from services.node.plan import Plan

PLAYED = "history.done"


async def perform(plan: Plan, out: Console, every: float) -> None:
    """The history, if it has not been played, then live cases, one act every so many seconds."""
    async with Callers(plan.targets, lambda who, node, roles: plan.token(who, node, *roles)) as callers:
        if not (plan.var / PLAYED).exists():
            await history(plan, out, callers)
            (plan.var / PLAYED).touch()
        out.print("实时案件进行中，按 Ctrl-C 停止 · live cases go on, Ctrl-C stops", style="dim")
        await play_live(callers, every)


async def history(plan: Plan, out: Console, callers: Callers) -> None:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out) as progress:
        task = progress.add_task("合成历史 synthetic history", total=None)

        def report(done: int, total: int, what: str) -> None:
            progress.update(
                task, completed=done, total=total, description=f"合成历史 synthetic history: {what}"
            )

        try:
            await play_history(
                callers, lambda at: set_clock(plan.clock, at), lambda: settled(callers), report, wall()
            )
        finally:
            set_clock(plan.clock, None)
